"""Questionnaires around events as people send them: what is repaired, what waits for somebody, what is dropped.

The programme's own sources, rules and marts are used on small exports; every submission is one case.
"""

import csv
from collections.abc import Iterable
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

PROGRAMME = load_programme(Path(__file__).resolve().parents[3] / "programme")
EVENTS = ("EV-2025-007", "EV-2025-041")
"""Both are trainings, on 20 and 21 May 2025."""
FIRST, LAST = "2025-05-20", "2025-05-21"
Row = dict[str, str]


def sent(number: int, on: str, **answers: str) -> Row:
    usual = {
        "start": f"{on}T08:00:00.000+00:00",
        "end": f"{on}T08:10:00.000+00:00",
        "today": on,
        "consent": "yes",
        "_uuid": f"u{number}",
        "_submission_time": f"{on}T08:11:00",
        "_validation_status": "Approved",
        "__version__": "v2025-1",
    }
    return usual | {name.replace("__", "/", 1) if "__" in name[1:-1] else name: said for name, said in answers.items()}


def tested(number: int, wave: str, key: str, on: str | None = None, **answers: str) -> Row:
    """A questionnaire with all knowledge wrong, and each item of confidence in the middle, unless told otherwise."""
    usual = {"about__event_code": EVENTS[0], "about__wave": wave, "about__participant_key": key}
    items = {f"test__k_{n:02d}": "dont_know" for n in range(1, 7)} | {f"conf__c_{n:02d}": "3" for n in range(1, 6)}
    return sent(number, on or (FIRST if wave == "pre" else LAST), **(usual | items | answers))


def told(number: int, on: str = LAST, **answers: str) -> Row:
    usual = {"about__event_code": EVENTS[0], "event__useful": "4", "open__best_part": "", "open__improve": ""}
    return sent(number, on, **(usual | answers))


class Office:
    """A data folder with registers, into which exports are dropped."""

    def __init__(self, folders: DataFolder) -> None:
        self.folders = folders
        registers = folders.raw / "registers"
        registers.mkdir(parents=True)
        header = "event_code,activity_line,start_on,end_on,mode,hub_code,organiser,status"
        events = [f"{code},training,{FIRST},{LAST},online,MENA,network,delivered" for code in EVENTS]
        (registers / "events.csv").write_text("\n".join([header, *events]) + "\n", encoding="utf-8")
        keys = [f"v2025-1,k_{number:02d},a" for number in range(1, 7)]
        text = "\n".join(["form_version,question,correct_option", *keys]) + "\n"
        (registers / "answer_keys.csv").write_text(text, encoding="utf-8")
        for source in ("events", "answer_keys"):
            self._judge(source)

    def judge(self, source: str, rows: Iterable[Row]) -> Judgement:
        path = self.folders.raw / "surveys" / f"{source}_2025.csv"
        path.parent.mkdir(exist_ok=True)
        listed = list(rows)
        names = list(dict.fromkeys(name for row in listed for name in row))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, names, restval="")
            writer.writeheader()
            writer.writerows(listed)
        return self._judge(source)

    def _judge(self, name: str) -> Judgement:
        source = PROGRAMME.sources[name]
        stage_source(PROGRAMME.settings, source, PROGRAMME.directory / "sources" / name, self.folders)
        return judge_source(PROGRAMME, source, PROGRAMME.rules[name], self.folders)

    def accepted(self, source: str) -> dict[str, dict[str, Any]]:
        rows = pq.read_table(self.folders.accepted_rows(source)).to_pylist()
        return {row["submission_uuid"]: row for row in rows}

    def found(self, source: str) -> set[tuple[str, int, str]]:
        """Rule, number of the submission, and treatment of everything found."""
        findings = [
            row
            for table in ("quarantine", "warnings", "repairs")
            for row in pq.read_table(self.folders.findings(source, table)).to_pylist()
        ]
        return {(row["rule_id"], row["source_row"] - 1, row["treatment"]) for row in findings}

    def scores(self) -> list[dict[str, Any]]:
        self.folders.build.mkdir(parents=True, exist_ok=True)
        events = [
            {"event_code": code, "status": "delivered", "hub_code": "MENA", "theme": ["T1"], "mode": "online"}
            for code in EVENTS
        ]
        days = pq.read_table(self.folders.accepted_rows("events"), columns=["event_code", "start_on", "end_on"])
        table = pa.Table.from_pylist(events).join(days, keys="event_code")
        pq.write_table(table, self.folders.table("fct_event"))
        build_mart(PROGRAMME.marts["fct_training_test"], PROGRAMME.mart_sql["fct_training_test"], self.folders)
        rows: list[dict[str, Any]] = pq.read_table(self.folders.table("fct_training_test")).to_pylist()
        return rows


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(DataFolder(tmp_path / "data"))


@pytest.mark.parametrize("written", ["fa1203", "FA-12-03", "Fa 12 03", "FA١٢٠٣"])
def test_a_code_written_otherwise_is_the_same_person(office: Office, written: str) -> None:
    office.judge("training_prepost", [tested(1, "pre", "FA1203"), tested(2, "post", written)])
    assert office.found("training_prepost") == {("SV31", 2, "repair")}
    assert {row["participant_key"] for row in office.accepted("training_prepost").values()} == {"FA1203"}
    assert [row["is_paired"] for row in office.scores()] == [True, True]


def test_a_code_with_a_slip_is_not_guessed(office: Office) -> None:
    rows = [tested(1, "pre", "FA1203"), tested(2, "post", "FA1208"), tested(3, "pre", "GB1203")]
    judgement = office.judge("training_prepost", rows)
    near = {("SV31-NEAR", number, "quarantine") for number in (1, 2)}
    assert office.found("training_prepost") == near | {("SV33", number, "warn") for number in (1, 2, 3)}
    assert (judgement.n_accepted, judgement.n_quarantined) == (1, 2)


def test_a_slip_means_nothing_where_both_codes_have_their_pair(office: Office) -> None:
    rows = [tested(n, wave, key) for n, (wave, key) in enumerate(
        [("pre", "FA1203"), ("post", "FA1203"), ("pre", "FA1208"), ("post", "FA1208")], start=1
    )]  # fmt: skip
    office.judge("training_prepost", rows)
    assert office.found("training_prepost") == set()


def test_one_code_of_two_people_gives_no_pair(office: Office) -> None:
    rows = [tested(1, "pre", "FA1203"), tested(2, "pre", "FA1203"), tested(3, "post", "FA1203")]
    office.judge("training_prepost", rows)
    shared = {("SV32", 1, "quarantine"), ("SV32", 2, "quarantine")}
    assert office.found("training_prepost") == shared | {("SV33", 3, "warn")}
    assert [row["is_paired"] for row in office.scores()] == [False]


def test_the_same_code_at_two_trainings_is_no_matter(office: Office) -> None:
    rows = [
        tested(n, wave, "FA1203", about__event_code=code)
        for n, (code, wave) in enumerate(((c, w) for c in EVENTS for w in ("pre", "post")), start=1)
    ]
    office.judge("training_prepost", rows)
    assert office.found("training_prepost") == set()
    assert {row["is_paired"] for row in office.scores()} == {True}


def test_a_last_questionnaire_called_the_first_one_is_put_right(office: Office) -> None:
    rows = [tested(1, "pre", "FA1203"), tested(2, "pre", "FA1203", on="2025-05-22")]
    office.judge("training_prepost", rows)
    assert office.found("training_prepost") == {("SV34", 2, "repair"), ("SV34-DATES", 2, "warn")}
    assert {row["wave"] for row in office.scores() if row["is_paired"]} == {"pre", "post"}


def test_a_first_questionnaire_called_the_last_one_is_put_right(office: Office) -> None:
    rows = [tested(1, "post", "FA1203", on="2025-05-18"), tested(2, "post", "FA1203")]
    office.judge("training_prepost", rows)
    assert office.found("training_prepost") == {("SV34", 1, "repair"), ("SV34-DATES", 1, "warn")}
    assert office.accepted("training_prepost")["u1"]["wave"] == "pre"


def test_a_first_questionnaire_after_the_training_beside_a_last_one_tells_no_gain(office: Office) -> None:
    office.judge("training_prepost", [tested(1, "pre", "FA1203", on="2025-05-22"), tested(2, "post", "FA1203")])
    assert office.found("training_prepost") == {("SV34-DATES", 1, "warn")}
    assert [(row["wave"], row["is_paired"]) for row in office.scores()] == [("post", False)]


def test_on_the_days_of_the_training_the_wave_is_believed(office: Office) -> None:
    office.judge("training_prepost", [tested(1, "pre", "FA1203", on=LAST), tested(2, "post", "FA1203", on=FIRST)])
    assert office.found("training_prepost") == set()


@pytest.mark.parametrize("source", ["training_prepost", "event_feedback"])
@pytest.mark.parametrize("written", ["EV-25-41", "ev_2025_041", "EV 2025 / 41", "EV-2O25-O41", "EV-٢٠٢٥-٠٤١"])
def test_an_old_or_mistyped_code_of_an_event_is_repaired(office: Office, source: str, written: str) -> None:
    row = told(1) if source == "event_feedback" else tested(1, "pre", "FA1203")
    office.judge(source, [row | {"about/event_code": written}])
    assert ("SV36-SPELLING", 1, "repair") in office.found(source)
    assert office.accepted(source)["u1"]["event_code"] == "EV-2025-041"


@pytest.mark.parametrize("written", ["EV-041", "EV-2025-999", "EV-2052-041", "Formation", "EV-24-41"])
def test_a_code_that_names_no_event_for_certain_waits(office: Office, written: str) -> None:
    office.judge("event_feedback", [told(1, about__event_code=written), told(2)])
    assert office.found("event_feedback") == {("SV36", 1, "quarantine")}
    assert set(office.accepted("event_feedback")) == {"u2"}


def test_a_code_is_not_repaired_into_an_event_of_another_time(office: Office) -> None:
    office.judge("event_feedback", [told(1, on="2025-11-20", about__event_code="EV-25-41")])
    assert office.found("event_feedback") == {("SV36", 1, "quarantine")}


def test_a_second_click_counts_once_and_a_second_person_twice(office: Office) -> None:
    later = {"_submission_time": f"{LAST}T08:11:04"}
    rows = [
        told(1),
        told(2) | later,
        told(3) | later | {"event/useful": "5"},
        told(4) | later | {"start": f"{LAST}T08:00:09.000+00:00"},
        told(5) | {"_submission_time": f"{LAST}T09:11:00"},
    ]
    office.judge("event_feedback", rows)
    assert office.found("event_feedback") == {("SV07", 2, "repair")}
    assert set(office.accepted("event_feedback")) == {"u1", "u3", "u4", "u5"}


def test_the_same_submission_sent_again_replaces_the_first(office: Office) -> None:
    again = told(1, event__useful="5") | {"_submission_time": f"{LAST}T09:00:00"}
    office.judge("event_feedback", [told(1), again])
    assert office.found("event_feedback") == {("SV05", 1, "repair")}
    assert office.accepted("event_feedback")["u1"]["useful"] == 5


@pytest.mark.parametrize("word", ["test", "Test, please ignore", "Essai", "تجربة"])
def test_trials_are_dropped_by_what_they_say(office: Office, word: str) -> None:
    office.judge("event_feedback", [told(1, open__best_part=word), told(2, open__best_part="Testing our plan")])
    assert office.found("event_feedback") == {("SV20", 1, "repair")}
    office.judge("training_prepost", [tested(1, "pre", word)])
    assert office.found("training_prepost") == {("SV20", 1, "repair")}


def test_trials_are_dropped_by_their_day(office: Office) -> None:
    office.judge("event_feedback", [told(1, on="2023-12-11")])
    assert office.found("event_feedback") == {("SV20", 1, "repair")}


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        ("Approved", True), ("", True), ("validation_status_approved", True),
        ("Not Approved", False), ("On Hold", False), ("validation_status_not_approved", False), ("En attente", False),
    ],
)  # fmt: skip
def test_what_the_team_did_not_approve_does_not_count(office: Office, state: str, counts: bool) -> None:
    office.judge("event_feedback", [told(1) | {"_validation_status": state}])
    assert set(office.accepted("event_feedback")) == ({"u1"} if counts else set())
    assert office.found("event_feedback") == (set() if counts else {("SV39", 1, "repair")})


def test_a_dropped_questionnaire_is_nobodys_counterpart(office: Office) -> None:
    held = tested(2, "post", "FA1203") | {"_validation_status": "On Hold"}
    office.judge("training_prepost", [tested(1, "pre", "FA1203"), held])
    assert office.found("training_prepost") == {("SV39", 2, "repair"), ("SV33", 1, "warn")}


def test_answers_off_the_scale_and_codes_for_no_answer_are_no_numbers(office: Office) -> None:
    rows = [told(n, event__useful=said) for n, said in enumerate(("7", "0", "55", "-99", "-98", "5"), start=1)]
    office.judge("event_feedback", rows)
    off_scale = {("SV13", number, "quarantine") for number in (1, 2, 3)}
    assert office.found("event_feedback") == off_scale | {("SV12", 4, "repair")}
    answers = office.accepted("event_feedback")
    assert [answers[f"u{number}"]["useful"] for number in range(1, 7)] == [None] * 5 + [5]
    assert answers["u4"]["useful_missing_reason"] == "refused"
    assert answers["u5"]["useful_missing_reason"] == "dont_know"


def test_labels_beside_codes_are_read_and_written_down(office: Office) -> None:
    rows = [told(1), told(2, event__useful="Tout à fait"), told(3, event__useful="غالبا"), told(4)]
    office.judge("event_feedback", rows)
    assert office.found("event_feedback") == {("SV01", 2, "repair"), ("SV01", 3, "repair")}
    assert [row["useful"] for row in office.accepted("event_feedback").values()] == [4, 5, 4, 4]


def test_a_version_without_answer_key_stops_the_knowledge_score(office: Office) -> None:
    known = office.judge("training_prepost", [tested(1, "pre", "FA1203")])
    assert known.blocked == ()
    unknown = office.judge("training_prepost", [tested(1, "pre", "FA1203") | {"__version__": "v2026-1"}])
    assert [(rule.rule_id, rule.blocks) for rule in unknown.blocked] == [("SV35", "indicator")]
    assert ("SV35", 1, "block") in office.found("training_prepost")


def test_free_text_is_kept_apart_and_without_addresses(office: Office) -> None:
    text = "Write to amina@example.org or call +962 79 123 4567"
    office.judge("event_feedback", [told(1, open__best_part=text, open__improve="More time")])
    assert not {"best_part", "improve"} & set(office.accepted("event_feedback")["u1"])
    (file,) = load_manifest(office.folders, "event_feedback")
    kept = pq.read_table(restricted_parquet(office.folders, "event_feedback", file)).to_pylist()[0]
    assert kept["improve"] == "More time"
    assert kept["best_part"].startswith("Write to ")
    assert "amina" not in kept["best_part"]
    assert "4567" not in kept["best_part"]


def test_who_refuses_leaves_the_refusal_only(office: Office) -> None:
    office.judge("event_feedback", [told(1, consent="no", event__useful="5", about__role="mayor")])
    (row,) = office.accepted("event_feedback").values()
    assert (row["consent"], row["useful"], row["role"]) == ("no", None, None)


def test_feedback_before_the_event_waits_and_much_later_is_flagged(office: Office) -> None:
    office.judge("event_feedback", [told(1, on="2025-05-01"), told(2, on="2025-09-01"), told(3)])
    assert office.found("event_feedback") == {("SV-EARLY", 1, "quarantine"), ("SV-LATE", 2, "warn")}
