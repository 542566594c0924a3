"""Surveys of other people, read in place to the counts that their origin gives; what is no table is refused."""

import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.xlsform import read_form
from tests.unit.intake.samples_read import extent, read_sample

TABLES = {
    "water_assessment/cleaningtools_raw_data.csv": (632, 348),
    "water_assessment/cleaningtools_cleaning_log.csv": (726, 11),
    "water_assessment/cleaningtools_survey.csv": (235, 14),
    "water_assessment/cleaningtools_choices.csv": (969, 5),
    "water_assessment/cleaning_log_filled.csv": (810, 10),
    "water_assessment/cleaningtools_sample_frame.csv": (42, 6),
    "water_assessment/check_list.csv": (2, 4),
    "msna_template/analysistools_MSNA_template_data.csv": (100, 449),
    "msna_template/analysistools_MSNA_template_survey.csv": (312, 13),
    "msna_template/analysistools_MSNA_template_choices.csv": (290, 3),
    "msna_template/analysistools_MSNA_template_loa.csv": (13, 4),
    "msna_template/analysistools_MSNA_template_no_ratio_results_table__results_table.csv": (143, 13),
    "msna_template/test_df.csv": (100, 449),
    "msna_2024_results/presentresults_MSNA2024_results_table.csv": (5145, 16),
    "msna_2024_results/presentresults_MSNA2024_kobotool_fixed__kobo_survey.csv": (119, 24),
    "msna_2024_results/presentresults_MSNA2024_kobotool_fixed__kobo_choices.csv": (514, 8),
    "msna_2024_repeats/dummy_raw_data__main.csv": (241, 367),
    "msna_2024_repeats/dummy_raw_data__roster.csv": (965, 33),
    "msna_2024_repeats/loa.csv": (103, 11),
    "idp_settlements_cp1252/test_data.csv": (190, 929),
    "idp_settlements_cp1252/test_questionnaire_questions.csv": (541, 23),
    "idp_settlements_cp1252/test_questionnaire_choices.csv": (2892, 10),
    "idp_settlements_cp1252/test_samplingframe.csv": (98, 3),
    "idp_settlements_cp1252/test_analysisplan.csv": (29, 10),
    "ona/transportation.csv": (4, 23),
    "ona/transportation_all.csv": (4, 31),
    "ona/transportation_filtered_date.csv": (2, 31),
    "ona/transportation_meta_perms.csv": (2, 31),
    "ona/transportation_labels_only.csv": (1, 31),
    "ona/transportation_no_group_names.csv": (1, 31),
    "ona/transportation_without_na.csv": (1, 31),
    "ona/transportation_export.xlsx": (4, 36),
    "ona/childrens_survey.csv": (2, 22),
    "ona/children.csv": (3, 22),
    "ona/children_cartoons.csv": (4, 14),
    "ona/children_cartoons_characters.csv": (2, 14),
    "ona/export.csv": (1, 14),
    "ona/csv_import_multiple_split_group_repeat.csv": (1, 13),
    "ona/csv_import_multiple_wo_split_group_repeat.csv": (1, 7),
    "ona/tutorial.csv": (1, 14),
    "ona/universal_newline.csv": (106, 6),
    "kobo_api/data_ml_default.csv": (5, 16),
    "kobo_api/data_ml_vlabel.csv": (5, 16),
    "kobo_api/data_sm.csv": (5, 22),
    "kobo_api/data_sm_label.csv": (5, 22),
    "kobo_api/data_spatial.csv": (1, 24),
    "xlsforms/loop.csv": (10, 4),
    "xlsforms/widgets.csv": (39, 11),
}
SHEETS = {
    ("water_assessment/write_cleaning_log.xlsx", "checked_data"): (632, 348),
    ("water_assessment/write_cleaning_log.xlsx", "cleaning_log"): (7, 7),
    ("water_assessment/write_cleaning_log.xlsx", "readme"): (4, 2),
    ("water_assessment/write_cleaning_log.xlsx", "validation_rules"): (4, 1),
    ("msna_2024_repeats/dummy_raw_data_main_roster.xlsx", "main"): (241, 367),
    ("msna_2024_repeats/dummy_raw_data_main_roster.xlsx", "roster"): (965, 33),
}
QUALTRICS = {
    "No_Basis_for_Evaluation (Legacy).csv": (15, 49),
    "Single_Answer_MC_Questions.csv": (5, 20),
    "Multiple_Answer_MC_Questions.csv": (5, 36),
    "Sample_Survey.csv": (5, 190),
    "SidebySide_Questions (Legacy).csv": (25, 71),
    "sample_legacy.csv": (1, 16),
}
FORMS = {
    ("msna_2024_repeats/REACH_2024_MSNA-kobo-tool_draft_v11.xlsx", "survey"): (321, 23),
    ("msna_2024_repeats/REACH_2024_MSNA-kobo-tool_draft_v11.xlsx", "choices"): (509, 8),
    ("ona/transportation.xlsx", "survey"): (8, 4),
    ("ona/transportation.xlsx", "choices"): (14, 3),
    ("ona/childrens_survey.xlsx", "survey"): (23, 3),
    ("ona/childrens_survey.xlsx", "choices"): (10, 3),
    ("ona/childrens_survey_sw.xlsx", "survey"): (23, 4),
    ("ona/childrens_survey_sw.xlsx", "choices"): (10, 4),
    ("ona/childrens_survey_sw_missing_en_label.xlsx", "survey"): (23, 4),
    ("ona/childrens_survey_sw_missing_en_label.xlsx", "choices"): (10, 4),
    ("ona/double_repeat.xlsx", "survey"): (5, 3),
    ("ona/multi_lingual_form.xlsx", "survey"): (7, 5),
    ("ona/multi_lingual_form.xlsx", "choices"): (16, 5),
    ("ona/tutorial.xlsx", "survey"): (6, 3),
    ("ona/tutorial.xlsx", "choices"): (7, 3),
    ("xlsforms/case_insensitivity.xls", "SURVEY"): (3, 4),
    ("xlsforms/case_insensitivity.xlsx", "SURVEY"): (3, 4),
    ("xlsforms/choice_filter_test.xlsx", "survey"): (3, 4),
    ("xlsforms/flat_xlsform_test.xlsx", "survey"): (58, 26),
    ("xlsforms/loop.xlsx", "survey"): (4, 3),
    ("xlsforms/or_other.xlsx", "survey"): (2, 4),
    ("xlsforms/repeat_date_test.xls", "survey"): (7, 7),
    ("xlsforms/specify_other.xlsx", "survey"): (1, 3),
    ("xlsforms/xlsform_spec_test.xlsx", "survey"): (56, 26),
    ("xlsforms/xlsform_spec_test.xlsx", "choices"): (4, 5),
}
REFUSED = (
    "qualtrics/Multiple_Answer_MC_Questions.qsf",
    "qualtrics/No_Basis_for_Evaluation.qsf",
    "qualtrics/Sample_Survey.qsf",
    "qualtrics/Single_Answer_MC_Questions.qsf",
)
"""Definitions of Qualtrics surveys: formats outside of what is read."""


@pytest.fixture
def surveys(samples: Path) -> Path:
    return samples / "surveys"


def test_no_survey_is_left_out(surveys: Path) -> None:
    found = {path.relative_to(surveys).as_posix() for path in surveys.rglob("*") if path.is_file()}
    books = {name for name, _ in (*SHEETS, *FORMS)}
    assert found == {*TABLES, *books, *(f"qualtrics/{name}" for name in QUALTRICS), *REFUSED}


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_read_whole(surveys: Path, name: str) -> None:
    assert read_sample(surveys / name).size == TABLES[name]


@pytest.mark.parametrize(("name", "sheet"), SHEETS)
def test_sheets_are_read_whole(surveys: Path, name: str, sheet: str) -> None:
    assert read_sample(surveys / name, sheet, file_format="kobo").size == SHEETS[name, sheet]


@pytest.mark.parametrize("name", QUALTRICS)
def test_answers_stand_below_the_second_header_of_qualtrics(surveys: Path, name: str) -> None:
    """Fields are declared by the questions, which stand below the codes."""
    read = read_sample(surveys / "qualtrics" / name, header_row=2, file_format="table")
    assert read.size == QUALTRICS[name]
    assert all(str(cell).startswith("R_") for cell in read.column("ResponseID"))


@pytest.mark.parametrize(("name", "sheet"), FORMS)
def test_forms_are_read_whole(surveys: Path, name: str, sheet: str) -> None:
    grid = next(grid for grid in read_grids(surveys / name).sheets if grid.sheet == sheet)
    assert extent(grid) == FORMS[name, sheet]
    assert read_form(surveys / name).questions


@pytest.mark.parametrize("name", REFUSED)
def test_definitions_are_refused(surveys: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_grids(surveys / name)
    assert (refused.value.code, refused.value.params) == ("not_a_table", {"found": "json_document"})


def test_households_and_their_cleaning_log(surveys: Path) -> None:
    folder = surveys / "water_assessment"
    uuids = set(read_sample(folder / "cleaningtools_raw_data.csv").column("X_uuid"))
    assert len(uuids) == 632
    log = read_sample(folder / "cleaningtools_cleaning_log.csv")
    changes = Counter(log.column("change_type"))
    assert changes == {"no_action": 620, "remove_survey": 55, "change_response": 48, "blank_response": 3}
    pairs = zip(log.column("X_uuid"), log.column("change_type"), strict=True)
    removed = {uuid for uuid, change in pairs if change == "remove_survey"}
    assert (len(removed), removed <= uuids, len(uuids - removed)) == (54, True, 578)
    filled = Counter(read_sample(folder / "cleaning_log_filled.csv").column("change_type"))
    assert filled == {"no_action": 674, "remove_survey": 102, "change_response": 34}
    codes = set(read_sample(folder / "cleaningtools_choices.csv").column("name"))
    assert {"0.5", "0.75", "1.5"} <= codes


def test_published_results(surveys: Path) -> None:
    name = "analysistools_MSNA_template_no_ratio_results_table__results_table.csv"
    kinds = Counter(read_sample(surveys / "msna_template" / name).column("analysis_type"))
    assert kinds == {"prop_select_one": 67, "prop_select_multiple": 60, "mean": 8, "median": 8}
    table = read_sample(surveys / "msna_2024_results" / "presentresults_MSNA2024_results_table.csv")
    kinds = Counter(table.column("analysis_type"))
    assert kinds == {"prop_select_one": 2865, "prop_select_multiple": 1788, "median": 480, "mean": 12}
    assert sum(str(cell).startswith("-") for cell in table.column("stat_low")) == 560


def test_a_repeat_as_a_file_and_as_a_sheet(surveys: Path) -> None:
    folder = surveys / "msna_2024_repeats"
    main = read_sample(folder / "dummy_raw_data__main.csv")
    weights = [float(cell) for cell in main.column("weight")]
    assert math.isclose(sum(weights), 234.252216735998, rel_tol=1e-12)
    assert len({round(weight, 6) for weight in weights}) == 3
    roster = read_sample(folder / "dummy_raw_data__roster.csv")
    parents = set(zip(main.column("uuid"), main.column("index"), strict=True))
    assert set(zip(roster.column("uuid"), roster.column("_parent_index"), strict=True)) == parents
    for read, sheet, names in ((main, "main", ("uuid", "index")), (roster, "roster", ("uuid", "_index"))):
        book = read_sample(folder / "dummy_raw_data_main_roster.xlsx", sheet, file_format="kobo")
        for name in names:
            assert list(map(str, book.column(name))) == read.column(name)


def test_three_levels_of_repeats(surveys: Path) -> None:
    files = ("childrens_survey.csv", "children.csv", "children_cartoons.csv", "children_cartoons_characters.csv")
    levels = [read_sample(surveys / "ona" / name) for name in files]
    parents = [[str(cell) for cell in level.column("_parent_index")] for level in levels[1:]]
    assert parents == [["1", "1", "1"], ["1", "1", "3", "3"], ["4", "4"]]
    assert levels[1].column("children/ice.creams/vanilla") == ["True", "", ""]


BROWSERS: dict[str, list[str]] = {"firefox": [], "chrome": [], "ie": [], "safari": []}


def test_flattened_repeats_hold_the_same_answers_split_or_not(bench: Any, declare: Any, surveys: Path) -> None:
    before = "grp1/grp2/browser_use[{}]/grp3/grp4/grp5"
    fields: list[dict[str, Any]] = [{"name": "name", "type": "text", "question": "name"}]
    for at in (1, 2):
        fields.append({"name": f"year_{at}", "type": "integer", "question": f"{before.format(at)}/year"})
        question = f"{before.format(at)}/browsers"
        fields.append({"name": f"used_{at}", "type": "choices", "question": question, "values": BROWSERS})
    source = declare(source="s", kind="survey", files=["*.csv"], format="kobo", fields=fields, key=["name"])
    for name in ("split", "wo_split"):
        path = surveys / "ona" / f"csv_import_multiple_{name}_group_repeat.csv"
        bench.write(f"{name}.csv", path.read_bytes())
    bench.stage(source)
    split, whole = [{k: v for k, v in row.items() if not k.startswith("_")} for row in bench.rows(source)]
    assert split == whole
    assert sum(split[f"used_{at}_{code}"] for at in (1, 2) for code in BROWSERS) > 0


def test_an_old_workbook_says_the_same_as_a_new_one(surveys: Path) -> None:
    old, new = (read_form(surveys / "xlsforms" / f"case_insensitivity.{end}") for end in ("xls", "xlsx"))
    assert old == new
