"""A programme folder as one object: everything it declares, and the faults met while reading it.

How the declared files fit into one object belongs here. How each file is read is the affair of `files.py`;
what two entries say about each other is judged by `lint.py`.
"""

from dataclasses import dataclass, field
from pathlib import Path

from mel_pipeline.declarations import files
from mel_pipeline.declarations.faults import Fault, Severity, in_order
from mel_pipeline.declarations.models import (
    Dimension,
    Donor,
    Grant,
    Honesty,
    Indicator,
    Learning,
    MartContract,
    Rule,
    Settings,
    Source,
    Target,
    TheoryOfChange,
)
from mel_pipeline.declarations.reading import Place, Reading
from mel_pipeline.declarations.targets import read_targets
from mel_pipeline.declarations.yaml_lines import YamlDocument


@dataclass(frozen=True)
class FundedGrant:
    """A grant together with the donor who gives it."""

    donor: Donor
    grant: Grant


@dataclass(frozen=True)
class Programme:
    """Everything a programme folder declares. Entries with faults are left out and stand in `faults`."""

    directory: Path
    settings: Settings
    theory: TheoryOfChange
    dimensions: dict[str, Dimension]
    indicators: dict[str, Indicator]
    targets: list[Target]
    donors: dict[str, Donor]
    grants: dict[str, FundedGrant]
    sources: dict[str, Source]
    rules: dict[str, list[Rule]]
    marts: dict[str, MartContract]
    mart_sql: dict[str, str]
    faults: list[Fault]
    places: dict[tuple[str, str], Place] = field(repr=False)
    documents: dict[str, YamlDocument] = field(repr=False)
    learning: Learning = field(default_factory=Learning)
    honesty: Honesty = field(default_factory=Honesty)

    def names(self, kind: str) -> set[str]:
        """Names of all entries of a kind (`indicator`, `node`, …), those left out for their faults included."""
        return {name for known, name in self.places if known == kind}

    def scopes_of(self, mart: MartContract) -> list[str]:
        """Declared scopes by which a mart's rows can be divided: it carries the scope's column or joins its bridge."""
        return [
            scope
            for scope, how in self.settings.scopes.items()
            if (scope in mart.scopes if isinstance(how, str) else any(family in mart.families for family in how))
        ]

    def locate(self, kind: str, name: str, *path: str | int) -> tuple[str, int]:
        """File and line of a key path inside an entry, or of the nearest key above it that is written.

        Kinds are settings (name ""), node, link, assumption, priority, theme, modality, dimension, indicator,
        donor, grant, source, rule (name `source/id`) and mart.
        """
        place = self.places[(kind, name)]
        document = self.documents.get(place.file)
        return place.file, document.line(*place.path, *path) if document else 1

    def fault(self, kind: str, name: str, message: str, *path: str | int, severity: Severity = "error") -> Fault:
        """A fault that stands at a key path inside an entry."""
        file, line = self.locate(kind, name, *path)
        return Fault(file, line, message, severity)


def load_programme(directory: Path) -> Programme:
    """Everything that a programme folder declares, as far as it can be read.

    Nothing in the files makes this raise: what cannot be read is left out and told in `faults`, each with its
    file and line. A missing or unreadable `programme.yml` gives settings that only serve to show the faults.
    """
    reading = Reading(directory)
    settings = files.read_settings(reading)
    theory = files.read_theory(reading)
    dimensions = files.read_dimensions(reading)
    indicators = files.read_indicators(reading)
    donors = files.read_donors(reading)
    sources, rules = files.read_sources(reading)
    marts, mart_sql = files.read_marts(reading)
    targets = read_targets(reading)
    learning = files.read_learning(reading)
    honesty = files.read_honesty(reading)
    return Programme(
        directory=directory,
        settings=settings,
        theory=theory,
        learning=learning,
        honesty=honesty,
        dimensions=dimensions,
        indicators=indicators,
        targets=targets,
        donors=donors,
        grants={grant.grant_code: FundedGrant(donor, grant) for donor in donors.values() for grant in donor.grants},
        sources=sources,
        rules=rules,
        marts=marts,
        mart_sql=mart_sql,
        faults=in_order(reading.faults),
        places=reading.places,
        documents=reading.documents,
    )
