"""The reporting calendar: who owes what and when, from declared due dates and accepted rows."""

from datetime import date
from pathlib import Path

import pytest

from mel_pipeline import database
from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.publish.due_dates import Owed, reporting_calendar
from mel_pipeline.publish.due_lines import due_lines

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"
AS_OF = date(2024, 7, 20)
HUBS = """
    select * from (values
        ('MENA', date '2020-01-01', null::date),
        ('WB', date '2020-01-01', null::date),
        ('WAF', date '2025-01-01', null::date),
        ('OLD', date '2020-01-01', date '2024-03-31')
    ) as hubs(hub_code, active_from, active_to)
"""
FILES = """
    select * from (values
        ('hub_reports', 'mena_q1.xlsx', date '2024-04-10'),
        ('hub_reports', 'wb_q1.xlsx', date '2024-04-20'),
        ('hub_reports', 'mena_q2.xlsx', null::date)
    ) as files(source, source_file, received_on)
"""
REPORTS = """
    select * from (values
        ('MENA', '2024Q1', 'mena_q1.xlsx'), ('MENA', '2024Q1', 'mena_q1.xlsx'), ('WB', '2024Q1', 'wb_q1.xlsx'),
        ('MENA', '2024Q2', 'mena_q2.xlsx')
    ) as rows(hub_code, period, _source_file)
"""


@pytest.fixture(scope="module")
def programme() -> Programme:
    declared = load_programme(PROGRAMME)
    source = declared.sources["hub_reports"]
    assert source.due is not None
    return declared


@pytest.fixture
def folders(tmp_path: Path) -> DataFolder:
    data = DataFolder(tmp_path)
    with database.connect() as connection:
        for name, sql in (("dim_hub", HUBS), ("source_files", FILES)):
            database.write_parquet(connection, sql, data.table(name))
        database.write_parquet(connection, REPORTS, data.accepted_rows("hub_reports"))
    database.assemble({name: data.table(name) for name in ("dim_hub", "source_files")}, {}, data.database)
    return data


def of_hub(owed: list[Owed], hub: str) -> dict[str, Owed]:
    return {each.period: each for each in owed if each.source == "hub_reports" and each.scope_code == hub}


def test_each_active_hub_owes_each_ended_quarter_and_the_next(programme: Programme, folders: DataFolder) -> None:
    owed = reporting_calendar(programme, folders, AS_OF)
    assert list(of_hub(owed, "MENA")) == ["2024Q1", "2024Q2", "2024Q3"]
    assert list(of_hub(owed, "OLD")) == ["2024Q1"]
    assert of_hub(owed, "WAF") == {}
    assert of_hub(owed, "MENA")["2024Q2"].due_on == date(2024, 7, 15)


def test_states_follow_from_due_dates_and_days_of_arrival(programme: Programme, folders: DataFolder) -> None:
    owed = reporting_calendar(programme, folders, AS_OF)
    states = {(hub, period): each.state(AS_OF) for hub in ("MENA", "WB") for period, each in of_hub(owed, hub).items()}
    assert states == {
        ("MENA", "2024Q1"): None,
        ("MENA", "2024Q2"): None,
        ("MENA", "2024Q3"): "due_next",
        ("WB", "2024Q1"): "received_late",
        ("WB", "2024Q2"): "overdue",
        ("WB", "2024Q3"): "due_next",
    }


def test_a_day_in_a_row_tells_its_period(programme: Programme, folders: DataFolder) -> None:
    with database.connect() as connection:
        answers = "select date '2024-11-03' as answered_on, 'survey.csv' as _source_file"
        database.write_parquet(connection, answers, folders.accepted_rows("member_annual"))
    owed = reporting_calendar(programme, folders, date(2025, 6, 1))
    surveys = {each.period: each for each in owed if each.source == "member_annual"}
    assert surveys["2024"].is_received
    assert surveys["2024"].due_on == date(2025, 1, 31)
    assert surveys["2025"].state(date(2025, 6, 1)) == "due_next"


def test_nothing_is_owed_before_the_first_run(programme: Programme, tmp_path: Path) -> None:
    assert reporting_calendar(programme, DataFolder(tmp_path), AS_OF) == []


@pytest.mark.parametrize(
    ("language", "heading", "overdue"),
    [
        ("en", "Reporting calendar on 20 July 2024:", "overdue: Quarterly reports of the hubs (WB): 2024Q2"),
        ("fr", "Calendrier des rapports au 20 juillet 2024", "en retard"),
        ("ar", "جدول التقارير بتاريخ 20 يوليو 2024:", "متأخر: التقارير الربعية للمراكز (WB): 2024Q2"),
    ],
)
def test_the_calendar_reads_in_three_languages(
    programme: Programme, folders: DataFolder, language: str, heading: str, overdue: str
) -> None:
    owed = [each for each in reporting_calendar(programme, folders, AS_OF) if each.scope_code in ("MENA", "WB")]
    lines = due_lines(owed, programme, AS_OF, language)
    assert lines[0].startswith(heading)
    assert overdue in lines[1]
    assert len(lines) == 4
