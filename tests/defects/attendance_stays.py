"""Defects of when people came and how long they stayed: AT05 to AT07, AT17 to AT19 and AT38."""

from collections.abc import Sequence

from tests.defects.attendance_files import BRITISH_CLOCK, WORLD, Stay, zoom
from tests.defects.declared import Defect
from tests.defects.seen import Seen


def stay(case: str, person: str, join: str, leave: str, minutes: str = "", is_waiting: bool = False) -> Stay:
    """Time in a meeting of an invented person of Karak, told apart by a letter."""
    return Stay(f"Person {person.upper()} - Karak", f"{case}.{person}@example.org", join, leave, minutes, is_waiting)


def _stays(case: str, person: str, day: str, *times: str) -> list[Stay]:
    """Stays of one person from `10:00-10:20`, and so on."""
    return [
        stay(case, person, f"{day} {join}", f"{day} {leave}") for join, leave in (each.split("-") for each in times)
    ]


def _credited(seen: Seen, event_code: str, session_no: int) -> Sequence[float]:
    """Minutes that count, by person, from the longest."""
    rows = seen.table("fct_attendance", event_code=event_code, session_no=session_no)
    return sorted(rows["credited_minutes"].tolist(), reverse=True)


def _dropped(seen: Seen, path: str, rule_id: str, rows: list[int]) -> None:
    repairs = seen.findings("repairs", rule_id, path)
    assert repairs["source_row"].tolist() == rows
    account = seen.file(path)
    assert account["n_dropped"] == len(rows)
    assert account["n_rows"] == account["n_accepted"] + account["n_dropped"]


AT05 = "attendance/at05/EV-2024-008_s2_zoom.csv"
_RECONNECTS = ("09:00-09:20", "09:22-09:40", "09:41-10:10", "10:05-10:30", "10:32-11:00", "11:05-11:45")


def _reconnects_are_united(seen: Seen) -> None:
    """Six stays are one person of 155 minutes: those in which two stays overlap count once.

    Losing a connection is ordinary, and no stay is wrong: the rows remain, and are united where people are counted.
    An entry in `repairs` for each would bury what an officer has to read.
    """
    assert len(seen.accepted("event_attendance", AT05)) == 7
    assert seen.accepted("event_attendance", AT05)["minutes"].sum() == 160 + 60
    assert _credited(seen, "EV-2024-008", 2) == [155, 60]
    attended = seen.table("fct_attendance", event_code="EV-2024-008", session_no=2)
    assert sorted(attended["is_attended"].tolist()) == [False, True]
    assert "AT05" not in seen.table("repairs")["rule_id"].tolist()


AT06 = "attendance/at06/EV-2024-014_s1_zoom.csv"


def _devices_count_once(seen: Seen) -> None:
    _dropped(seen, AT06, "AT06", [3])
    assert seen.accepted("event_attendance", AT06)["minutes"].tolist() == [120]
    assert _credited(seen, "EV-2024-014", 1) == [120]
    assert "A second device of the same person" in seen.failed("AT06", AT06)["reason"][0]


AT07 = "attendance/at07/EV-2024-015_s1_zoom.csv"
_AT07 = stay("at07", "a", "2024-09-03 10:00", "2024-09-03 13:00")
_WAITING = stay("at07", "a", "2024-09-03 09:30", "2024-09-03 10:00", is_waiting=True)


def _waiting_is_no_presence(seen: Seen) -> None:
    _dropped(seen, AT07, "AT07", [2])
    assert seen.accepted("event_attendance", AT07)["minutes"].tolist() == [180]
    assert _credited(seen, "EV-2024-015", 1) == [180]
    assert "waiting room" in seen.failed("AT07", AT07)["reason"][0]


AT17 = "attendance/at17/EV-2026-007_s1_zoom.csv"
_AT17 = _stays("at17", "a", "2026-04-09", "10:00-11:00")
_AT17_AWAY = _stays("at17", "a", "2026-04-09", "05:00-06:00")


def _another_clock_is_told(seen: Seen) -> None:
    """No clock is set: the minutes are the same in every time zone, and the day is that of the session."""
    accepted = seen.accepted("event_attendance", AT17)
    assert accepted["join_at"].dt.strftime("%H:%M").tolist() == ["05:00"]
    (warning,) = seen.findings("warnings", "AT17", AT17).to_dict("records")
    assert warning["source_row"] == 2
    assert "another time zone" in warning["reason"]
    assert _credited(seen, "EV-2026-007", 1) == [60]


AT18 = "attendance/at18/EV-2026-008_s1_zoom.csv"
_AT18 = [
    stay("at18", "a", "2026-04-25 10:00", "2026-04-25 12:30"),
    stay("at18", "b", "2026-04-25 10:00", "2026-04-25 12:00"),
]
_AT18_WRONG = [
    stay("at18", "a", "2026-04-25 10:00", "2026-04-24 12:30", "150"),
    stay("at18", "b", "2026-04-25 10:00", "2026-04-25 09:00", "120"),
]


def _midnight_adds_a_day(seen: Seen) -> None:
    """Within twelve hours a day is added; who left an hour before coming is set aside."""
    accepted = seen.accepted("event_attendance", AT18)
    assert accepted["leave_at"].astype(str).tolist() == ["2026-04-25 12:30:00"]
    (repair,) = seen.findings("repairs", "AT18", AT18).to_dict("records")
    assert (repair["before"], repair["after"]) == ("2026-04-24 12:30:00", "2026-04-25 12:30:00")
    (aside,) = seen.findings("quarantine", "AT18-ORDER", AT18).to_dict("records")
    assert (aside["level"], aside["source_row"]) == ("row", 3)
    assert "left before joining" in aside["reason"]
    assert _credited(seen, "EV-2026-008", 1) == [150]


AT19 = "attendance/at19/EV-2025-007_s1_zoom.csv"
AT19_LOST = "attendance/at19/EV-2026-011_s1_zoom.csv"
_AT19 = _stays("at19", "a", "2025-06-04", "09:00-13:00")
_AT19_LOST = _stays("at19", "b", "2026-07-08", "09:00-13:00")
_AT19_ELSEWHERE = _stays("at19", "b", "2026-05-10", "09:00-13:00")


def _the_session_tells_the_day(seen: Seen) -> None:
    """`04/06/2025` is the fourth of June by the session; where neither reading falls on one, the list is set aside."""
    accepted = seen.accepted("event_attendance", AT19)
    assert accepted["join_at"].astype(str).tolist() == ["2025-06-04 09:00:00"]
    assert accepted["leave_at"].astype(str).tolist() == ["2025-06-04 13:00:00"]
    (repair,) = seen.findings("repairs", "AT19", AT19).to_dict("records")
    assert (repair["before"], repair["after"]) == ("2025-04-06 09:00:00", "2025-06-04 09:00:00")
    assert _credited(seen, "EV-2025-007", 1) == [240]
    (aside,) = seen.table("quarantine", source_file=AT19_LOST).to_dict("records")
    assert (aside["rule_id"], aside["level"]) == ("AT23", "file")
    assert "days without a session of the event" in aside["reason"]


AT38 = "attendance/at38/EV-2025-005_s1_zoom.csv"
_AT38 = stay("at38", "a", "2025-03-18 10:00", "2025-03-18 11:30")
_AT38_LONG = stay("at38", "a", "2025-03-18 10:00", "2025-03-18 18:00")


def _minutes_are_capped(seen: Seen) -> None:
    assert seen.accepted("event_attendance", AT38)["minutes"].tolist() == [90]
    (repair,) = seen.findings("repairs", "AT38", AT38).to_dict("records")
    assert (repair["field"], repair["before"], repair["after"]) == ("minutes", "480", "90")
    (warning,) = seen.findings("warnings", "AT38", AT38).to_dict("records")
    assert "longer than the session" in warning["reason"]
    assert _credited(seen, "EV-2025-005", 1) == [90]


STAYS = (
    Defect(
        "AT05",
        {
            AT05: zoom(
                *_stays("at05", "a", "2024-05-19", *_RECONNECTS), *_stays("at05", "b", "2024-05-19", "09:00-10:00")
            )
        },
        {
            AT05: zoom(
                *_stays("at05", "a", "2024-05-19", "09:00-11:45"), *_stays("at05", "b", "2024-05-19", "09:00-10:00")
            )
        },
        _reconnects_are_united,
        WORLD,
    ),
    Defect(
        "AT06",
        {AT06: zoom(*_stays("at06", "a", "2024-08-03", "10:00-12:00", "10:05-12:00"))},
        {AT06: zoom(*_stays("at06", "a", "2024-08-03", "10:00-12:00"))},
        _devices_count_once,
        WORLD,
    ),
    Defect("AT07", {AT07: zoom(_WAITING, _AT07)}, {AT07: zoom(_AT07)}, _waiting_is_no_presence, WORLD),
    Defect("AT17", {AT17: zoom(*_AT17_AWAY)}, {AT17: zoom(*_AT17)}, _another_clock_is_told, WORLD),
    Defect("AT18", {AT18: zoom(*_AT18_WRONG)}, {AT18: zoom(*_AT18)}, _midnight_adds_a_day, WORLD),
    Defect(
        "AT19",
        {AT19: zoom(*_AT19, clock=BRITISH_CLOCK), AT19_LOST: zoom(*_AT19_ELSEWHERE)},
        {AT19: zoom(*_AT19), AT19_LOST: zoom(*_AT19_LOST)},
        _the_session_tells_the_day,
        WORLD,
    ),
    Defect("AT38", {AT38: zoom(_AT38_LONG)}, {AT38: zoom(_AT38)}, _minutes_are_capped, WORLD),
)
