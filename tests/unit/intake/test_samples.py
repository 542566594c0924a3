"""Files of other people's tools, read in place: counts and equalities that their origin publishes."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from mel_pipeline.intake.formats.zoom import read_zoom
from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.staged import load_manifest, load_notes, staged_parquet
from mel_pipeline.intake.xlsform import read_form


def stage_sample(bench: Any, source: Any, sample: Path, name: str) -> tuple[list[dict[str, Any]], Any]:
    """Stage one sample under a name of ours; returns its rows and notes."""
    target = bench.folders.raw / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(sample, target)
    bench.stage(source)
    [file] = [file for file in load_manifest(bench.folders, source.source) if file.source_file == name]
    rows = pq.read_table(staged_parquet(bench.folders, source.source, file)).to_pylist()
    return rows, load_notes(bench.folders, source.source, file)


def answers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "_source_file"} for row in rows]


def test_codes_and_arabic_labels_in_the_header_give_the_same_answers(bench: Any, declare: Any, samples: Path) -> None:
    bench.form(
        [
            ["type", "name", "label::English (en)", "label::Arabic (ar)"],
            ["text", "full_name", "What is your name?", "ما اسمك ؟"],
            ["select_one yesno", "pet_yesno", "Do you own a pet?", "هل تمتلك حيوانا أليفا ؟"],
        ],
        [["list_name", "name", "label::English (en)"], ["yesno", "1", "Yes"], ["yesno", "0", "No"]],
    )
    source = declare(
        source="pets",
        kind="survey",
        files=["*.csv"],
        format="kobo",
        fields=[
            {"name": "uuid", "type": "code", "question": "_uuid", "required": True},
            {"name": "full_name", "type": "text", "question": "full_name"},
            {"name": "has_pet", "type": "flag", "question": "pet_yesno"},
            {"name": "submitted_at", "type": "datetime", "question": "_submission_time"},
        ],
        key=["uuid"],
    )
    folder = samples / "surveys" / "kobo_api"
    coded, _ = stage_sample(bench, source, folder / "data_ml_default.csv", "default.csv")
    labelled, _ = stage_sample(bench, source, folder / "data_ml_vlabel.csv", "labels.csv")
    assert len(coded) == 5
    assert answers(coded) == answers(labelled)
    assert [row["has_pet"] for row in coded] == [False, True, False, True, True]


def test_multiple_choices_as_codes_and_as_labels_are_the_same(bench: Any, declare: Any, samples: Path) -> None:
    pets = {"1": [], "2": [], "3": ["dog"], "4": ["cat"], "5": ["turtle"]}
    source = declare(
        source="pets",
        kind="survey",
        files=["*.csv"],
        format="kobo",
        fields=[
            {"name": "uuid", "type": "code", "question": "_uuid", "required": True},
            {"name": "pet_type", "type": "choices", "question": "pet_type", "values": pets},
        ],
        key=["uuid"],
    )
    folder = samples / "surveys" / "kobo_api"
    coded, _ = stage_sample(bench, source, folder / "data_sm.csv", "codes.csv")
    labelled, _ = stage_sample(bench, source, folder / "data_sm_label.csv", "labels.csv")
    assert len(coded) == 5
    assert answers(coded) == answers(labelled)
    chosen = [[row[f"pet_type_{code}"] for code in pets] for row in coded]
    assert chosen[0] == [0, 0, 1, 1, 1]
    assert chosen[1] == [None] * 5


def test_a_large_household_export_is_read_whole(bench: Any, declare: Any, samples: Path) -> None:
    source = declare(
        source="water",
        kind="survey",
        files=["*.csv"],
        format="kobo",
        fields=[
            {"name": "uuid", "type": "code", "question": "X_uuid", "required": True},
            {"name": "started_at", "type": "datetime", "question": "start", "required": True},
            {"name": "members", "type": "integer", "question": "num_hh_member"},
        ],
        key=["uuid"],
    )
    sample = samples / "surveys" / "water_assessment" / "cleaningtools_raw_data.csv"
    rows, notes = stage_sample(bench, source, sample, "water.csv")
    assert notes.problem is None
    assert len(rows) == len({row["uuid"] for row in rows}) == 632
    assert all(row["started_at"] is not None for row in rows)
    assert [repair.rule_id for repair in notes.repairs] == ["SV29"]


ATTENDANCE_FIELDS = [
    {"name": "name_raw", "type": "text", "headers": ["name"], "from_reader": True},
    {"name": "email_raw", "type": "text", "headers": ["email"], "from_reader": True},
    {"name": "organisation", "type": "text", "headers": ["org_class", "org class"], "from_reader": True},
    {"name": "session_no", "type": "integer", "from_reader": True},
    {"name": "id_number", "type": "code", "headers": ["id_number"]},
    {"name": "sex", "type": "category", "headers": ["gender"], "values": {"female": ["f"], "male": ["m"]}},
    {"name": "join_at", "type": "datetime", "from_reader": True},
    {"name": "minutes", "type": "integer", "from_reader": True},
]


def attendance(declare: Any) -> Any:
    return declare(
        source="attendance", kind="attendance", files=["*.*"], fields=ATTENDANCE_FIELDS, key=["name_raw", "join_at"]
    )


def test_zoom_sessions_of_heroes(bench: Any, declare: Any, samples: Path) -> None:
    sample = samples / "attendance" / "zoom" / "participants_heroes.csv"
    rows, notes = stage_sample(bench, attendance(declare), sample, "heroes.csv")
    assert (notes.format, len(rows)) == ("zoom", 31)
    assert len({row["name_raw"] for row in rows}) == 27
    assert sum(row["minutes"] for row in rows) == 2452
    assert notes.unreadable == ()


def test_zoom_with_a_meeting_block_flags_the_missing_people(bench: Any, declare: Any, samples: Path) -> None:
    sample = samples / "attendance" / "zoom" / "meeting001_participants.csv"
    rows, notes = stage_sample(bench, attendance(declare), sample, "meeting.csv")
    assert (len(rows), sum(row["minutes"] for row in rows)) == (10, 629)
    assert sum(row["email_raw"] is None for row in rows) == 4
    assert [remark.params["expected"] for remark in notes.remarks] == [170]
    repairs = read_zoom(read_grids(sample), attendance(declare)).repairs
    assert [(repair.rule_id, repair.source_row) for repair in repairs] == [("AT04", 1)]


def test_a_sign_in_sheet_that_starts_somewhere(bench: Any, declare: Any, samples: Path) -> None:
    sample = samples / "attendance" / "signin" / "start_in_random_row.xlsx"
    rows, notes = stage_sample(bench, attendance(declare), sample, "random.xlsx")
    assert (notes.format, len(rows)) == ("signin", 7)
    assert [row["_source_row"] for row in rows] == list(range(12, 19))
    assert {(row["organisation"], row["sex"]) for row in rows} == {(None, None)}
    assert rows[0]["id_number"] == "900000001"


def test_a_sign_in_sheet_with_several_identity_columns(bench: Any, declare: Any, samples: Path) -> None:
    sample = samples / "attendance" / "signin" / "non_regular_column_names.xlsx"
    rows, _ = stage_sample(bench, attendance(declare), sample, "columns.xlsx")
    assert len(rows) == 7
    assert [row["sex"] for row in rows].count("female") == 1


def test_a_teams_report_with_three_sections(bench: Any, declare: Any, samples: Path) -> None:
    sample = samples / "attendance" / "teams" / "IDL-14-11-22.csv"
    rows, notes = stage_sample(bench, attendance(declare), sample, "teams.csv")
    assert (notes.format, len(rows), notes.unreadable, notes.remarks) == ("teams", 7, (), ())
    assert [row["_source_row"] for row in rows] == list(range(21, 28))
    assert rows[0]["join_at"] == datetime(2022, 11, 14, 9, 30, 46)
    assert [row["minutes"] for row in rows] == [19, 19, 19, 19, 18, 17, 14]
    assert rows[2]["name_raw"] == "Pérez Modélo, Inés"
    assert rows[0]["name_raw"] == "EXEMPEL ANNE"
    assert [(repair.rule_id, repair.source_row) for repair in notes.repairs] == [("AT01", 1), ("AT02", 1)]


def test_forms_of_others_are_read(samples: Path) -> None:
    folder = samples / "surveys"
    msna = read_form(folder / "msna_2024_repeats" / "REACH_2024_MSNA-kobo-tool_draft_v11.xlsx")
    assert all(question.choices for question in msna.questions.values() if question.kind == "select_multiple")
    assert read_form(folder / "xlsforms" / "case_insensitivity.xlsx").questions
    children = read_form(folder / "ona" / "childrens_survey_sw_missing_en_label.xlsx")
    assert any(len(question.labels) == 1 for question in children.questions.values())
    with pytest.raises(Refused) as refused:
        read_form(folder / "water_assessment" / "write_cleaning_log.xlsx")
    assert refused.value.code == "faulty_form"


def test_no_attendance_is_left_out(samples: Path) -> None:
    folder = samples / "attendance"
    read = {
        *("zoom/meeting001_participants.csv", "zoom/participants_heroes.csv", "teams/IDL-14-11-22.csv"),
        *("signin/start_in_random_row.xlsx", "signin/non_regular_column_names.xlsx"),
    }
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == read
