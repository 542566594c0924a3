"""Defects of people and their stays: names that name nobody, cities that are none, clocks that lost a day.

Rows that a list holds too many belong to `attendance_added.py`.
"""

from datetime import timedelta

from mel_example.defects.attendance_added import plant_added_rows
from mel_example.defects.attendance_lists import Lists, layout_of, stay_of
from mel_example.defects.planting import Planting
from mel_example.places import SAME_NAME
from mel_example.raw_files.attendance_sheets import WORDS
from mel_example.raw_files.online_lists import OnlineList, display_name
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.world import AttendanceRow, World

_SHARED_NAMES = 3
_NO_CITIES = ("UNDP", "UN-Habitat", "Interpol")
_TWO_CITIES = 3
_DEVICES = ("iPhone de Ali", "Galaxy A12", "iPad (2)", "HUAWEI P30")
_MAILBOX, _MAILBOX_ROWS = "info@mairie.example.org", 4
_TITLES = ("Mayor", "Directrice", "Chef de service")
_LONG_STAYS = 4
_PAST_MIDNIGHT = 3


def plant_row_defects(planting: Planting, world: World) -> None:
    """AT10, AT12, AT15, AT18, AT33 to AT35 and AT38, then the rows that are too many."""
    lists = Lists(planting, world)
    _shared_names(lists)
    _no_cities(lists)
    _two_cities(lists)
    _devices(lists)
    _shared_mailbox(lists)
    _renamed(lists)
    _past_midnight(lists)
    _long_stays(lists)
    plant_added_rows(lists)


def _shared_names(lists: Lists) -> None:
    """AT35: the city is given by a name that two cities bear, and nothing tells which of them it is.

    Where it can, it takes both days of somebody who came to one training only, so that nothing else
    tells the person's city; the other cells are of people who name their city elsewhere.
    """
    once = _signed_one_training(lists)
    drawn = lists.draw(2, lambda _f, _s, row: stay_of(row).person == once) if once else []
    drawn += lists.draw(
        _SHARED_NAMES - len(drawn),
        lambda _f, _s, row: stay_of(row).city_code in SAME_NAME and lists.is_only_row(row),
    )
    names = {city.city_code: city.name_en for city in lists.world.cities}
    for file, sheet, row in drawn:
        _lose_place(lists, file, sheet, row, names[stay_of(row).city_code or ""])
        lists.planting.note(file, sheet, row, "AT35", "quarantine")


def _signed_one_training(lists: Lists) -> int | None:
    """Somebody from a city that shares its name who signed both days of one training and nothing else."""
    rows_of: dict[int, list[AttendanceRow]] = {}
    for row in lists.world.attendance:
        rows_of.setdefault(row.person, []).append(row)
    for number, rows in sorted(rows_of.items()):
        has_signed = len(rows) == 2 and all(row.is_signed for row in rows)
        is_one_training = {lists.events[row.event_code].activity_line for row in rows} == {"training"}
        is_one_event = len({row.event_code for row in rows}) == 1
        is_shared = rows[0].city_code in SAME_NAME and lists.people[number].email is not None
        if has_signed and is_one_training and is_one_event and is_shared:
            return number
    return None


def _lose_place(lists: Lists, file: RawFile, sheet: RawSheet, row: RawRow, place: str) -> None:
    lists.write_place(file, sheet, row, place)
    lists.planting.losses.places.add(stay_of(row))


def _no_cities(lists: Lists) -> None:
    """AT33: an organisation stands where the city should."""
    drawn = lists.draw(len(_NO_CITIES), lambda _f, _s, row: lists.is_only_row(row))
    for (file, sheet, row), place in zip(drawn, _NO_CITIES, strict=False):
        _lose_place(lists, file, sheet, row, place)
        lists.planting.note(file, sheet, row, "AT33", "warn")


def _two_cities(lists: Lists) -> None:
    """AT34: two cities stand in one cell."""
    names = [city.name_en for city in lists.world.cities if city.city_code not in SAME_NAME and city.name_en.isalpha()]
    for file, sheet, row in lists.draw(_TWO_CITIES, lambda _f, _s, row: lists.is_only_row(row)):
        _lose_place(lists, file, sheet, row, "/".join(lists.planting.rng.sample(names, 2)))
        lists.planting.note(file, sheet, row, "AT34", "quarantine")


def _devices(lists: Lists) -> None:
    """AT10: a telephone is all that is known of somebody."""
    drawn = lists.draw(len(_DEVICES), lambda file, _s, row: lists.is_only_stay(file, row))
    for (file, sheet, row), device in zip(drawn, _DEVICES, strict=False):
        layout = layout_of(file)
        guest = layout.row(device, "", stay_of(row)).cells
        row.cells |= guest
        row.verdict = "quarantined"
        lists.planting.losses.nobodies.add(stay_of(row))
        lists.planting.note(file, sheet, row, "AT10", "quarantine")
        if layout.tool == "zoom" and "(" in device:
            lists.planting.note(file, sheet, row, "AT15", "repair")


def _shared_mailbox(lists: Lists) -> None:
    """AT12: people without an address of their own give that of the town hall."""
    for file, sheet, row in lists.draw(
        _MAILBOX_ROWS, lambda _f, _s, row: lists.people[stay_of(row).person].email is None
    ):
        header = file.layout.email if isinstance(file, OnlineList) else WORDS[sheet.language].email_header
        row.cells[header] = _MAILBOX
        lists.planting.note(file, sheet, row, "AT12", "warn")


def _renamed(lists: Lists) -> None:
    """AT15: somebody changed the display name, and Zoom adds the original one in brackets."""

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return isinstance(file, OnlineList) and file.layout.tool == "zoom" and lists.is_only_row(row)

    for (file, sheet, row), title in zip(lists.draw(len(_TITLES), fits), _TITLES, strict=False):
        stay = stay_of(row)
        shown = f"{display_name(title, stay.organisation)} ({lists.people[stay.person].name})"
        row.cells[layout_of(file).name] = shown
        lists.planting.note(file, sheet, row, "AT15", "repair")


def _past_midnight(lists: Lists) -> None:
    """AT18: the day of departure was lost and stands a day too early, as when a stay runs past midnight."""
    for file, sheet, row in lists.draw(_PAST_MIDNIGHT, lambda file, _s, row: lists.is_only_stay(file, row)):
        layout = layout_of(file)
        row.cells[layout.leave] = layout.clock(stay_of(row).times[1] - timedelta(days=1))
        lists.planting.note(file, sheet, row, "AT18", "repair")


def _long_stays(lists: Lists) -> None:
    """AT38: somebody who was there all the time stays connected after the end of the session."""

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        if not lists.is_only_stay(file, row):
            return False
        stay = stay_of(row)
        join_at, leave_at = stay.times
        return (leave_at - join_at) / timedelta(minutes=1) == lists.planned[stay.event_code, stay.session_no]

    for file, sheet, row in lists.draw(_LONG_STAYS, fits):
        join_at, leave_at = stay_of(row).times
        late = leave_at + timedelta(minutes=lists.planting.rng.randint(45, 180))
        row.cells |= layout_of(file).stay_cells(join_at, late)
        lists.planting.note(file, sheet, row, "AT38", "repair")
        lists.planting.note(file, sheet, row, "AT38", "warn")
