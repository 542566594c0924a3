"""What a file really is, told from its first bytes and never from its extension; and the text of text files.

Cutting text into cells belongs to `grids.py`.
"""

import codecs
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from mel_pipeline.intake.encodings import told_encoding
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.tables import parquet, statistical

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rich_text"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"PK\x05\x06", "archive"),
)
MARKUP = ((b"<!doctype html", "web_page"), (b"<html", "web_page"), (b"<?xml", "xml"))
_ELEMENT = re.compile(rb"<!--|<[a-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*[\"']|\s*/?>\s*(?:<|$))")
"""XML without its declaration: a tag with attributes, or one tag after the other."""
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LOOK_AT_BYTES = 4096
CHECKED_BYTES = 1 << 20
START_CHARACTERS = 200_000


@dataclass(frozen=True)
class Text:
    """A text file, and how its bytes differ from plain UTF-8.

    Attributes:
        start: its first characters.
        stream: all of it as UTF-8 without byte-order mark.
        encoding: one of Windows in which it was written, if so.
    """

    start: str
    stream: BinaryIO
    had_mark: bool
    was_utf16: bool
    ends_in_newline: bool
    encoding: str | None = None


Kind = Literal["workbook", "old_workbook", "text", "parquet", "spss", "stata"]


def kind_of(path: Path) -> Kind:
    """Tell the kinds of files that hold tables apart; refuse everything else by its name."""
    with path.open("rb") as file:
        start = file.read(LOOK_AT_BYTES)
    if not start.strip(b"\x00\r\n\t "):
        raise Refused("empty_file")
    if start.startswith(ZIP):
        return _workbook(path)
    if start.startswith(OLE):
        return _old_workbook(path)
    if start.startswith((parquet.LOCKED, statistical.LOCKED_SPSS)):
        raise Refused("not_a_table", found="locked_file")
    if start.startswith(parquet.SIGNATURE):
        return "parquet"
    if start.startswith(statistical.SPSS):
        return "spss"
    if statistical.is_stata(start):
        return "stata"
    _refuse_known_kinds(start)
    return "text"


def _workbook(path: Path) -> Literal["workbook"]:
    """Let only XLSX workbooks pass: several other formats are zip archives too."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise Refused("unreadable_workbook") from None
    if "xl/workbook.xml" in names:
        return "workbook"
    kinds = {
        "xl/workbook.bin": "binary_workbook",
        "word/document.xml": "word_document",
        "ppt/presentation.xml": "presentation",
        "META-INF/manifest.xml": "open_document",
    }
    raise Refused("not_a_table", found=next((kinds[name] for name in kinds if name in names), "archive"))


def _old_workbook(path: Path) -> Literal["old_workbook"]:
    """Let only workbooks of old Excel versions pass: they share their container with documents and locked files."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("not_a_table", found="locked_workbook")
    if any(f"{name}\0".encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "old_workbook"
    is_document = "WordDocument".encode("utf-16-le") in content
    raise Refused("not_a_table", found="word_document" if is_document else "old_office")


def _refuse_known_kinds(start: bytes) -> None:
    for signature, kind in SIGNATURES:
        if start.startswith(signature):
            raise Refused("not_a_table", found=kind)
    words = start.removeprefix(UTF8_MARK).lstrip().lower()
    for signature, kind in MARKUP:
        if words.startswith(signature):
            raise Refused("not_a_table", found=kind)
    if _ELEMENT.match(words):
        raise Refused("not_a_table", found="xml")
    if b"\x00" in start and not start.startswith(UTF16_MARKS):
        raise Refused("not_a_table", found="binary")


@contextmanager
def open_text(path: Path, declared: str | None = None) -> Iterator[Text]:
    """Open a text file: UTF-8 with or without byte-order mark, UTF-16 with one, or an encoding of Windows.

    It is checked to its end first.

    Args:
        path: the file.
        declared: its encoding where it is not UTF-8; without one, its words have to tell it.
    """
    with path.open("rb") as file:
        start = file.read(LOOK_AT_BYTES)
        is_utf16 = start.startswith(UTF16_MARKS)
        has_mark = start.startswith(UTF8_MARK)
        file.seek(len(UTF8_MARK) if has_mark else 0)
        stream: BinaryIO = io.BytesIO(_from_utf16(file)) if is_utf16 else file
        try:
            text = _opened(stream, had_mark=is_utf16 or has_mark, was_utf16=is_utf16)
        except Refused:
            if is_utf16 or has_mark:
                raise
            text = _decoded(path, declared)
        yield text


def _decoded(path: Path, declared: str | None) -> Text:
    """A text that is not UTF-8.

    Raises:
        Refused: with code `unknown_encoding`, and the first byte that cannot be read.
    """
    content = path.read_bytes()
    encoding = declared or told_encoding(content)
    try:
        plain = content.decode(encoding or "utf-8").encode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("unknown_encoding", found=error.start + 1) from None
    return replace(_opened(io.BytesIO(plain), had_mark=False, was_utf16=False), encoding=encoding)


def _from_utf16(file: BinaryIO) -> bytes:
    try:
        return file.read().decode("utf-16").encode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("unknown_encoding", found=error.start + 1) from None


def _opened(stream: BinaryIO, had_mark: bool, was_utf16: bool) -> Text:
    """Check a stream of UTF-8 to its end and wind it back."""
    first, start, end, place = stream.tell(), "", b"", 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    while block := stream.read(CHECKED_BYTES):
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block) if pending or not start or not block.isascii() else ""
        except UnicodeDecodeError as error:
            raise Refused("unknown_encoding", found=place - pending + error.start + 1) from None
        if b"\x00" in block:
            raise Refused("not_a_table", found="binary")
        start, end, place = start or text[:START_CHARACTERS], block, place + len(block)
    pending = len(decoder.getstate()[0])
    if pending:
        raise Refused("unknown_encoding", found=place - pending + 1)
    stream.seek(first)
    return Text(start, stream, had_mark, was_utf16, end.endswith((b"\n", b"\r")))
