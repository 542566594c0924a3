"""Defects of single activities in the hubs' reports: dates, counts, codes, cities, and rows that are no activities."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from mel_example.defects.planting import Planting
from mel_example.places import GRANTS
from mel_example.quarters import QUARTERS, quarter_of
from mel_example.raw_files.report_sheets import ACTIVITIES
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.world import ActivityRow, World

_SOURCE = ACTIVITIES.source
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_TOTAL_WORDS = {"en": "TOTAL", "fr": "Total", "ar": "المجموع"}
Found = tuple[RawFile, RawSheet, RawRow]
Fits = Callable[[ActivityRow], bool]


def activity_of(row: RawRow) -> ActivityRow:
    """The activity that a row tells of."""
    return cast(ActivityRow, row.subject)


def plant_activity_defects(planting: Planting, world: World) -> None:
    """HR08 to HR12, HR16, HR17, HR19, HR21, HR22, HR24, HR25 and HR39, each in rows of its own."""
    _too_many_young_people(planting, world)
    _split_by_days(planting)
    _planned_as_done(planting)
    _unknown_events(planting)
    _wrong_sums(planting)
    _other_quarter(planting)
    _estimates(planting)
    _mixed_separators(planting)
    _own_words(planting)
    _wrong_grants(planting, world)
    _arabic_digits(planting)
    _total_rows(planting)


def _draw(planting: Planting, count: int, fits: Fits, language: str | None = None) -> list[Found]:
    def is_activity(_file: RawFile, sheet: RawSheet, row: RawRow) -> bool:
        is_spoken = language is None or sheet.language == language
        return isinstance(row.subject, ActivityRow) and row.verdict == "accepted" and is_spoken and fits(row.subject)

    return planting.draw_up_to(_SOURCE, count, is_activity)


def _write(found: Found, column: str, value: str | int | date) -> None:
    _, sheet, row = found
    row.cells[ACTIVITIES.header(column, sheet.language)] = value


def _lose(planting: Planting, found: Found, rule_id: str) -> None:
    """The row is set aside: nobody knows any more what it said of the event."""
    file, sheet, row = found
    row.verdict = "quarantined"
    planting.losses.activities.add(activity_of(row))
    planting.note(file, sheet, row, rule_id, "quarantine")


def _too_many_young_people(planting: Planting, world: World) -> None:
    """HR11: an activity with more participants of 29 or younger than participants.

    It is a training that names a grant, so that the grant loses it; its report holds other activities.
    """
    codes = {event.event_code for event in world.events if event.activity_line == "training"}
    trainings = codes & {row.event_code for row in world.attendance}
    for found in _draw(planting, 1, lambda each: bool(each.grant_codes) and each.event_code in trainings):
        _write(found, "youth_29", activity_of(found[2]).participants_total + 3)
        _lose(planting, found, "HR11")


def _split_by_days(planting: Planting) -> None:
    """HR21: an event of two days as two activities; the second day is a row too many."""
    for found in _draw(planting, 2, lambda each: each.end_on > each.start_on):
        file, sheet, row = found
        told = activity_of(row)
        _write(found, "end_on", told.start_on)
        second = replace(told, activity_ref=f"{told.activity_ref}b", start_on=told.end_on)
        added = RawRow(ACTIVITIES.cells(second, sheet.language), second, verdict="dropped")
        sheet.rows.insert(next(place for place, each in enumerate(sheet.rows) if each is row) + 1, added)
        planting.keep(added)
        planting.note(file, sheet, added, "HR21", "repair")


def _planned_as_done(planting: Planting) -> None:
    """HR09: the activity goes on for weeks after the report was sent."""
    for found in _draw(planting, 1, lambda each: quarter_of(each.end_on) != QUARTERS[-1]):
        _write(found, "end_on", found[0].received_on + timedelta(days=20))
        _lose(planting, found, "HR09")


def _unknown_events(planting: Planting) -> None:
    """HR19: a code that no event of the register bears."""
    for number, found in enumerate(_draw(planting, 2, lambda _: True)):
        _write(found, "event_code", f"EV-2030-{number + 1:03d}")
        _lose(planting, found, "HR19")


def _wrong_sums(planting: Planting) -> None:
    """HR10: women, men and others are more than the total. HR10-GAP: they are fewer, and the gap is not known."""
    for found in _draw(planting, 2, lambda each: each.participants_total > 0):
        _write(found, "women", activity_of(found[2]).women + 4)
        _lose(planting, found, "HR10")
    for found in _draw(planting, 3, lambda each: each.participants_total > 0):
        _write(found, "participants_total", activity_of(found[2]).participants_total + 3)
        planting.note(*found, "HR10-GAP", "repair")
        planting.note(*found, "HR10-GAP", "warn")


def _other_quarter(planting: Planting) -> None:
    """HR08: the activity began before the quarter of the report; `hub_sheets.py` notes where."""
    for found in _draw(planting, 2, lambda _: True):
        _write(found, "start_on", quarter_of(activity_of(found[2]).end_on).start - timedelta(days=9))


def _estimates(planting: Planting) -> None:
    """HR12: numbers written as estimates, which are lower bounds."""
    for place, found in enumerate(_draw(planting, 4, lambda each: each.participants_total > 0)):
        total = activity_of(found[2]).participants_total
        _write(found, "participants_total", f"~{total}" if place % 2 else f"{total}+")
        planting.note(*found, "HR12", "warn")


def _mixed_separators(planting: Planting) -> None:
    """HR17: cities divided by an Arabic comma, a semicolon and a line break."""
    for found in _draw(planting, 3, lambda each: len(each.cities) >= 3):
        first, second, *others = activity_of(found[2]).cities
        _write(found, "cities", f"{first}، {second}; " + "\n".join(others))
        planting.note(*found, "HR17", "repair")


def _own_words(planting: Planting) -> None:
    """HR22: words of the hub's own where the template asks for a code."""
    for found in _draw(planting, 2, lambda each: each.mode == "online"):
        _write(found, "mode", "webinaire")
        planting.note(*found, "HR22", "repair")
    for found in _draw(planting, 2, lambda each: bool(each.priorities)):
        _write(found, "priorities", ";".join(code.replace("SP", "SP ") for code in activity_of(found[2]).priorities))
        planting.note(*found, "HR22", "repair")


def _wrong_grants(planting: Planting, world: World) -> None:
    """HR24 and HR25: a grant that nobody knows, one that had ended, one for other hubs; `hub_sheets.py` notes where."""
    hub_of = {event.event_code: event.hub_code for event in world.events}
    for found in _draw(planting, 1, lambda each: not each.grant_codes):
        _write(found, "grant_codes", "XX-2024")
    ended = next(grant for grant in GRANTS if grant.grant_code == "US-STATE-2023")
    for found in _draw(planting, 1, lambda each: each.start_on > ended.ends_on and not each.grant_codes):
        _write(found, "grant_codes", ended.grant_code)
    other = next(grant for grant in GRANTS if grant.grant_code == "DK-2024")
    for found in _draw(planting, 2, lambda each: hub_of[each.event_code] not in other.hubs):
        _write(found, "grant_codes", ";".join(sorted({*activity_of(found[2]).grant_codes, other.grant_code})))


def _arabic_digits(planting: Planting) -> None:
    """HR39: Arabic-Indic digits in an Arabic report."""
    for found in _draw(planting, 3, lambda _: True, language="ar"):
        _write(found, "women", str(activity_of(found[2]).women).translate(_ARABIC_DIGITS))
        planting.note(*found, "HR39", "repair")


def _total_rows(planting: Planting) -> None:
    """HR16: a row under the table adds up the rows above it."""
    sheets = [found for found in _draw(planting, 3, lambda _: True) if found[1].rows[-1].subject is not None]
    for file, sheet in {id(found[1]): found[:2] for found in sheets}.values():
        total = RawRow(
            {
                ACTIVITIES.header("activity_ref", sheet.language): _TOTAL_WORDS[sheet.language],
                ACTIVITIES.header("participants_total", sheet.language): sum(
                    activity_of(row).participants_total for row in sheet.rows
                ),
            },
            verdict="dropped",
        )
        sheet.rows.append(total)
        planting.keep(total)
        planting.note(file, sheet, total, "HR16", "repair")
