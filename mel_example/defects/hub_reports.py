"""Defects of the hubs' reports: a quarter sent twice, and more young people than people."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

from mel_example.defects.planting import Planting
from mel_example.raw_files.hub_reports import header, hub_report_book
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.world import ActivityRow, HubReport, World

_SOURCE = "hub_activities"
_SENT_TWICE = ("MENA", "2024Q2")
_LATER_FILE = "_rev2"


def plant_report_defects(planting: Planting, world: World) -> None:
    """Breaks the hubs' reports: HR11 and HR05."""
    _too_many_young_people(planting, world)
    _quarter_sent_twice(planting, world)


def _activity(row: RawRow) -> ActivityRow:
    return cast(ActivityRow, row.subject)


def _report_sent_twice(world: World) -> HubReport:
    """The report of a declared hub and quarter; in a small world that lacks it, the first one."""
    preferred = (report for report in world.reports if (report.hub_code, report.period) == _SENT_TWICE)
    return next(preferred, world.reports[0])


def _too_many_young_people(planting: Planting, world: World) -> None:
    """HR11: an activity with more participants of 29 or younger than participants.

    It is a training that names a grant, so that the grant loses it; its report holds other activities.
    """
    trainings = _codes_of_trainings(world) & {row.event_code for row in world.attendance}
    untouched = _report_sent_twice(world).rows

    def fits(_file: RawFile, sheet: RawSheet, row: RawRow) -> bool:
        activity = _activity(row)
        names_a_grant = bool(activity.grant_codes) and activity.event_code in trainings
        return names_a_grant and len(sheet.rows) > 1 and activity not in untouched

    for file, sheet, row in planting.draw_up_to(_SOURCE, 1, fits):
        activity = _activity(row)
        row.cells[header("youth_29", sheet.language)] = activity.participants_total + 3
        row.verdict = "quarantined"
        planting.losses.activities.add(activity)
        planting.note(file, sheet, row, "HR11", "quarantine")


def _codes_of_trainings(world: World) -> set[str]:
    return {event.event_code for event in world.events if event.activity_line == "training"}


def _quarter_sent_twice(planting: Planting, world: World) -> None:
    """HR05: a first version with fewer grants and other numbers came five days before the one that counts."""
    report = _report_sent_twice(world)
    first_version = replace(
        report,
        submitted_on=report.submitted_on - timedelta(days=5),
        rows=tuple(_first_count(row) for row in report.rows),
    )
    earlier = hub_report_book(first_version)
    later = hub_report_book(report, revision=_LATER_FILE)
    planting.files = [file for file in planting.files if file.path != earlier.path] + [earlier, later]
    for row in earlier.sheets[0].rows:
        row.verdict = "dropped"
        planting.note(earlier, earlier.sheets[0], row, "HR05", "repair")


def _first_count(row: ActivityRow) -> ActivityRow:
    """The activity as first reported: one participant more whose sex is not known, and no grant."""
    return replace(
        row,
        participants_total=row.participants_total + 1,
        other_unknown=row.other_unknown + 1,
        grant_codes=(),
    )
