"""Defects of several lists about one session, and of lists that name another event: AT20 to AT24."""

from dataclasses import replace

from tests.defects.attendance_files import WORLD, Stay, zoom
from tests.defects.attendance_stays import stay
from tests.defects.declared import Defect
from tests.defects.seen import Seen


def _persons(seen: Seen, event_code: str, session_no: int) -> list[float]:
    rows = seen.table("fct_attendance", event_code=event_code, session_no=session_no)
    return sorted(rows["credited_minutes"].tolist())


AT20 = "attendance/at20/EV-2026-009_s1_zoom.csv"
AT20_AGAIN = "attendance/at20/EV-2026-009_s1_zoom_restarted.csv"
_MORNING = stay("at20", "a", "2026-05-19 09:00", "2026-05-19 10:30")
_AFTER_RESTART = (
    stay("at20", "a", "2026-05-19 10:40", "2026-05-19 12:00"),
    stay("at20", "b", "2026-05-19 10:40", "2026-05-19 12:40"),
)


def _reports_of_a_restart_are_united(seen: Seen) -> None:
    assert len(seen.accepted("event_attendance", AT20)) == 1
    assert len(seen.accepted("event_attendance", AT20_AGAIN)) == 2
    assert _persons(seen, "EV-2026-009", 1) == [120, 170]
    united = seen.table("repairs", rule_id="AT20")
    assert united["source_file"].tolist() == [AT20_AGAIN]
    assert united["source_row"].tolist() == [2]


AT21 = "attendance/at21/EV-2026-009_s2_zoom.csv"
AT21_COPY = "attendance/at21/EV-2026-009_s2_zoom (1).csv"
_AT21 = zoom(stay("at21", "a", "2026-05-20 09:00", "2026-05-20 12:00"))


def _the_copy_counts_nothing(seen: Seen) -> None:
    assert len(seen.accepted("event_attendance", AT21)) == 1
    assert seen.accepted("event_attendance", AT21_COPY).empty
    copy = seen.file(AT21_COPY)
    assert (copy["file_status"], copy["n_rows"], copy["n_dropped"]) == ("copy", 1, 1)
    assert f"The same content as {AT21}" in copy["message"]
    assert seen.findings("repairs", "AT21", AT21_COPY)["source_row"].tolist() == [1]
    assert _persons(seen, "EV-2026-009", 2) == [180]


AT22 = "attendance/at22/EV-2026-010_s1_zoom.csv"
AT22_FINAL = "attendance/at22/EV-2026-010_s1_zoom_FINAL2.csv"
_FIRST = (stay("at22", "a", "2026-06-15 10:00", "2026-06-15 10:40"),)
_FINAL = (
    stay("at22", "a", "2026-06-15 10:00", "2026-06-15 12:40"),
    stay("at22", "b", "2026-06-15 10:00", "2026-06-15 12:00"),
)


def _the_correction_replaces(seen: Seen) -> None:
    """The first list stays among the raw files, and its rows among the repairs."""
    assert seen.accepted("event_attendance", AT22).empty
    assert seen.accepted("event_attendance", AT22_FINAL)["minutes"].tolist() == [160, 120]
    first = seen.file(AT22)
    assert (first["file_status"], first["n_dropped"]) == ("superseded", 1)
    assert first["message"] == "Later files replace all of its rows."
    assert seen.findings("repairs", "AT22", AT22)["source_row"].tolist() == [2]
    assert _persons(seen, "EV-2026-010", 1) == [120, 160]


AT23 = "attendance/at23/EV-2026-012_s1_zoom.csv"
_AT23 = (
    stay("at23", "a", "2026-07-24 09:00", "2026-07-24 10:30"),
    stay("at23", "b", "2026-07-24 09:00", "2026-07-24 10:00"),
)


def _on_another_day(each: Stay) -> Stay:
    return replace(each, join=each.join.replace("07-24", "09-14"), leave=each.leave.replace("07-24", "09-14"))


def _the_list_of_another_event(seen: Seen) -> None:
    _set_aside(seen, AT23, "AT23", "name of the file tells another event", "EV-2026-012")
    assert _persons(seen, "EV-2026-012", 1) == []


def _set_aside(seen: Seen, path: str, rule_id: str, words: str, event_code: str) -> None:
    account = seen.file(path)
    assert (account["file_status"], account["n_quarantined"], account["n_accepted"]) == ("quarantined", 2, 0)
    assert "the quarantine says why" in account["message"]
    aside = seen.findings("quarantine", rule_id, path)
    assert aside["source_row"].tolist() == [2, 3]
    assert set(aside["level"]) == {"file"}
    assert set(aside["value"]) == {event_code}
    assert words in aside["reason"][0]


AT24 = "attendance/at24/EV-2030-999_s1_zoom.csv"
AT24_KNOWN = "attendance/at24/EV-2026-012_s2_zoom.csv"
_AT24 = zoom(
    stay("at24", "a", "2026-07-25 09:00", "2026-07-25 10:30"),
    stay("at24", "b", "2026-07-25 09:00", "2026-07-25 10:00"),
)


def _the_event_is_not_known(seen: Seen) -> None:
    _set_aside(seen, AT24, "AT24", "not in the register of events", "EV-2030-999")
    assert seen.table("fct_attendance", event_code="EV-2030-999").empty


VERSIONS = (
    Defect(
        "AT20",
        {AT20: zoom(_MORNING), AT20_AGAIN: zoom(*_AFTER_RESTART)},
        {AT20: zoom(_MORNING, *_AFTER_RESTART)},
        _reports_of_a_restart_are_united,
        WORLD,
    ),
    Defect("AT21", {AT21: _AT21, AT21_COPY: _AT21}, {AT21: _AT21}, _the_copy_counts_nothing, WORLD),
    Defect(
        "AT22",
        {AT22: zoom(*_FIRST), AT22_FINAL: zoom(*_FINAL)},
        {AT22: zoom(*_FINAL)},
        _the_correction_replaces,
        WORLD,
    ),
    Defect("AT23", {AT23: zoom(*map(_on_another_day, _AT23))}, {AT23: zoom(*_AT23)}, _the_list_of_another_event, WORLD),
    Defect("AT24", {AT24: _AT24}, {AT24_KNOWN: _AT24}, _the_event_is_not_known, WORLD),
)
