"""Defects of where people come from: AT33 to AT35."""

from collections.abc import Callable
from pathlib import Path

from tests.defects.attendance_files import WORLD, Stay, signature, signin, zoom
from tests.defects.declared import Defect
from tests.defects.seen import Seen


def _from(case: str, day: str, *places: str) -> str:
    return zoom(
        *(
            Stay(f"Person {at} - {place}", f"{case}.{at}@example.org", f"{day} 10:00", f"{day} 11:00")
            for at, place in enumerate(places)
        )
    )


def _aside(seen: Seen, path: str, rule_id: str, rows: list[int], words: str) -> None:
    """The place is set aside and stays open; the person counts."""
    aside = seen.findings("quarantine", rule_id, path)
    assert aside["source_row"].tolist() == rows
    assert set(aside["level"]) == {"answer"}
    assert set(aside["field"]) == {"organisation"}
    assert words in aside["reason"][0]
    accepted = seen.accepted("event_attendance", path).set_index("_source_row").loc[rows]
    assert accepted["organisation"].isna().all()
    assert set(accepted["organisation_missing_reason"]) == {"quarantined"}
    assert accepted["city_code"].isna().all()


AT33 = "attendance/at33/EV-2026-014_s1_zoom.csv"


def _no_city_is_told(seen: Seen) -> None:
    """Also an authority that the register lacks keeps what it wrote: it is what an officer needs to place it."""
    accepted = seen.accepted("event_attendance", AT33)
    assert accepted["city_code"].isna().tolist() == [True, True, False]
    assert accepted["organisation"].tolist() == ["UNDP", "Kenya", "Karak"]
    warnings = seen.findings("warnings", "AT33", AT33)
    assert warnings["source_row"].tolist() == [2, 3]
    assert "not a city of the register" in warnings["reason"][0]
    attended = seen.table("fct_attendance", event_code="EV-2026-014", session_no=1)
    assert attended["city_code"].notna().sum() == 1
    assert attended["has_place"].all(), "the places that could not be found lower the coverage"


AT34 = "attendance/at34/EV-2026-014_s2_zoom.csv"


def _two_cities_are_not_guessed(seen: Seen) -> None:
    _aside(seen, AT34, "AT34", [2], "Two cities stand in one cell")
    assert len(seen.table("fct_attendance", event_code="EV-2026-014", session_no=2)) == 2


AT35 = "attendance/at35/EV-2024-002_signin.xlsx"


def _signed_from(*places: str) -> Callable[[Path], None]:
    rows = [signature(at, f"Person {at}", place, f"at35.{at}@example.org") for at, place in enumerate(places)]
    return signin({"Jour 1": rows})


def _namesakes_are_not_guessed(seen: Seen) -> None:
    """A country beside the name tells which city is meant."""
    _aside(seen, AT35, "AT35", [2], "could be two cities")
    assert seen.accepted("event_attendance", AT35)["city_code"].tolist()[1:] == ["SCN-C-0016"]


PLACES = (
    Defect(
        "AT33",
        {AT33: _from("at33", "2026-08-15", "UNDP", "Kenya", "Karak")},
        {AT33: _from("at33", "2026-08-15", "Irbid", "Nairobi", "Karak")},
        _no_city_is_told,
        WORLD,
    ),
    Defect(
        "AT34",
        {AT34: _from("at34", "2026-08-16", "Irbid/Karak", "Karak")},
        {AT34: _from("at34", "2026-08-16", "Irbid", "Karak")},
        _two_cities_are_not_guessed,
        WORLD,
    ),
    Defect(
        "AT35",
        {AT35: _signed_from("Tripoli", "Tripoli (Lebanon)")},
        {AT35: _signed_from("Tripoli (Libya)", "Tripoli (Lebanon)")},
        _namesakes_are_not_guessed,
        WORLD,
    ),
)
