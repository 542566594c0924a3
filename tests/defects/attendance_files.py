"""Writes attendance lists as the tools and the template make them, cell by cell as a case asks for.

What is wrong with a list stands in the cases.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

WORLD = "attendance"
"""The lists have a world of their own: a report of a hub that tells of the same events would be held against them."""

ZOOM = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room"
SIGN_IN = ("N°", "Nom et prénom", "Fonction", "Institution / Ville", "Sexe", "Âge", "E-mail", "Téléphone", "Signature")
US_CLOCK, BRITISH_CLOCK = "%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M:%S %p"

Cell = str | int | float | datetime | None


@dataclass(frozen=True)
class Stay:
    """One row of a list of a meeting; minutes follow from the times unless they are given."""

    name: str
    email: str
    join: str
    leave: str
    minutes: str = ""
    is_waiting: bool = False

    @property
    def joined(self) -> datetime:
        """Time of arrival."""
        return datetime.fromisoformat(self.join)

    @property
    def left(self) -> datetime:
        """Time of departure."""
        return datetime.fromisoformat(self.leave)

    @property
    def duration(self) -> str:
        """Whole minutes as the tool writes them."""
        return self.minutes or str(int((self.left - self.joined).total_seconds() // 60))


def zoom(*stays: Stay, header: str = ZOOM, above: Sequence[Sequence[str]] = (), clock: str = US_CLOCK) -> str:
    """A Zoom list of participants, perhaps with lines above its header."""
    rows = [
        (each.name, each.email, *_clocks(each, clock), each.duration, "Yes", "Yes" if each.is_waiting else "No")
        for each in stays
    ]
    return _text([*above, header.split(","), *rows], ",")


def _clocks(stay: Stay, clock: str) -> tuple[str, str]:
    return stay.joined.strftime(clock), stay.left.strftime(clock)


def teams(*stays: Stay, sections: Sequence[int] = (1, 2, 3), words: Mapping[str, str] | None = None) -> bytes:
    """A report of Teams: UTF-16, tabs, numbered sections; `words` puts others in place of the English ones."""
    times = [(_teams_clock(each.joined), _teams_clock(each.left), each.duration) for each in stays]
    written = {
        1: [("1. Summary",), ("Meeting title", "Meeting"), ("Attended participants", str(len(stays)))],
        2: [
            ("2. Participants",),
            ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Role"),
            *((each.name, *time, each.email, "Presenter") for each, time in zip(stays, times, strict=True)),
        ],
        3: [
            ("3. In-Meeting Activities",),
            ("Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
            *((each.name, *time, each.email, "Presenter") for each, time in zip(stays, times, strict=True)),
        ],
    }
    lines = [line for number in sections for line in [*written[number], ("",)]]
    return _text([[(words or {}).get(cell, cell) for cell in line] for line in lines], "\t").encode("utf-16")


def _teams_clock(moment: datetime) -> str:
    return moment.strftime("%d/%m/%y, %H:%M:%S")


def _text(rows: Sequence[Sequence[str]], separator: str) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def as_workbook(*stays: Stay, days_from: datetime) -> Callable[[Path], None]:
    """What writes a Zoom list as a spreadsheet saved it, with times as numbers of days from some day."""

    def write(target: Path) -> None:
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        sheet.append(ZOOM.split(","))
        for each in stays:
            times = [(at - days_from) / timedelta(days=1) for at in (each.joined, each.left)]
            sheet.append([each.name, each.email, *times, int(each.duration), "Yes", "No"])
        workbook.save(target)

    return write


def signature(
    number: int, name: str, city: str, email: str, sex: str = "F", age: Cell = 40, sign: str = "X"
) -> list[Cell]:
    """One line of a sign-in sheet, as the template wants it."""
    return [number, name, "Agent municipal", city, sex, age, email, "", sign]


def signin(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    header: Sequence[Cell] = SIGN_IN,
    corner: str = "A1",
    change: Callable[[openpyxl.Workbook], None] | None = None,
) -> Callable[[Path], None]:
    """What writes a sign-in workbook: rows by sheet below a header that begins in a corner."""

    def write(target: Path) -> None:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            start = sheet[corner]
            for down, cells in enumerate([header, *rows]):
                for right, cell in enumerate(cells):
                    sheet.cell(start.row + down, start.column + right, cell)
        if change is not None:
            change(workbook)
        workbook.save(target)

    return write
