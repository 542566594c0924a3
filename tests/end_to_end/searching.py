"""Looks for words in everything that lies below a folder, whatever kind of file they stand in and however written."""

import hashlib
import html
import re
import sqlite3
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from mel_pipeline import database

_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_BETWEEN = re.compile(r"[\W_]+")
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def plain(text: str) -> str:
    """A text as bare letters and digits: no case, accents, spaces, signs, diacritics or forms of alef."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_ALIKE).translate(_DIGITS)
        text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_ALIKE)
    return _BETWEEN.sub("", text.casefold())


@cache
def ways_to_write(word: str) -> frozenset[str]:
    """A word, and the plain hashes by which somebody who knows it would find it again."""
    spellings = {word, word.casefold(), word.strip().lower(), plain(word)}
    hashes = {
        digest(each.encode()).hexdigest()
        for each in spellings
        for digest in (hashlib.sha256, hashlib.md5, hashlib.sha1)
    }
    return frozenset({plain(word), *hashes})


def told(words: Iterable[str], *places: Path) -> set[tuple[str, str]]:
    """Which words stand where, in files and folders."""
    wanted = list(words)
    return {
        (word, where)
        for where, text in texts_of(*places)
        for word in wanted
        if any(each in text for each in ways_to_write(word))
    }


def texts_of(*places: Path) -> Iterator[tuple[str, str]]:
    """The bare text of every file, table, sheet and record, with where it stands."""
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file():
                for part, text in _parts(path):
                    yield f"{path}{part}", searchable(text)


def searchable(text: str) -> str:
    """A text in which escapes are letters again, bare."""
    text = html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    return plain(text)


def _parts(path: Path) -> Iterator[tuple[str, str]]:
    content = path.read_bytes()
    if content.startswith(b"PAR1"):
        yield "", _rows(f"select * from {database.read_parquet(path)}")
    elif path.suffix == ".duckdb":
        yield from _database(path)
    elif content.startswith(b"SQLite format 3\x00"):
        yield from _records(path)
        yield "", content.decode("utf-8", "replace")
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"!{name}", archive.read(name).decode("utf-8", "replace")
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "", content.decode("utf-16", "replace")
    else:
        yield "", content.decode("utf-8", "replace")


def _rows(query: str) -> str:
    with database.connect() as connection:
        return connection.execute(query).df().to_csv()


def _database(path: Path) -> Iterator[tuple[str, str]]:
    with database.connect() as connection:
        database.attach_read_only(connection, path, "mel")
        tables = connection.execute("select table_name from duckdb_tables() where database_name = 'mel'").fetchall()
        for (table,) in tables:
            yield f"!{table}", connection.execute(f"select * from mel.{database.quote(table)}").df().to_csv()


def _records(path: Path) -> Iterator[tuple[str, str]]:
    """Records of SQLite one by one: on its pages a long text is cut into pieces."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        for name in names:
            for number, row in enumerate(connection.execute(f'select * from "{name}"')):
                cells = (cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in row)
                yield f"!{name}[{number}]", " ".join(cells)
    connection.close()
