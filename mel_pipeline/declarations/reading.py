"""Reading the files of one programme folder, and remembering where each entry stands.

Only the way from files to checked entries belongs here, with the faults met on the way. Which files there
are belongs to `programme.py`; the wording of pydantic's errors to `wording.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mel_pipeline.declarations.faults import Fault, Severity
from mel_pipeline.declarations.wording import in_plain_words, shown
from mel_pipeline.declarations.yaml_lines import KeyPath, YamlDocument, read_yaml

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its file and the key path in it."""

    file: str
    path: KeyPath = ()


@dataclass
class Reading:
    """What has been read of a folder so far: documents by file, places of entries, faults.

    `places` knows an entry by kind and name even where the entry itself has faults and was not read, so that
    what refers to it is not reported as well.
    """

    directory: Path
    documents: dict[str, YamlDocument] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def yaml(self, file: str) -> Any:
        """The value of a YAML file of the folder; its faults are noted."""
        document = read_yaml((self.directory / file).read_bytes())
        self.documents[file] = document
        self.faults += [Fault(file, fault.line, fault.message) for fault in document.faults]
        return document.value

    def could_be_read(self, file: str) -> bool:
        """Whether the file is YAML at all, so that what is missing in it is really missing."""
        document = self.documents.get(file)
        return document is not None and not (document.value is None and document.faults)

    def fault(self, place: Place, message: str, *path: str | int, severity: Severity = "error") -> None:
        """Note a fault at a key path below a place."""
        self.faults.append(Fault(place.file, self.line(place, *path), message, severity))

    def line(self, place: Place, *path: str | int) -> int:
        """The line of a key path below a place."""
        document = self.documents.get(place.file)
        return document.line(*place.path, *path) if document else 1

    def entry(self, model: type[Model], value: Any, thing: str, place: Place) -> Model | None:
        """The checked entry, or None when it has faults, which are noted."""
        if not isinstance(value, dict):
            self.fault(place, f"{thing} is not a set of keys: found {shown(value)}, expected lines of `key: value`.")
            return None
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for path, message in in_plain_words(error, model, value, thing):
                self.fault(place, message, *path)
            return None

    def named(self, kind: str, name: Any, place: Place) -> bool:
        """Note where the entry of that kind and name stands; False, with a fault, when the name is taken."""
        if not isinstance(name, str | int) or isinstance(name, bool):
            return True
        first = self.places.setdefault((kind, str(name)), place)
        if first is place:
            return True
        where = f"{first.file}:{self.line(first)}"
        self.fault(
            place, f"{kind} '{name}' is declared twice: found it again here, expected it once ({where}). Rename one."
        )
        return False

    def listed(self, value: Any, key: str, thing: str, place: Place) -> Iterator[tuple[Any, Place]]:
        """Each raw entry of the list under a key, with its place; anything but a list is a fault."""
        entries = value.get(key) if isinstance(value, dict) else None
        if entries is None:
            return
        if not isinstance(entries, list):
            message = f"{thing} `{key}` is not a list: found {shown(entries)}, expected lines that begin with '- '."
            self.fault(place, message, key)
            return
        for position, entry in enumerate(entries):
            yield entry, Place(place.file, (*place.path, key, str(position)))
