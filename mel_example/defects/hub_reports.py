"""Defects of the hubs' reports: the order in which they are planted, and those of whole reports.

How single activities are broken belongs to `hub_activities.py`, other sheets and what is noted about whole kinds of
rows to `hub_sheets.py`.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from mel_example.defects.hub_activities import activity_of, plant_activity_defects
from mel_example.defects.hub_sheets import note_whole_kinds, plant_sheet_defects
from mel_example.defects.planting import Planting
from mel_example.quarters import QUARTERS
from mel_example.raw_files.hub_reports import hub_report_book
from mel_example.raw_files.report_sheets import ACTIVITIES, COVER
from mel_example.raw_files.sheets import HubReportBook, RawRow, RawSheet
from mel_example.world import ActivityRow, HubReport, World

_SENT_TWICE = ("MENA", "2024Q2")
_LATER_FILE = "_rev2"
_FEWEST_COPIED = 2
"""Rows that a report needs, so that it can be told to be a copy of another one."""


def plant_report_defects(planting: Planting, world: World) -> None:
    """Breaks the hubs' reports; fewer defects where a small world has no room."""
    _quarter_sent_twice(planting, world)
    _quarter_copied_with_new_references(planting)
    _rows_of_last_quarter(planting)
    plant_activity_defects(planting, world)
    plant_sheet_defects(planting)
    note_whole_kinds(planting, world)


def _quarter_sent_twice(planting: Planting, world: World) -> None:
    """HR05: a first version with fewer grants and other numbers came five days before the one that counts.

    Both are kept from other defects. Its cover is no copy: it tells when the report was first sent.
    """
    preferred = (report for report in world.reports if (report.hub_code, report.period) == _SENT_TWICE)
    report = next(preferred, world.reports[0])
    first_version = replace(
        report,
        submitted_on=report.submitted_on - timedelta(days=5),
        rows=tuple(_first_count(row) for row in report.rows),
    )
    planting.losses.first_sent[report.hub_code, report.period] = first_version.submitted_on
    earlier = hub_report_book(first_version)
    later = hub_report_book(report, revision=_LATER_FILE)
    planting.files = [file for file in planting.files if file.path != earlier.path] + [earlier, later]
    for file in (earlier, later):
        for sheet in file.sheets:
            for row in sheet.rows:
                planting.keep(row)
                if file is earlier and sheet.source != COVER.source:
                    row.verdict = "dropped"
                    planting.note(earlier, sheet, row, "HR05", "repair")


def _first_count(row: ActivityRow) -> ActivityRow:
    """The activity as first reported: one participant more whose sex is not known, and no grant."""
    return replace(
        row,
        participants_total=row.participants_total + 1,
        other_unknown=row.other_unknown + 1,
        grant_codes=(),
    )


def _report_of(book: HubReportBook) -> HubReport:
    report = book.sheets[0].rows[0].subject
    if not isinstance(report, HubReport):
        raise TypeError(f"cover of {book.path} tells of no report")
    return report


def _activities(book: HubReportBook) -> RawSheet:
    return next(sheet for sheet in book.sheets if sheet.source == ACTIVITIES.source)


def _pairs(planting: Planting, fewest: int) -> list[tuple[HubReportBook, HubReportBook]]:
    """Whole reports of one hub in two quarters, one after the other, with so many activities in the first."""
    books = {
        (_report_of(file).hub_code, _report_of(file).period): file
        for file in planting.files
        if isinstance(file, HubReportBook) and all(planting.is_whole(row) for row in _activities(file).rows)
    }
    steps = {before.code: after.code for before, after in pairwise(QUARTERS)}
    return [
        (book, books[hub, steps[period]])
        for (hub, period), book in sorted(books.items())
        if (hub, steps.get(period, "")) in books and len(_activities(book).rows) >= fewest
    ]


def _quarter_copied_with_new_references(planting: Planting) -> None:
    """HR07-SIMILAR: a report tells the activities of the quarter before again, renumbered and with other days."""
    pairs = [
        (before, after)
        for before, after in _pairs(planting, _FEWEST_COPIED)
        if _activities(before).language == _activities(after).language
        and all(activity_of(row).participants_total for row in _activities(before).rows)
        and _activities(after).rows
    ]
    if not pairs:
        return
    before, after = planting.rng.choice(pairs)
    sheet, report = _activities(after), _report_of(after)
    days = next(quarter for quarter in QUARTERS if quarter.code == report.period)
    first = next(quarter for quarter in QUARTERS if quarter.code == _report_of(before).period)
    planting.losses.activities.update(activity_of(row) for row in sheet.rows)
    sheet.rows.clear()
    for place, original in enumerate(_activities(before).rows, start=1):
        planting.keep(original)
        told = activity_of(original)
        moved = replace(
            told,
            activity_ref=f"{report.hub_code}-{report.period[2:4]}{report.period[4:]}-{place:02d}",
            start_on=min(days.start + (told.start_on - first.start), days.end),
            end_on=min(days.start + (told.end_on - first.start), days.end),
        )
        row = RawRow(ACTIVITIES.cells(moved, sheet.language), moved, verdict="quarantined")
        sheet.rows.append(row)
        planting.keep(row)
        planting.note(after, sheet, row, "HR07-SIMILAR", "quarantine")


def _rows_of_last_quarter(planting: Planting) -> None:
    """HR07: two rows of the quarter before stand in a report once more, under their old references."""
    fitting = [pair for pair in _pairs(planting, 1) if _activities(pair[1]).rows]
    if not fitting:
        return
    before, after = planting.rng.choice(fitting)
    sheet = _activities(after)
    for original in _activities(before).rows[:2]:
        planting.keep(original)
        told = activity_of(original)
        row = RawRow(ACTIVITIES.cells(told, sheet.language), told, verdict="quarantined")
        sheet.rows.append(row)
        planting.keep(row)
        planting.note(after, sheet, row, "HR07", "quarantine")
