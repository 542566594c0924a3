"""The annual survey of members as this programme declares it: exports written by hand, and what an officer finds."""

import csv
import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staging import stage_source
from mel_pipeline.quality import judge_source
from mel_pipeline.quality.findings import set_aside_values
from tests.unit.quality.conftest import rows_of

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"
SOURCE = "member_annual"
SCALES = {"cap": 12, "nlc": 6, "yth": 4, "inf": 3, "res": 8}
REGISTERS = {
    "hubs": "hub_code,name_en,name_fr,name_ar,active_from,active_to,launched_on,language\n"
    "MENA,Middle East,Moyen-Orient,الشرق الأوسط,2022-10-01,,2022-10-01,ar\n",
    "former_country_codes": "former_code,country_code,former_name\nHVO,BFA,Upper Volta\n",
    "cities": "city_code,name_en,name_fr,name_ar,country_code,admin_type,population,population_year,income_group\n"
    "SCN-C-0001,Amman,Amman,عمان,JOR,municipality,4000000,2020,lower_middle\n"
    "SCN-C-0017,Saida,Saïda,صيدا,LBN,municipality,60000,2020,lower_middle\n"
    "SCN-C-0003,Irbid,Irbid,إربد,JOR,municipality,500000,2020,lower_middle\n",
    "city_aliases": "alias,city_code,language,valid,approved_by_role,approved_on\n"
    "Sidon,SCN-C-0017,en,yes,mel_officer,2023-05-16\n",
    "memberships": "city_code,joined_on,left_on,status,principles_accepted_on,engagement_level\n"
    + "".join(f"SCN-C-{number},2020-01-01,,active,2020-02-01,high\n" for number in ("0001", "0017", "0003")),
    "hub_countries": "hub_code,country_code,valid_from,valid_to\nMENA,JOR,2022-10-01,\nMENA,LBN,2022-10-01,\n",
}
"""Registers as they lie in the raw folder, each after those by which it is judged."""


class Survey:
    """Submissions of a wave; each is told apart by a word of its own."""

    def __init__(self, programme: Programme, data: Path) -> None:
        self.folders = DataFolder(data)
        self.programme = programme
        self._rows: list[dict[str, str]] = []

    def submit(self, ref: str, city: str = "SCN-C-0001", minutes: int = 20, sent: str = "", **cells: str) -> None:
        """A submission of 10 October 2024, at nine, with answers that are its own; `__` in a name stands for `/`."""
        drawn = random.Random(ref)
        begun = datetime(2024, 10, 10, 9)
        items = {
            f"{group}/{group}_{number:02d}": str(drawn.randint(1, 5))
            for group, count in SCALES.items()
            for number in range(1, count + 1)
        }
        usual = {
            "start": f"{begun.isoformat()}.000+00:00",
            "end": f"{(begun + timedelta(minutes=minutes)).isoformat()}.000+00:00",
            "today": "2024-10-10",
            "consent": "yes",
            "intro/language": "en",
            "intro/country": "JOR",
            "intro/city": city,
            "intro/city_other": "",
            "intro/respondent_role": "officer",
            "mem/poc_name": "",
            "mem/hub_shared_items": "3",
            **{f"mem/res_used/{code}": "0" for code in ("mayor_guide", "nlc_toolkit", "response_kit", "none")},
            "sys/plan_status": "3",
            "sys/framework_status": "3",
            **items,
            "inc/inc_reported": "17",
            "inc/significant": "5",
            "inc/first72h": "3",
            "inc/inc_source": "police",
            "open/change_story": "",
            "_uuid": ref,
            "_submission_time": sent or f"2024-10-10T09:{minutes:02d}:59",
            "_validation_status": "Approved",
            "__version__": "v2024-1",
        }
        given = {"today": cells.pop("today", usual["today"])} | {
            name.replace("__", "/", 1) if not name.startswith("_") else name: value for name, value in cells.items()
        }
        assert set(given) <= set(usual), given
        self._rows.append(usual | given)

    def judge(self) -> None:
        """Read the export and the registers, and judge them by the programme's own rules."""
        path = self.folders.raw / "surveys" / "member_annual_2024_en.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(self._rows[0]))
            writer.writeheader()
            writer.writerows(self._rows)
        judge(self.programme, SOURCE, self.folders)

    def found(self) -> set[tuple[str, str, str]]:
        """Every finding as the submission's own word, the rule and the treatment."""
        refs = {number: row["_uuid"] for number, row in enumerate(self._rows, start=2)}
        return {
            (refs[row["source_row"]], row["rule_id"], row["treatment"])
            for table in ("quarantine", "warnings", "repairs")
            for row in rows_of(self.folders.findings(SOURCE, table))
        }

    def accepted(self) -> dict[str, dict[str, Any]]:
        return {row["submission_uuid"]: row for row in rows_of(self.folders.accepted_rows(SOURCE))}


def judge(programme: Programme, name: str, folders: DataFolder) -> None:
    """Read the raw files of a source and judge them by its own rules, all of which have to run."""
    source = programme.sources[name]
    stage_source(programme.settings, source, PROGRAMME / "sources" / name, folders)
    judgement = judge_source(programme, source, programme.rules[name], folders)
    assert judgement.errored == (), judgement.errored


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(PROGRAMME)


@pytest.fixture(scope="module")
def registers(programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the registers have been judged."""
    folders = DataFolder(tmp_path_factory.mktemp("registers"))
    (folders.raw / "registers").mkdir(parents=True)
    for name, text in REGISTERS.items():
        (folders.raw / "registers" / f"{name}.csv").write_text(text, encoding="utf-8")
        judge(programme, name, folders)
    return folders.root


@pytest.fixture
def survey(programme: Programme, registers: Path, tmp_path: Path) -> Survey:
    shutil.copytree(registers, tmp_path / "data")
    return Survey(programme, tmp_path / "data")


def test_a_clean_wave_has_no_findings(survey: Survey) -> None:
    for number, city in enumerate(("SCN-C-0001", "SCN-C-0003")):
        survey.submit(f"s{number}", city)
    survey.judge()
    assert survey.found() == set()
    assert len(survey.accepted()) == 2


def test_a_double_click_is_dropped_and_a_second_thought_is_not(survey: Survey) -> None:
    same = {f"cap__cap_{number:02d}": "4" for number in range(1, 13)}
    rest = {
        f"{group}__{group}_{number:02d}": str(number % 5 + 1)
        for group, count in SCALES.items()
        if group != "cap"
        for number in range(1, count + 1)
    }
    for ref, sent in (("first", "09:30:00"), ("click", "09:31:00"), ("thought", "10:45:00")):
        survey.submit(ref, sent=f"2024-10-10T{sent}", **same, **rest)
    survey.judge()
    assert survey.found() == {
        ("click", "SV07", "repair"),
        ("thought", "SV-SIMILAR", "warn"),
        ("first", "SV06", "warn"),
    }
    assert set(survey.accepted()) == {"first", "thought"}


def test_of_two_answers_of_a_city_the_one_that_does_not_count_is_listed(survey: Survey) -> None:
    survey.submit("contact", intro__respondent_role="poc")
    survey.submit("later", sent="2024-10-12T09:00:00")
    survey.submit("old", "SCN-C-0003")
    survey.submit("new", "SCN-C-0003", sent="2024-10-12T09:00:00")
    survey.judge()
    assert survey.found() == {("later", "SV06", "warn"), ("old", "SV06", "warn")}
    assert len(survey.accepted()) == 4


def test_who_is_faster_than_a_third_of_the_usual_time_is_listed(survey: Survey) -> None:
    for ref, minutes in (("a", 30), ("b", 30), ("c", 30), ("third", 10), ("fast", 9)):
        survey.submit(ref, minutes=minutes, sent="2024-10-10T12:00:00")
    survey.judge()
    assert {finding for finding in survey.found() if finding[1] == "SV15"} == {("fast", "SV15", "warn")}


def test_the_same_answer_everywhere_is_listed_when_it_was_quick(survey: Survey) -> None:
    threes = {f"{g}__{g}_{n:02d}": "3" for g, count in SCALES.items() for n in range(1, count + 1)}
    survey.submit("usual", "SCN-C-0003", minutes=20)
    survey.submit("straight", minutes=15, **threes)
    survey.judge()
    assert ("straight", "SV14", "warn") in survey.found()
    assert len([finding for finding in survey.found() if finding[1] == "SV14"]) == 1


def test_a_device_of_1970_is_dated_by_the_day_of_sending(survey: Survey) -> None:
    survey.submit("usual", "SCN-C-0003")
    clock = {"start": "1970-01-01T00:03:00.000+00:00", "end": "1970-01-01T00:20:00.000+00:00", "today": "1970-01-01"}
    survey.submit("reset", **clock)
    survey.judge()
    assert survey.found() == {("reset", "SV16", "warn"), ("reset", "SV16-DAY", "repair")}
    assert survey.accepted()["reset"]["answered_on"].isoformat() == "2024-10-10"


def test_an_interview_that_ends_before_it_begins_is_listed(survey: Survey) -> None:
    survey.submit("back", start="2024-10-10T09:20:00.000+00:00", end="2024-10-10T09:00:00.000+00:00")
    survey.judge()
    assert survey.found() == {("back", "SV16", "warn")}


def test_a_city_written_in_is_taken_where_somebody_approved_the_name(survey: Survey) -> None:
    survey.submit("alias", "other", intro__country="LBN", intro__city_other="Sidon")
    survey.submit("new", "other", intro__city_other="Nowhere-on-Sea")
    survey.judge()
    assert survey.found() == {
        ("alias", "SV18-OTHER", "repair"),
        ("new", "SV18-OTHER", "repair"),
        ("new", "SV18", "quarantine"),
    }
    assert {ref: row["city_code"] for ref, row in survey.accepted().items()} == {"alias": "SCN-C-0017"}


def test_a_city_of_another_country_is_set_aside_as_such(survey: Survey) -> None:
    for city in ("SCN-C-0017", "Saida", "صيدا"):
        survey.submit(city, city, intro__country="JOR")
    survey.judge()
    assert {(rule, treatment) for _, rule, treatment in survey.found()} == {("SV19", "quarantine")}
    assert survey.accepted() == {}


def test_tests_are_dropped(survey: Survey) -> None:
    survey.submit("real", "SCN-C-0003")
    words = ("test", "Test 2", "تجربة", "ESSAI")
    for word in words:
        survey.submit(word, "other", intro__city_other=word)
    survey.judge()
    assert survey.found() == {(word, "SV20", "repair") for word in words}
    assert set(survey.accepted()) == {"real"}


def test_a_sentence_about_a_test_is_no_test(survey: Survey) -> None:
    survey.submit("real", open__change_story="We put our alert system to the test")
    survey.judge()
    assert survey.found() == set()


def test_submissions_that_were_not_approved_are_left_out(survey: Survey) -> None:
    """Most submissions are looked at by nobody, so that an empty status is none."""
    excluded = ("On Hold", "Not Approved", "validation_status_on_hold")
    for status in excluded:
        survey.submit(status, _validation_status=status)
    survey.submit("looked at", "SCN-C-0003", _validation_status="Approved")
    survey.submit("not looked at", _validation_status="")
    survey.judge()
    assert set(survey.accepted()) == {"looked at", "not looked at"}
    assert survey.found() == {(status, "SV39", "repair") for status in excluded}


def test_none_beside_a_choice_is_taken_out(survey: Survey) -> None:
    ticked = {"mem__res_used/mayor_guide": "1", "mem__res_used/none": "1"}
    survey.submit("both", **ticked)
    survey.judge()
    assert survey.found() == {("both", "SV11", "repair"), ("both", "SV11", "warn")}
    row = survey.accepted()["both"]
    assert (row["res_used_mayor_guide"], row["res_used_none"]) == (1, 0)


def test_contradicting_stages_are_listed(survey: Survey) -> None:
    survey.submit("odd", sys__plan_status="0", sys__framework_status="5")
    survey.submit("possible", "SCN-C-0003", sys__plan_status="1", sys__framework_status="5")
    survey.judge()
    assert survey.found() == {("odd", "SV40", "warn")}


def test_a_refusal_to_answer_is_a_reason_and_never_a_number(survey: Survey) -> None:
    """SV12: -98 and -99 would pull every mean down."""
    survey.submit("silent", res__res_01="-99", res__res_02="-98", mem__hub_shared_items="-98")
    survey.judge()
    row = survey.accepted()["silent"]
    assert [row[name] for name in ("res_01", "res_02", "hub_shared_items")] == [None, None, None]
    assert [row[f"{name}_missing_reason"] for name in ("res_01", "res_02")] == ["refused", "dont_know"]


def test_words_in_place_of_a_number_are_set_aside_alone(survey: Survey) -> None:
    survey.submit("words", mem__hub_shared_items="environ 20")
    survey.submit("local", "SCN-C-0003", mem__hub_shared_items="1 250,0")
    survey.judge()
    assert survey.found() == {("words", "SV25", "quarantine"), ("local", "SV24", "repair")}
    assert (survey.accepted()["words"]["hub_shared_items"], survey.accepted()["local"]["hub_shared_items"]) == (
        None,
        1250,
    )


def test_figures_of_incidents_stand_in_no_finding(survey: Survey) -> None:
    survey.submit("told", inc__inc_reported="4711", inc__significant="4712", inc__first72h="4713")
    survey.submit("negative", inc__inc_reported="-4714")
    survey.submit("wordy", inc__inc_reported="about 4715")
    survey.judge()
    found = rows_of(survey.folders.findings(SOURCE, "quarantine"))
    assert {(row["rule_id"], row["field"], row["value"]) for row in found} == {
        ("SV40-INCIDENTS", "inc_first72h", None),
        ("SV13-INCIDENTS", "inc_reported", None),
        ("SV25", "inc_reported", None),
    }
    assert not [row for row in rows_of(set_aside_values(survey.folders, SOURCE)) if row["field"].startswith("inc_")]
    told = survey.accepted()["told"]
    assert (told["inc_reported"], told["inc_first72h"]) == (4711, None)
    assert told["inc_first72h_missing_reason"] == "quarantined"
    for path in survey.folders.root.rglob("*.json"):
        assert "4711" not in path.read_text(encoding="utf-8"), path.name
