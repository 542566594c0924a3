"""What becomes of the rows of a cleaning log, whatever is wrong with them."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mel_pipeline.quality.decisions.ledger import gather_corrections
from mel_pipeline.quality.decisions.outcomes import APPLIED, SENTENCES
from mel_pipeline.quality.decisions.words import CHANGE_TYPES, COLUMNS, REASONS, change_type_of, column_of, reason_of

FIELDS = {"uuid": "code", "age": "integer", "score": "integer", "email": "text", "city_raw": "code", "country": "code"}
HEADER = ",".join(FIELDS)
LOG = "uuid,question,old_value,new_value,change_type,reason"
BETWEEN = "expect_column_values_to_be_between"


@pytest.fixture
def survey(bench: Any) -> Any:
    privacy = {"hash": {"person_key": ["email"]}, "restricted": ["email"]}
    resolve = {
        "city_code": {
            "from": "city_raw",
            "register": "cities",
            "names": ["name"],
            "aliases": "city_aliases",
            "within": "country",
        }
    }
    bench.declare("cities", {"city_code": "code", "name": "code", "country": "code"})
    bench.declare(
        "city_aliases",
        {"alias": "code", "city_code": "code", "is_valid": "flag", "approved_by_role": "code", "approved_on": "date"},
        key=["alias", "city_code"],
    )
    bench.declare("survey", FIELDS, kind="survey", privacy=privacy, resolve=resolve)
    bench.write("cities.csv", "city_code,name,country", "C1,Oslo,NO", "C2,Bergen,NO")
    bench.write(
        "city_aliases.csv",
        "alias,city_code,is_valid,approved_by_role,approved_on",
        "Kristiania,C1,yes,officer,2024-01-01",
    )
    bench.write(
        "survey.csv",
        HEADER,
        "a,30,4,a@example.org,Oslo,NO",
        "b,200,5,b@example.org,Bjorgvin,NO",
        "c,many,2,c@example.org,Bergen,NO",
    )
    return bench


def decide(bench: Any, *rows: str, name: str = "log.csv", header: str = LOG, received_on: str = "2026-05-01") -> None:
    bench.write(f"corrections/{name}", header, *rows, received_on=received_on)


def judge(bench: Any, *rules: Any) -> dict[str, dict[str, Any]]:
    """Judge registers and survey; the accepted answers by identifier."""
    bench.judge("cities")
    bench.judge("city_aliases")
    bench.judge("survey", *rules)
    return {row["uuid"]: row for row in bench.accepted("survey")}


def outcomes(bench: Any) -> list[str]:
    return [row["outcome"] for row in gather_corrections(bench.sources, bench.folders).to_pylist()]


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("a,age,30,31,change_response,typing error", "changed"),
        ("a,AGE,30.0,31,change response,", "changed"),
        ("a,age,,31,change_response,", "old_value_not_stated"),
        ("a,age,NA,31,change_response,", "old_value_not_stated"),
        ("a,age,29,31,change_response,", "value_has_changed"),
        ("a,age,29,30,change_response,", "already_so"),
        ("a,age,30,thirty-one,change_response,", "new_value_unreadable"),
        ("a,age,30,,change_response,", "new_value_unreadable"),
        ("a,height,30,31,change_response,", "unknown_question"),
        ("a,email,a@example.org,z@example.org,change_response,", "kept_apart"),
        ("z,age,30,31,change_response,", "unknown_record"),
        ("a,age,30,31,do something,", "unknown_decision"),
        ("a,age,30,,blank_response,", "blanked"),
        ("a,,,,remove_survey,test entry", "removed"),
        ("a,age,30,,no_action,", "recorded"),
        ("c,age,many,7,change_response,", "changed"),
        ("c,age,few,7,change_response,", "value_has_changed"),
    ],
)
def test_each_decision_is_applied_or_says_why_not(survey: Any, row: str, outcome: str) -> None:
    before = judge(survey)
    decide(survey, row)
    after = judge(survey)
    assert outcomes(survey) == [outcome]
    if outcome not in APPLIED | {"recorded"} or outcome in ("recorded", "already_so"):
        assert after == before
    else:
        assert after != before


def test_an_answer_that_was_unreadable_is_no_finding_once_it_is_corrected(survey: Any) -> None:
    decide(survey, "c,age,many,7,change_response,")
    after = judge(survey)
    assert (after["c"]["age"], after["c"]["age_missing_reason"]) == (7, None)
    assert survey.found("survey", "quarantine") == []


def test_an_emptied_answer_says_that_a_person_emptied_it(survey: Any) -> None:
    decide(survey, "a,age,30,,blank_response,")
    assert judge(survey)["a"]["age_missing_reason"] == "blanked"


def test_the_later_decision_wins_whatever_the_order_of_files(survey: Any) -> None:
    decide(survey, "a,age,30,33,change_response,", name="a_later.csv", received_on="2026-06-01")
    decide(survey, "a,age,30,31,change_response,", name="b_earlier.csv", received_on="2026-05-01")
    assert judge(survey)["a"]["age"] == 33
    assert outcomes(survey) == ["changed", "replaced_by_later"]


def test_a_decision_may_start_from_what_an_earlier_one_left(survey: Any) -> None:
    decide(survey, "a,age,30,31,change_response,", "a,age,31,32,change_response,")
    assert judge(survey)["a"]["age"] == 32


def test_removed_records_are_counted_as_dropped(survey: Any) -> None:
    decide(survey, "a,,,,remove_survey,", "a,,,,remove_survey,")
    judge(survey)
    [file] = survey.found("survey", "source_files")
    assert (file["n_rows"], file["n_accepted"], file["n_dropped"]) == (3, 2, 1)
    assert [row["rule_id"] for row in survey.found("survey", "repairs")] == ["REMOVED"]


def test_a_released_row_counts_and_stays_flagged(survey: Any) -> None:
    rule = survey.rule("AGE", BETWEEN, column="age", max_value=110)
    judge(survey, rule)
    assert [row["rule_id"] for row in survey.found("survey", "quarantine") if row["level"] == "row"] == ["AGE"]
    decide(survey, "b,age,200,,release,confirmed at the source,AGE", header=LOG + ",rule_id")
    assert "b" in judge(survey, rule)
    assert [(row["rule_id"], row["treatment"]) for row in survey.found("survey", "warnings")] == [("AGE", "released")]
    assert outcomes(survey) == ["released"]


def test_a_released_answer_keeps_its_value_and_others_are_still_set_aside(survey: Any) -> None:
    rule = survey.rule("AGE", BETWEEN, column="age", max_value=20, level="answer")
    decide(survey, "b,age,,,release,,AGE", header=LOG + ",rule_id")
    after = judge(survey, rule)
    assert (after["a"]["age"], after["b"]["age"]) == (None, 200)


def test_a_release_that_no_rule_needs_is_reported(survey: Any) -> None:
    decide(survey, "a,age,30,,release,,AGE", header=LOG + ",rule_id")
    judge(survey, survey.rule("AGE", BETWEEN, column="age", max_value=110))
    assert outcomes(survey) == ["nothing_to_release"]


def test_an_approved_name_becomes_a_row_of_the_list_and_resolves(survey: Any) -> None:
    assert judge(survey)["b"]["city_code"] is None
    decide(
        survey,
        "survey,city_code,Bjorgvin,C2 · Bergen,approve_alias",
        header="source,question,old_value,new_value,change_type",
    )
    assert judge(survey)["b"]["city_code"] == "C2"
    assert outcomes(survey) == ["name_approved"]
    [row] = [row for row in survey.accepted("city_aliases") if row["alias"] == "Bjorgvin"]
    assert (row["city_code"], row["is_valid"], row["_source_file"]) == ("C2", True, "corrections/log.csv")


def test_a_name_that_the_list_refuses_is_not_approved(survey: Any) -> None:
    decide(
        survey, "survey,city_code,Bjorgvin,C9,approve_alias", header="source,question,old_value,new_value,change_type"
    )
    rule = survey.rule("KNOWN", "expect_column_values_to_be_in_set", column="city_code", value_set=["C1", "C2"])
    survey.judge("cities")
    survey.judge("city_aliases", rule)
    survey.judge("survey")
    assert outcomes(survey) == ["name_set_aside"]


def test_persons_that_are_one_follow_to_the_end_of_a_chain(survey: Any) -> None:
    keys = [row["person_key"] for row in judge(survey).values()]
    header = "question,old_value,new_value,change_type"
    decide(
        survey,
        f"person_key,{keys[0]},{keys[1]},merge_persons",
        f"person_key,{keys[1]},{keys[2]},merge_persons",
        "person_key,nobody,anybody,merge_persons",
        header=header,
    )
    assert {row["person_key"] for row in judge(survey).values()} == {keys[2]}
    assert outcomes(survey) == ["merged", "merged", "unknown_person"]


def test_files_that_hold_no_decisions_say_so_and_stop_nothing(survey: Any) -> None:
    survey.write("corrections/notes.csv", "a,b", "1,2")
    (survey.folders.raw / "corrections" / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n not a table")
    decide(survey, "a,age,30,31,change_response,")
    assert judge(survey)["a"]["age"] == 31
    assert sorted(outcomes(survey)) == ["changed", "file_unreadable", "no_decisions_found"]


def test_a_folder_names_the_source_and_an_unknown_one_is_reported(survey: Any) -> None:
    decide(survey, "a,age,30,31,change_response,", name="survey/log.csv")
    decide(survey, "a,age,30,31,change_response,", name="servey/log.csv")
    judge(survey)
    assert sorted(outcomes(survey)) == ["changed", "unknown_source"]


def test_what_somebody_looked_at_waits_no_longer(survey: Any) -> None:
    from mel_pipeline.quality.open_rows import open_findings
    from tests.unit.quality.conftest import rows_of

    rule = survey.rule("AGE", BETWEEN, column="age", max_value=110)
    judge(survey, rule)
    assert {row["rule_id"] for row in rows_of(open_findings(survey.folders, "survey"))} == {"AGE", "UNREADABLE"}
    decide(survey, "b,age,200,,no_action,,AGE", header=LOG + ",rule_id")
    judge(survey, rule)
    assert {row["rule_id"] for row in rows_of(open_findings(survey.folders, "survey"))} == {"UNREADABLE"}


def test_restricted_values_and_own_words_stay_in_the_log(survey: Any) -> None:
    decide(survey, "a,email,a@example.org,z@example.org,change_response,Ali told me so")
    judge(survey)
    [row] = gather_corrections(survey.sources, survey.folders).to_pylist()
    assert row["is_restricted"]
    assert not {"a@example.org", "z@example.org", "Ali told me so"} & set(row.values())


@given(st.permutations(range(4)))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_rows_decides_only_between_decisions_about_one_answer(survey: Any, order: list[int]) -> None:
    rows = [
        "a,age,30,31,change_response,",
        "b,age,200,20,change_response,",
        "c,score,2,3,change_response,",
        "c,age,many,,blank_response,",
    ]
    decide(survey, *(rows[place] for place in order))
    after = judge(survey)
    assert {uuid: (row["age"], row["score"]) for uuid, row in after.items()} == {
        "a": (31, 4),
        "b": (20, 5),
        "c": (None, 3),
    }


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_word_of_a_workbook_is_read_back(language: str) -> None:
    assert [change_type_of(words[language]) for words in CHANGE_TYPES.values()] == list(CHANGE_TYPES)
    assert [reason_of(words[language]) for words in REASONS.values()] == list(REASONS)
    assert [column_of(words[language]) for words in COLUMNS.values()] == list(COLUMNS)
    assert all(words[language] for words in SENTENCES.values())
