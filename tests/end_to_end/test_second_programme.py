"""A second programme, of another organisation and declared without Python, gives the numbers that were published of it.

The data and its published results lie beside the project and are not part of it. They are a survey in several sectors
with a list of analyses: shares of one or several answers, means and medians, for the whole and by area.
"""

import csv
import json
import math
import os
import shutil

import pandas as pd
import pytest
from filelock import FileLock

from mel_pipeline import database
from mel_pipeline.folders import DataFolder
from tests.end_to_end.conftest import ROOT, mel

SAMPLES = ROOT.parent / "shared" / "samples" / "surveys" / "msna_template"
PROGRAMME = ROOT / "tests" / "programmes" / "household_needs"
INDICATORS = {
    ("prop_select_one", "admin1"): "AREA",
    ("prop_select_one", "wash_drinkingwatersource"): "WATER",
    ("prop_select_multiple", "edu_learning_conditions_reasons_v1"): "LEARNING",
    ("mean", "income_v1_salaried_work"): "INCOME-MEAN",
    ("median", "income_v1_salaried_work"): "INCOME-MEDIAN",
    ("mean", "expenditure_debt"): "DEBT-MEAN",
    ("median", "expenditure_debt"): "DEBT-MEDIAN",
}
"""Which indicator tells which analysis."""

EXPLAINED: dict[str, str] = {}
"""Published rows that are told otherwise here, each with the sentence of the published method that explains it."""

samples_only = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"The samples of surveys are not at {SAMPLES}.")


def published() -> list[dict[str, str]]:
    (results,) = SAMPLES.glob("*results_table.csv")
    with results.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The values of the programme after one run on the published data, by indicator, area and answer."""
    own = tmp_path_factory.getbasetemp()
    world = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "household_needs"
    with FileLock(world.with_suffix(".lock")):
        if not world.exists():
            raw = world / "data" / "raw" / "household_needs"
            raw.mkdir(parents=True)
            (data,) = SAMPLES.glob("*_data.csv")
            shutil.copyfile(data, raw / "household_needs_2023.csv")
            done = mel("run", "--programme", PROGRAMME, "--data", world / "data")
            (world / "told.json").write_text(json.dumps([done.returncode, done.stdout + done.stderr]), encoding="utf-8")
    exit_code, output = json.loads((world / "told.json").read_text(encoding="utf-8"))
    assert exit_code == 0, output
    marts = database.current(DataFolder(world / "data").database)
    assert marts is not None
    with database.connect() as connection:
        database.attach_read_only(connection, marts, "mel")
        sql = "select * from mel.indicator_values where period_type = 'year' and period = '2023'"
        return connection.execute(sql).df().set_index(["indicator_code", "scope_code", "category"]).sort_index()


def test_the_declarations_have_no_fault() -> None:
    checked = mel("check", "--programme", PROGRAMME)
    assert checked.returncode == 0
    assert checked.stdout.startswith("0 errors, 0 warnings"), checked.stdout


def code_of(row: dict[str, str]) -> str:
    return INDICATORS[row["analysis_type"], row["analysis_var"]]


def told(values: pd.DataFrame, row: dict[str, str]) -> tuple[float, float, float]:
    """Estimate and interval of a published row in its unit: shares run from 0 to 1 there, from 0 to 100 here."""
    found = values.loc[code_of(row), row["group_var_value"] or "all", row["analysis_var_value"] or "total"]
    factor = 0.01 if row["analysis_type"].startswith("prop") else 1
    assert found["n"] == float(row["n_total"])
    return tuple(factor * float(found[name]) for name in ("value", "ci_low", "ci_high"))  # type: ignore[return-value]


@samples_only
def test_published_rows_are_told_to_the_sixth_digit(values: pd.DataFrame) -> None:
    rows = published()
    assert len(rows) == 143
    different = {}
    for row in rows:
        expected = tuple(float(row[name]) if row[name] else math.nan for name in ("stat", "stat_low", "stat_upp"))
        found = told(values, row)
        if found != pytest.approx(expected, abs=1e-6, nan_ok=True):
            different[row["analysis_key"]] = (found, expected)
    assert set(different) == set(EXPLAINED), different
    assert len(different) <= 0.01 * len(rows)


@samples_only
def test_every_analysis_of_the_published_list_has_an_indicator(values: pd.DataFrame) -> None:
    (listed,) = SAMPLES.glob("*_loa.csv")
    with listed.open(encoding="utf-8-sig", newline="") as file:
        analyses = [(row["analysis_type"], row["analysis_var"], row["group_var"]) for row in csv.DictReader(file)]
    for kind, question, group in analyses:
        areas = {"admin1a", "admin1b", "admin1c"} if group else {"all"}
        assert areas <= set(values.loc[INDICATORS[kind, question]].index.get_level_values("scope_code"))


@samples_only
def test_no_answer_is_told_that_nobody_gave(values: pd.DataFrame) -> None:
    """Published tables list the answers that were given; the others are not zero rows here, either."""
    given = [row for row in published() if row["analysis_var_value"]]
    answers = {
        (
            INDICATORS[row["analysis_type"], row["analysis_var"]],
            row["group_var_value"] or "all",
            row["analysis_var_value"],
        )
        for row in given
    }
    shares = values[values.index.get_level_values("category") != "total"]
    assert set(shares.index) == answers
