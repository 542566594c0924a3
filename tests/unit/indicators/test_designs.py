"""A small survey with weights, strata and clusters, recounted in plain Python from its rows."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy import stats

from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.values import build_indicator_values
from tests.unit.indicators.conftest import MARTS, indicator, mart

COLUMNS = ("area", "village", "weight", "hub_code", "sex", "score")
HOUSEHOLDS = [
    ("n", "n1", 2.0, "X", "f", 4.0), ("n", "n1", 2.0, "X", "m", 1.0), ("n", "n2", 1.0, "X", "f", 3.0),
    ("n", "n3", 4.0, "Y", "m", 5.0), ("s", "s1", 3.0, "Y", "f", 2.0), ("s", "s1", 1.5, "Y", "m", None),
    ("s", "s2", 2.5, "X", "m", 1.0), ("s", "s2", 0.5, "Y", "f", 5.0), ("s", "s2", None, "Y", "f", 5.0),
]  # fmt: skip
SURVEY = mart(
    "fct_household",
    {
        "answered_on": "DATE", "area": "VARCHAR", "village": "VARCHAR", "weight": "DOUBLE", "hub_code": "VARCHAR",
        "sex": "VARCHAR", "score": "DOUBLE", "_record_keys": "VARCHAR[]",
    },
    ["answered_on"],
    period_on="answered_on",
    scopes={"hub": "hub_code"},
)  # fmt: skip
DESIGN = {"from": "fct_household", "weight": "weight", "stratum": "area", "cluster": "village"}
SEEN = {"from": "fct_household", "received": "score is not null"}


def compute(programme: Programme, folders: DataFolder, measure: dict[str, Any], **more: Any) -> pd.DataFrame:
    keyed = [
        dict(zip(COLUMNS, row, strict=True)) | {"answered_on": date(2024, 5, 1), "_record_keys": [f"h{i}"]}
        for i, row in enumerate(HOUSEHOLDS)
    ]
    pq.write_table(pa.Table.from_pylist(keyed), folders.table("fct_household"))
    asked = indicator("SUR", measure, disaggregate_by=["sex"], coverage=SEEN, **more)
    marts = {**MARTS, "fct_household": SURVEY}
    build_indicator_values(replace(programme, marts=marts, indicators={"SUR": asked}), folders)
    values = pd.read_parquet(folders.table("indicator_values"))
    return values[values["period"] == "2024Q2"].set_index(["scope_code", "category"])


def recount(rows: list[tuple[Any, ...]], clusters: dict[str, list[str]]) -> tuple[float, float]:
    """Mean and standard error: every village of the design has its score, zero where the domain has nobody in it."""
    base = sum(row[2] for row in rows)
    value = sum(row[2] * row[5] for row in rows) / base
    variance = 0.0
    for villages in clusters.values():
        scores = [sum(row[2] * (row[5] - value) / base for row in rows if row[1] == village) for village in villages]
        mean, m = sum(scores) / len(scores), len(scores)
        variance += m / (m - 1) * sum((score - mean) ** 2 for score in scores)
    return value, math.sqrt(variance)


VILLAGES = {"n": ["n1", "n2", "n3"], "s": ["s1", "s2"]}
ANSWERED = [row for row in HOUSEHOLDS if row[2] is not None and row[5] is not None]


def test_a_weighted_mean_has_the_interval_of_its_design(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, DESIGN | {"mean": "score"}, type="mean")
    parts = {
        ("all", "total"): ANSWERED,
        ("all", "f"): [row for row in ANSWERED if row[4] == "f"],
        ("X", "total"): [row for row in ANSWERED if row[3] == "X"],
        ("Y", "m"): [row for row in ANSWERED if row[3] == "Y" and row[4] == "m"],
    }
    for cell, rows in parts.items():
        told, (value, error) = values.loc[cell], recount(rows, VILLAGES)
        assert told["value"] == pytest.approx(value)
        assert told["n"] == len(rows)
        assert told["denominator"] == pytest.approx(sum(row[2] for row in rows))
        if len({row[1] for row in rows}) == 1:
            assert math.isnan(told["ci_low"]), "one village shows no spread"
            continue
        assert told["interval_method"] == "linearised_t"
        assert told["degrees_of_freedom"] == 3
        assert told["ci_high"] - told["value"] == pytest.approx(stats.t.ppf(0.975, 3) * error)


def test_a_weighted_share_has_wilsons_interval_by_effective_n(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, DESIGN | {"share": "score >= 3"}, type="percentage")
    told = values.loc[("all", "total")]
    rows = [(*row[:5], float((row[5] or 0) >= 3)) for row in HOUSEHOLDS if row[2] is not None]
    value, error = recount(rows, VILLAGES)
    n = len(rows)
    effective = n * value * (1 - value) / ((n - 1) * error**2)
    effective *= min(stats.t.ppf(0.975, n - 1) / stats.t.ppf(0.975, 3), 1) ** 2
    z = stats.norm.ppf(0.975)
    centre = (value + z**2 / (2 * effective)) / (1 + z**2 / effective)
    half = z / (1 + z**2 / effective) * math.sqrt(value * (1 - value) / effective + (z / (2 * effective)) ** 2)
    assert told[["value", "ci_low", "ci_high"]].tolist() == pytest.approx(
        [100 * value, 100 * (centre - half), 100 * (centre + half)]
    )
    assert told["interval_method"] == "wilson_effective_n"
    assert told["n"] == 8


def test_a_stratum_alone_is_told_and_does_not_break(programme: Programme, folders: DataFolder) -> None:
    by_village = {"from": "fct_household", "stratum": "village", "mean": "score"}
    told = compute(programme, folders, by_village, type="mean").loc[("all", "total")]
    assert told["interval_method"] == "linearised_t_lonely"
    assert told["ci_low"] < told["value"] < told["ci_high"]


def test_a_stratum_asked_as_a_whole_adds_no_error(programme: Programme, folders: DataFolder) -> None:
    whole = {"from": "fct_household", "stratum": "area", "mean": "score", "population": {"from": "fct_household"}}
    told = compute(programme, folders, whole, type="mean").loc[("all", "total")]
    assert told["interval_method"] == "linearised_t_fpc"
    assert told[["ci_low", "ci_high"]].tolist() == [told["value"], told["value"]]


def test_other_samples_have_no_degrees_of_freedom(programme: Programme, folders: DataFolder) -> None:
    values = compute(programme, folders, {"from": "fct_household", "mean": "score"}, type="mean")
    assert values["degrees_of_freedom"].isna().all()
    assert set(values["interval_method"]) == {"t"}


def spread(scores_of: Any, clusters: dict[str, list[str]]) -> float:
    """Standard error of a sum over villages, each stratum's villages against each other."""
    variance = 0.0
    for villages in clusters.values():
        scores = [scores_of(village) for village in villages]
        mean, m = sum(scores) / len(scores), len(scores)
        variance += m / (m - 1) * sum((score - mean) ** 2 for score in scores)
    return math.sqrt(variance)


def test_a_weighted_sum_and_count_stand_for_the_population(programme: Programme, folders: DataFolder) -> None:
    summed = compute(programme, folders, DESIGN | {"sum": "score"}, type="count").loc[("all", "total")]
    error = spread(lambda village: sum(row[2] * row[5] for row in ANSWERED if row[1] == village), VILLAGES)
    assert summed["value"] == pytest.approx(sum(row[2] * row[5] for row in ANSWERED))
    assert summed["ci_high"] - summed["value"] == pytest.approx(stats.t.ppf(0.975, 3) * error)
    assert math.isnan(summed["design_effect"])
    counted = compute(programme, folders, DESIGN | {"count": True}, type="count").loc[("all", "total")]
    assert (counted["value"], counted["n"]) == (16.5, 8)
    assert counted["ci_low"] < 16.5 < counted["ci_high"]


def test_a_weighted_ratio_is_linearised(programme: Programme, folders: DataFolder) -> None:
    measure = DESIGN | {"ratio": {"numerator": "score", "denominator": "score + 1"}}
    told = compute(programme, folders, measure, type="ratio").loc[("all", "total")]
    base = sum(row[2] * (row[5] + 1) for row in ANSWERED)
    value = sum(row[2] * row[5] for row in ANSWERED) / base
    residue = {row: row[2] * (row[5] - value * (row[5] + 1)) / base for row in ANSWERED}
    error = spread(lambda village: sum(each for row, each in residue.items() if row[1] == village), VILLAGES)
    assert told["value"] == pytest.approx(value)
    assert told["ci_high"] - told["value"] == pytest.approx(stats.t.ppf(0.975, 3) * error)


def test_a_weighted_median_parts_the_weight(programme: Programme, folders: DataFolder) -> None:
    told = compute(programme, folders, DESIGN | {"median": "score"}, type="mean").loc[("all", "total")]
    # Weights up to each score: 1: 4.5, 2: 7.5 of 15, so that the halves meet between 2 and 3.
    assert (told["value"], told["denominator"], told["n"]) == (2.5, 15, 7)
    assert math.isnan(told["numerator"])
