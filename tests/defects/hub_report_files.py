"""Reports of hubs to break by hand: one row on every sheet, no two reports telling of the same thing.

Which defect a report gets stands beside its test. Layouts that the example never writes (merged cells, hidden rows,
formulas) are put in by `edited`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import openpyxl

from mel_example.hub_records import Advocacy, Change, HelpRequest, Need, Resource, SelfTotal, SupportCase
from mel_example.quarters import QUARTERS, Quarter
from mel_example.raw_files.hub_reports import hub_report_book
from mel_example.raw_files.report_sheets import CHANGES, SELF_TOTALS, SheetKind
from mel_example.raw_files.sheets import Cell, HubReportBook, RawRow, RawSheet
from mel_example.raw_files.write import write_file
from mel_example.world import ActivityRow, HubReport
from tests.defects.declared import Content
from tests.defects.example_files import clean_file, sheet_of

BookChange = Callable[[HubReportBook], None]
HUBS = ("ESA", "MENA", "SAS", "WB", "NAM", "SEA", "GLOBAL", "WAF")
STATEMENTS = (
    "The council adopted a plan for prevention",
    "Youth workers now meet the police every month",
    "A budget line pays for two mediators",
    "Schools invite former members of gangs",
    "The mayor answers hate speech in public",
)
"""What cities did; no two of them have half of their words in common."""


def path_of(hub: str, period: str, ending: str = "") -> str:
    """Where the report of a hub lies below `data/raw`."""
    return f"hub_reports/{period}/{hub}_{period}{ending}.xlsx"


def quarter(period: str) -> Quarter:
    """The quarter of a period code."""
    return next(each for each in QUARTERS if each.code == period)


def report(hub: str, period: str, *changes: BookChange, language: str = "en") -> Content:
    """What writes a report, changed."""

    def write(target: Path) -> None:
        book = hub_report_book(_record(hub, period, language))
        for change in changes:
            change(book)
        _count_changes(book)
        book.path = target.name
        write_file(book, target.parent)
        target.with_name(f"{target.name}.meta.yml").unlink()

    return write


def _count_changes(book: HubReportBook) -> None:
    """The hub's own total of its changes, unless a case has written another one."""
    (total,) = sheet(book, SELF_TOTALS).rows
    cell = SELF_TOTALS.header("total", sheet(book, SELF_TOTALS).language)
    if total.cells[cell] == 1:
        total.cells[cell] = len(sheet(book, CHANGES).rows)


def edited(content: Content, edit: Callable[[openpyxl.Workbook], None]) -> Content:
    """What writes a workbook and then changes what only a spreadsheet can."""

    def write(target: Path) -> None:
        assert callable(content)
        content(target)
        workbook = openpyxl.load_workbook(target)
        edit(workbook)
        workbook.save(target)

    return write


def put(kind: SheetKind, row: int = 0, **cells: Cell) -> BookChange:
    """Write into cells of one row of a sheet, by the record's fields."""

    def change(book: HubReportBook) -> None:
        sheet = sheet_of(book, kind.source)
        for column, cell in cells.items():
            sheet.rows[row].cells[kind.header(column, sheet.language)] = cell

    return change


def add(kind: SheetKind, *, like: int = 0, **cells: Cell) -> BookChange:
    """Add a row to a sheet, like one that is there but for some cells."""

    def change(book: HubReportBook) -> None:
        sheet = sheet_of(book, kind.source)
        sheet.rows.append(RawRow(dict(sheet.rows[like].cells)))
        put(kind, len(sheet.rows) - 1, **cells)(book)

    return change


def all_of(*changes: BookChange) -> BookChange:
    """Several changes as one."""

    def change(book: HubReportBook) -> None:
        for each in changes:
            each(book)

    return change


def sheet(book: HubReportBook, kind: SheetKind) -> RawSheet:
    """A sheet of a report."""
    return sheet_of(book, kind.source)


@cache
def events_of(hub: str) -> tuple[str, ...]:
    """Codes of the events that a hub held, by the register."""
    rows = sheet_of(clean_file("registers/events.csv")).rows
    return tuple(
        str(row.cells["event_code"])
        for row in rows
        if row.cells["hub_code"] == hub and row.cells["status"] == "delivered"
    )


def city(hub: str, period: str, place: int = 0) -> dict[str, Cell]:
    """A city of the register that only this report names, unless it asks for another place."""
    number = HUBS.index(hub) * len(QUARTERS) + QUARTERS.index(quarter(period)) + 100 * place
    return sheet_of(clean_file("registers/cities.csv")).rows[40 + number].cells


def _record(hub: str, period: str, language: str) -> HubReport:
    days, short = quarter(period), f"{hub}-{period[2:]}"
    code, day = str(city(hub, period)["city_code"]), days.start + timedelta(days=20)
    rows = (_activity(hub, period, day),)
    change = _change(hub, period, code, day)
    return HubReport(
        hub_code=hub,
        period=period,
        submitted_on=days.end + timedelta(days=10),
        language=language,
        rows=rows,
        requests=(HelpRequest(f"HD-{short}-01", code, day, day + timedelta(days=4), "legal_question", "solved"),),
        support=(_support(short, code, day),),
        changes=(change,),
        advocacy=(Advocacy(f"AD-{short}-01", "un", "global", day, 3, "A text", "adopted", True, False),),
        resources=(Resource(f"RS-{short}-01", "A guide", ("en",), "T1", day, code),),
        needs=(Need(f"ND-{short}-01", code, "SP2", "T2", "low", day),),
        self_totals=(SelfTotal("OCM-04", 1),),
    )


def _activity(hub: str, period: str, day: date) -> ActivityRow:
    number = QUARTERS.index(quarter(period))
    own = events_of(hub)
    return ActivityRow(
        activity_ref=f"{hub}-{period[2:]}-01",
        event_code=own[0] if own else events_of("GLOBAL")[-1],
        title=f"Meeting {number} of {hub}",
        start_on=day,
        end_on=day + timedelta(days=1),
        participants_total=30 + number,
        women=12,
        men=18,
        other_unknown=number,
        youth_29=8,
        cities=("Karak", "Irbid"),
        is_national_government_present=True,
        grant_codes=(),
        themes=("T2",),
        priorities=("SP2",),
    )


def _support(short: str, code: str, day: date) -> SupportCase:
    return SupportCase(
        f"SU-{short}-01", code, "study_visit", None, day, day + timedelta(days=9), "done", "Report", 4000, "EUR"
    )


def _change(hub: str, period: str, code: str, day: date) -> Change:
    number = QUARTERS.index(quarter(period)) + HUBS.index(hub)
    return Change(
        change_ref=f"CH-{hub}-{period[2:]}-01",
        hub_code=hub,
        city_code=code,
        changed_on=day,
        category="peer_learning",
        priorities=("SP1",),
        actor="City council",
        statement=STATEMENTS[number % len(STATEMENTS)],
        stage=2,
        contribution=2,
        evidence_level=1,
        evidence_document=f"DOC-{number:03d}",
        is_positive=True,
    )
