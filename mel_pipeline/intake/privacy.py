"""Keyed hashes instead of persons, and the key they are made with.

Which fields are hashed, dropped or kept apart is declared in `source.yml`; no field is known here.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.coded import Coded, Places, Rows

KEY_VARIABLE = "MEL_HASH_KEY"
KEY_FILE = "person.key"
HASH_LENGTH = 32
HASHED_AT_ONCE = 100_000
BLOCK_LENGTH = 64
"""Bytes that SHA-256 works in at a time."""

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
        return self.hash_all([_message(parts)])[0]

    def hash_all(self, messages: Iterable[bytes]) -> list[str]:
        """Keyed hashes of messages made by `_message`; the key itself is worked in only once."""
        inner, outer = self._padded(0x36), self._padded(0x5C)
        hashes = []
        for message in messages:
            first, second = inner.copy(), outer.copy()
            first.update(message)
            second.update(first.digest())
            hashes.append(second.hexdigest()[:HASH_LENGTH])
        return hashes

    def _padded(self, pad: int) -> "hashlib._Hash":
        """SHA-256 after the first block of HMAC (RFC 2104), which holds the key."""
        secret = hashlib.sha256(self.secret).digest() if len(self.secret) > BLOCK_LENGTH else self.secret
        return hashlib.sha256(bytes(byte ^ pad for byte in secret.ljust(BLOCK_LENGTH, b"\0")))


def _message(parts: Sequence[str]) -> bytes:
    return json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _messages(first: Sequence[str], quoted: Sequence[Coded]) -> list[bytes]:
    """For each row what `_message` makes of some first texts and those of columns quoted before."""
    start = json.dumps(first, ensure_ascii=False)[:-1]
    texts = [column.arrow(pa.string()) for column in quoted]
    joined = pc.binary_join_element_wise(start, *texts[:-1], pc.binary_join_element_wise(texts[-1], "]", ""), ", ")
    listed: list[bytes] = joined.cast(pa.binary()).to_numpy(zero_copy_only=False).tolist()
    return listed


def _quoted(column: Coded) -> Coded:
    """Texts as JSON writes them."""
    texts = column.values(pa.string())
    needs_care = pc.match_substring_regex(texts, r'["\\\x00-\x1f]')
    careful = [json.dumps(text, ensure_ascii=False) for text in texts.filter(needs_care).to_pylist()]
    quoted = pc.binary_join_element_wise('"', texts, '"', "")
    return Coded(column.places, pc.replace_with_mask(quoted, needs_care, pa.array(careful, pa.string())))


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


def person_hashes(key: HashKey, inputs: Sequence[Sequence[tuple[str, Coded]]], count: int) -> Coded:
    """Hash the person of each row from the first input that is there; None where none is.

    Args:
        key: the secret.
        inputs: alternatives in order of preference, each a list of (field, folded texts); an alternative is there
            when its first text is. A name without a place still tells people of one list apart.
        count: how many rows there are.
    """
    places = np.zeros(count, np.int32)
    hashes = [pa.nulls(1, pa.string())]
    n_persons = 1
    for parts in inputs:
        columns = [_usable(field, texts) for field, texts in parts]
        is_there = columns[0].flagged(bool)[columns[0].places] if columns else np.zeros(count, np.bool_)
        rows = np.flatnonzero((places == 0) & is_there)
        persons, first_rows = _persons([column.take(rows) for column in columns], len(rows))
        places[rows] = n_persons + persons
        hashes.append(_hashed(key, ["person"], [_quoted(column.take(rows[first_rows])) for column in columns]))
        n_persons += len(first_rows)
    return Coded(places, pa.concat_arrays(hashes))


def _hashed(key: HashKey, first: Sequence[str], quoted: Sequence[Coded]) -> pa.Array:
    """Keyed hashes of some first texts and those of columns quoted before; part by part, for they are many."""
    chunks = [pa.array([], pa.string())]
    for start in range(0, len(quoted[0]) if quoted else 0, HASHED_AT_ONCE):
        some = [column.take(slice(start, start + HASHED_AT_ONCE)) for column in quoted]
        chunks.append(pa.array(key.hash_all(_messages(first, some)), pa.string()))
    return pa.concat_arrays(chunks)


def _persons(columns: Sequence[Coded], count: int) -> tuple[Places, Rows]:
    """A number for each row, equal where all columns are, and a row for each number."""
    codes = np.zeros(count, np.int64)
    for column in columns:
        _, codes = np.unique(codes * column.n_distinct + column.places, return_inverse=True)
    _, first_rows, persons = np.unique(codes, return_index=True, return_inverse=True)
    return persons.astype(np.int32), first_rows


def _usable(field: str, texts: Coded) -> Coded:
    if not field.startswith(EMAIL_FIELDS):
        return texts
    cells = texts.values(pa.string())
    return Coded(texts.places, pc.if_else(pc.match_substring(cells, "@"), cells, ""))


def record_keys(key: HashKey, source: str, columns: Sequence[Coded], count: int) -> pa.Array:
    """Hash each row's key values; repeats of equal values within a file get a running number."""
    if not count:
        return pa.array([], pa.string())
    keys = _hashed(key, ["record", source], [_quoted(column) for column in columns])
    return _numbered(keys, lambda row, number: key.hash("record", source, *(each[row] for each in columns), number))


def _numbered(keys: pa.Array, numbered: Callable[[int, str], str]) -> pa.Array:
    """Keys of which none stands twice: the second and later rows get one that holds a running number, too."""
    places = keys.dictionary_encode().indices.to_numpy()
    seen: dict[int, int] = {}
    later: dict[int, str] = {}
    for row in np.flatnonzero(np.bincount(places)[places] > 1).tolist():
        number = seen[places[row]] = seen.get(places[row], 0) + 1
        if number > 1:
            later[row] = numbered(row, str(number))
    if not later:
        return keys
    is_later = np.zeros(len(keys), np.bool_)
    is_later[list(later)] = True
    return pc.replace_with_mask(keys, pa.array(is_later), pa.array(later.values(), pa.string()))
