"""How the planted defects of the annual survey look in the raw exports, read as an officer's spreadsheet reads them."""

import csv
from datetime import datetime
from typing import Any

import pytest

NO = {"No", "Non", "لا"}
CONSENT = ("Do you agree to take part?", "Acceptez-vous de participer ?", "هل توافقون على المشاركة؟")
CITY, COUNTRY = ("City", "Ville", "المدينة"), ("Country", "Pays", "البلد")
FIRST_ITEM = ("Our city has a clear mandate", "Notre ville a un mandat clair", "لدى مدينتنا تكليف واضح")
EXPORTS = [f"member_annual_{year}_{language}" for year in (2024, 2025) for language in ("en", "fr", "ar")]

Row = dict[str, str]


def told(row: Row, headers: tuple[str, ...]) -> str:
    """The cell under the header of a question, in whatever language it is."""
    return next(text for header, text in row.items() if header.startswith(headers))


@pytest.fixture(scope="module")
def exports(example: Any) -> dict[str, list[Row]]:
    found = {}
    for name in EXPORTS:
        text = (example.raw / "surveys" / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()
        found[name] = list(csv.DictReader(text, delimiter=";" if ";" in text[0] else ","))
    return found


@pytest.fixture(scope="module")
def broken(example: Any, exports: dict[str, list[Row]]) -> Any:
    """Rows in which a defect stands, by its id, each with the export in which it does."""
    with (example.truth / "defects.csv").open(encoding="utf-8", newline="") as stream:
        listed = [row for row in csv.DictReader(stream) if row["source"] == "member_annual"]

    def rows(rule_id: str) -> list[tuple[list[Row], Row]]:
        places = [(row["source_file"], int(row["source_row"])) for row in listed if row["rule_id"] == rule_id]
        files = [(exports[file.split("/")[1].removesuffix(".csv")], number) for file, number in places]
        return [(export, export[number - 2]) for export, number in files]

    return rows


def answers(row: Row) -> Row:
    """What the respondent said, without numbers and times of the sending."""
    return {
        header: text for header, text in row.items() if not header.startswith("_") and header not in ("start", "end")
    }


def test_a_second_click_says_the_same_within_seconds(broken: Any) -> None:
    for export, copy in broken("SV07"):
        (first,) = [row for row in export if answers(row) == answers(copy) and row["_uuid"] != copy["_uuid"]]
        sent = [datetime.fromisoformat(row["_submission_time"]) for row in (first, copy)]
        assert 0 < (sent[1] - sent[0]).total_seconds() < 60


def test_two_people_of_one_city_answer_differently(broken: Any) -> None:
    for export, row in broken("SV06"):
        both = [other for other in export if told(other, CITY) == told(row, CITY)]
        assert len({other["_uuid"] for other in both}) == 2
        assert len({told(other, FIRST_ITEM) for other in both}) == 2


def test_a_refusal_came_with_answers_and_another_one_without(broken: Any, exports: dict[str, list[Row]]) -> None:
    refusals = [row for rows in exports.values() for row in rows if told(row, CONSENT) in NO]
    ((_, with_answers),) = broken("SV21")
    (without,) = [row for row in refusals if row["_uuid"] != with_answers["_uuid"]]
    assert told(with_answers, CITY)
    assert {told(without, CITY), told(without, FIRST_ITEM)} == {""}
    assert len(refusals) == 2


def test_only_one_export_lacks_a_choice_and_nobody_made_it_that_year(exports: dict[str, list[Row]]) -> None:
    asked = ("In-depth work in which", "Travaux approfondis", "الأعمال المعمقة")
    choices = {
        name: [header for header in rows[0] if header.startswith(asked) and "/" in header]
        for name, rows in exports.items()
    }
    assert {name: len(found) for name, found in choices.items()} == {
        name: 3 if name == "member_annual_2024_fr" else 4 for name in EXPORTS
    }
    dialogue = ("/Dialogue between cities", "/Dialogue entre villes", "/الحوار بين المدن")
    chosen = {
        name: {row[header] for row in rows for header in choices[name] if header.endswith(dialogue)}
        for name, rows in exports.items()
    }
    assert all("1" not in found for name, found in chosen.items() if "2024" in name)
    assert any("1" in found for name, found in chosen.items() if "2025" in name)


def test_a_device_of_1970_was_nevertheless_sent_in_the_wave(broken: Any) -> None:
    ((_, reset),) = broken("SV16-DAY")
    assert reset["today"] == "1970-01-01"
    assert reset["_submission_time"][:4] in ("2024", "2025")


def test_nearly_equal_answers_stand_in_two_cities_of_one_country(broken: Any) -> None:
    ((export, copy),) = broken("SV-SIMILAR")
    others = [row for row in export if told(row, COUNTRY) == told(copy, COUNTRY) and row["_uuid"] != copy["_uuid"]]
    statements = [header for header in copy if header.endswith(".")]
    differences = [sum(row[header] != copy[header] for header in statements) for row in others]
    assert len(statements) == 33
    assert min(differences) == 1
    assert all(count > 5 for count in sorted(differences)[1:])


def test_speed_tests_statuses_and_tests_look_as_their_names_say(broken: Any) -> None:
    for _, row in broken("SV15"):
        begun, ended = (datetime.fromisoformat(row[name]) for name in ("start", "end"))
        assert (ended - begun).total_seconds() == 40
    assert {row["_validation_status"] for _, row in broken("SV39")} == {"On Hold", "Not Approved"}
    for _, row in broken("SV20"):
        assert {"Test", "تجربة"} & set(row.values())
        assert row["today"][5:] < "10-01"


def test_every_submission_has_a_number_of_its_own_but_those_sent_again(
    exports: dict[str, list[Row]], broken: Any
) -> None:
    numbers = [row["_uuid"] for rows in exports.values() for row in rows]
    assert len(numbers) - len(set(numbers)) == len(broken("SV05"))
