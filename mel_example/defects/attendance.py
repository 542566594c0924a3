"""Defects of the attendance lists: no e-mail, no such event, totals, a shared name, long stays."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import cast

from mel_example.defects.planting import Planting
from mel_example.generate.events import UNREGISTERED_EVENT
from mel_example.places import SAME_NAME
from mel_example.quarters import QUARTERS, quarter_of
from mel_example.raw_files import attendance_sheets, zoom_exports
from mel_example.raw_files.sheets import CsvFile, RawFile, RawRow, RawSheet, SigninBook
from mel_example.world import AttendanceRow, Person, World

_SOURCE = "event_attendance"
_SHARED_NAMES = 3
_LONG_STAYS = 3
_TOTALS = 4


def plant_attendance_defects(planting: Planting, world: World) -> None:
    """Breaks the attendance lists: AT35, AT38, AT27, AT24 and AT11."""
    people = {person.number: person for person in world.people}
    _shared_name(planting, world, people)
    _long_stays(planting, world, people)
    _total_rows(planting)
    _guests_without_email(planting, people)
    _list_of_no_event(planting, world, people)


def _attendance(row: RawRow) -> AttendanceRow:
    return cast(AttendanceRow, row.subject)


def _shared_name(planting: Planting, world: World, people: dict[int, Person]) -> None:
    """AT35: the city is given by a name that two cities bear, and nothing tells which of them it is.

    Where it can, it takes both days of somebody who came to one training only, so that nothing else
    tells the person's city; the other cells are of people who name their city elsewhere.
    """
    stays = Counter((row.event_code, row.session_no, row.person) for row in world.attendance)
    once = _signed_one_training(world, people)

    def fits(_file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        attended = _attendance(row)
        is_only_stay = stays[attended.event_code, attended.session_no, attended.person] == 1
        return attended.city_code in SAME_NAME and people[attended.person].email is not None and is_only_stay

    drawn = planting.draw(_SOURCE, 2, lambda _f, _s, row: _attendance(row).person == once) if once else []
    drawn += planting.draw(_SOURCE, _SHARED_NAMES - len(drawn), fits)
    names = {city.city_code: city.name_en for city in world.cities}
    for file, sheet, row in drawn:
        shared_name = names[_attendance(row).city_code or ""]
        if isinstance(file, SigninBook):
            row.cells[attendance_sheets.WORDS[sheet.language].organisation_header] = shared_name
        else:
            name = people[_attendance(row).person].name
            row.cells[zoom_exports.NAME] = zoom_exports.display_name(name, shared_name)
        planting.losses.places.add(_attendance(row))
        planting.note(file, sheet, row, "AT35", "quarantine")


def _signed_one_training(world: World, people: dict[int, Person]) -> int | None:
    """Somebody from a city that shares its name who signed both days of one training and nothing else."""
    trainings = {event.event_code for event in world.events if event.activity_line == "training"}
    rows_of: dict[int, list[AttendanceRow]] = {}
    for row in world.attendance:
        rows_of.setdefault(row.person, []).append(row)
    for number, rows in sorted(rows_of.items()):
        has_signed = len(rows) == 2 and all(row.is_signed and row.event_code in trainings for row in rows)
        is_one_event = len({row.event_code for row in rows}) == 1
        if has_signed and is_one_event and rows[0].city_code in SAME_NAME and people[number].email:
            return number
    return None


def _long_stays(planting: Planting, world: World, people: dict[int, Person]) -> None:
    """AT38: somebody who was there all the time stays connected after the end of the session."""
    planned = {(row.event_code, row.session_no): row.planned_minutes for row in world.sessions}

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        stay = _attendance(row)
        if not isinstance(file, CsvFile):
            return False
        join_at, leave_at = stay.times
        minutes = (leave_at - join_at) / timedelta(minutes=1)
        return minutes == planned[stay.event_code, stay.session_no] and people[stay.person].email is not None

    for file, sheet, row in planting.draw(_SOURCE, _LONG_STAYS, fits):
        stay = _attendance(row)
        join_at, leave_at = stay.times
        late = leave_at + timedelta(minutes=planting.rng.randint(45, 180))
        row.cells |= zoom_exports.stay_cells(join_at, late)
        planting.note(file, sheet, row, "AT38", "repair")


def _total_rows(planting: Planting) -> None:
    """AT27: the last line of a sheet counts the lines above."""
    sheets = [
        (file, sheet)
        for file in planting.files
        if isinstance(file, SigninBook)
        for sheet in file.sheets
        if sheet.language in ("fr", "en")
    ]
    for file, sheet in planting.rng.sample(sheets, _TOTALS):
        name_header = attendance_sheets.WORDS[sheet.language].name_header
        total = RawRow({name_header: f"Total {len(sheet.rows)}"}, verdict="dropped")
        sheet.rows.append(total)
        planting.note(file, sheet, total, "AT27", "repair")


def _guests_without_email(planting: Planting, people: dict[int, Person]) -> None:
    """AT11: every row of somebody who gives no e-mail, which the clean lists hold already."""
    for file, sheet, row in planting.rows(_SOURCE):
        if row.subject is not None and people[_attendance(row).person].email is None:
            planting.note(file, sheet, row, "AT11", "warn")


def _list_of_no_event(planting: Planting, world: World, people: dict[int, Person]) -> None:
    """AT24: a sign-in workbook whose file name bears a code that the register does not know."""
    model = next(
        event
        for event in reversed(world.events)
        if event.status == "delivered" and quarter_of(event.end_on) == QUARTERS[-1]
    )
    event = replace(model, event_code=UNREGISTERED_EVENT, end_on=model.start_on)
    with_email = [person for person in world.people if person.email and person.city_code not in SAME_NAME]
    rows = [
        AttendanceRow(
            event_code=event.event_code,
            session_no=1,
            person=person.number,
            mode="in_person",
            organisation=person.organisations[0],
            city_code=person.city_code,
            sex=person.sex,
            age=person.age,
            stakeholder_type=person.stakeholder_type,
            is_signed=True,
        )
        for person in planting.rng.sample(with_email, 12)
    ]
    book = attendance_sheets.signin_book(event, rows, people, "fr")
    planting.files.append(book)
    for row in book.sheets[0].rows:
        row.verdict = "quarantined"
        planting.note(book, book.sheets[0], row, "AT24", "quarantine")
