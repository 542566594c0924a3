"""Defects of who is on a list: AT08 to AT12, AT30 and AT37."""

from dataclasses import replace

from tests.defects.attendance_files import WORLD, Stay, signature, signin, zoom
from tests.defects.declared import Defect
from tests.defects.seen import Seen


def people_in(day: str, *people: tuple[str, str]) -> tuple[Stay, ...]:
    """People who all stayed for an hour and a half: what the list shows of them, and their addresses."""
    return tuple(Stay(name, email, f"{day} 10:00", f"{day} 11:30") for name, email in people)


def keys_of(seen: Seen, path: str) -> list[str]:
    """Keys of the people of a list, by row."""
    return seen.accepted("event_attendance", path)["person_key"].tolist()


def _warned(seen: Seen, path: str, rule_id: str, rows: list[int], words: str) -> None:
    warnings = seen.findings("warnings", rule_id, path)
    assert warnings["source_row"].tolist() == rows
    assert words in warnings["reason"][0]


AT08 = "attendance/at08/EV-2024-016_s1_zoom.csv"
_AT08 = people_in("2024-10-28", ("Amina Haddad - Karak", "at08.a@example.org"))
_STAFF = people_in(
    "2024-10-28",
    ("Otter.ai", "at08.bot@example.org"),
    ("Interprète FR", "at08.fr@example.org"),
    ("Host", "at08.host@example.org"),
)


def _staff_is_no_participant(seen: Seen) -> None:
    assert seen.accepted("event_attendance", AT08)["_source_row"].tolist() == [2]
    dropped = seen.findings("repairs", "AT08", AT08)
    assert dropped["source_row"].tolist() == [3, 4, 5]
    assert dropped["before"].isna().all(), "names stay out of findings"
    assert seen.file(AT08)["n_dropped"] == 3
    assert "recording robot" in seen.failed("AT08", AT08)["reason"][0]
    assert len(seen.table("fct_attendance", event_code="EV-2024-016", session_no=1)) == 1


AT09 = "attendance/at09/EV-2024-016_s2_zoom.csv"
_AT09 = people_in("2024-10-29", ("Amina Haddad - Karak", "at09.a@example.org"))
_ROOM = people_in("2024-10-29", ("Salle Municipalité - Irbid", "at09.room@example.org"))


def _a_room_counts_one(seen: Seen) -> None:
    _warned(seen, AT09, "AT09", [3], "ask who sat there")
    assert seen.accepted("event_attendance", AT09)["city_code"].tolist() == ["SCN-C-0019", "SCN-C-0021"]
    assert len(seen.table("fct_attendance", event_code="EV-2024-016", session_no=2)) == 2


AT10 = "attendance/at10/EV-2025-010_s1_zoom.csv"
_AT10 = people_in("2025-07-29", ("Amina Haddad - Karak", "at10.a@example.org"))
_DEVICES = people_in("2025-07-29", ("iPhone de Ali", ""), ("Galaxy A12", ""), ("iPad", "at10.b@example.org"))
_NAMED = people_in("2025-07-29", ("Ali Nasser", "at10.c@example.org"), ("Bruno Keller", "at10.b@example.org"))


def _devices_are_nobody(seen: Seen) -> None:
    """A device with an address is somebody; one without is set aside until somebody tells who it was."""
    accepted = seen.accepted("event_attendance", AT10)
    assert accepted["_source_row"].tolist() == [2, 5]
    aside = seen.findings("quarantine", "AT10", AT10)
    assert aside["source_row"].tolist() == [3, 4]
    assert set(aside["level"]) == {"row"}
    assert aside["value"].isna().all()
    assert aside["is_restricted"].all()
    assert "name is that of a device" in aside["reason"][0]
    assert len(seen.table("fct_attendance", event_code="EV-2025-010")) == 2


AT11 = "attendance/at11/EV-2025-014_s1_zoom.csv"
_GUESTS = ("Sara Nasser - Karak", "Sara Nasser - Irbid", "sara  NASSER - Karak")
_AT11 = tuple(
    Stay(name, f"at11.{at}@example.org", f"2025-10-24 10:{at}0", f"2025-10-24 10:{at}9")
    for at, name in enumerate(_GUESTS)
)


def _guests_are_told_apart_by_place(seen: Seen) -> None:
    _warned(seen, AT11, "AT11", [2, 3, 4], "told apart by name and organisation")
    karak, irbid, again = keys_of(seen, AT11)
    assert karak == again
    assert karak != irbid
    assert len(seen.table("fct_attendance", event_code="EV-2025-014")) == 2


AT12 = "attendance/at12/EV-2024-019_s1_zoom.csv"


def _an_office_is_several_people(seen: Seen) -> None:
    _warned(seen, AT12, "AT12", [2, 3], "an office's mailbox")
    assert seen.findings("warnings", "AT12", AT12)["value"].isna().all(), "addresses stay out of findings"
    assert len(set(keys_of(seen, AT12))) == 2
    assert len(seen.table("fct_attendance", event_code="EV-2024-019")) == 2


AT30 = "attendance/at30/EV-2025-004_signin.xlsx"
_AT30 = [
    signature(1, "Amina Haddad", "Karak", "at30.a@example.org"),
    signature(2, "Bruno Keller", "Irbid", "at30.b@example.org", "M"),
]
_NEW_NUMBERS = [[3, *_AT30[0][1:]], [4, *_AT30[1][1:]]]


def _days_add_up_to_people(seen: Seen) -> None:
    """Two people on two days are four signatures and two people, who both completed the training.

    Nothing is wrong with any row, so nothing is repaired: how people are counted treats it.
    """
    assert len(seen.accepted("event_attendance", AT30)) == 4
    assert len(set(keys_of(seen, AT30))) == 2
    completed = seen.table("fct_training_completion", event_code="EV-2025-004")
    assert completed["completed_share"].tolist() == [1.0, 1.0]
    assert seen.table("repairs", source_file=AT30).empty


AT37 = "attendance/at37/EV-2025-003_s1_zoom.csv"
AT37_PAPER = "attendance/at37/EV-2025-003_signin.xlsx"
_AT37 = people_in("2025-02-07", ("Amina Haddad - Karak", "at37.a@example.org"))
_AT37_OTHER = people_in("2025-02-07", ("Bruno Keller - Irbid", "at37.b@example.org"))
_AT37_PAPER = signin({"Jour 1": [signature(1, "Amina Haddad", "Karak", "at37.a@example.org")]})


def _one_person_both_ways(seen: Seen) -> None:
    for path in (AT37, AT37_PAPER):
        assert seen.accepted("event_attendance", path)["mode"].tolist() == ["hybrid"]
    (repair,) = seen.findings("repairs", "AT37", AT37).to_dict("records")
    assert (repair["field"], repair["before"], repair["after"]) == ("mode", "online", "hybrid")
    (attended,) = seen.table("fct_attendance", event_code="EV-2025-003").to_dict("records")
    assert (attended["mode"], attended["credited_minutes"], attended["is_attended"]) == ("hybrid", 300, True)
    assert "one person, both ways" in seen.failed("AT37", AT37)["reason"][0]


PEOPLE = (
    Defect("AT08", {AT08: zoom(*_AT08, *_STAFF)}, {AT08: zoom(*_AT08)}, _staff_is_no_participant, WORLD),
    Defect("AT09", {AT09: zoom(*_AT09, *_ROOM)}, {AT09: zoom(*_AT09)}, _a_room_counts_one, WORLD),
    Defect("AT10", {AT10: zoom(*_AT10, *_DEVICES)}, {AT10: zoom(*_AT10, *_NAMED)}, _devices_are_nobody, WORLD),
    Defect(
        "AT11",
        {AT11: zoom(*(replace(each, email="") for each in _AT11))},
        {AT11: zoom(*_AT11)},
        _guests_are_told_apart_by_place,
        WORLD,
    ),
    Defect(
        "AT12",
        {
            AT12: zoom(
                *people_in(
                    "2024-12-03",
                    ("Amina Haddad - Karak", "info@karak.example"),
                    ("Omar Saleh - Karak", "info@karak.example"),
                )
            )
        },
        {
            AT12: zoom(
                *people_in(
                    "2024-12-03",
                    ("Amina Haddad - Karak", "at12.a@example.org"),
                    ("Omar Saleh - Karak", "at12.b@example.org"),
                )
            )
        },
        _an_office_is_several_people,
        WORLD,
    ),
    Defect(
        "AT30",
        {AT30: signin({"Jour 1": _AT30, "Jour 2": _NEW_NUMBERS})},
        {AT30: signin({"Jour 1": _AT30, "Jour 2": _AT30})},
        _days_add_up_to_people,
        WORLD,
    ),
    Defect(
        "AT37",
        {AT37: zoom(*_AT37), AT37_PAPER: _AT37_PAPER},
        {AT37: zoom(*_AT37_OTHER), AT37_PAPER: _AT37_PAPER},
        _one_person_both_ways,
        WORLD,
    ),
)
