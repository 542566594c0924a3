"""Defects of people and their stays: names that name nobody, cities that are none, clocks, devices, waiting rooms."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import cast

from mel_example.defects.planting import Planting
from mel_example.places import SAME_NAME
from mel_example.raw_files.attendance_sheets import WORDS
from mel_example.raw_files.online_lists import OnlineList, display_name
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.world import AttendanceRow, Event, Person, World

_SOURCE = "event_attendance"
_SHARED_NAMES = 3
_NO_CITIES = ("UNDP", "UN-Habitat", "Interpol")
_TWO_CITIES = 3
_DEVICES = ("iPhone de Ali", "Galaxy A12", "iPad (2)", "HUAWEI P30")
_MAILBOX, _MAILBOX_ROWS = "info@mairie.example.org", 4
_TITLES = ("Mayor", "Directrice", "Chef de service")
_LONG_STAYS = 4
_PAST_MIDNIGHT = 3
_SECOND_DEVICES = 4
_WAITING = 5
_ROBOTS = ("Otter.ai", "Interprète FR", "Read.ai meeting notes", "Interpreter AR")
_ROOMS = ("Salle Municipalité", "Conference room 2", "قاعة البلدية")
_FIRST_ROOM = 10_000_000
"""Numbers of rooms among people; nobody in the world has so high a number."""

_Found = tuple[RawFile, RawSheet, RawRow]
_Fits = Callable[[RawFile, RawSheet, RawRow], bool]


class _Lists:
    """What planting in rows looks at: people, planned minutes, and how many rows a person has at a session."""

    def __init__(self, planting: Planting, world: World) -> None:
        self.planting = planting
        self.world = world
        self.people: dict[int, Person] = {person.number: person for person in world.people}
        self.events: dict[str, Event] = {event.event_code: event for event in world.events}
        self.planned = {(row.event_code, row.session_no): row.planned_minutes for row in world.sessions}
        self.rows_at_session = Counter((row.event_code, row.session_no, row.person) for row in world.attendance)

    def draw(self, count: int, fits: _Fits) -> list[_Found]:
        """Up to so many whole rows that fit; rows without a person never do."""

        def is_person(file: RawFile, sheet: RawSheet, row: RawRow) -> bool:
            return isinstance(row.subject, AttendanceRow) and fits(file, sheet, row)

        return self.planting.draw_up_to(_SOURCE, count, is_person)

    def is_only_row(self, row: RawRow) -> bool:
        """Whether the person has an e-mail and no other row at the session."""
        stay = stay_of(row)
        is_only = self.rows_at_session[stay.event_code, stay.session_no, stay.person] == 1
        return is_only and self.people[stay.person].email is not None

    def is_only_stay(self, file: RawFile, row: RawRow) -> bool:
        """Whether it is the only row, and on a list of an online event."""
        return isinstance(file, OnlineList) and self.is_only_row(row)

    def write_place(self, file: RawFile, sheet: RawSheet, row: RawRow, place: str) -> None:
        """Writes another organisation into a row."""
        if isinstance(file, OnlineList):
            row.cells[file.layout.name] = display_name(self.people[stay_of(row).person].name, place)
        else:
            row.cells[WORDS[sheet.language].organisation_header] = place


def stay_of(row: RawRow) -> AttendanceRow:
    """The record of the world that a row tells of."""
    return cast(AttendanceRow, row.subject)


def plant_row_defects(planting: Planting, world: World) -> None:
    """AT06 to AT10, AT12, AT15, AT18, AT33 to AT35 and AT38."""
    lists = _Lists(planting, world)
    _shared_names(lists)
    _no_cities(lists)
    _two_cities(lists)
    _devices(lists)
    _shared_mailbox(lists)
    _renamed(lists)
    _past_midnight(lists)
    _long_stays(lists)
    _second_devices(lists)
    _waiting_rooms(lists)
    _robots(lists)
    _rooms(lists)


def _shared_names(lists: _Lists) -> None:
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


def _signed_one_training(lists: _Lists) -> int | None:
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


def _lose_place(lists: _Lists, file: RawFile, sheet: RawSheet, row: RawRow, place: str) -> None:
    lists.write_place(file, sheet, row, place)
    lists.planting.losses.places.add(stay_of(row))


def _no_cities(lists: _Lists) -> None:
    """AT33: an organisation stands where the city should."""
    drawn = lists.draw(len(_NO_CITIES), lambda _f, _s, row: lists.is_only_row(row))
    for (file, sheet, row), place in zip(drawn, _NO_CITIES, strict=False):
        _lose_place(lists, file, sheet, row, place)
        lists.planting.note(file, sheet, row, "AT33", "warn")


def _two_cities(lists: _Lists) -> None:
    """AT34: two cities stand in one cell."""
    names = [city.name_en for city in lists.world.cities if city.city_code not in SAME_NAME and city.name_en.isalpha()]
    for file, sheet, row in lists.draw(_TWO_CITIES, lambda _f, _s, row: lists.is_only_row(row)):
        _lose_place(lists, file, sheet, row, "/".join(lists.planting.rng.sample(names, 2)))
        lists.planting.note(file, sheet, row, "AT34", "quarantine")


def _devices(lists: _Lists) -> None:
    """AT10: a telephone is all that is known of somebody."""
    drawn = lists.draw(len(_DEVICES), lambda file, _s, row: lists.is_only_stay(file, row))
    for (file, sheet, row), device in zip(drawn, _DEVICES, strict=False):
        layout = cast(OnlineList, file).layout
        guest = layout.row(device, "", stay_of(row)).cells
        row.cells |= guest
        row.verdict = "quarantined"
        lists.planting.losses.nobodies.add(stay_of(row))
        lists.planting.note(file, sheet, row, "AT10", "quarantine")
        if layout.tool == "zoom" and "(" in device:
            lists.planting.note(file, sheet, row, "AT15", "repair")


def _shared_mailbox(lists: _Lists) -> None:
    """AT12: people without an address of their own give that of the town hall."""
    for file, sheet, row in lists.draw(
        _MAILBOX_ROWS, lambda _f, _s, row: lists.people[stay_of(row).person].email is None
    ):
        header = file.layout.email if isinstance(file, OnlineList) else WORDS[sheet.language].email_header
        row.cells[header] = _MAILBOX
        lists.planting.note(file, sheet, row, "AT12", "warn")


def _renamed(lists: _Lists) -> None:
    """AT15: somebody changed the display name, and Zoom adds the original one in brackets."""

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return isinstance(file, OnlineList) and file.layout.tool == "zoom" and lists.is_only_row(row)

    for (file, sheet, row), title in zip(lists.draw(len(_TITLES), fits), _TITLES, strict=False):
        stay = stay_of(row)
        shown = f"{display_name(title, stay.organisation)} ({lists.people[stay.person].name})"
        row.cells[cast(OnlineList, file).layout.name] = shown
        lists.planting.note(file, sheet, row, "AT15", "repair")


def _past_midnight(lists: _Lists) -> None:
    """AT18: the day of departure was lost and stands a day too early, as when a stay runs past midnight."""
    for file, sheet, row in lists.draw(_PAST_MIDNIGHT, lambda file, _s, row: lists.is_only_stay(file, row)):
        layout = cast(OnlineList, file).layout
        row.cells[layout.leave] = layout.clock(stay_of(row).times[1] - timedelta(days=1))
        lists.planting.note(file, sheet, row, "AT18", "repair")


def _long_stays(lists: _Lists) -> None:
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
        row.cells |= cast(OnlineList, file).layout.stay_cells(join_at, late)
        lists.planting.note(file, sheet, row, "AT38", "repair")


def _add(lists: _Lists, found: _Found, name: str, email: str, stay: AttendanceRow) -> RawRow:
    """Adds a row to the list in which another row was found."""
    file, sheet, _ = found
    row = cast(OnlineList, file).layout.row(name, email, stay)
    sheet.rows.append(row)
    lists.planting.keep(row)
    return row


def _second_devices(lists: _Lists) -> None:
    """AT06: a telephone beside the computer; its minutes lie within those of the computer."""

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        if not lists.is_only_stay(file, row):
            return False
        join_at, leave_at = stay_of(row).times
        return leave_at - join_at >= timedelta(minutes=30)

    for found in lists.draw(_SECOND_DEVICES, fits):
        stay = stay_of(found[2])
        person = lists.people[stay.person]
        row = _add(lists, found, display_name(person.name, stay.organisation), person.email or "", stay)
        join_at, leave_at = stay.times
        minutes = timedelta(minutes=5)
        row.cells |= cast(OnlineList, found[0]).layout.stay_cells(join_at + minutes, leave_at - minutes)
        row.verdict = "dropped"
        lists.planting.note(found[0], found[1], row, "AT06", "repair")


def _waiting_rooms(lists: _Lists) -> None:
    """AT07: the list also tells how long somebody waited to be let in."""

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return isinstance(file, OnlineList) and file.layout.waiting is not None and lists.is_only_row(row)

    for found in lists.draw(_WAITING, fits):
        stay, layout = stay_of(found[2]), cast(OnlineList, found[0]).layout
        person = lists.people[stay.person]
        row = _add(lists, found, display_name(person.name, stay.organisation), person.email or "", stay)
        join_at, _ = stay.times
        row.cells |= layout.stay_cells(join_at - timedelta(minutes=25), join_at)
        if layout.waiting:
            row.cells[layout.waiting[0]] = layout.waiting[1]
        row.verdict = "dropped"
        lists.planting.note(found[0], found[1], row, "AT07", "repair")


def _some_lists(lists: _Lists, count: int) -> Sequence[_Found]:
    """Up to so many online lists that are whole, each with one of its rows, which stays as it is."""
    drawn = lists.draw(
        count, lambda file, _s, row: isinstance(file, OnlineList) and stay_of(row).city_code not in SAME_NAME
    )
    return list({id(found[0]): found for found in drawn}.values())


def _robots(lists: _Lists) -> None:
    """AT08: interpreters and recording robots are on the list; they are no participants."""
    for found, name in zip(_some_lists(lists, len(_ROBOTS)), _ROBOTS, strict=False):
        row = _add(lists, found, name, "", stay_of(found[2]))
        row.verdict = "dropped"
        lists.planting.note(found[0], found[1], row, "AT08", "repair")


def _rooms(lists: _Lists) -> None:
    """AT09: people sit together in a room that joined as one; it counts as one person of that city."""
    for number, (found, name) in enumerate(zip(_some_lists(lists, len(_ROOMS)), _ROOMS, strict=False)):
        beside = stay_of(found[2])
        room = AttendanceRow(
            event_code=beside.event_code,
            session_no=beside.session_no,
            person=_FIRST_ROOM + number,
            mode="online",
            organisation=beside.organisation,
            city_code=beside.city_code,
            join_at=beside.join_at,
            leave_at=beside.leave_at,
        )
        lists.planting.losses.rooms.append(room)
        row = _add(lists, found, display_name(name, beside.organisation), "", room)
        lists.planting.note(found[0], found[1], row, "AT09", "warn")
