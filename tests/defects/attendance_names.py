"""Defects of how people are named: AT13 to AT15 and AT40."""

import pandas as pd

from tests.defects.attendance_files import WORLD, Stay, signature, signin, zoom
from tests.defects.attendance_people import keys_of, people_in
from tests.defects.declared import Defect
from tests.defects.seen import Seen

AT13 = "attendance/at13/EV-2026-001_s1_zoom.csv"


def _two_scripts_are_suggested(seen: Seen) -> None:
    """Nobody is set aside: both came, or one did, and a person decides; until then they count as two."""
    arabic, latin = keys_of(seen, AT13)
    assert arabic != latin
    assert len(seen.table("fct_attendance", event_code="EV-2026-001")) == 2
    pairs = pd.read_parquet(seen.folders.restricted / "open" / "event_attendance.persons.parquet")
    (pair,) = pairs[pairs["old_value"] == arabic].to_dict("records")
    assert (pair["question"], pair["new_value"], pair["within"]) == ("person_key", latin, "SCN-C-0019")
    asked = pd.concat(
        pd.read_excel(seen.folders.restricted / "review.xlsx", sheet_name=None, header=None, engine="openpyxl")
    )
    (line,) = [cells for cells in asked.astype(str).to_numpy().tolist() if arabic in cells]
    assert {latin, "محمد علي", "Mohamed Ali"} <= set(line)


AT14 = "attendance/at14/EV-2026-002_s1_zoom.csv"
_AT14 = ("Mohamed Ali - Zarqa", "Dr. ALI Mohamed - Zarqa", "Ali, Mohamed - Zarqa", "Ali Mohamed - Zarqa")


def _named(with_addresses: bool) -> str:
    """The same visitor, who comes and goes, and another one."""
    addresses = ("at14.a", "at14.a", "at14.a", "at14.b") if with_addresses else ()
    return zoom(
        *(
            Stay(
                name,
                f"{addresses[at]}@example.org" if addresses else "",
                f"2026-01-09 10:{at}0",
                f"2026-01-09 10:{at}9",
            )
            for at, name in enumerate(_AT14)
        )
    )


def _titles_tell_nobody_apart(seen: Seen) -> None:
    """The order is set right where capitals or a comma mark the family name, as the list has it; else it is kept.

    The catalogue would also turn `Ali Mohamed` round. In Arabic names that is another person, often a relative.
    """
    first, titled, comma, other = keys_of(seen, AT14)
    assert first == titled == comma
    assert other != first
    repairs = seen.findings("repairs", "AT14", AT14)
    assert repairs["source_row"].tolist() == [3, 4]
    assert set(repairs["field"]) == {"name_raw"}
    assert repairs["is_restricted"].all()
    assert repairs["after"].isna().all(), "names stay out of findings"
    attended = seen.table("fct_attendance", event_code="EV-2026-002")
    assert sorted(attended["credited_minutes"].tolist()) == [9, 27]


AT15 = "attendance/at15/EV-2026-003_s1_zoom.csv"


def _both_names_are_kept(seen: Seen) -> None:
    (repair,) = seen.findings("repairs", "AT15", AT15).to_dict("records")
    assert (repair["source_row"], repair["field"], repair["is_restricted"]) == (2, "name_raw", True)
    assert repair["before"] is None or pd.isna(repair["before"])
    (key,) = seen.accepted("event_attendance", AT15)["_record_key"]
    restricted = pd.concat(map(pd.read_parquet, (seen.folders.restricted / "staging").rglob("*.parquet")))
    (names,) = restricted[restricted["_record_key"] == key].to_dict("records")
    assert (names["name_raw"], names["original_name"]) == ("Mayor X", "Sara")


AT40 = "attendance/at40/EV-2025-012_signin.xlsx"
_AT40 = [signature(at, f"Person {at}", "Karak", f"at40.{at}@example.org", age=age) for at, age in ((1, 16), (2, 24))]
_ADULTS = [[*row[:5], 24, *row[6:]] for row in _AT40]


def _minors_have_no_names(seen: Seen) -> None:
    """Only what names them is blocked: a list of young people counts, and its adults stay as they are."""
    accepted = seen.accepted("event_attendance", AT40)
    assert accepted["age"].tolist() == [16, 24]
    assert accepted["person_key"].notna().all()
    (told,) = seen.findings("repairs", "AT40", AT40).to_dict("records")
    assert (told["source_row"], told["field"], told["is_restricted"]) == (2, "name_raw", True)
    assert seen.table("warnings", source_file=AT40).empty
    restricted = pd.concat(map(pd.read_parquet, (seen.folders.restricted / "staging").rglob("*.parquet")))
    names = restricted.set_index("_record_key").loc[accepted["_record_key"]]
    assert names["name_raw"].isna().tolist() == [True, False]
    assert names["email_raw"].isna().tolist() == [True, False]
    for words in (f"{AT40} names people under 18 (rows: 1)", "No name or address was loaded"):
        assert words in seen.file(AT40)["message"]
        assert words in seen.output.replace("\n  ", " ")
    young = seen.table("dim_person", person_key=accepted["person_key"][0])
    assert young["age_band"].tolist() == ["under_18"]


NAMES = (
    Defect(
        "AT13",
        {
            AT13: zoom(
                *people_in(
                    "2026-01-07",
                    ("محمد علي - الكرك", "at13.a@example.org"),
                    ("Mohamed Ali - Karak", "at13.b@example.org"),
                )
            )
        },
        {AT13: zoom(*people_in("2026-01-07", ("محمد علي - الكرك", "at13.a@example.org")))},
        _two_scripts_are_suggested,
        WORLD,
    ),
    Defect("AT14", {AT14: _named(False)}, {AT14: _named(True)}, _titles_tell_nobody_apart, WORLD),
    Defect(
        "AT15",
        {AT15: zoom(*people_in("2026-02-21", ("Mayor X (Sara)", "at15.a@example.org")))},
        {AT15: zoom(*people_in("2026-02-21", ("Sara", "at15.a@example.org")))},
        _both_names_are_kept,
        WORLD,
    ),
    Defect(
        "AT40", {AT40: signin({"Jour 1": _AT40})}, {AT40: signin({"Jour 1": _ADULTS})}, _minors_have_no_names, WORLD
    ),
)
