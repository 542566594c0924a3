"""Two programmes drafted from real forms run to the end without Python; some of their numbers are counted again.

Each is drafted and run once. The samples lie beside the project and are not part of it.
"""

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from filelock import FileLock

from mel_pipeline import database
from mel_pipeline.folders import DataFolder
from tests.end_to_end.conftest import mel

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "surveys"
HOUSEHOLDS = SAMPLES / "msna_2024_repeats"
WATER = SAMPLES / "water_assessment"
OF_OWN_PERIODS = "from indicator_values semi join dim_indicator using (indicator_code, period_type)"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"The samples of surveys are not at {SAMPLES}.")


@dataclass(frozen=True)
class Drafted:
    """A drafted programme after its first run."""

    directory: Path
    exit_codes: list[int]
    output: str

    def table(self, sql: str) -> pd.DataFrame:
        marts = database.current(DataFolder(self.directory / "data").database)
        assert marts is not None
        with database.connect() as connection:
            database.attach_read_only(connection, marts, "mel")
            connection.execute("use mel")
            return connection.execute(sql).df()

    def values(self, code: str) -> dict[str, float]:
        """Value of an indicator by category."""
        found = self.table(f"select category, value {OF_OWN_PERIODS} where indicator_code = '{code}'")
        return dict(zip(found["category"], found["value"], strict=True))


def drafted(base: Path, name: str, form: Path, *data: Path) -> Drafted:
    """Draft, check and run a programme; once, also where several processes share the tests."""
    told = base / f"{name}.json"
    with FileLock(told.with_suffix(".lock")):
        if not told.exists():
            directory = base / name
            options = [option for file in data for option in ("--data", str(file))]
            done = [mel("new", directory, "--from-xlsform", form, *options), mel("check", "--programme", directory)]
            done.append(mel("run", "--programme", directory, "--data", directory / "data"))
            output = "".join(each.stdout + each.stderr for each in done)
            told.write_text(json.dumps([[each.returncode for each in done], output]), encoding="utf-8")
    exit_codes, output = json.loads(told.read_text(encoding="utf-8"))
    return Drafted(base / name, exit_codes, output)


def base_of(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="module")
def households(tmp_path_factory: pytest.TempPathFactory) -> Drafted:
    (form,) = HOUSEHOLDS.glob("REACH_*.xlsx")
    data = [HOUSEHOLDS / "dummy_raw_data__main.csv", HOUSEHOLDS / "dummy_raw_data__roster.csv"]
    return drafted(base_of(tmp_path_factory), "households", form, *data)


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Drafted:
    base = base_of(tmp_path_factory)
    form = base / "water_form.xlsx"
    with FileLock(base / "water_form.lock"):
        if not form.exists():
            write_form(form)
    return drafted(base, "water", form, WATER / "cleaningtools_raw_data.csv")


def write_form(path: Path) -> None:
    """The form of the water assessment comes as two CSV files; here they are the sheets of one workbook."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        for name in ("survey", "choices"):
            sheet = workbook.add_worksheet(name)
            with (WATER / f"cleaningtools_{name}.csv").open(encoding="utf-8-sig", newline="") as file:
                for number, row in enumerate(csv.reader(file)):
                    sheet.write_row(number, 0, row)


def shares(answers: pd.Series) -> dict[str, float]:
    """Percentage of each answer among all answers."""
    return dict(100 * answers.dropna().value_counts(normalize=True))


def told(values: dict[str, float]) -> dict[str, float]:
    return {category: value for category, value in values.items() if category != "total"}


def test_households_and_their_members_are_drafted_checked_and_run(households: Drafted) -> None:
    assert households.exit_codes == [0, 0, 0], households.output
    files = households.table("select source, n_rows, n_accepted from source_files order by n_rows")
    assert files[["n_rows", "n_accepted"]].to_numpy().tolist() == [[241, 241], [965, 965]]


def test_numbers_of_households_are_those_of_the_file(households: Drafted) -> None:
    file = pd.read_csv(HOUSEHOLDS / "dummy_raw_data__main.csv", low_memory=False)
    assert told(households.values("resp_hoh_yn")) == pytest.approx(shares(file["resp_hoh_yn"]))
    assert told(households.values("hoh_gender")) == pytest.approx(shares(file["hoh_gender"]))
    assert households.values("hh_size")["total"] == pytest.approx(file["hh_size"].mean())
    options = {name: name.split("/")[1] for name in file.columns if name.startswith("cm_income_source/")}
    chosen = file[list(options)].rename(columns=options)
    answered = chosen[chosen.sum(axis=1) > 0]
    expected = {code: 100 * answered[code].mean() for code in chosen if answered[code].any()}
    assert told(households.values("cm_income_source")) == pytest.approx(expected)


def test_an_answer_that_the_form_would_not_take_is_set_aside_and_counts_nowhere(households: Drafted) -> None:
    roster = pd.read_csv(HOUSEHOLDS / "dummy_raw_data__roster.csv")
    possible = roster["ind_age"][roster["ind_age"].between(0, 119)]
    assert len(possible) < roster["ind_age"].count()
    assert households.values("ind_age")["total"] == pytest.approx(possible.mean())
    aside = households.table("select count(*) as n from quarantine where field = 'ind_age' and level = 'answer'")
    assert aside["n"].item() == roster["ind_age"].count() - len(possible)


def test_coverage_counts_only_those_whom_the_form_asks(households: Drafted) -> None:
    file = pd.read_csv(HOUSEHOLDS / "dummy_raw_data__main.csv", low_memory=False)
    asked = file[file["resp_hoh_yn"] == "no"]
    found = households.table(f"select coverage, n_units {OF_OWN_PERIODS} where indicator_code = 'hoh_age'")
    assert found["n_units"].tolist() == [len(asked)]
    assert found["coverage"].item() == pytest.approx(asked["hoh_age"].between(10, 120).mean())


def test_the_water_assessment_is_drafted_checked_and_run_in_english_and_arabic(water: Drafted) -> None:
    assert water.exit_codes == [0, 0, 0], water.output
    files = water.table("select n_rows, n_accepted from source_files")
    assert files.to_numpy().tolist() == [[632, 632]]
    titles = water.table("select title_en, title_ar from dim_indicator where indicator_code = 'hh_hosting'")
    assert titles["title_en"].item() != titles["title_ar"].item()


def test_numbers_of_the_water_assessment_are_those_of_the_file(water: Drafted) -> None:
    file = pd.read_csv(WATER / "cleaningtools_raw_data.csv", low_memory=False)
    assert told(water.values("hh_hosting")) == pytest.approx(shares(file["hh_hosting"]))
    members = file["num_hh_member"][(file["num_hh_member"] > 0) & (file["num_hh_member"] < 50)]
    assert water.values("num_hh_member")["total"] == pytest.approx(members.mean())
    options = {name: name.split(".")[1] for name in file.columns if name.startswith("water_sources.")}
    answered = file[list(options)].rename(columns=options).dropna().astype(bool)
    answered = answered[answered.any(axis=1)]
    expected = {code: 100 * answered[code].mean() for code in answered if answered[code].any()}
    assert told(water.values("water_sources")) == pytest.approx(expected)


def test_nothing_that_may_tell_who_somebody_is_reaches_the_marts(water: Drafted) -> None:
    columns = set(water.table("select column_name from information_schema.columns")["column_name"])
    assert "hh_hosting" in columns
    assert not columns & {"telephone_number", "gpslocation", "deviceid", "water_sources_other"}
    for name in ("telephone_number", "gpslocation", "deviceid"):
        assert name in water.output
