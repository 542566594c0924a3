"""Means and changes within pairs, counted on fingers and against published numbers."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy import stats

from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.values import build_indicator_values
from tests.unit.indicators.conftest import indicator, mart

COLUMNS = {
    "person": "VARCHAR", "wave": "VARCHAR", "tested_on": "DATE", "hub_code": "VARCHAR", "topic": "VARCHAR[]",
    "score": "DOUBLE", "_record_keys": "VARCHAR[]",
}  # fmt: skip
PAIRS = {"score": "score", "wave": "wave", "before": "pre", "after": "post", "pair_by": ["hub_code", "person"]}
CHANGE = indicator(
    "CHA",
    {"from": "fct_test", "paired_change": PAIRS},
    type="mean",
    disaggregate_by=["topic"],
    coverage={"from": "fct_test", "received": "score is not null"},
)
SLEEP = (
    (0.7, 1.9), (-1.6, 0.8), (-0.2, 1.1), (-1.2, 0.1), (-0.1, -0.1),
    (3.4, 4.4), (3.7, 5.5), (0.8, 1.6), (0.0, 4.6), (2.0, 3.4),
)  # fmt: skip
"""Student's sleep data: extra hours of ten people with either of two drugs."""


def row(
    person: str, wave: str, score: float | None, hub: str = "X", topic: tuple[str, ...] = ("T1",)
) -> dict[str, Any]:
    return {
        "person": person, "wave": wave, "tested_on": date(2024, 2, 1), "hub_code": hub, "topic": list(topic),
        "score": score,
    }  # fmt: skip


def told(programme: Programme, folders: DataFolder, rows: list[dict[str, Any]], asked: Any = CHANGE) -> pd.DataFrame:
    """Values of the first quarter over all hubs, by dimension and category."""
    contract = mart("fct_test", COLUMNS, ["person", "wave"], period_on="tested_on", scopes={"hub": "hub_code"})
    keyed = [each | {"_record_keys": [f"k{place}"]} for place, each in enumerate(rows)]
    pq.write_table(pa.Table.from_pylist(keyed), folders.table("fct_test"))
    known = replace(programme, marts={**programme.marts, "fct_test": contract}, indicators={asked.code: asked})
    build_indicator_values(known, folders)
    values = pd.read_parquet(folders.table("indicator_values"))
    first = values[(values["scope_type"] == "all") & (values["period"] == "2024Q1")]
    return first.set_index(["dimension", "category"])


def test_the_change_is_the_mean_of_the_differences_within_pairs(programme: Programme, folders: DataFolder) -> None:
    rows = [
        row("a", "pre", 40), row("a", "post", 55, topic=("T1", "T2")),
        row("b", "pre", 60, topic=("T2",)), row("b", "post", 58, topic=("T2",)),
    ]  # fmt: skip
    values = told(programme, folders, rows)
    total = values.loc[("total", "total")]
    assert (total["value"], total["numerator"], total["denominator"], total["n"]) == (6.5, 13, 2, 2)
    # a's first questionnaire is not about T2, so that only b is a pair there.
    assert values.loc[("topic", "T1"), "value"] == 15
    assert values.loc[("topic", "T2"), "value"] == -2


def test_what_has_no_partner_or_more_than_one_is_no_pair(programme: Programme, folders: DataFolder) -> None:
    rows = [
        row("a", "pre", 10), row("a", "post", 30),
        row("a", "pre", 90, hub="Y"),
        row("b", "post", 90),
        row("c", "pre", None), row("c", "post", 90),
        row("d", "pre", 10), row("d", "pre", 20), row("d", "post", 90),
    ]  # fmt: skip
    total = told(programme, folders, rows).loc[("total", "total")]
    assert (total["value"], total["n"]) == (20, 1)


def test_without_pairs_there_is_no_value_and_no_category(programme: Programme, folders: DataFolder) -> None:
    values = told(programme, folders, [row("a", "pre", 10), row("b", "post", 20)])
    assert values.index.tolist() == [("total", "total")]
    assert values["value"].isna().all()
    assert values["n"].tolist() == [0]


def test_the_interval_of_a_change_agrees_with_published_numbers(programme: Programme, folders: DataFolder) -> None:
    rows = [
        row(str(number), wave, score)
        for number, pair in enumerate(SLEEP)
        for wave, score in zip(("pre", "post"), pair, strict=True)
    ]
    total = told(programme, folders, rows).loc[("total", "total")]
    assert total["value"] == pytest.approx(1.58)
    assert (total["ci_low"], total["ci_high"]) == (
        pytest.approx(0.7001142, abs=1e-7),
        pytest.approx(2.4598858, abs=1e-7),
    )
    assert total["interval_method"] == "t"


@pytest.mark.parametrize("seed", range(3))
def test_interval_and_effect_size_agree_with_an_independent_computation(
    programme: Programme, folders: DataFolder, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    before = rng.uniform(20, 70, size=9 + seed)
    changes = rng.normal(12, 10, size=before.size)
    rows = [
        row(str(number), wave, float(score))
        for number, (first, change) in enumerate(zip(before, changes, strict=True))
        for wave, score in (("pre", first), ("post", first + change))
    ]
    total = told(programme, folders, rows).loc[("total", "total")]
    differences = (before + changes) - before
    tested = stats.ttest_rel(before + changes, before).confidence_interval(0.95)
    assert total["ci_low"] == pytest.approx(tested.low, abs=1e-9)
    assert total["ci_high"] == pytest.approx(tested.high, abs=1e-9)
    assert total["effect_size"] == pytest.approx(differences.mean() / differences.std(ddof=1), abs=1e-9)
    assert total["effect_size"] == pytest.approx(
        stats.ttest_rel(before + changes, before).statistic / np.sqrt(before.size), abs=1e-9
    )


def test_changes_without_spread_have_no_effect_size(programme: Programme, folders: DataFolder) -> None:
    same = [row(person, wave, score) for person in "ab" for wave, score in (("pre", 10), ("post", 15))]
    assert pd.isna(told(programme, folders, same).loc[("total", "total"), "effect_size"])
    assert pd.isna(told(programme, folders, same[:2]).loc[("total", "total"), "effect_size"])


def test_other_measures_have_no_effect_size(programme: Programme, folders: DataFolder) -> None:
    mean = indicator("MEA", {"from": "fct_test", "mean": "score"}, type="mean", coverage=CHANGE.coverage)
    total = told(programme, folders, [row("a", "pre", 10), row("b", "pre", 40), row("c", "pre", 70)], mean)
    assert total["effect_size"].isna().all()


def test_a_mean_leaves_out_what_was_not_answered(programme: Programme, folders: DataFolder) -> None:
    mean = indicator("MEA", {"from": "fct_test", "mean": "score / 10"}, type="mean", coverage=CHANGE.coverage)
    total = told(programme, folders, [row("a", "pre", 10), row("b", "pre", None), row("c", "pre", 40)], mean)
    assert total.loc[("total", "total"), ["value", "numerator", "n"]].tolist() == [2.5, 5, 2]


def test_a_mean_of_cities_gives_each_one_voice(programme: Programme, folders: DataFolder) -> None:
    measure = {"from": "fct_test", "mean": "score", "per_entity": "person"}
    mean = indicator("MEA", measure, type="mean", coverage=CHANGE.coverage)
    total = told(programme, folders, [row("a", "pre", 10), row("a", "post", 30), row("b", "pre", 40)], mean)
    assert total.loc[("total", "total"), ["value", "n"]].tolist() == [30, 2]
