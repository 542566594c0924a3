"""Defects of single rows of registers: they are set aside, repaired or told, and the register stays in use."""

import pandas as pd

from tests.defects.declared import Defect
from tests.defects.seen import Seen

CITY = "city_code,name_en,name_fr,name_ar,country_code,admin_type,population,population_year,income_group\n"
MEMBER = "city_code,joined_on,left_on,status,principles_accepted,principles_accepted_on,engagement_level\n"
ALIAS = "alias,city_code,language,valid,approved_by_role,approved_on\n"
EVENT = (
    "event_code,title_en,title_fr,title_ar,activity_line,event_type,modality,themes,priorities,start_on,end_on,"
    "time_zone,mode,hub_code,country_code,organiser,audience,eligible_for_me3,status\n"
)
TWO_CODES = "registers/cities_rf04.csv"
ALIASES = "registers/city_aliases_rf05.csv"
MEMBERS = "registers/memberships_rf06.csv"
EVENTS = "registers/events_rf07.csv"
POPULATIONS = "registers/cities_rf11.csv"
COUNTRIES = "registers/cities_rf12.csv"


def city(number: int, name: str, country: str, population: str = "61000") -> str:
    """A row of the register of cities."""
    return f"SCN-C-{number:04d},{name},{name} (fr),{name} (ar),{country},municipality,{population},2021,high\n"


def event(code: str, starts_on: str, ends_on: str) -> str:
    """A row of the register of events."""
    return (
        f"{code},A forum,Un forum,منتدى,forum,forum,M1,T1,SP1,{starts_on},{ends_on},UTC,online,GLOBAL,,network,member,"
        "yes,planned\n"
    )


def _neither_code_is_used(seen: Seen) -> None:
    assert seen.accepted("cities", TWO_CODES)["city_code"].tolist() == ["SCN-C-0803"]
    found = seen.findings("quarantine", "RF04", TWO_CODES)
    assert found["source_row"].tolist() == [2, 3]
    assert set(found["reason"]) == {
        "Two codes stand for one place: same name and same country. Decide which of them stays"
    }
    assert seen.file(TWO_CODES)["n_quarantined"] == 2


def _the_name_stands_for_nothing(seen: Seen) -> None:
    assert seen.accepted("city_aliases", ALIASES)["alias"].tolist() == ["Only One"]
    found = seen.findings("quarantine", "RF05", ALIASES)
    assert found[["source_row", "treatment", "level", "value"]].values.tolist() == [
        [2, "block", "row", "Old Port"],
        [3, "block", "row", "Old Port"],
    ]
    assert found["reason"][0].startswith("One approved name stands for two cities; neither is used")
    assert "RF05" in seen.output
    assert ALIASES in seen.output


def _the_day_is_asked_for(seen: Seen) -> None:
    (kept,) = seen.accepted("memberships", MEMBERS).to_dict("records")
    assert kept["principles_accepted"]
    assert pd.isna(kept["principles_accepted_on"])
    (found,) = seen.findings("warnings", "RF06", MEMBERS).to_dict("records")
    assert (found["source_row"], found["field"]) == (2, "principles_accepted_on")
    assert found["reason"] == "The register says that the principles were accepted, but not on which day"


def _the_event_is_blocked(seen: Seen) -> None:
    assert seen.accepted("events", EVENTS)["event_code"].tolist() == ["EV-2027-002"]
    (found,) = seen.findings("quarantine", "RF07", EVENTS).to_dict("records")
    assert (found["source_row"], found["treatment"], found["value"]) == (2, "block", "2027-02-01")
    assert found["reason"] == "The event ends before it starts"
    assert seen.table("fct_event", event_code="EV-2027-001").empty
    assert "RF07" in seen.output


def _no_ratio_of_these(seen: Seen) -> None:
    rows = seen.accepted("cities", POPULATIONS)
    assert rows["population"].isna().tolist() == [True, True, True, False]
    assert rows["population_missing_reason"].tolist()[:3] == ["quarantined"] * 3
    found = seen.findings("quarantine", "RF11", POPULATIONS)
    assert found[["source_row", "level", "field"]].values.tolist() == [
        [2, "answer", "population"],
        [3, "answer", "population"],
        [4, "answer", "population"],
    ]
    assert found["value"].tolist()[:2] == ["0", "1400000000"]
    assert found["reason"].tolist() == [
        "The population is 0 or above 40 million",
        "The population is 0 or above 40 million",
        "The cell does not hold what its column asks for",
    ]


def _the_present_code_is_used(seen: Seen) -> None:
    assert seen.accepted("cities", COUNTRIES)["country_code"].tolist() == ["BFA", "XKX"]
    (found,) = seen.findings("repairs", "RF12", COUNTRIES).to_dict("records")
    assert (found["source_row"], found["field"], found["before"], found["after"]) == (2, "country_code", "HVO", "BFA")
    (place,) = seen.table("dim_city", city_code="SCN-C-0822").to_dict("records")
    assert place["country_code"] == "XKX"


ROWS: tuple[Defect, ...] = (
    Defect(
        "RF04",
        broken={
            TWO_CODES: CITY + city(801, "Twinport", "PRT") + city(802, "Twinport", "PRT") + city(803, "Soloport", "PRT")
        },
        clean={TWO_CODES: CITY + city(801, "Twinport", "PRT") + city(803, "Soloport", "PRT")},
        check=_neither_code_is_used,
    ),
    Defect(
        "RF05",
        broken={
            ALIASES: f"{ALIAS}Old Port,SCN-C-0001,en,yes,mel_officer,2024-01-02\n"
            "Old Port,SCN-C-0002,en,yes,mel_officer,2024-01-02\nOnly One,SCN-C-0003,en,yes,mel_officer,2024-01-02\n"
        },
        clean={
            ALIASES: f"{ALIAS}Old Port,SCN-C-0001,en,yes,mel_officer,2024-01-02\n"
            "Old Port,SCN-C-0002,en,no,mel_officer,2024-01-02\nOnly One,SCN-C-0003,en,yes,mel_officer,2024-01-02\n"
        },
        check=_the_name_stands_for_nothing,
    ),
    Defect(
        "RF06",
        broken={MEMBERS: f"{MEMBER}SCN-C-0001,2019-01-01,2020-01-01,left,yes,,low\n"},
        clean={MEMBERS: f"{MEMBER}SCN-C-0001,2019-01-01,2020-01-01,left,yes,2019-02-01,low\n"},
        check=_the_day_is_asked_for,
    ),
    Defect(
        "RF07",
        broken={
            EVENTS: EVENT
            + event("EV-2027-001", "2027-03-01", "2027-02-01")
            + event("EV-2027-002", "2027-03-01", "2027-03-02")
        },
        clean={EVENTS: EVENT + event("EV-2027-001", "2027-03-01", "2027-03-01")},
        check=_the_event_is_blocked,
    ),
    Defect(
        "RF11",
        broken={
            POPULATIONS: CITY
            + city(811, "Emptyport", "PRT", "0")
            + city(812, "Hugeport", "PRT", "1400000000")
            + city(813, "Wordport", "PRT", "many people")
            + city(814, "Plainport", "PRT")
        },
        clean={POPULATIONS: CITY + city(814, "Plainport", "PRT", "40000000")},
        check=_no_ratio_of_these,
    ),
    Defect(
        "RF12",
        broken={COUNTRIES: CITY + city(821, "Formerport", "HVO") + city(822, "Prizren", "XKX")},
        clean={COUNTRIES: CITY + city(821, "Formerport", "BFA") + city(822, "Prizren", "XKX")},
        check=_the_present_code_is_used,
    ),
)
