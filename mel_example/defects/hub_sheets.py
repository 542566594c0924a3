"""Defects of the other sheets of the hubs' reports, and what is noted about whole kinds of rows at the end.

Notes are made from what stands in the cells, whoever wrote it: some of it is in the clean reports already.
"""

from datetime import date, timedelta
from itertools import pairwise
from typing import cast

from mel_example.defects.hub_activities import activity_of
from mel_example.defects.planting import Planting
from mel_example.defects.self_totals import note_self_totals
from mel_example.hub_records import Advocacy, Change, HelpRequest
from mel_example.quarters import QUARTERS
from mel_example.raw_files.report_sheets import ACTIVITIES, ADVOCACY, CHANGES, COVER, HELP_DESK, SheetKind
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.register_records import Grant
from mel_example.world import ActivityRow, HubReport, World

_DAYS = 15
_LARGEST_STEP = 2


def plant_sheet_defects(planting: Planting) -> None:
    """HR28, HR30 and HR35."""
    _answered_too_early(planting)
    _changes_without_city_or_actor(planting)
    _drafts_as_adopted(planting)


def _answered_too_early(planting: Planting) -> None:
    """HR28: the answer is older than the request."""

    def is_answered(_file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return row.verdict == "accepted" and cast(HelpRequest, row.subject).answered_on is not None

    for file, sheet, row in planting.draw_up_to(HELP_DESK.source, 2, is_answered):
        received_on = cast(HelpRequest, row.subject).received_on
        row.cells[HELP_DESK.header("answered_on", sheet.language)] = received_on - timedelta(days=3)
        row.verdict = "quarantined"
        planting.losses.requests.add(cast(HelpRequest, row.subject))
        planting.note(file, sheet, row, "HR28", "quarantine")


def _changes_without_city_or_actor(planting: Planting) -> None:
    """HR30: nobody knows where a change took place, or who brought it about."""
    drawn = planting.draw_up_to(CHANGES.source, 2, lambda _f, _s, row: row.verdict == "accepted")
    for column, (file, sheet, row) in zip(("city_code", "actor"), drawn, strict=False):
        row.cells[CHANGES.header(column, sheet.language)] = None
        row.verdict = "quarantined"
        planting.losses.changes.add(cast(Change, row.subject))
        planting.note(file, sheet, row, "HR30", "quarantine")


def _drafts_as_adopted(planting: Planting) -> None:
    """HR35: the hub counts a text that has not been adopted."""

    def is_pending(_file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return row.verdict == "accepted" and not cast(Advocacy, row.subject).is_adopted

    yes = {"en": "yes", "fr": "oui", "ar": "نعم"}
    for file, sheet, row in planting.draw_up_to(ADVOCACY.source, 2, is_pending):
        row.cells[ADVOCACY.header("is_adopted", sheet.language)] = yes[sheet.language]
        planting.note(file, sheet, row, "HR35", "repair")


def note_whole_kinds(planting: Planting, world: World) -> None:
    """HR06, HR08, HR24, HR25, HR31 and HR37, wherever the cells say so."""
    _note_late_reports(planting)
    _note_activities(planting, world)
    _note_stages(planting)
    note_self_totals(planting, world)


def _note_late_reports(planting: Planting) -> None:
    """HR06: sent more than fifteen days after the quarter."""
    for file, sheet, row in planting.rows(COVER.source):
        report = cast(HubReport, row.subject)
        quarter = next(quarter for quarter in QUARTERS if quarter.code == report.period)
        if report.submitted_on > quarter.end + timedelta(days=_DAYS):
            planting.note(file, sheet, row, "HR06", "warn")


def _cell(kind: SheetKind, sheet: RawSheet, row: RawRow, column: str) -> object:
    return row.cells.get(kind.header(column, sheet.language))


def _note_activities(planting: Planting, world: World) -> None:
    """HR08: begun in another quarter than the report's. HR24, HR25: grants that do not cover the activity."""
    grants = {grant.grant_code: grant for grant in world.grants}
    for file, sheet, row in planting.rows(ACTIVITIES.source):
        if row.verdict == "dropped" or not isinstance(row.subject, ActivityRow):
            continue
        period = file.path.split("/")[1]
        quarter = next(quarter for quarter in QUARTERS if quarter.code == period)
        begins = cast(date, _cell(ACTIVITIES, sheet, row, "start_on"))
        ends = cast(date, _cell(ACTIVITIES, sheet, row, "end_on"))
        if not quarter.contains(begins):
            planting.note(file, sheet, row, "HR08", "warn")
        named = [code for code in str(_cell(ACTIVITIES, sheet, row, "grant_codes") or "").split(";") if code]
        if any(code not in grants or not _lasts(grants[code], begins, ends) for code in named):
            planting.note(file, sheet, row, "HR24", "warn")
        code_of_event = _cell(ACTIVITIES, sheet, row, "event_code")
        is_known = any(event.event_code == code_of_event for event in world.events)
        if is_known and any(code in grants and not _funds(grants[code], world, row) for code in named):
            planting.note(file, sheet, row, "HR25", "warn")


def _lasts(grant: Grant, begins: date, ends: date) -> bool:
    return grant.starts_on <= begins and ends <= grant.ends_on


def _funds(grant: Grant, world: World, row: RawRow) -> bool:
    """Whether a grant is for the hub, the country and a theme of the event, whatever its dates."""
    event = next(event for event in world.events if event.event_code == activity_of(row).event_code)
    is_there = event.hub_code in grant.hubs and (not grant.countries or event.country_code in grant.countries)
    return is_there and (not grant.themes or bool(set(grant.themes).intersection(event.themes)))


def _note_stages(planting: Planting) -> None:
    """HR31: a change falls back, or jumps, since the report before."""
    told: dict[str, list[tuple[Change, RawFile, RawSheet, RawRow]]] = {}
    for file, sheet, row in planting.rows(CHANGES.source):
        change = cast(Change, row.subject)
        # A change without its city or its actor is set aside, but its stage is part of the history.
        if row.verdict != "dropped":
            told.setdefault(change.change_ref, []).append((change, file, sheet, row))
    for rows in told.values():
        ordered = sorted(rows, key=lambda each: each[0].changed_on)
        for (before, *_), (change, file, sheet, row) in pairwise(ordered):
            if not 0 <= change.stage - before.stage <= _LARGEST_STEP:
                planting.note(file, sheet, row, "HR31", "warn")
