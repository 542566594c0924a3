"""Questionnaires around events as people send them: what is repaired, what waits for somebody, what is dropped.

The programme's own sources, rules and marts are used on two small exports; every case is about an event of its own.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations.programme import load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staged import load_manifest, restricted_parquet
from mel_pipeline.intake.staging import stage_source
from mel_pipeline.marts.build import build_mart
from mel_pipeline.quality import Judgement, judge_source
from tests.unit.quality.questionnaire_cases import (
    FIRST,
    LAST,
    OPINIONS,
    READABLE,
    TRAININGS,
    UNREADABLE,
    Findings,
    Row,
    best,
    coded,
    opinion,
)

PROGRAMME = load_programme(Path(__file__).resolve().parents[3] / "programme")
TRAINING, FEEDBACK = "training_prepost", "event_feedback"


def ended(row: Row, number: int, findings: Findings) -> Row:
    """Nobody ends at the same second as somebody else, unless the case is about second clicks."""
    is_about_clicks = any(rule == "SV07" for rule, _, _ in findings)
    return {} if is_about_clicks else {"end": f"{row['today']}T08:10:{number:02d}.000+00:00"}


class Office:
    """A data folder with registers, into which one export of each questionnaire is dropped."""

    def __init__(self, folders: DataFolder) -> None:
        self.folders = folders
        self.judged: dict[str, Judgement] = {}
        self.codes = {case: f"EV-2025-{number:03d}" for number, case in enumerate([*TRAININGS, *OPINIONS], start=101)}
        registers = folders.raw / "registers"
        registers.mkdir(parents=True)
        header = "event_code,activity_line,modality,start_on,end_on,mode,hub_code,organiser,status"
        self.events = [*self.codes.values(), "EV-2025-941", "EV-2025-007"]
        events = [f"{code},training,M2,{FIRST},{LAST},online,MENA,network,delivered" for code in self.events]
        (registers / "events.csv").write_text("\n".join([header, *events]) + "\n", encoding="utf-8")
        keys = [f"v2025-1,k_{number:02d},a" for number in range(1, 7)]
        text = "\n".join(["form_version,question,correct_option", *keys]) + "\n"
        (registers / "answer_keys.csv").write_text(text, encoding="utf-8")
        examples = "submission_uuid,verdict,coded_on\nits example is coded/1,valid,2025-12-01\n"
        (registers / "application_examples.csv").write_text(examples, encoding="utf-8")
        for source in ("events", "answer_keys", "application_examples"):
            self._judge(source)

    def drop_in(self, source: str, rows: Sequence[Row]) -> None:
        path = self.folders.raw / "surveys" / f"{source}_2025.csv"
        path.parent.mkdir(exist_ok=True)
        names = list(dict.fromkeys(name for row in rows for name in row))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, names, restval="")
            writer.writeheader()
            writer.writerows(rows)
        self._judge(source)

    def rows_of(self, cases: dict[str, tuple[Sequence[Row], Findings]]) -> list[Row]:
        return [
            coded(row, self.codes[case]) | {"_uuid": f"{case}/{number}"} | ended(row, number, findings)
            for case, (rows, findings) in cases.items()
            for number, row in enumerate(rows, start=1)
        ]

    def _judge(self, name: str) -> None:
        source = PROGRAMME.sources[name]
        stage_source(PROGRAMME.settings, source, PROGRAMME.directory / "sources" / name, self.folders)
        self.judged[name] = judge_source(PROGRAMME, source, PROGRAMME.rules[name], self.folders)

    def accepted(self, source: str, case: str) -> dict[int, dict[str, Any]]:
        """Accepted rows of a case by the number of the submission."""
        rows = pq.read_table(self.folders.accepted_rows(source)).to_pylist()
        own = [row for row in rows if row["submission_uuid"].startswith(f"{case}/")]
        return {int(row["submission_uuid"].rpartition("/")[2]): row for row in own}

    def found(self, source: str, case: str) -> Findings:
        path = self.folders.raw / "surveys" / f"{source}_2025.csv"
        with path.open(encoding="utf-8") as stream:
            sent_as = {number: row["_uuid"] for number, row in enumerate(csv.DictReader(stream), start=2)}
        findings = [
            (row["rule_id"], sent_as[row["source_row"]].rpartition("/"), row["treatment"])
            for table in ("quarantine", "warnings", "repairs")
            for row in pq.read_table(self.folders.findings(source, table)).to_pylist()
        ]
        return {(rule, int(number), treatment) for rule, (own, _, number), treatment in findings if own == case}

    def build_scores(self) -> None:
        self.folders.build.mkdir(parents=True, exist_ok=True)
        more = {"status": "delivered", "hub_code": "MENA", "theme": ["T1"], "mode": "online"}
        days = pq.read_table(self.folders.accepted_rows("events"), columns=["event_code", "start_on", "end_on"])
        table = pa.Table.from_pylist([row | more for row in days.to_pylist()])
        pq.write_table(table, self.folders.table("fct_event"))
        for mart in ("fct_training_test", "fct_training_followup"):
            build_mart(PROGRAMME.marts[mart], PROGRAMME.mart_sql[mart], self.folders)

    def scores(self, case: str, mart: str = "fct_training_test") -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(self.folders.table(mart)).to_pylist()
        return [row for row in rows if row["event_code"] == self.codes[case]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(DataFolder(tmp_path_factory.mktemp("questionnaires") / "data"))
    office.drop_in(TRAINING, office.rows_of(TRAININGS))
    spelled = [
        coded(opinion(), written) | {"_uuid": f"{kind}/{number}"} | ended(opinion(), number, set())
        for kind, all_written in (("readable", READABLE), ("unreadable", UNREADABLE))
        for number, written in enumerate(all_written, start=1)
    ]
    late = coded(opinion(on="2025-11-20"), "EV-25-941") | {"_uuid": "late/1"}
    text = best("Write to amina@example.org or call +962 79 123 4567") | {"_uuid": "text/1"}
    office.drop_in(FEEDBACK, [*office.rows_of(OPINIONS), *spelled, late, coded(text, "EV-2025-007")])
    office.build_scores()
    return office


@pytest.mark.parametrize("case", TRAININGS)
def test_what_is_found_in_questionnaires_of_trainings(office: Office, case: str) -> None:
    assert office.found(TRAINING, case) == TRAININGS[case][1]


@pytest.mark.parametrize("case", OPINIONS)
def test_what_is_found_in_questionnaires_after_events(office: Office, case: str) -> None:
    assert office.found(FEEDBACK, case) == OPINIONS[case][1]


PAIRED = {
    "a pair", "small letters", "dashes", "blanks", "Arabic-Indic digits", "a last one called the first",
    "a first one called the last", "called wrongly and written otherwise", "on the days themselves",
    "a second click", "a trial", "off the scale", "refused", "a label", "its example is not coded", "nothing applied",
    "asked again too early", "one code of two people later",
}  # fmt: skip


@pytest.mark.parametrize("case", [case for case in TRAININGS if case != "like codes of two pairs"])
def test_who_ends_up_with_a_pair(office: Office, case: str) -> None:
    assert any(row["is_paired"] for row in office.scores(case)) == (case in PAIRED)


def test_two_people_with_like_codes_have_two_pairs(office: Office) -> None:
    scores = office.scores("like codes of two pairs")
    assert [(row["participant_no"], row["is_paired"]) for row in scores].count((2, True)) == 2
    assert len(scores) == 4


def test_a_first_questionnaire_filled_in_afterwards_is_kept_but_tells_no_start(office: Office) -> None:
    case = "a first one afterwards beside a last one"
    assert len(office.accepted(TRAINING, case)) == 2
    assert [row["wave"] for row in office.scores(case)] == ["post"]


@pytest.mark.parametrize(
    ("case", "is_asked", "applied", "has_applied"),
    [
        ("its example is coded", False, "yes", True),
        ("its example is not coded", True, "partly", False),
        ("nothing applied", True, "no", False),
        ("asked again too early", True, None, None),
        ("a pair", True, None, None),
    ],
)
def test_only_a_coded_example_shows_that_something_was_applied(
    office: Office, case: str, is_asked: bool, applied: str | None, has_applied: bool | None
) -> None:
    (row,) = office.scores(case, "fct_training_followup")
    assert (row["is_asked"], row["applied"], row["has_applied"]) == (is_asked, applied, has_applied)
    assert row["has_answered"] == (applied is not None)
    assert row["asked_on"].isoformat() == "2025-11-21"


def test_what_was_dropped_or_set_aside_is_not_among_accepted_rows(office: Office) -> None:
    gone = {"SV05", "SV07", "SV20", "SV39", "SV31-NEAR", "SV32", "SV36", "SV-EARLY"}
    for source, cases in ((TRAINING, TRAININGS), (FEEDBACK, OPINIONS)):
        for case, (rows, findings) in cases.items():
            lost = {number for rule, number, _ in findings if rule in gone}
            assert set(office.accepted(source, case)) == set(range(1, len(rows) + 1)) - lost, case


def test_old_and_mistyped_codes_of_events_are_repaired(office: Office) -> None:
    assert office.found(FEEDBACK, "readable") == {
        ("SV36-SPELLING", number, "repair") for number in range(1, len(READABLE) + 1)
    }
    codes = [row["event_code"] for row in office.accepted(FEEDBACK, "readable").values()]
    assert codes == ["EV-2025-941"] * 5 + ["EV-2025-007"]


def test_codes_that_name_no_event_for_certain_wait(office: Office) -> None:
    assert office.found(FEEDBACK, "unreadable") == {
        ("SV36", number, "quarantine") for number in range(1, len(UNREADABLE) + 1)
    }
    assert office.accepted(FEEDBACK, "unreadable") == {}


def test_a_code_is_not_repaired_into_an_event_of_another_time(office: Office) -> None:
    assert office.found(FEEDBACK, "late") == {("SV36", 1, "quarantine")}


def test_answers_off_the_scale_and_codes_for_no_answer_are_no_numbers(office: Office) -> None:
    rows = list(office.accepted(FEEDBACK, "off the scale").values())
    assert [row["useful"] for row in rows] == [None] * 5 + [5, None]
    reasons = [row["useful_missing_reason"] for row in rows]
    assert reasons == ["quarantined"] * 3 + ["refused", "dont_know", None, None]


def test_labels_mean_what_the_form_says(office: Office) -> None:
    assert [row["useful"] for row in office.accepted(FEEDBACK, "labels").values()] == [5, 4, 4]


def test_a_version_without_answer_key_blocks_the_knowledge_score(office: Office) -> None:
    blocked = {(rule.rule_id, rule.blocks, rule.n_failed) for rule in office.judged[TRAINING].blocked}
    assert blocked == {("SV35", "indicator", 1)}


def test_every_rule_of_both_questionnaires_ran(office: Office) -> None:
    for source in (TRAINING, FEEDBACK):
        assert office.judged[source].errored == office.judged[source].skipped == ()


def test_free_text_is_kept_apart_and_without_addresses(office: Office) -> None:
    assert not {"best_part", "improve"} & set(office.accepted(FEEDBACK, "text")[1])
    (file,) = load_manifest(office.folders, FEEDBACK)
    kept = pq.read_table(restricted_parquet(office.folders, FEEDBACK, file)).to_pylist()[-1]
    assert kept["best_part"].startswith("Write to ")
    assert "amina" not in kept["best_part"]
    assert "4567" not in kept["best_part"]
    assert "applied_how" not in office.accepted(TRAINING, "its example is coded")[1]
    (file,) = load_manifest(office.folders, TRAINING)
    examples = [
        row["applied_how"] for row in pq.read_table(restricted_parquet(office.folders, TRAINING, file)).to_pylist()
    ]
    assert len([text for text in examples if text]) == 3
    assert not [text for text in examples if text and "amina" in text]


def test_who_refuses_leaves_the_refusal_only(office: Office) -> None:
    row = office.accepted(FEEDBACK, "refusals")[1]
    assert (row["consent"], row["useful"], row["role"]) == ("no", None, None)
