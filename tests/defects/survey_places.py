"""Defects of where an answer comes from: cities, countries, and exports whose headers are not as they should be."""

from mel_example.raw_files.sheets import RawSheet
from tests.defects.declared import Defect
from tests.defects.survey_cases import Outcome, annual, write

NONE_USED = "Resources used this year/None"


def _cities_written_in(sheet: RawSheet) -> None:
    known, unknown, _ = sheet.rows
    for row in (known, unknown):
        write(row, "intro/city", "Another city")
        write(row, "intro/country", "Lebanon")
    write(known, "intro/city_other", "Sidon")
    write(unknown, "intro/city_other", "Nouvelle-Ville-sur-Colline")


def _an_approved_alias_resolves(found: Outcome) -> None:
    known = found.values[0]
    assert (known["_source_row"], known["city_code"], known["city_code_match"]) == (2, "SCN-C-0017", "alias")
    assert found.column("_source_row") == [2, 4]
    assert [each["source_row"] for each in found.listed("repairs", "SV18-OTHER")] == [2, 3]
    listed = found.only("quarantine", "SV18")
    assert (listed["source_row"], listed["level"], listed["field"]) == (3, "row", "city_raw")
    assert listed["reason"] == "The city is not in the register, or could be two cities"
    found.assert_account(read=3, accepted=2, quarantined=1)


def _in_another_country(sheet: RawSheet) -> None:
    write(sheet.rows[0], "intro/city", "Tripoli")
    write(sheet.rows[0], "intro/country", "Jordan")


def _the_row_is_set_aside(found: Outcome) -> None:
    assert found.column("_source_row") == [3]
    listed = found.only("quarantine", "SV19")
    assert (listed["source_row"], listed["level"], listed["field"]) == (2, "row", "city_raw")
    assert listed["reason"] == "The city is in the register, but in another country than the answer says"
    found.assert_account(read=2, accepted=1, quarantined=1)


def _from_outside(sheet: RawSheet) -> None:
    write(sheet.rows[0], "intro/city", "Kampala")
    write(sheet.rows[0], "intro/country", "Uganda")


def _it_stays_outside_the_denominators(found: Outcome) -> None:
    assert found.column("city_code")[0] == "SCN-C-0006"
    warning = found.only("warnings", "SV37")
    assert (warning["source_row"], warning["field"], warning["value"]) == (2, "city_code", "SCN-C-0006")
    assert warning["reason"].endswith("it stays outside the denominators")
    counted = found.seen.table("fct_member_survey", city_code="SCN-C-0006", wave=2025)
    assert counted["is_member"].tolist() == [False]
    found.assert_account(read=2, accepted=2)


def _without_a_choice(sheet: RawSheet) -> None:
    assert {row.cells[NONE_USED] for row in sheet.rows} == {"0"}
    sheet.headers.remove(NONE_USED)


def _it_is_filled_with_zero(found: Outcome) -> None:
    assert found.column("res_used_none") == [0, 0]
    repair = found.only("repairs", "SV08")
    assert (repair["source_row"], repair["field"], repair["before"], repair["after"]) == (1, "res_used_none", None, "0")
    found.assert_account(read=2, accepted=2)


def _mark_in_the_first_header(sheet: RawSheet) -> None:
    sheet.headers[0] = "\ufeffstart"
    for row in sheet.rows:
        row.cells["\ufeffstart"] = row.cells["start"]


def _the_header_is_read_without_it(found: Outcome) -> None:
    assert all(found.column("started_at"))
    repair = found.only("repairs", "SV29")
    assert (repair["source_row"], repair["field"]) == (1, "started_at")
    assert (repair["before"], repair["after"]) == ("\ufeffstart", "start")
    found.assert_account(read=2, accepted=2)


SURVEY_PLACES: tuple[Defect, ...] = (
    annual("SV08", 82).defect(_without_a_choice, _it_is_filled_with_zero),
    annual("SV18", 44, count=3).defect(_cities_written_in, _an_approved_alias_resolves),
    annual("SV19", 47).defect(_in_another_country, _the_row_is_set_aside),
    annual("SV29", 49).defect(_mark_in_the_first_header, _the_header_is_read_without_it),
    annual("SV37", 51).defect(_from_outside, _it_stays_outside_the_denominators),
)
