"""A report written as YAML, as the sheets of a template: single values are its cover, each list a table.

Reading YAML safely (no tags, few aliases, limits on depth and size) belongs to `declarations/yaml_lines.py`; what the
sheets mean to `formats/workbook.py`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mel_pipeline.declarations.yaml_lines import YamlDocument, read_yaml
from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.text_lines import Line

ENDINGS = (".yml", ".yaml")
COVER = "Cover"
HEADER_LINE = 0
"""Headers stand above the first line of the file, so that each record keeps the number of its line."""


def report_tables(path: Path) -> Iterator[tuple[str, list[Line]]]:
    """Name and lines of each sheet; a record has the number of the line on which it begins.

    Names within names are joined: `participants: {total: 37}` becomes the column `participants_total`.
    """
    document = read_yaml(path.read_bytes())
    if document.faults:
        raise Refused("unreadable_yaml", found=document.faults[0].line)
    told = document.value
    if told is None:
        raise Refused("empty_file")
    if not isinstance(told, dict):
        raise Refused("unreadable_yaml", found=1)
    single = [(key, value) for key, value in told.items() if not isinstance(value, (list, dict))]
    yield COVER, [Line(_line(document, key), [key, _cell(value)]) for key, value in single]
    for name, records in told.items():
        if isinstance(records, dict):
            yield str(name), _pairs(document, str(name), records)
        elif isinstance(records, list):
            yield str(name), _table(document, str(name), records)


def _pairs(document: YamlDocument, name: str, told: dict[Any, Any]) -> list[Line]:
    """Names and values, such as the sections of a narrative, as a table of two columns."""
    records = [Line(_line(document, name, key), [str(key), _cell(value)]) for key, value in told.items()]
    return [Line(HEADER_LINE, ["key", "value"]), *records]


def _table(document: YamlDocument, name: str, records: list[object]) -> list[Line]:
    flat: list[tuple[int, Mapping[str, Cell]]] = []
    for place, record in enumerate(records):
        line = _line(document, name, place)
        if not isinstance(record, dict):
            raise Refused("unreadable_yaml", found=line)
        flat.append((line, dict(_flat(record))))
    if not flat:
        return []
    headers = list(dict.fromkeys(header for _, cells in flat for header in cells))
    last = HEADER_LINE
    lines = [Line(HEADER_LINE, [*headers])]
    for line, cells in flat:
        last = max(line, last + 1)  # two records on one line keep different numbers
        lines.append(Line(last, [cells.get(header) for header in headers]))
    return lines


def _flat(record: dict[Any, Any], before: str = "") -> Iterator[tuple[str, Cell]]:
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}_")
        else:
            yield f"{before}{key}", _cell(value)


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        return "\n".join(str(each) for each in value if each is not None) or None
    if value is None or isinstance(value, (str, int, float, date, datetime)):
        return value
    return str(value)


def _line(document: YamlDocument, *path: object) -> int:
    return document.lines.get(tuple(map(str, path)), 1)
