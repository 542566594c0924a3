"""Defects of lists on paper: AT25, AT27 to AT29 and AT36."""

from datetime import datetime

import pandas as pd

from tests.defects.attendance_files import WORLD, Cell, Stay, as_workbook, signature, signin, zoom
from tests.defects.declared import Defect
from tests.defects.seen import Seen


def _rows(case: str, *people: str, sign: str = "X") -> list[list[Cell]]:
    return [
        signature(number, f"Person {person.upper()}", "Karak", f"{case}.{person}@example.org", sign=sign)
        for number, person in enumerate(people, start=1)
    ]


AT25 = "attendance/at25/EV-2024-001_signin.xlsx"
_AT25 = {"Jour 1": _rows("at25", "a"), "Jour 2": _rows("at25", "a", "b")}
_AT25_NAMED = {"Jour 1": _AT25["Jour 1"], "اليوم ٢": _AT25["Jour 2"], "Day3 ": _rows("at25", "c")}


def _sheets_are_sessions(seen: Seen) -> None:
    """`اليوم ٢` is the second day; a third one is not among the planned sessions, and somebody has to look."""
    accepted = seen.accepted("event_attendance", AT25)
    assert sorted(accepted["session_no"].tolist()) == [1, 2, 2, 3]
    repairs = seen.findings("repairs", "AT25", AT25)
    assert sorted(zip(repairs["before"], repairs["after"], strict=True)) == [("Day3 ", "3"), ("اليوم ٢", "2")]
    (warning,) = seen.findings("warnings", "AT25", AT25).to_dict("records")
    assert (warning["field"], warning["value"], warning["source_sheet"]) == ("session_no", "3", "Day3 ")
    assert "not among the planned sessions" in warning["reason"]
    credited = seen.table("fct_attendance", event_code="EV-2024-001", session_no=2)
    assert credited["credited_minutes"].tolist() == [360, 360]


AT27 = "attendance/at27/EV-2024-013_signin.xlsx"
_TOTALS: list[list[Cell]] = [
    ["Total 37"],
    ["المجموع", 37],
    ["", "", "", "", "", "", "", "", "", "Note : une personne est partie"],
]


def _dropped(seen: Seen, path: str, rule_id: str, rows: list[int]) -> None:
    assert seen.findings("repairs", rule_id, path)["source_row"].tolist() == rows
    assert seen.accepted("event_attendance", path)["_source_row"].tolist() == [2, 3]
    account = seen.file(path)
    assert (account["n_rows"], account["n_accepted"], account["n_dropped"]) == (2 + len(rows), 2, len(rows))


def _totals_are_nobody(seen: Seen) -> None:
    _dropped(seen, AT27, "AT27", [4, 5, 6])
    assert len(seen.table("fct_attendance", event_code="EV-2024-013")) == 2


AT28 = "attendance/at28/EV-2024-017_signin.xlsx"


def _numbers_are_nobody(seen: Seen) -> None:
    _dropped(seen, AT28, "AT28", [4, 5])
    assert len(seen.table("fct_attendance", event_code="EV-2024-017")) == 2


AT29 = "attendance/at29/EV-2024-018_signin.xlsx"
_AT29_FIRST, _AT29_SECOND = _rows("at29", "a", "b"), _rows("at29", *"abcde")
_UNSIGNED = {
    "Jour 1": [_AT29_FIRST[0], [*_AT29_FIRST[1][:-1], None]],
    "Jour 2": _rows("at29", *"abcde", sign=""),
}


def _unsigned_is_absent(seen: Seen) -> None:
    """Invited and unsigned is absent; a list that nobody signed may have lost its signatures, so it warns as well."""
    repairs = seen.findings("repairs", "AT29", AT29)
    assert len(repairs) == 6
    assert set(repairs["after"]) == {"false"}
    accepted = seen.accepted("event_attendance", AT29)
    assert accepted["is_signed"].tolist().count(True) == 1
    attended = seen.table("fct_attendance", event_code="EV-2024-018")
    assert attended["is_attended"].sum() == 1
    assert attended["credited_minutes"].sum() == 360
    warnings = seen.findings("warnings", "AT29-ALL", AT29)
    assert warnings["source_sheet"].tolist() == ["Jour 2"] * 5
    assert "Nobody signed this list" in warnings["reason"][0]


AT36 = "attendance/at36/EV-2024-010_s1_zoom.xlsx"
AT36_MAC = "attendance/at36/EV-2024-010_s2_zoom.xlsx"
AT36_PAPER = "attendance/at36/EV-2024-010_signin.xlsx"
_AT36 = Stay("Amina Haddad - Karak", "at36.a@example.org", "2024-06-11 09:15", "2024-06-11 12:00")
_AT36_MAC = Stay("Bruno Keller - Irbid", "at36.b@example.org", "2024-06-12 09:15", "2024-06-12 12:00")
_AT36_ROWS = [[*_rows("at36", "c")[0][:7], phone, "X"] for phone in (254_000_000_000.0, "")]


def _numbers_are_days(seen: Seen) -> None:
    """The session tells which year a number counts from: the workbook's own setting is lost with each cell pasted.

    Telephone numbers are never loaded, whatever a spreadsheet made of them.
    """
    for path, day in ((AT36, "2024-06-11"), (AT36_MAC, "2024-06-12")):
        accepted = seen.accepted("event_attendance", path)
        assert accepted["join_at"].astype(str).tolist() == [f"{day} 09:15:00"]
        assert accepted["leave_at"].astype(str).tolist() == [f"{day} 12:00:00"]
    (joined, left) = seen.findings("repairs", "AT36", AT36).to_dict("records")
    assert (joined["field"], joined["before"][:8], joined["after"]) == ("join_at", "45454.38", "2024-06-11 09:15:00")
    assert (left["field"], left["before"], left["after"]) == ("leave_at", "45454.5", "2024-06-11 12:00:00")
    assert seen.findings("repairs", "AT36", AT36_MAC)["after"].tolist() == [
        "2020-06-11 09:15:00",
        "2020-06-11 12:00:00",
    ]
    for rule_id, time in (("AT36-1904", "09:15:00"), ("AT36-1904-LEAVE", "12:00:00")):
        (moved,) = seen.findings("repairs", rule_id, AT36_MAC).to_dict("records")
        assert (moved["before"], moved["after"]) == (f"2020-06-11 {time}", f"2024-06-12 {time}")
    assert "four years and a day off" in seen.failed("AT36-1904", AT36_MAC)["reason"][0]
    assert seen.file(AT36_PAPER)["n_accepted"] == 1
    for kept in seen.folders.root.rglob("*.parquet"):
        assert "254000000000" not in pd.read_parquet(kept).to_string(), kept
    credited = seen.table("fct_attendance", event_code="EV-2024-010")
    assert sorted(credited["credited_minutes"].tolist()) == [165, 165, 300]


PAPER = (
    Defect("AT25", {AT25: signin(_AT25_NAMED)}, {AT25: signin(_AT25)}, _sheets_are_sessions, WORLD),
    Defect(
        "AT27",
        {AT27: signin({"Jour 1": [*_rows("at27", "a", "b"), *_TOTALS]})},
        {AT27: signin({"Jour 1": _rows("at27", "a", "b")})},
        _totals_are_nobody,
        WORLD,
    ),
    Defect(
        "AT28",
        {AT28: signin({"Jour 1": [*_rows("at28", "a", "b"), [38], [39]]})},
        {AT28: signin({"Jour 1": _rows("at28", "a", "b")})},
        _numbers_are_nobody,
        WORLD,
    ),
    Defect(
        "AT29",
        {AT29: signin(_UNSIGNED)},
        {AT29: signin({"Jour 1": _AT29_FIRST, "Jour 2": _AT29_SECOND})},
        _unsigned_is_absent,
        WORLD,
    ),
    Defect(
        "AT36",
        {
            AT36: as_workbook(_AT36, days_from=datetime(1899, 12, 30)),
            AT36_MAC: as_workbook(_AT36_MAC, days_from=datetime(1904, 1, 1)),
            AT36_PAPER: signin({"Jour 1": _AT36_ROWS[:1]}),
        },
        {AT36: zoom(_AT36), AT36_MAC: zoom(_AT36_MAC), AT36_PAPER: signin({"Jour 1": _AT36_ROWS[1:]})},
        _numbers_are_days,
        WORLD,
    ),
)
