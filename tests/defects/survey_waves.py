"""Defects of a whole wave: a statement turned round twice, too few answers, a test without the right answers."""

from mel_example.raw_files.sheets import RawFile, RawSheet
from tests.defects.declared import Defect
from tests.defects.example_files import from_example, sheet_of
from tests.defects.survey_cases import Outcome, annual, read, training, write

CAPACITY, RESILIENCE, GAIN = "OCM-03", "IMP-01", "OCM-01"
ANNUAL = ("staging/member_annual", "accepted/member_annual", "fct_member_survey", "fct_member_quarter")
TESTS = ("staging/answer_keys", "accepted/answer_keys", "staging/training_prepost", "accepted/training_prepost")
TABLES = ("quality_results", "quarantine", "repairs", "warnings", "source_files")
SCORES = ("fct_training_test", "indicator_values", "indicator_scores")
TURNED = {
    "Strongly disagree": "Strongly agree",
    "Disagree": "Agree",
    "Agree": "Disagree",
    "Strongly agree": "Strongly disagree",
}
KEYS = "registers/answer_keys.csv"


def _item_turned_before(sheet: RawSheet) -> None:
    for row in sheet.rows:
        answer = read(row, "cap/cap_07")
        write(row, "cap/cap_07", TURNED.get(answer, answer))


def _assert_blocked(found: Outcome, indicators: dict[str, bool], period: str) -> None:
    """Whether the whole programme's status of each indicator is withheld because of a rule."""
    for code, is_blocked in indicators.items():
        scores = found.seen.table("indicator_scores", indicator_code=code, scope_type="all", period=period)
        assert len(scores), f"{code} has no score for {period}"
        withheld = (scores["status"] == "not_assessable") & (scores["status_reason"] == "blocked")
        assert set(withheld) == {is_blocked}, scores[["status", "status_reason"]].to_string()


def _capacity_cannot_be_told(found: Outcome) -> None:
    answers = [answer for answer in found.column("cap_07") if answer is not None]
    assert len(answers) > 40
    failed = found.listed("warnings", "SV17")
    assert len(failed) == len(answers)
    assert {(each["treatment"], each["field"]) for each in failed} == {("block", "cap_07")}
    assert failed[0]["reason"].startswith("Item 7, worded the other way round, goes along with the other items")
    assert found.said("SV17").endswith("capacity cannot be told")
    # Resilience is asked with other statements, so it stands.
    _assert_blocked(found, {CAPACITY: True, RESILIENCE: False}, "2024")
    found.assert_account(read=47, accepted=47)


def _most_answers_missing(sheet: RawSheet) -> None:
    del sheet.rows[15:]


def _too_few_to_tell(found: Outcome) -> None:
    assert len(set(found.column("city_code"))) == 15
    warned = found.listed("warnings", "SV38")
    assert [each["source_row"] for each in warned] == list(range(2, 17))
    assert warned[0]["treatment"] == "warn"
    assert warned[0]["reason"].startswith("At least 60 % fewer cities answered than in the wave before")
    assert len(found.listed("warnings", "SV38-FEW")) == 15
    assert found.said("SV38-FEW").startswith("Fewer than 30 cities answered")
    _assert_blocked(found, {CAPACITY: True, RESILIENCE: True}, "2025")
    found.assert_account(read=15, accepted=15)


def _without_a_version(file: RawFile) -> None:
    sheet = sheet_of(file)
    sheet.rows = [row for row in sheet.rows if row.cells["form_version"] != "v2025-1"]


def _knowledge_cannot_be_scored(found: Outcome) -> None:
    assert set(found.column("form_version")) == {"v2025-1"}
    failed = found.listed("warnings", "SV35")
    assert [(each["source_row"], each["treatment"], each["value"]) for each in failed] == [
        (2, "block", "v2025-1"),
        (3, "block", "v2025-1"),
    ]
    assert found.said("SV35").endswith("does not know the right answers of this version of the questionnaire")
    tests = found.seen.table("fct_training_test")
    own = {row["_record_key"] for row in found.values}
    scored = tests[[bool(own & {*keys}) for keys in tests["_record_keys"]]]
    assert len(scored) == 2
    assert scored["knowledge_score"].isna().all()
    assert scored["confidence_score"].notna().all()
    _assert_blocked(found, {GAIN: True}, "2025Q3-r4")
    found.assert_account(read=2, accepted=2)


EARLIER = annual("SV38-BEFORE", 0, count=40, year=2024)
FEWER = annual("SV38", 11, count=40)
KEYED = training("SV35-KEYED", 50, year=2024)
UNKEYED = training("SV35", 14)
SURVEY_WAVES: tuple[Defect, ...] = (
    annual("SV17", 41, count=47, year=2024).defect(
        _item_turned_before, _capacity_cannot_be_told, world="turned item", select=(*ANNUAL, *TABLES, *SCORES)
    ),
    Defect(
        "SV35",
        broken={
            KEYED.path: KEYED.writer(),
            UNKEYED.path: UNKEYED.writer(),
            KEYS: from_example(KEYS, _without_a_version),
        },
        clean={KEYED.path: KEYED.writer(), UNKEYED.path: UNKEYED.writer(), KEYS: from_example(KEYS)},
        check=lambda seen: _knowledge_cannot_be_scored(Outcome(seen, UNKEYED.source, UNKEYED.path)),
        world="too few answers",
        select=(*TESTS, *TABLES, *SCORES),
    ),
    Defect(
        "SV38",
        broken={EARLIER.path: EARLIER.writer(), FEWER.path: FEWER.writer(_most_answers_missing)},
        clean={EARLIER.path: EARLIER.writer(), FEWER.path: FEWER.writer()},
        check=lambda seen: _too_few_to_tell(Outcome(seen, FEWER.source, FEWER.path)),
        world="too few answers",
        select=(*ANNUAL, *TABLES, *SCORES),
    ),
)
