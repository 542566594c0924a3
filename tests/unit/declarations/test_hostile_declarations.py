"""Declared files that try to do more than declare: each is a fault in plain words, and nothing of it is carried out."""

from pathlib import Path

import pytest

from mel_pipeline.declarations import load_programme
from tests.unit.declarations.conftest import ProgrammeCopy

RULES = "sources/event_attendance/rules.yml"
MART = "marts/fct_attendance.sql"
OUTPUT = "indicators/output.yml"

QUERIES = [
    "select _record_key from read_text('/etc/passwd')",
    "select _record_key from '/etc/passwd'",
    "select _record_key from {batch} where (select count(*) from read_blob('/etc/*')) > 0",
    "select _record_key from {batch}; drop table _judged",
    "copy {batch} to '/tmp/stolen.csv'",
    "attach '/tmp/other.duckdb'",
    "install httpfs",
    "set enable_external_access = true",
    "delete from {batch} returning _record_key",
    "select _record_key from {batch} union all select path from duckdb_databases()",
]
CONDITIONS = [
    "minutes > 0; drop table _judged",
    "minutes > (select count(*) from read_text('/etc/passwd'))",
    "minutes > 0) or (1 = 1",
    "exists (select 1 from glob('/**'))",
]


def _rule(**lines: str) -> str:
    told = "".join(f"  {name}: {text}\n" for name, text in lines.items())
    words = '  reason: {en: "Hostile", fr: "Hostile", ar: "عدائي"}\n'
    return f"- id: X99\n{told}  treatment: warn\n  dqa_dimension: validity\n{words}"


@pytest.mark.parametrize("query", QUERIES)
def test_a_rule_reads_nothing_but_declared_rows(copy: ProgrammeCopy, query: str) -> None:
    copy.write(RULES, copy.text(RULES) + _rule(expect="unexpected_rows", sql=f'"{query}"'))
    faults = copy.faults()
    assert faults
    assert all(fault.file == RULES and "X99" in fault.message for fault in faults)


@pytest.mark.parametrize("query", QUERIES)
def test_a_mart_reads_nothing_but_declared_tables(copy: ProgrammeCopy, query: str) -> None:
    copy.write(MART, query.replace("{batch}", "accepted.event_attendance"))
    assert [fault.file for fault in copy.faults()].count(MART) >= 1


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_of_a_rule_is_a_condition(copy: ProgrammeCopy, condition: str) -> None:
    rule = _rule(expect="expect_column_values_to_not_be_null", column="minutes", when=f'"{condition}"')
    copy.write(RULES, copy.text(RULES) + rule)
    (fault,) = copy.faults()
    assert "X99" in fault.message


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_measure_counts_rows_of_its_mart_only(copy: ProgrammeCopy, condition: str) -> None:
    copy.replace(OUTPUT, "    where: ", f'    where: "{condition}"\n    # ')
    assert any(fault.file == OUTPUT for fault in copy.faults())


def test_templates_in_words_stay_words(copy: ProgrammeCopy) -> None:
    title = "{{ 7*7 }} {% for x in y %} ${HOME} %s {0.__class__}"
    copy.replace("programme.yml", "\n  en: ", f"\n  en: '{title}'\n  was: ")
    copy.replace("programme.yml", "\n  was: ", "\n# ")
    assert not copy.faults()
    assert load_programme(copy.directory).settings.title.get("en") == title


def test_tags_that_build_objects_are_refused(copy: ProgrammeCopy, tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    copy.write("donors.yml", f"donors: !!python/object/apply:os.system ['touch {touched}']\n")
    assert any(fault.file == "donors.yml" and "tag" in fault.message for fault in load_programme(copy.directory).faults)
    assert not touched.exists()
