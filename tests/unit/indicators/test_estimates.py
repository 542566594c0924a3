"""What stands beside a value: ranges without assumption, alpha, parts of a numerator in a designed sample, medians."""

import math
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
from mel_pipeline.indicators.scales import distribution
from mel_pipeline.indicators.values import build_indicator_values
from tests.unit.indicators.conftest import indicator, mart

COLUMNS = {
    "person": "VARCHAR", "told_on": "DATE", "hub_code": "VARCHAR", "mode": "VARCHAR[]", "weight": "DOUBLE",
    "village": "VARCHAR", "is_content": "BOOLEAN", "first": "BIGINT", "second": "BIGINT", "third": "BIGINT",
    "_record_keys": "VARCHAR[]",
}  # fmt: skip
PEOPLE = [
    ("a", ["online", "paper"], 2.0, "v1", True, 5, 1, 4), ("b", ["online"], 1.0, "v1", True, 4, 2, 4),
    ("c", ["paper"], 1.0, "v2", False, 1, 4, 2), ("d", [], 3.0, "v2", True, 3, 3, None),
    ("e", ["online"], 1.0, "v3", None, 2, 5, 1), ("f", ["online"], 2.0, "v3", True, 5, 2, 5),
    ("g", ["paper"], 1.5, "v4", False, 2, 3, 3), ("h", ["paper"], 0.5, "v4", None, 4, 1, 4),
]  # fmt: skip
SEEN = {"from": "fct_person", "received": "is_content is not null"}


@pytest.fixture
def compute(programme: Programme, folders: DataFolder):
    """Values of a measure over eight people of one quarter, by scope and category."""
    contract = mart("fct_person", COLUMNS, ["person"], period_on="told_on", scopes={"hub": "hub_code"})
    programme.marts["fct_person"] = contract
    keyed = [dict(zip(COLUMNS, (name, date(2024, 5, 1), "X", *row, [name]), strict=True)) for name, *row in PEOPLE]
    pq.write_table(pa.Table.from_pylist(keyed), folders.table("fct_person"))

    def values_of(measure: dict[str, Any], **more: Any) -> pd.DataFrame:
        asked = indicator("ASK", {"from": "fct_person"} | measure, coverage=SEEN, scopes=["all"], **more)
        programme.indicators.clear()
        programme.indicators["ASK"] = asked
        build_indicator_values(programme, folders)
        values = pd.read_parquet(folders.table("indicator_values"))
        values = values[(values["period"] == "2024Q2") & (values["period_type"] == "quarter")]
        return values.set_index("category")

    yield values_of
    programme.marts.pop("fct_person", None)


def test_the_range_of_a_share_takes_those_who_did_not_answer_for_anything(compute) -> None:
    measure = {"where": "is_content is not null", "share": "is_content", "population": {"from": "fct_person"}}
    told = compute(measure, type="percentage").loc["total"]
    assert told[["value", "n"]].tolist() == pytest.approx([100 * 4 / 6, 6])
    assert told[["range_low", "range_high"]].tolist() == [50, 75]
    assert told["interval_method"] == "wilson_fpc"


@pytest.mark.parametrize(
    "measure", [{"share": "is_content"}, {"share": "is_content", "population": "census"}, {"mean": "first"}]
)
def test_without_a_population_there_is_no_range(compute, measure: dict[str, Any]) -> None:
    values = compute(measure, type="mean" if "mean" in measure else "percentage")
    assert values[["range_low", "range_high"]].isna().all(axis=None)


SCALE = {"index": {"items": ["first", "second", "third"], "reverse": ["second"], "minimum_items": 2}}


def test_alpha_stands_beside_an_index_and_turns_reversed_items_round(compute) -> None:
    told = compute(SCALE, type="index").loc["total"]
    answers = np.array([(first, 6 - second, third) for *_, first, second, third in PEOPLE if third is not None])
    covariances = np.cov(answers, rowvar=False)
    alpha = 3 / 2 * (1 - np.trace(covariances) / covariances.sum())
    assert told["alpha"] == pytest.approx(alpha)
    ends = 1 - (1 - alpha) * stats.f.ppf([0.975, 0.025], 6, 12)
    assert told[["alpha_low", "alpha_high"]].tolist() == pytest.approx(ends.tolist())
    assert told["n"] == 8, "the index itself asks for two items only"


def test_alpha_is_told_by_category_and_empty_where_one_row_answers_all(compute) -> None:
    values = compute(SCALE, type="index", disaggregate_by=["mode"])
    assert 0 < values.loc["online", "alpha"] <= 1
    assert math.isnan(values.loc["unknown", "alpha"]), "its only row lacks an item"


def test_other_measures_have_no_alpha(compute) -> None:
    assert compute({"mean": "first"}, type="mean")["alpha"].isna().all()


def test_a_part_of_the_numerator_is_a_share_of_everybody_in_the_sample(compute) -> None:
    design = {"weight": "weight", "cluster": "village", "interval": "symmetric"}
    measure = {"where": "is_content is not null", "share": "is_content"} | design
    values = compute(measure, type="percentage", disaggregate_numerator_by=["mode"])
    base = 2 + 1 + 1 + 3 + 2 + 1.5
    for category, met in {"online": ["a", "b", "f"], "paper": ["a"], "total": ["a", "b", "d", "f"]}.items():
        rows = [row for row in PEOPLE if row[4] is not None]
        share = sum(row[2] for row in rows if row[0] in met) / base
        scores = [
            sum(row[2] * ((row[0] in met) - share) / base for row in rows if row[3] == village)
            for village in ("v1", "v2", "v3", "v4")
        ]
        error = math.sqrt(4 / 3 * sum((score - sum(scores) / 4) ** 2 for score in scores))
        told = values.loc[category]
        assert told[["value", "n", "degrees_of_freedom"]].tolist() == pytest.approx([100 * share, 6, 3])
        assert told["ci_high"] - told["value"] == pytest.approx(100 * stats.t.ppf(0.975, 3) * error)
        assert told["design_effect"] == pytest.approx(error**2 * 5 / (share * (1 - share)))


def test_a_share_of_a_sample_has_wilsons_interval_unless_asked_otherwise(compute) -> None:
    design = {"share": "is_content", "weight": "weight"}
    wilson = compute(design, type="percentage", disaggregate_numerator_by=["mode"])
    assert set(wilson["interval_method"]) == {"wilson_effective_n"}
    assert wilson["ci_low"].min() >= 0
    symmetric = compute(design | {"interval": "symmetric"}, type="percentage").loc["total"]
    assert symmetric["interval_method"] == "linearised_t"
    assert symmetric["ci_high"] - symmetric["value"] == pytest.approx(symmetric["value"] - symmetric["ci_low"])


def test_a_ratio_or_total_of_a_sample_has_no_design_effect(compute) -> None:
    for measure, kind in (
        ({"ratio": {"numerator": "first", "denominator": "second"}}, "ratio"),
        ({"sum": "first"}, "count"),
    ):
        told = compute(measure | {"weight": "weight"}, type=kind).loc["total"]
        assert math.isnan(told["design_effect"])
        assert told["ci_low"] < told["value"] < told["ci_high"]


def test_the_steps_of_an_item_are_told_with_their_intervals(compute) -> None:
    measure = {"where": "first is not null", "share": "first is not null"}
    values = compute(measure, type="percentage", disaggregate_numerator_by=["first"]).drop("total")
    expected = distribution({1: 1, 2: 2, 3: 1, 4: 2, 5: 2}, {}).steps
    for step, share in expected.items():
        told = values.loc[str(step)]
        assert share.share is not None
        assert share.interval is not None
        assert told[["value", "ci_low", "ci_high"]].tolist() == pytest.approx(
            [100 * share.share, *share.interval.scaled(100)]
        )
    assert set(values["dimension"]) == {"first"}


def test_a_weighted_median_and_its_interval_are_told_together(compute) -> None:
    told = compute({"median": "first", "weight": "weight"}, type="mean").loc["total"]
    # Weights by figure: 1 one, 2 two and a half, 3 three, 4 one and a half, 5 four; half of twelve is reached at 3.
    assert told["value"] == 3
    assert told["interval_method"] == "woodruff_t"
    assert told["degrees_of_freedom"] == 7
