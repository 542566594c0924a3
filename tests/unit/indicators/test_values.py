"""Values counted on fingers: each verb, in every scope, with its categories, zeros and intervals."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from mel_pipeline import database
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.row_by_row import Cell, record_keys
from mel_pipeline.indicators.values import IndicatorError, build_indicator_values, tables_read
from mel_pipeline.marts.build import offer
from tests.unit.indicators.conftest import indicator


def compute(programme: Programme, folders: DataFolder, *indicators: Indicator) -> pd.DataFrame:
    asked = replace(programme, indicators={each.code: each for each in indicators})
    build_indicator_values(asked, folders)
    return pd.read_parquet(folders.table("indicator_values"))


def told(values: pd.DataFrame, **cell: str) -> dict[str, float]:
    """Value by category (or period, or scope), for the rows of one cell."""
    wanted = {"scope_type": "all", "dimension": "total", "period_type": "quarter"} | cell
    chosen = values
    for column, value in wanted.items():
        chosen = chosen[chosen[column] == value]
    by = next(
        name for name in ("period", "category", "scope_code") if chosen[name].nunique() > 1 or name == "scope_code"
    )
    return dict(zip(chosen[by], chosen["value"], strict=True))


SEEN = {"from": "fct_visit", "received": "person_key is not null"}
VISITS = indicator("VIS", {"from": "fct_visit", "count": True}, disaggregate_by=["topic", "sex"], coverage=SEEN)
PEOPLE = indicator("PEO", {"from": "fct_visit", "count_distinct": "person_key"}, time="year_to_date", coverage=SEEN)
PLANS = indicator(
    "PLA",
    {"from": "fct_city_quarter", "where": "is_active", "share": "has_plan", "population": "census"},
    type="percentage",
    time="latest",
    disaggregate_numerator_by=["mode"],
)
INDEX = {
    "from": "fct_answer",
    "index": {"items": ["item_1", "item_2", "item_3"], "reverse": ["item_2"], "minimum_items": 2},
    "per_entity": "city_code",
    "population": {"from": "fct_city_quarter", "where": "is_active"},
}
CAPACITY = indicator("CAP", INDEX, type="index", disaggregate_by=["language"])


def test_events_are_counted_in_the_period_that_holds_their_day(programme: Programme, folders: DataFolder) -> None:
    assert told(compute(programme, folders, VISITS)) == {"2024Q1": 1, "2024Q2": 3}


def test_an_event_counts_once_in_each_of_its_categories(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, VISITS)
    assert told(values, period="2024Q1", dimension="topic") == {"T1": 1, "T2": 1}
    assert told(values, period="2024Q2", dimension="topic") == {"T1": 1, "T2": 1, "unknown": 1}
    assert told(values, period="2024Q2", dimension="sex") == {"female": 1, "male": 1, "unknown": 1}


def test_a_crossing_tells_categories_together(programme: Programme, folders: DataFolder) -> None:
    crossed = VISITS.model_copy(update={"cross_by": [["sex", "topic"]]})
    values = compute(programme, folders, crossed)
    assert told(values, period="2024Q2", dimension="sex*topic") == {
        "female*T1": 1, "unknown*unknown": 1, "male*T2": 1,
    }  # fmt: skip
    first = values[(values["dimension"] == "sex*topic") & (values["period"] == "2024Q1")]
    assert set(first["category"]) == {"female*T1", "female*T2"}


def test_the_rows_behind_a_crossing_are_found(programme: Programme, folders: DataFolder) -> None:
    crossed = VISITS.model_copy(update={"cross_by": [["sex", "topic"]]})
    with database.connect() as connection:
        for table in tables_read(replace(programme, indicators={"VIS": crossed})):
            offer(connection, table, folders, table=table)
        cell = Cell("2024Q2", dimension="sex*topic", category="male*T2")
        assert record_keys(connection, programme, crossed, cell) == ["fct_visit-3"]


def test_a_scope_that_is_active_without_events_has_an_honest_zero(programme: Programme, folders: DataFolder) -> None:
    visits = values_of_scope(compute(programme, folders, VISITS), "hub")
    assert visits == {("X", "2024Q1"): 1, ("X", "2024Q2"): 1, ("Y", "2024Q2"): 2}
    none = indicator("NON", {"from": "fct_visit", "where": "topic is null", "count": True}, coverage=SEEN)
    assert set(values_of_scope(compute(programme, folders, none), "hub").values()) == {0}


def values_of_scope(values: pd.DataFrame, scope: str) -> dict[tuple[str, str], float]:
    chosen = values[(values["scope_type"] == scope) & (values["dimension"] == "total")]
    chosen = chosen[chosen["period_type"] == "quarter"]
    return {(row.scope_code, row.period): row.value for row in chosen.itertuples()}


def test_a_bridge_brings_each_event_once_into_a_grant(programme: Programme, folders: DataFolder) -> None:
    visits = values_of_scope(compute(programme, folders, VISITS), "grant")
    assert visits == {("G", "2024Q1"): 1, ("G", "2024Q2"): 1}


def test_a_mart_without_the_bridge_family_is_not_told_by_grant(programme: Programme, folders: DataFolder) -> None:
    assert values_of_scope(compute(programme, folders, PLANS), "grant") == {}


def test_people_are_recounted_for_the_year_to_date(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, PEOPLE)
    assert told(values, period_type="year_to_date") == {"2024Q1-ytd": 1, "2024Q2-ytd": 2}
    latest = values[(values["scope_type"] == "all") & (values["period"] == "2024Q2-ytd")].iloc[0]
    assert (latest["ci_low"], latest["ci_high"]) == (2, 3), "one row has no identity and could be a third person"
    assert latest["interval_method"] == "unidentified_rows"


def test_every_type_of_period_is_recounted_from_the_facts(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, PEOPLE, PLANS)
    whole = values[(values["scope_type"] == "all") & (values["dimension"] == "total")]
    told = {(row.indicator_code, row.period): row.value for row in whole.itertuples()}
    assert told == {
        # Person a came in both quarters and is one person in all that hold both.
        ("PEO", "2024Q1"): 1, ("PEO", "2024Q2"): 2, ("PEO", "2024Q1-ytd"): 1, ("PEO", "2024Q2-ytd"): 2,
        ("PEO", "programme"): 2,
        ("PLA", "2024Q1"): 25, ("PLA", "2024Q2"): 50, ("PLA", "2024Q1-ytd"): 25, ("PLA", "2024Q2-ytd"): 50,
        ("PLA", "programme"): 50,
    }  # fmt: skip
    ends = whole[whole["period"] == "programme"]["period_end"].astype(str)
    assert set(ends) == {"2024-06-30"}, "the programme so far, although it goes on"


def test_a_share_takes_the_snapshot_of_the_last_day(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, PLANS)
    assert told(values) == {"2024Q1": 25, "2024Q2": 50}
    assert set(values["interval_method"]) == {"census"}
    total = values[(values["scope_type"] == "all") & (values["period"] == "2024Q2") & (values["dimension"] == "total")]
    assert total[["numerator", "denominator", "n", "coverage", "n_units"]].to_numpy().tolist() == [[2, 4, 4, 0.8, 5]]


def test_a_breakdown_of_the_numerator_keeps_the_whole_denominator(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, PLANS)
    assert told(values, period="2024Q2", dimension="mode") == {"online": 50, "paper": 25}


def test_an_index_turns_reversed_items_and_needs_enough_of_them(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, CAPACITY)
    # C0: (5 + (6 - 1) + 5) / 3 = 5 -> 100. C1: (1 + 3) / 2 = 2 -> 25. C3 has one valid item: no index.
    total = values[
        (values["scope_type"] == "all") & (values["period"] == "2024Q1") & (values["dimension"] == "total")
    ].iloc[0]
    assert (total["value"], total["numerator"], total["n"]) == (62.5, 125, 2)
    assert told(values, period="2024Q1", dimension="language") == {"en": 100, "fr": 25}
    error = math.sqrt(((100 - 62.5) ** 2 + (25 - 62.5) ** 2) / 1 / 2 * (1 - 2 / 4))
    assert total["interval_method"] == "t_fpc"
    assert total["ci_high"] - total["value"] == pytest.approx(12.706204736432095 * error)


def test_a_category_without_any_figure_has_no_row(programme: Programme, folders: DataFolder) -> None:
    only_c3 = indicator("ONE", INDEX | {"where": "city_code = 'C3'"}, type="index", disaggregate_by=["language"])
    values = compute(programme, folders, only_c3)
    assert set(values["dimension"]) == {"total"}
    assert values["value"].isna().all()
    assert (values["n"] == 0).all()


def test_before_any_hub_is_registered_the_whole_programme_is_told(programme: Programme, folders: DataFolder) -> None:
    with database.connect() as connection:
        nobody = f"select * from {database.read_parquet(folders.table('dim_hub'))} where false"
        database.write_parquet(connection, nobody, folders.table("dim_hub"))
    values = compute(programme, folders, VISITS, PLANS)
    assert set(values["scope_type"]) == {"all", "grant"}
    assert told(values[values["indicator_code"] == "VIS"]) == {"2024Q1": 1, "2024Q2": 3}


def test_a_mart_without_any_row_gives_no_zero(programme: Programme, folders: DataFolder) -> None:
    with database.connect() as connection:
        nothing = f"select * from {database.read_parquet(folders.table('fct_visit'))} where false"
        database.write_parquet(connection, nothing, folders.table("fct_visit"))
    values = compute(programme, folders, VISITS)
    assert values["value"].isna().all()
    assert len(values) > 0


def test_periods_that_have_not_ended_have_no_value(programme: Programme, folders: DataFolder) -> None:
    assert "2024Q3" not in set(compute(programme, folders, VISITS)["period"])


def test_what_cannot_be_computed_names_file_and_line(programme: Programme, folders: DataFolder) -> None:
    class Located(Programme):
        def locate(self, *_: object) -> tuple[str, int]:
            return "indicators/output.yml", 12

    located = Located(**vars(programme))
    wrong = indicator("WRO", {"from": "fct_visit", "where": "visited_on > 'soon'", "count": True})
    with pytest.raises(IndicatorError, match=r"indicators/output\.yml:12 indicator WRO cannot be computed"):
        compute(located, folders, wrong)


def test_only_one_expression_passes(programme: Programme, folders: DataFolder) -> None:
    class Located(Programme):
        def locate(self, *_: object) -> tuple[str, int]:
            return "indicators/output.yml", 12

    located = Located(**vars(programme))
    sly = indicator("SLY", {"from": "fct_visit", "where": "visit_code in (select 'V1')", "count": True})
    with pytest.raises(IndicatorError, match="expected one expression"):
        compute(located, folders, sly)


def test_the_rows_behind_a_value_are_named(programme: Programme, folders: DataFolder) -> None:
    asked = replace(programme, indicators={"VIS": VISITS, "PLA": PLANS})
    with database.connect() as connection:
        for table in tables_read(asked):
            offer(connection, table, folders, table=table)
        keys = record_keys(connection, asked, VISITS, Cell("2024Q2", "hub", "Y"))
        assert keys == ["fct_visit-2", "fct_visit-3"]
        male = record_keys(connection, asked, VISITS, Cell("2024Q2", dimension="sex", category="male"))
        assert male == ["fct_visit-3"]
        paper = record_keys(connection, asked, PLANS, Cell("2024Q1", dimension="mode", category="paper"))
        assert paper == ["fct_city_quarter-0"]
