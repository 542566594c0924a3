"""Villages drawn from an area, and households within them: the population's own rows say how many there are of both."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.designed_samples import ratio, total
from mel_pipeline.indicators.values import build_indicator_values
from tests.unit.indicators.conftest import indicator, mart
from tests.unit.indicators.survey_rows import domain
from tests.unit.indicators.test_designed_samples import SAMPLES, needs_samples

COLUMNS = {
    "household": "VARCHAR", "on_day": "DATE", "hub_code": "VARCHAR", "area": "VARCHAR", "village": "VARCHAR",
    "weight": "DOUBLE", "kind": "VARCHAR", "figure": "DOUBLE", "_record_keys": "VARCHAR[]",
}  # fmt: skip
DESIGN = {
    "from": "fct_asked", "weight": "weight", "stratum": "area", "cluster": "village",
    "population": {"from": "fct_everybody"},
}  # fmt: skip
SEEN = {"from": "fct_asked", "received": "figure is not null"}


def everybody() -> pd.DataFrame:
    """Two areas of 7 and 9 villages with 4 to 9 households each."""
    random = np.random.default_rng(11)
    rows = [
        {"area": area, "village": f"{area}{village}", "kind": str(random.choice(["old", "new"])),
         "figure": float(random.integers(0, 9) + village % 3)}
        for area, villages in (("n", 7), ("s", 9)) for village in range(villages) for _ in range(random.integers(4, 10))
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    return frame.assign(household=[f"h{place}" for place in range(len(frame))], weight=1.0)


def asked(frame: pd.DataFrame) -> pd.DataFrame:
    """Three households (or all, of a village of four) of three villages of each area, with their weights."""
    drawn = frame[frame["village"].isin(["n1", "n4", "n6", "s0", "s5", "s8"])]
    units = drawn.groupby("village")["village"].transform("size")
    take = units.where(units == 4, 3)
    drawn = drawn[drawn.groupby("village").cumcount() < take]
    villages = drawn["area"].map({"n": 7, "s": 9})
    return drawn.assign(weight=villages / 3 * units / take, villages=villages, units=units)


def compute(
    programme: Programme,
    folders: DataFolder,
    sample: pd.DataFrame,
    frame: pd.DataFrame,
    measure: dict[str, Any],
    **more,
) -> pd.DataFrame:
    marts = dict(programme.marts)
    for table, rows in (("fct_asked", sample), ("fct_everybody", frame)):
        keyed = rows.assign(on_day=date(2024, 5, 1), hub_code="X", _record_keys=[[key] for key in rows["household"]])
        pq.write_table(pa.Table.from_pandas(keyed[list(COLUMNS)], preserve_index=False), folders.table(table))
        programme.marts[table] = mart(table, COLUMNS, ["household"], period_on="on_day", scopes={"hub": "hub_code"})
    programme.indicators.clear()
    programme.indicators["ASK"] = indicator("ASK", measure, coverage=SEEN, scopes=["all"], **more)
    build_indicator_values(programme, folders)
    programme.marts.clear()
    programme.marts.update(marts)
    values = pd.read_parquet(folders.table("indicator_values"))
    return values[values["period"] == "2024Q2"].set_index("category")


@pytest.mark.parametrize("category", ["total", "old", "new"])
@pytest.mark.parametrize(("verb", "kind"), [("mean", "mean"), ("sum", "count")])
def test_both_stages_add_to_the_error(programme, folders, verb: str, kind: str, category: str) -> None:
    frame = everybody()
    sample = asked(frame)
    told = compute(
        programme, folders, sample, frame, DESIGN | {verb: "figure"}, type=kind, disaggregate_by=["kind"]
    ).loc[category]
    expected = (ratio if verb == "mean" else total)(
        domain(
            sample["figure"], sample["weight"], strata=sample["area"], clusters=sample["village"],
            populations=sample["villages"], units_of_cluster=sample["units"],
            within=None if category == "total" else sample["kind"] == category,
        )
    )  # fmt: skip
    assert told["value"] == pytest.approx(expected.value)
    assert told[["ci_low", "ci_high"]].tolist() == pytest.approx(list(expected.interval() or ()))
    assert told["interval_method"] == "linearised_t_fpc"
    assert told["degrees_of_freedom"] == 4


def test_a_part_of_the_numerator_and_a_median_know_both_stages(programme, folders) -> None:
    frame = everybody()
    sample = asked(frame)
    measure = DESIGN | {"share": "figure >= 0", "interval": "symmetric"}
    shares = compute(programme, folders, sample, frame, measure, type="percentage", disaggregate_numerator_by=["kind"])
    parts = {"strata": sample["area"], "clusters": sample["village"], "populations": sample["villages"]}
    whole = {**parts, "units_of_cluster": sample["units"]}
    old = ratio(domain((sample["kind"] == "old").astype(float), sample["weight"], **whole)).interval()
    assert old is not None
    assert shares.loc["old", ["ci_low", "ci_high"]].tolist() == pytest.approx(list(old.scaled(100)))
    middle = compute(programme, folders, sample, frame, DESIGN | {"median": "figure"}, type="mean").loc["total"]
    up_to = (sample["figure"] <= middle["value"]).astype(float)
    share = ratio(domain(up_to, sample["weight"], **whole)).interval()
    assert share is not None
    order = sample.sort_values("figure")
    reached = order["weight"].cumsum() / order["weight"].sum()
    ends = [order["figure"][reached >= end].iloc[0] for end in share]
    assert middle[["ci_low", "ci_high"]].tolist() == ends


def test_a_census_of_every_village_has_no_error(programme, folders) -> None:
    frame = everybody()
    told = compute(programme, folders, frame, frame, DESIGN | {"mean": "figure"}, type="mean").loc["total"]
    assert told[["ci_low", "ci_high"]].tolist() == [told["value"], told["value"]]


def test_a_household_without_a_village_is_drawn_by_itself(programme, folders) -> None:
    frame = everybody()
    sample = asked(frame)
    sample.loc[sample["village"].isin(["n1", "n4", "n6"]), "village"] = None
    told = compute(programme, folders, sample, frame, DESIGN | {"mean": "figure"}, type="mean").loc["total"]
    n = int((sample["area"] == "n").sum())
    assert told["degrees_of_freedom"] == n - 1 + 2
    assert told["ci_low"] < told["value"] < told["ci_high"]


@needs_samples
def test_a_population_of_schools_gives_the_published_numbers_of_its_sample(programme, folders) -> None:
    api = SAMPLES / "survey_statistics" / "api"
    frame, sample = pd.read_csv(api / "apipop.csv"), pd.read_csv(api / "apiclus2.csv")
    names = {"snum": "household", "dnum": "village", "pw": "weight"}
    for figure, verb, kind, error, width in (
        ("api00", "mean", "mean", 30.099, 5e-4),
        ("enroll", "sum", "count", 799638, 0.5),
    ):
        of_all, of_sample = (
            each.rename(columns=names)
            .assign(area="all", kind="school", figure=each[figure].astype(float))
            .astype({"household": str, "village": str})
            for each in (frame.assign(pw=1.0), sample)
        )
        told = compute(programme, folders, of_sample, of_all, DESIGN | {verb: "figure"}, type=kind).loc["total"]
        assert told["degrees_of_freedom"] == 39
        assert (told["ci_high"] - told["value"]) / 2.0226909200367604 == pytest.approx(error, abs=width)
