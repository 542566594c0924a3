"""What `mel new` writes runs as it is, and the command says plainly when it cannot write anything."""

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from mel_pipeline.intake.xlsform import read_form
from tests.end_to_end.conftest import PROGRAMME, mel
from tests.unit.starting.visits import CHILDREN, CHOICES, MAIN, SURVEY, TOYS

OF_THE_EXAMPLE = re.compile(r"strong.?cities|\bcit(y|ies)\b|\bville|مدينة|\bMENA\b|STRIVE", re.IGNORECASE)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("started") / "new"
    done = mel("new", directory)
    assert done.returncode == 0, done.stderr
    assert f"mel run --programme {directory}" in done.stdout
    return directory


def test_the_small_programme_is_checked_and_runs_to_pages_in_its_languages(started: Path) -> None:
    checked = mel("check", "--programme", started)
    assert (checked.returncode, checked.stdout) == (0, f"0 errors, 0 warnings in {started}\n")
    done = mel("run", "--programme", started, "--data", started / "data")
    assert done.returncode == 0, done.stderr
    assert "48 read = 48 accepted" in done.stdout
    pages = sorted(path.name for path in (started / "data" / "preview").rglob("page.*.html"))
    assert pages == ["page.ar.html", "page.en.html", "page.fr.html"]
    english = next((started / "data" / "preview").rglob("page.en.html")).read_text(encoding="utf-8")
    assert "synthetic" in english.casefold()


def test_the_small_programme_explains_itself_and_knows_nothing_of_the_example(started: Path) -> None:
    declared = [path for path in started.rglob("*") if path.suffix in (".yml", ".sql", ".csv", ".md")]
    declared = [path for path in declared if "build" not in path.parts and "restricted" not in path.parts]
    for path in declared:
        text = path.read_text(encoding="utf-8")
        assert not OF_THE_EXAMPLE.search(text), path
        if path.suffix == ".yml":
            assert text.startswith("# "), f"{path} does not say what it is for"
    assert read_form(started / "sources" / "circle_survey" / "form.xlsx").languages


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme drafted from a small form with repeats, one workbook for all tables, and run once."""
    base = tmp_path_factory.mktemp("visits")
    write_workbook(base / "form.xlsx", {"survey": SURVEY, "choices": CHOICES})
    write_workbook(base / "export.xlsx", {"visits": MAIN, "child": CHILDREN, "toy": TOYS})
    drafted = mel("new", base / "new", "--from-xlsform", base / "form.xlsx", "--data", base / "export.xlsx")
    assert drafted.returncode == 0, drafted.stderr
    done = mel("run", "--programme", base / "new", "--data", base / "new" / "data")
    assert done.returncode == 0, done.stderr
    assert "8 read = 8 accepted" in done.stdout
    return base / "new"


def write_workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def asked(programme: Path, sql: str) -> str:
    done = mel("query", sql, "--data", programme / "data", "--format", "csv")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_drafted_programme_tells_choices_means_and_whom_the_form_asked(visits: Path) -> None:
    own = "from indicator_values semi join dim_indicator using (indicator_code, period_type)"
    values = f"select category, value, n {own} where indicator_code = '{{}}' order by 1"
    assert asked(visits, values.format("works")) == "category,value,n\nno,50.0,2\ntotal,100.0,2\nyes,50.0,2"
    assert asked(visits, values.format("water")) == "category,value,n\ntap,100.0,2\ntotal,100.0,2\nwell,50.0,2"
    assert asked(visits, values.format("age")) == "category,value,n\ntotal,35.0,2"
    assert asked(visits, values.format("school")) == "category,value,n\ntotal,100.0,1\nyes,100.0,1"
    assert asked(visits, "select interview_day, price from fct_form_toy order by 2").endswith("2025-02-01,9")
    coverage = f"select indicator_code, n_units, coverage {own} where dimension = 'total' "
    found = asked(visits, coverage + "and indicator_code in ('hours', 'age') order by 1")
    assert found == "indicator_code,n_units,coverage\nage,3,0.6666666666666666\nhours,1,1.0"


def test_templates_of_the_example_are_written_in_each_language(tmp_path: Path) -> None:
    done = mel("new", tmp_path / "out", "--templates", "--programme", PROGRAMME, "--registers", tmp_path / "none")
    assert done.returncode == 0, done.stderr
    for language in ("en", "fr", "ar"):
        path = tmp_path / "out" / language / "hub_reports.xlsx"
        assert str(path) in done.stdout
        assert openpyxl.load_workbook(path)["_meta"]["B1"].value == "template"
    assert (tmp_path / "out" / "forms" / "member_annual.xlsx").is_file()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    done = mel("new", tmp_path)
    assert (done.returncode, [path.name for path in tmp_path.iterdir()]) == (2, ["mine.txt"])
    assert "is not empty" in done.stderr


def test_what_is_no_form_or_lacks_its_data_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    no_form = tmp_path / "form.xlsx"
    no_form.write_text("type,name\n", encoding="utf-8")
    data = tmp_path / "data.csv"
    data.write_text("today,age\n2025-01-01,3\n", encoding="utf-8")
    alone = mel("new", tmp_path / "out", "--from-xlsform", no_form)
    assert (alone.returncode, "--data FILE" in alone.stderr) == (2, True)
    refused = mel("new", tmp_path / "out", "--from-xlsform", no_form, "--data", data, "--language", "fr")
    assert (refused.returncode, "form.xlsx" in refused.stderr) == (2, True)
    assert not (tmp_path / "out").exists()
