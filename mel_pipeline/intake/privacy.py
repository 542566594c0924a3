"""Keyed hashes instead of persons, and the key they are made with.

Which fields are hashed, dropped or kept apart is declared in `source.yml`; no field is known here.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.words import fold

KEY_VARIABLE = "MEL_HASH_KEY"
KEY_FILE = "person.key"
HASH_LENGTH = 32
KEY_ID_LENGTH = 8
EMAIL_FIELDS = "email"
"""A hash input whose name starts so is an address: without an @ it identifies nobody (`none`, `aucun`)."""


@dataclass(frozen=True)
class HashKey:
    """The secret behind the codes of persons and records; without it nobody finds them by guessing."""

    secret: bytes

    def __repr__(self) -> str:
        """The key's id, never the key."""
        return f"HashKey({self.id})"

    @property
    def id(self) -> str:
        """A short name of the key that does not reveal it."""
        return hashlib.sha256(self.secret).hexdigest()[:KEY_ID_LENGTH]

    def hash(self, *parts: str) -> str:
        """Keyed hash of some texts: 32 hexadecimal digits of HMAC-SHA256."""
        message = json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, message, hashlib.sha256).hexdigest()[:HASH_LENGTH]


def load_key(folders: DataFolder) -> HashKey:
    """The key from the environment, else from the restricted folder, where it is made once."""
    given = os.environ.get(KEY_VARIABLE)
    if given:
        return HashKey(given.encode("utf-8"))
    path = folders.restricted / KEY_FILE
    if not path.exists():
        _make_key(path)
    return HashKey(path.read_text(encoding="ascii").strip().encode("ascii"))


def _make_key(path: Path) -> None:
    """Write a new key that only its owner may read, whole or not at all: an empty key would hide nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
    os.replace(beside, path)


def person_hash(key: HashKey, inputs: Sequence[Sequence[tuple[str, str | None]]]) -> str | None:
    """Hash a person from the first input that is there.

    Args:
        key: the secret.
        inputs: alternatives in order of preference, each a list of (field, text); an alternative is there
            when its first text is. A name without a place still tells people of one list apart.
    """
    for parts in inputs:
        texts = [_usable(field, text) for field, text in parts]
        if texts and texts[0]:
            return key.hash("person", *texts)
    return None


def _usable(field: str, text: str | None) -> str:
    folded = fold(text or "")
    return "" if field.startswith(EMAIL_FIELDS) and "@" not in folded else folded


def record_keys(key: HashKey, source: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """Hash each row's key values; repeats of equal values within a file get a running number."""
    seen: dict[tuple[str, ...], int] = {}
    keys = []
    for values in rows:
        number = seen[tuple(values)] = seen.get(tuple(values), 0) + 1
        repeated = [str(number)] if number > 1 else []
        keys.append(key.hash("record", source, *values, *repeated))
    return keys
