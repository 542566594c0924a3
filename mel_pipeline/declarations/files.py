"""One function for each kind of declared file of a programme folder.

Only what a file is called and how its entries are named belongs here. Targets, the one file that is not
YAML, have `targets.py`.
"""

from collections.abc import Iterable
from typing import Any

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import (
    Assumption,
    AssumptionReview,
    Calendar,
    CodedLabel,
    Dimension,
    Donor,
    Honesty,
    Indicator,
    Learning,
    Link,
    MartContract,
    Node,
    Rule,
    Settings,
    Source,
    TheoryOfChange,
    WeighedExplanation,
)
from mel_pipeline.declarations.reading import Model, Place, Reading
from mel_pipeline.declarations.wording import shown

SETTINGS_FILE = "programme.yml"
THEORY_FILE = "theory_of_change.yml"
DIMENSIONS_FILE = "dimensions.yml"
DONORS_FILE = "donors.yml"
LEARNING_FILE = "learning.yml"
HONESTY_FILE = "honesty.yml"


def read_settings(reading: Reading) -> Settings:
    """`programme.yml`, or settings that only serve to show the faults."""
    place = Place(SETTINGS_FILE)
    reading.places[("settings", "")] = place
    value = _needed(reading, SETTINGS_FILE, "name, languages, calendar and scopes of the programme")
    found = reading.entry(Settings, value, "programme", place) if value is not None else None
    return found or _harmless_settings(reading.directory.name or "programme")


def _harmless_settings(name: str) -> Settings:
    words = {"en": name}
    calendar = Calendar(first_quarter="2024Q1", last_quarter="2024Q4")
    return Settings(programme=name, title=words, subtitle=words, languages=["en"], calendar=calendar)


def read_theory(reading: Reading) -> TheoryOfChange:
    """`theory_of_change.yml`: its nodes, links, assumptions, priorities, themes and modalities."""
    file = THEORY_FILE
    value = _needed(reading, file, "nodes and links of the theory of change")
    _only_keys(reading, value, file, TheoryOfChange.model_fields)
    return TheoryOfChange(
        nodes=_entries(reading, value, file, "nodes", "node", "id", Node),
        links=_entries(reading, value, file, "links", "link", "id", Link),
        assumptions=_entries(reading, value, file, "assumptions", "assumption", "id", Assumption),
        priorities=_entries(reading, value, file, "priorities", "priority", "id", CodedLabel),
        themes=_entries(reading, value, file, "themes", "theme", "id", CodedLabel),
        modalities=_entries(reading, value, file, "modalities", "modality", "id", CodedLabel),
    )


def read_dimensions(reading: Reading) -> dict[str, Dimension]:
    """`dimensions.yml`: `dimensions:` with one set of keys per dimension, by its name."""
    value = _needed(reading, DIMENSIONS_FILE, "labels of the categories by which values are broken down")
    _only_keys(reading, value, DIMENSIONS_FILE, ["dimensions"])
    raw = value.get("dimensions") if isinstance(value, dict) else None
    if raw is not None and not isinstance(raw, dict):
        message = f"file `dimensions` is not a set of names: found {shown(raw)}, expected `name:` lines below it."
        reading.fault(Place(DIMENSIONS_FILE), message, "dimensions")
    found = {}
    for name, entry in (raw if isinstance(raw, dict) else {}).items():
        place = Place(DIMENSIONS_FILE, ("dimensions", str(name)))
        reading.named("dimension", name, place)
        dimension = reading.entry(Dimension, entry, f"dimension {name}", place)
        if dimension is not None:
            found[str(name)] = dimension
    return found


def read_indicators(reading: Reading) -> dict[str, Indicator]:
    """All files of `indicators/`, each a list under `indicators:`."""
    found: dict[str, Indicator] = {}
    for file in _files(reading, "indicators", "*.yml"):
        value = reading.yaml(file)
        _only_keys(reading, value, file, ["indicators"])
        entries = _entries(reading, value, file, "indicators", "indicator", "code", Indicator)
        found.update({indicator.code: indicator for indicator in entries})
    if not found and not reading.faults:
        message = "folder holds no indicator: found none, expected `indicators:` in a file such as output.yml. Add one."
        reading.faults.append(Fault("indicators", 1, message))
    return found


def read_donors(reading: Reading) -> dict[str, Donor]:
    """`donors.yml`: donors with their grants; a programme without donors has none."""
    if not (reading.directory / DONORS_FILE).is_file():
        return {}
    value = reading.yaml(DONORS_FILE)
    _only_keys(reading, value, DONORS_FILE, ["donors"])
    for raw, place in reading.listed(value, "donors", "file", Place(DONORS_FILE)):
        for grant, grant_place in reading.listed(raw, "grants", "donor", place):
            reading.named("grant", grant.get("grant_code") if isinstance(grant, dict) else None, grant_place)
    donors = _entries(reading, value, DONORS_FILE, "donors", "donor", "donor_code", Donor)
    return {donor.donor_code: donor for donor in donors}


def read_sources(reading: Reading) -> tuple[dict[str, Source], dict[str, list[Rule]]]:
    """Each folder of `sources/`: how to read it (`source.yml`) and what must hold (`rules.yml`), by source."""
    sources: dict[str, Source] = {}
    rules: dict[str, list[Rule]] = {}
    for file in _files(reading, "sources", "*/source.yml"):
        folder = file.split("/")[1]
        value, place = reading.yaml(file), Place(file)
        reading.named("source", folder, place)
        source = reading.entry(Source, value, f"source {folder}", place) if reading.could_be_read(file) else None
        if source is not None:
            sources[folder] = source
        rules[folder] = _rules(reading, folder)
    return sources, rules


def _rules(reading: Reading, source: str) -> list[Rule]:
    file = f"sources/{source}/rules.yml"
    if not (reading.directory / file).is_file():
        return []
    value = reading.yaml(file)
    if value is not None and not isinstance(value, list):
        message = f"file is not a list of rules: found {shown(value)}, expected lines that begin with '- id:'."
        reading.fault(Place(file), message)
        return []
    found = []
    for position, raw in enumerate(value or []):
        place = Place(file, (str(position),))
        name = raw.get("id") if isinstance(raw, dict) else None
        is_new = reading.named("rule", f"{source}/{name}", place) if name else True
        rule = reading.entry(Rule, raw, f"rule {name or position + 1}", place)
        if rule is not None and is_new:
            found.append(rule)
    return found


def read_marts(reading: Reading) -> tuple[dict[str, MartContract], dict[str, str]]:
    """Contracts (`marts/*.yml`) and queries (`marts/*.sql`) by the stem of their files."""
    contracts: dict[str, MartContract] = {}
    queries: dict[str, str] = {}
    for file in _files(reading, "marts", "*.yml"):
        stem, place = file.removeprefix("marts/").removesuffix(".yml"), Place(file)
        value = reading.yaml(file)
        reading.named("mart", stem, place)
        contract = reading.entry(MartContract, value, f"mart {stem}", place) if reading.could_be_read(file) else None
        if contract is not None:
            contracts[stem] = contract
    for file in _files(reading, "marts", "*.sql"):
        content = (reading.directory / file).read_bytes()
        queries[file.removeprefix("marts/").removesuffix(".sql")] = content.decode("utf-8-sig", errors="replace")
    return contracts, queries


def read_learning(reading: Reading) -> Learning:
    """`learning.yml`: what people concluded from the numbers; a programme without the file recorded nothing."""
    file = LEARNING_FILE
    if not (reading.directory / file).is_file():
        return Learning()
    value = reading.yaml(file)
    _only_keys(reading, value, file, Learning.model_fields)
    return Learning(
        reviews=_records(reading, value, file, "reviews", "review", AssumptionReview),
        explanations=_records(reading, value, file, "explanations", "explanation", WeighedExplanation),
    )


def read_honesty(reading: Reading) -> Honesty:
    """`honesty.yml`: where to look for numbers that mislead; a programme without the file declares no check."""
    place = Place(HONESTY_FILE)
    reading.places[("honesty", "")] = place
    if not (reading.directory / HONESTY_FILE).is_file():
        return Honesty()
    value = reading.yaml(HONESTY_FILE)
    found = reading.entry(Honesty, value, "honesty checks", place) if value is not None else None
    return found or Honesty()


def _records(reading: Reading, value: Any, file: str, key: str, kind: str, model: type[Model]) -> list[Model]:
    """The readable entries of a list of dated records, which are known by their place in the list, from 1."""
    found = []
    for number, (raw, place) in enumerate(reading.listed(value, key, "file", Place(file)), start=1):
        reading.named(kind, str(number), place)
        entry = reading.entry(model, raw, f"{kind} {number}", place)
        if entry is not None:
            found.append(entry)
    return found


def _files(reading: Reading, folder: str, pattern: str) -> list[str]:
    found = (reading.directory / folder).glob(pattern)
    return sorted(path.relative_to(reading.directory).as_posix() for path in found if path.is_file())


def _needed(reading: Reading, file: str, content: str) -> Any:
    """The value of a file that every programme has; a missing or empty one is a fault."""
    if not (reading.directory / file).is_file():
        reading.faults.append(Fault(file, 1, f"file is missing: found none, expected the {content}. Write it."))
        return None
    value = reading.yaml(file)
    if value is None and reading.could_be_read(file):
        reading.faults.append(Fault(file, 1, f"file is empty: found nothing, expected the {content}. Write it."))
    return value


def _only_keys(reading: Reading, value: Any, file: str, keys: Iterable[str]) -> None:
    """Note top-level keys that the file may not have, and a file that is not a set of keys."""
    if value is not None and not isinstance(value, dict):
        message = f"file is not a set of keys: found {shown(value)}, expected `{next(iter(keys))}:`. Begin with it."
        reading.fault(Place(file), message)
        return
    for key in value or {}:
        if key not in keys:
            reading.fault(
                Place(file), unknown_name(f"file has an unknown key `{key}`", str(key), keys, "Remove it."), key
            )


def _entries(
    reading: Reading, value: Any, file: str, key: str, kind: str, name_key: str, model: type[Model]
) -> list[Model]:
    """The readable entries of a list in which each entry has a name of its own."""
    found = []
    for raw, place in reading.listed(value, key, "file", Place(file)):
        name = raw.get(name_key) if isinstance(raw, dict) else None
        is_new = reading.named(kind, name, place)
        entry = reading.entry(model, raw, f"{kind} {name}" if name else kind, place)
        if entry is not None and is_new:
            found.append(entry)
    return found
