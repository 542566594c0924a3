"""Following the elements of one sheet of a workbook: how far its cells reach, and which hold errors.

Opening the workbook belongs to `workbook_guard.py`.
"""

import re
from dataclasses import dataclass, field

from mel_pipeline.intake.problems import Refused

MAX_CELLS = 5_000_000
MOST_MERGED = 100_000
LAST_COLUMN = 16_384
TRUE = ("1", "true")
NOT_CALCULATED = "#NOT CALCULATED!"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")


@dataclass
class Extent:
    """What one sheet really holds, rows and columns counted from 1.

    Attributes:
        declared: number of cells in the extent that the sheet claims; 0 where it claims none.
        errors: text of error cells and of formulas without a value, by row and column.
        hidden_rows: rows that nobody sees, also those that a filter hides.
        hidden_columns: columns that nobody sees.
        merged: first and last row, first and last column of merged cells.
    """

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    declared: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def is_suspicious(self) -> bool:
        """Whether the corner of the sheet is too far away for the fast parser."""
        return max(self.last_row * self.last_column, self.declared) > MAX_CELLS


class CornerScan:
    """Collects where the cells of one sheet stand; called for every cell, hence plain and quick."""

    def __init__(self, sheet: str) -> None:
        """Begin a sheet, named in what is refused."""
        self.has_formulas_or_errors = False
        self._sheet = sheet
        self._rows: set[str] = set()
        self._columns: set[str] = set()
        self._cells = 0
        self._row_elements = 0
        self._unnamed = 0
        self._most_unnamed = 0
        self._declared = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merged: list[tuple[int, int, int, int]] = []

    def start(self, tag: str, attributes: list[str]) -> None:
        """Note an element; attributes are names and values in turn."""
        name = local_name(tag) if ":" in tag else tag
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row_elements += 1
            self._unnamed = 0
            if "r" in attributes:
                self._rows.add(attributes[attributes.index("r") + 1])
            if "hidden" in attributes:
                self._hide_row(_named(attributes))
        elif name == "f":
            self.has_formulas_or_errors = True
        elif name == "dimension" and "ref" in attributes:
            self._declared = _corner(attributes[attributes.index("ref") + 1])
        elif name == "col" and "hidden" in attributes:
            self._hide_columns(_named(attributes))
        elif name == "mergeCell" and len(self._merged) < MOST_MERGED:
            self._merged += _rectangle(_named(attributes).get("ref", ""))

    def _hide_row(self, told: dict[str, str]) -> None:
        if told["hidden"] in TRUE:
            self._hidden_rows.add(int(told.get("r", self._row_elements)))

    def _hide_columns(self, told: dict[str, str]) -> None:
        """Columns are hidden in runs, which may go on to the end of the sheet."""
        if told["hidden"] in TRUE:
            first, last = int(told.get("min", 1)), int(told.get("max", 1))
            self._hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))

    def _cell(self, attributes: list[str]) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise Refused("far_cell", sheet=self._sheet, found=f"{self._cells}", expected=MAX_CELLS)
        if "e" in attributes[1::2]:
            self.has_formulas_or_errors = True
        if "r" not in attributes:
            self._unnamed += 1
            self._most_unnamed = max(self._most_unnamed, self._unnamed)
            return
        reference = attributes[attributes.index("r") + 1]
        column = reference.rstrip("0123456789")
        self._columns.add(column)
        self._rows.add(reference[len(column) :])

    def extent(self) -> Extent:
        """The corner of all cells seen; cells without a name may stand to the right of the named ones."""
        last_row = max((int(row) for row in self._rows), default=0)
        last_column = max((_column_number(column) for column in self._columns), default=0)
        return Extent(
            last_row=max(last_row, self._row_elements),
            last_column=last_column + self._most_unnamed,
            cells=self._cells,
            declared=self._declared,
            hidden_rows=self._hidden_rows,
            hidden_columns=self._hidden_columns,
            merged=self._merged,
        )


class ErrorScan:
    """Follows `c`, `f` and `v` of one sheet to find error cells and formulas that were never calculated."""

    def __init__(self, errors: dict[tuple[int, int], str]) -> None:
        """Begin a sheet; what is found is put into `errors`."""
        self._errors = errors
        self._row = 0
        self._column = 0
        self._type = ""
        self._has_formula = False
        self._value = ""
        self._inside: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where an element stands."""
        name = local_name(tag)
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name in ("f", "v"):
            self._inside = name
            self._has_formula = self._has_formula or name == "f"

    def text(self, characters: str) -> None:
        """Collect what a cell says; long texts need not be kept whole."""
        if self._inside == "v" and len(self._value) < 40:
            self._value += characters

    def end(self, tag: str) -> None:
        """Close a cell: note an error or a formula without a value."""
        name = local_name(tag)
        if name in ("f", "v"):
            self._inside = None
        elif name == "c":
            if self._type == "e":
                self._errors[self._row, self._column] = self._value or "#ERROR!"
            elif self._has_formula and not self._value and self._type != "str":
                self._errors[self._row, self._column] = NOT_CALCULATED

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = _REFERENCE.match(attributes.get("r", ""))
        self._column = _column_number(reference[1]) if reference else self._column + 1
        self._row = int(reference[2]) if reference else self._row
        self._type, self._has_formula, self._value = attributes.get("t", ""), False, ""


def _named(attributes: list[str]) -> dict[str, str]:
    return dict(zip(attributes[::2], attributes[1::2], strict=True))


def _rectangle(reference: str) -> list[tuple[int, int, int, int]]:
    """Rows and columns of a range such as `B2:C4`; nothing where it is none."""
    first, _, last = reference.partition(":")
    corners = _REFERENCE.match(first), _REFERENCE.match(last or first)
    if not corners[0] or not corners[1]:
        return []
    return [(int(corners[0][2]), int(corners[1][2]), _column_number(corners[0][1]), _column_number(corners[1][1]))]


def _corner(reference: str) -> int:
    """Number of cells from A1 to the last corner of a range such as `A1:F30`."""
    corner = _REFERENCE.match(reference.rsplit(":", 1)[-1])
    return _column_number(corner[1]) * int(corner[2]) if corner else 0


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """Name of a cell as a spreadsheet shows it, such as `B7`."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """Name of a column as a spreadsheet shows it, such as `B`; the first has number 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def local_name(tag: str) -> str:
    """A tag without its prefix."""
    return tag.rsplit(":", 1)[-1]
