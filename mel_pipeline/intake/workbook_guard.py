"""A look at a workbook before a parser sees it: sizes, and the real extent of each sheet.

One cell far outside a table makes the fast parser ask for half a terabyte and abort the whole process, and
the extent that a sheet declares can be false. Following the cells belongs to `sheet_scans.py`, reading values
to `grids.py`.
"""

import xml.parsers.expat
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO

from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.sheet_scans import CornerScan, ErrorScan, Extent, local_name

MAX_ENTRIES = 2_000
MAX_INFLATED_BYTES = 1_000_000_000
CHUNK = 1 << 16


def inspect(path: Path) -> dict[str, Extent]:
    """Measure every worksheet of a workbook, by sheet name; refuse what cannot be opened safely."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(archive)
            return {name: _measure(archive, part, name) for name, part in sheet_parts(archive).items()}
    except (zipfile.BadZipFile, xml.parsers.expat.ExpatError, KeyError, EOFError, OSError, ValueError):
        raise Refused("unreadable_workbook") from None
    except NotImplementedError:
        raise Refused("not_a_table", found="locked_workbook") from None


def _check_directory(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    inflated = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise Refused("oversized_workbook", found=f"{len(entries)} × XML", expected=f"{MAX_ENTRIES}")
    if inflated > MAX_INFLATED_BYTES:
        raise Refused("oversized_workbook", **_too_much(inflated))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("not_a_table", found="locked_workbook")


def _too_much(size: int) -> dict[str, str]:
    return {"found": f"{size // 1_000_000} MB", "expected": f"{MAX_INFLATED_BYTES // 1_000_000} MB"}


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name and part of each worksheet, from the workbook's own list."""
    targets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("Relationship") and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes["Id"]] = attributes["Target"]

    sheets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if local_name(tag) == "sheet":
            identifier = next(value for name, value in attributes.items() if name.endswith(":id"))
            if identifier in targets:
                sheets[attributes["name"]] = _part(targets[identifier])

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    return sheets


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _parse(archive: zipfile.ZipFile, part: str, on_start: Callable[[str, dict[str, str]], None]) -> None:
    parser = safe_parser()
    parser.StartElementHandler = on_start
    with archive.open(part) as stream:
        _feed(parser, stream)


def safe_parser() -> xml.parsers.expat.XMLParserType:
    """A parser that takes no document type, hence no entities."""
    parser = xml.parsers.expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refused("unreadable_workbook")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _feed(parser: xml.parsers.expat.XMLParserType, stream: IO[bytes]) -> None:
    """Parse a stream, counting the bytes really inflated: the declared ones can lie."""
    inflated = 0
    while chunk := stream.read(CHUNK):
        inflated += len(chunk)
        if inflated > MAX_INFLATED_BYTES:
            raise Refused("oversized_workbook", **_too_much(inflated))
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _measure(archive: zipfile.ZipFile, part: str, sheet: str) -> Extent:
    """Find the real corner of a sheet; only a sheet with formulas or errors is looked at a second time."""
    corner = CornerScan(sheet)
    parser = safe_parser()
    parser.ordered_attributes = True
    parser.StartElementHandler = corner.start
    with archive.open(part) as stream:
        _feed(parser, stream)
    extent = corner.extent()
    if corner.has_formulas_or_errors:
        errors = ErrorScan(extent.errors)
        parser = safe_parser()
        parser.StartElementHandler = errors.start
        parser.EndElementHandler = errors.end
        parser.CharacterDataHandler = errors.text
        with archive.open(part) as stream:
            _feed(parser, stream)
    return extent
