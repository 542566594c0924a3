"""A redacted copy of an XLSX workbook: cells are cut out of its sheets, every other byte of them stays.

Texts lie apart from cells, so those that no cell holds any more go too. A spreadsheet library would write the whole
workbook anew and lose what it does not know (pictures, results of formulas), so that the XML itself is cut.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from mel_pipeline.forgetting.plan import Changes
from mel_pipeline.intake.sheet_scans import local_name
from mel_pipeline.intake.workbook_guard import inspect, safe_parser, sheet_parts

SHARED = "xl/sharedstrings.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_KINDS = re.compile(rb"\s(?:t|cm|vm|ph)=\"[^\"]*\"")


@dataclass
class _Cell:
    """A cell with content: where it stands in the sheet, its bytes, and the shared text that it holds, if one."""

    row: int
    column: int
    start: int
    end: int = 0
    kind: str = ""
    value: str = ""

    @property
    def shared(self) -> int | None:
        return int(self.value) if self.kind == "s" and self.value.isdigit() else None


def redacted_workbook(path: Path, changes: Changes, words: Collection[str]) -> bytes:
    """The content of a workbook after some changes.

    Args:
        path: the workbook.
        changes: by sheet and row.
        words: names and addresses, which go from comments, drawings and properties too.
    """
    inspect(path)
    with zipfile.ZipFile(path) as archive:
        sheets = {part: name for name, part in sheet_parts(archive).items()}
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        cells = {part: _cells(parts[part]) for part in sheets}
        held: set[int] = set()
        for part, name in sheets.items():
            kept = [cell for cell in cells[part] if not _changes(cell, name, changes)]
            held |= {cell.shared for cell in kept if cell.shared is not None}
            parts[part] = _cut(parts[part], cells[part], name, changes)
        for part, content in parts.items():
            if part.casefold() == SHARED:
                parts[part] = _without_unused(content, held)
            elif part not in sheets and part.endswith((".xml", ".vml")):
                parts[part] = _without_words(content, words)
        return _packed(archive, parts)


def _changes(cell: _Cell, sheet: str, changes: Changes) -> bool:
    if (sheet, cell.row) not in changes:
        return False
    change = changes[sheet, cell.row]
    return change is None or cell.column - 1 in change


def _cells(content: bytes) -> list[_Cell]:
    """Every cell with content, in the order of the sheet."""
    found: list[_Cell] = []
    parser = safe_parser()
    place = {"row": 0, "column": 0}
    inside: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if name == "row":
            place["row"], place["column"] = int(attributes.get("r", place["row"] + 1)), 0
        elif name == "c":
            reference = _REFERENCE.match(attributes.get("r", ""))
            place["column"] = _number(reference[1]) if reference else place["column"] + 1
            place["row"] = int(reference[2]) if reference else place["row"]
            cell = _Cell(place["row"], place["column"], parser.CurrentByteIndex, kind=attributes.get("t", ""))
            found.append(cell)
        inside.append(name)

    def text(characters: str) -> None:
        if inside and inside[-1] == "v" and found:
            found[-1].value += characters

    def end(tag: str) -> None:
        inside.pop()
        if local_name(tag) == "c":
            # Behind the end tag; of an empty element this index lies behind it already, and nothing has to be cut.
            found[-1].end = content.index(b">", parser.CurrentByteIndex) + 1

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(content, True)
    return [cell for cell in found if not _is_empty(content, cell)]


def _is_empty(content: bytes, cell: _Cell) -> bool:
    return content[content.index(b">", cell.start) - 1 : content.index(b">", cell.start)] == b"/"


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _cut(content: bytes, cells: list[_Cell], sheet: str, changes: Changes) -> bytes:
    """A sheet without the content of cells that change; their places and formats stay."""
    kept, end = [], 0
    for cell in cells:
        if _changes(cell, sheet, changes):
            change = changes[sheet, cell.row]
            kept += [
                content[end : cell.start],
                _new_cell(content, cell, "" if change is None else change[cell.column - 1]),
            ]
            end = cell.end
    return b"".join([*kept, content[end:]])


def _new_cell(content: bytes, cell: _Cell, text: str) -> bytes:
    """An empty cell, or one that holds its text itself, with the reference and the format of the old one."""
    opened = _KINDS.sub(b"", content[cell.start : content.index(b">", cell.start)])
    if not text:
        return opened + b"/>"
    prefix = opened[1:].split(None, 1)[0].rpartition(b":")
    name = prefix[0] + prefix[1]
    filled = escape(text).encode()
    return b"%s t=\"inlineStr\"><%sis><%st xml:space=\"preserve\">%s</%st></%sis></%sc>" % (
        opened, name, name, filled, name, name, name,
    )  # fmt: skip


def _without_unused(content: bytes, held: Collection[int]) -> bytes:
    """The shared texts, emptied where no cell holds them; their numbers stay."""
    kept, end = [], 0
    for number, (start, stop) in enumerate(_texts(content)):
        if number not in held:
            opened = content[start : content.index(b">", start)].rstrip(b"/")
            prefix = opened[1:].split(None, 1)[0].rpartition(b":")
            name = prefix[0] + prefix[1]
            kept += [content[end:start], b"<%ssi><%st/></%ssi>" % (name, name, name)]
            end = stop
    return b"".join([*kept, content[end:]])


def _texts(content: bytes) -> Iterator[tuple[int, int]]:
    """Where each shared text begins and ends."""
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    parser = safe_parser()

    def start(tag: str, _: Mapping[str, str]) -> None:
        if local_name(tag) == "si":
            starts.append(parser.CurrentByteIndex)

    def end(tag: str) -> None:
        if local_name(tag) == "si":
            opened = content.index(b">", starts[-1])
            is_empty = content[opened - 1 : opened] == b"/"
            spans.append((starts[-1], opened + 1 if is_empty else content.index(b">", parser.CurrentByteIndex) + 1))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(content, True)
    return iter(spans)


def _without_words(content: bytes, words: Collection[str]) -> bytes:
    """A part without the person's words, whatever their case; parts that do not hold them stay as they are."""
    text = content.decode("utf-8", "surrogateescape")
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(escape(word))}(?!\w)", "", text, flags=re.IGNORECASE)
    return text.encode("utf-8", "surrogateescape")


def _packed(archive: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """The parts in their order, with their dates and ways of packing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for entry in archive.infolist():
            packed.writestr(entry, parts[entry.filename], compress_type=entry.compress_type)
    return buffer.getvalue()
