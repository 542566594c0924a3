"""Survey exports to break: some rows of a clean export of the example under a name of their own, and what came of them.

The rows of two cases that run together never overlap, so that no case answers for the city of another one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from mel_example.raw_files.kobo import renumber
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.raw_files.survey_exports import question_header
from tests.defects.declared import TOGETHER, Defect
from tests.defects.example_files import clean_file, from_example, sheet_of
from tests.defects.seen import Seen


@dataclass(frozen=True)
class Outcome:
    """What came of one file of a survey."""

    seen: Seen
    source: str
    path: str

    @property
    def values(self) -> list[dict[str, Any]]:
        """Accepted rows in the order of the file; an empty cell is None."""
        return _records(self.seen.accepted(self.source, self.path))

    def column(self, field: str) -> list[Any]:
        """Accepted values of a field."""
        return [row[field] for row in self.values]

    def listed(self, table: str, rule_id: str) -> list[dict[str, Any]]:
        """Findings of the file under a rule; an empty cell is None."""
        return _records(self.seen.findings(table, rule_id, self.path))

    def only(self, table: str, rule_id: str) -> dict[str, Any]:
        """The one finding under a rule."""
        (found,) = self.listed(table, rule_id)
        return found

    @property
    def message(self) -> str:
        """What is told of the file."""
        return str(self.seen.file(self.path, self.source)["message"])

    def said(self, rule_id: str) -> str:
        """The words of a rule that rows of the file broke."""
        (result,) = self.seen.failed(rule_id, self.path).to_dict("records")
        return str(result["reason"])

    def assert_account(self, read: int, accepted: int, quarantined: int = 0, dropped: int = 0) -> None:
        """How many rows were read, and what became of them."""
        account = self.seen.file(self.path, self.source)
        found = tuple(account[name] for name in ("n_rows", "n_accepted", "n_quarantined", "n_dropped"))
        assert found == (read, accepted, quarantined, dropped)


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    plain = rows.astype(object).where(rows.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


@dataclass(frozen=True)
class Export:
    """Some rows of a clean export.

    Attributes:
        case: the defect that they are for.
        source: which survey.
        rows: their places in the clean export.
        taken_from: the clean export.
    """

    case: str
    source: str
    rows: Sequence[int]
    taken_from: str

    @property
    def path(self) -> str:
        """Where the file lies."""
        return f"surveys/{self.source}_{self.case.lower()}.csv"

    def writer(self, change: Callable[[RawSheet], None] | None = None) -> Callable[[Path], None]:
        """What writes the rows, changed or as they should have come."""

        def pick(file: RawFile) -> None:
            sheet = sheet_of(file)
            sheet.rows = [sheet.rows[place] for place in self.rows]
            for number, row in enumerate(sheet.rows, start=2):
                row.cells["_uuid"] = f"{self.case.lower()}-{number}"
            if change is not None:
                change(sheet)
            renumber(sheet)

        return from_example(self.taken_from, pick)

    def defect(
        self, change: Callable[[RawSheet], None], check: Callable[[Outcome], None], world: str = TOGETHER, **more: Any
    ) -> Defect:
        """The case: these rows with a change, and what has to come of them."""
        return Defect(
            self.case.split("-")[0],
            broken={self.path: self.writer(change)},
            clean={self.path: self.writer()},
            check=lambda seen: check(Outcome(seen, self.source, self.path)),
            world=world,
            **more,
        )


def annual(case: str, first: int, count: int = 2, year: int = 2025) -> Export:
    """Answers to the annual survey, in labels."""
    rows = range(first, first + count)
    return Export(case, "member_annual", rows, f"surveys/member_annual_{year}_en.csv")


def training(case: str, first: int, count: int = 1, year: int = 2025) -> Export:
    """Pairs of questionnaires before and after a training, in codes; each first one stands before its last one."""
    path = f"surveys/training_prepost_{year}_en.csv"
    pairs = training_pairs(path)[first : first + count]
    return Export(case, "training_prepost", [row for pair in pairs for row in pair], path)


def feedback(case: str, first: int, count: int = 2, year: int = 2025) -> Export:
    """Questionnaires after events, in codes."""
    rows = range(first, first + count)
    return Export(case, "event_feedback", rows, f"surveys/event_feedback_{year}_en.csv")


def training_pairs(path: str) -> list[tuple[int, int]]:
    """Places of the first and the last questionnaire of each participant who filled in both."""
    places: dict[tuple[Any, Any], dict[Any, int]] = {}
    for place, row in enumerate(sheet_of(clean_file(path)).rows):
        who = (row.cells["about/event_code"], row.cells["about/participant_key"])
        places.setdefault(who, {})[row.cells["about/wave"]] = place
    return [(waves["pre"], waves["post"]) for waves in places.values() if len(waves) == 2]


def write(row: RawRow, path: str, value: str) -> None:
    """Write into the cell of a question of the annual survey, whose headers are in words."""
    row.cells[question_header(path, "en")] = value


def read(row: RawRow, path: str) -> str:
    """What stands in the cell of a question of the annual survey."""
    return str(row.cells[question_header(path, "en")])
