"""Designed samples agree with published numbers, with a recount on paper, and are defined wherever they are asked."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.indicators.designed_samples import (
    Domain,
    Drawn,
    SecondStage,
    Stratum,
    design_effect,
    effective_n,
    ratio,
    share_interval,
    total,
)  # fmt: skip
from mel_pipeline.indicators.means import mean_interval
from mel_pipeline.indicators.proportions import wilson
from tests.unit.indicators.survey_rows import domain

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not there")


def api(name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLES / "survey_statistics" / "api" / f"{name}.csv")


@needs_samples
def test_a_stratified_sample_agrees_with_the_published_numbers() -> None:
    rows = api("apistrat")
    design = {"weights": rows["pw"], "strata": rows["stype"], "populations": rows["fpc"]}
    assert ratio(domain(rows["api00"], **design))[:2] == pytest.approx((662.2874, 9.40894), rel=1e-7, abs=5e-5)
    assert total(domain(rows["enroll"], **design))[:2] == pytest.approx((3687177.5, 114641.7), abs=0.05)
    stu = ratio(domain(rows["api.stu"], bases=rows["enroll"], **design))
    assert stu[:2] == pytest.approx((0.836957, 0.0077571), abs=5e-7)
    awarded = ratio(domain(rows["api00"], within=rows["comp.imp"] == "Yes", **design))
    assert awarded[:2] == pytest.approx((676.4023, 11.7147), abs=5e-5)
    assert ratio(domain(rows["api00"], **design)).degrees_of_freedom == 197
    endless = ratio(domain(rows["api00"], weights=rows["pw"], strata=rows["stype"]))
    assert endless.standard_error == pytest.approx(9.53613, abs=5e-6)
    assert ratio(domain((rows["sch.wide"] == "Yes").astype(float), **design)).value == pytest.approx(0.827948, abs=5e-7)


@needs_samples
def test_a_cluster_sample_agrees_with_the_published_numbers() -> None:
    rows = api("apiclus1")
    design = {"weights": rows["pw"], "clusters": rows["dnum"], "populations": rows["fpc"]}
    mean = ratio(domain(rows["api00"], **design))
    assert mean[:2] == pytest.approx((644.1694, 23.54224), abs=5e-5)
    assert mean.degrees_of_freedom == 14
    assert total(domain(rows["enroll"], **design))[:2] == pytest.approx((3404940, 932235), abs=0.5)


@needs_samples
def test_two_stages_with_replacement_agree_with_the_published_numbers() -> None:
    rows = api("apiclus2")
    design = {"weights": rows["pw"], "clusters": rows["dnum"]}
    assert ratio(domain(rows["api00"], **design))[:2] == pytest.approx((670.81, 30.712), abs=0.005)
    assert total(domain(rows["enroll"], **design))[:2] == pytest.approx((2639273, 820261), abs=0.5)


@needs_samples
def test_two_stages_without_replacement_agree_with_the_published_numbers() -> None:
    rows = api("apiclus2")
    design = {"weights": rows["pw"], "clusters": rows["dnum"], "populations": rows["fpc1"]}
    within = {"units_of_cluster": rows["fpc2"]}
    assert ratio(domain(rows["api00"], **design, **within))[:2] == pytest.approx((670.81, 30.099), abs=0.005)
    assert total(domain(rows["enroll"], **design, **within))[:2] == pytest.approx((2639273, 799638), abs=0.5)
    assert ratio(domain(rows["api00"], **design)).standard_error < 30.099, "the second stage adds to the error"


@needs_samples
def test_the_published_table_of_a_survey_is_recomputed() -> None:
    folder = SAMPLES / "surveys" / "msna_template"
    rows = pd.read_csv(folder / "analysistools_MSNA_template_data.csv", low_memory=False)
    published = pd.read_csv(next(folder.glob("*results_table.csv")))
    published = published[published["analysis_type"].isin(["mean", "prop_select_one"])]
    for told in published.to_dict("records"):
        answers = rows[told["analysis_var"]]
        if told["analysis_type"] == "prop_select_one":
            answers = (answers == told["analysis_var_value"]).astype(float).where(answers.notna())
        group = told["group_var"]
        within = None if pd.isna(group) else rows[group] == told["group_var_value"]
        estimate = ratio(domain(answers, pd.Series(1.0, rows.index), within=within))
        interval = estimate.interval()
        assert interval is not None
        expected = (told["stat"], told["stat_low"], told["stat_upp"])
        assert (estimate.value, *interval) == pytest.approx(expected, abs=1e-6), told["analysis_key"]
    assert len(published) == 75


TWO_STRATA = Domain(
    design={"north": Stratum(2, 10), "south": Stratum(3)},
    strata=["north", "north", "south", "south"],
    n=[2, 1, 1, 1],
    amounts=[6.0, 2.0, 9.0, 3.0],
    bases=[2.0, 1.0, 3.0, 2.0],
    squared_weights=[2.0, 1.0, 9.0, 4.0],
)


def test_a_small_sample_worked_out_on_paper() -> None:
    # The mean is 20 / 8 = 2.5; scores times 8: north 6 - 5 = 1, 2 - 2.5 = -0.5; south 9 - 7.5 = 1.5, 3 - 5 = -2, and 0
    # for the third cluster, in which nobody belongs to the domain.
    # North: mean 0.25, squares 2 * 0.75^2 = 1.125, times 2/1, of which 8 in 10 clusters were left out: 1.8.
    # South: mean -1/6, squares 1.5^2 + 2^2 - 3 / 36 = 6.25 - 1/12 = 37/6, times 3/2: 9.25.
    estimate = ratio(TWO_STRATA)
    assert estimate == pytest.approx((2.5, math.sqrt(1.8 + 9.25) / 8, 3))
    interval = estimate.interval()
    assert interval is not None
    assert interval.high - 2.5 == pytest.approx(3.182446305284263 * math.sqrt(11.05) / 8)
    # The total is 20; north: mean 4, squares 2 * 2^2 = 8, times 2 and 0.8: 12.8; south: mean 4, squares
    # 25 + 1 + 16 = 42, times 3/2: 63.
    assert total(TWO_STRATA) == pytest.approx((20, math.sqrt(75.8), 3))


def test_units_drawn_within_clusters_worked_out_on_paper() -> None:
    # The mean is 20 / 8 = 2.5. North: 2 of 10 clusters were drawn. The first has 4 units, 2 of which were drawn, with
    # amounts 4 and 2 and bases 1 and 1: scores times 8 are 1.5 and -0.5, mean 0.5, squares 2, times 2/1 and half: 2.
    # The second has 3 units, 1 of which was drawn: score -0.5, held against zero, 0.25 times 2/3. Both times 2/10.
    # South is without end: what is drawn within its clusters is in the score of the cluster already.
    north = [SecondStage(Drawn(2, 4), 20.0, 6.0, 2.0), SecondStage(Drawn(1, 3), 4.0, 2.0, 1.0)]
    south = [SecondStage(Drawn(1, 9), 81.0, 27.0, 9.0), SecondStage(Drawn(1, 9), 9.0, 6.0, 4.0)]
    both = replace(TWO_STRATA, second_stages=[*north, *south])
    assert ratio(both).standard_error == pytest.approx(math.sqrt(1.8 + 9.25 + 0.2 * (2 + 0.25 * 2 / 3)) / 8)


def test_clusters_asked_as_a_whole_add_nothing_of_their_own() -> None:
    stages = [SecondStage(Drawn(n, n), 1.0, 1.0, 1.0) for n in TWO_STRATA.n]
    assert ratio(replace(TWO_STRATA, second_stages=stages)) == ratio(TWO_STRATA)


def test_the_design_effect_of_clusters_that_are_alike_inside_is_their_size() -> None:
    # Four clusters of three, each of one value: twelve answers tell as much as four. m/(m - 1) and n/(n - 1) differ.
    rows = pd.DataFrame(
        {"value": [1.0] * 3 + [2.0] * 3 + [4.0] * 3 + [5.0] * 3, "cluster": [i // 3 for i in range(12)]}
    )
    alike = domain(rows["value"], pd.Series(1.0, rows.index), clusters=rows["cluster"])
    assert design_effect(alike) == pytest.approx(3 * (4 / 3) / (12 / 11))
    assert design_effect(domain(rows["value"], pd.Series(2.0, rows.index))) == pytest.approx(1)


def test_the_design_effect_is_defined_at_its_ends() -> None:
    weights = pd.Series([1.0, 2.0, 3.0])
    same = domain(pd.Series([1.0] * 3), weights)
    assert design_effect(same) == pytest.approx(3 * 14 / 36), "that of the weights alone"
    assert design_effect(domain(pd.Series([1.0, 0.0, 1.0]), weights, populations=pd.Series([3] * 3))) == 0
    assert design_effect(domain(pd.Series([1.0]), weights[:1])) is None
    assert design_effect(Domain({"all": Stratum(5)}, [], [], [], [], [])) is None


def test_an_empty_domain_has_no_mean_and_a_total_of_zero() -> None:
    empty = Domain({"all": Stratum(5)}, [], [], [], [], [])
    assert ratio(empty) == (None, None, 4)
    assert ratio(empty).interval() is None
    assert share_interval(empty) is None
    assert effective_n(empty) is None
    assert total(empty) == (0, 0, 4)


def test_a_stratum_with_one_cluster_adds_its_distance_from_the_whole() -> None:
    lonely = Domain(
        {"a": Stratum(1), "b": Stratum(2)}, ["a", "b", "b"], [1, 1, 1], [3.0, 1.0, 2.0], [1.0] * 3, [1.0] * 3
    )
    assert lonely.is_lonely
    # The mean is 2; scores times 3: 1, -1, 0; a adds 1; b adds 2/1 * (0.25 + 0.25) = 1.
    assert ratio(lonely) == pytest.approx((2, math.sqrt(2) / 3, 1))
    alone = Domain({"a": Stratum(1)}, ["a"], [4], [8.0], [4.0], [4.0])
    assert ratio(alone)[:2] == (2, None)
    assert ratio(alone).interval() is None
    assert share_interval(Domain({"a": Stratum(1)}, ["a"], [4], [1.0], [4.0], [4.0])) is None


def test_a_domain_within_one_cluster_has_a_value_but_no_interval() -> None:
    one = Domain({"all": Stratum(9)}, ["all"], [2], [3.0], [4.0], [8.0])
    assert ratio(one) == (0.75, None, 8)
    assert ratio(one).interval() is None
    assert share_interval(one) is None


def test_a_census_in_every_stratum_has_no_sampling_error() -> None:
    design = {"a": Stratum(1, 1), "b": Stratum(2, 2)}
    census = Domain(design, ["a", "b", "b"], [1, 1, 1], [1.0, 0.0, 1.0], [1.0] * 3, [1.0] * 3)
    assert not census.is_lonely
    assert ratio(census).interval() == pytest.approx((2 / 3, 2 / 3))
    assert share_interval(census) == pytest.approx((2 / 3, 2 / 3))


def test_none_and_all_have_an_interval_that_ends_at_zero_and_one() -> None:
    weights = [1.0, 2.0, 3.0]
    squared = [weight**2 for weight in weights]
    none = share_interval(Domain({"all": Stratum(3)}, ["all"] * 3, [1] * 3, [0.0] * 3, weights, squared))
    everyone = share_interval(Domain({"all": Stratum(3)}, ["all"] * 3, [1] * 3, weights, weights, squared))
    assert none is not None
    assert everyone is not None
    assert none.low == 0
    assert everyone.high == 1
    assert none.high == pytest.approx(3.841458820694124 / (36 / 14 + 3.841458820694124))
    assert everyone.low == pytest.approx(1 - none.high)


def test_equal_values_have_an_interval_without_width() -> None:
    equal = ratio(domain(pd.Series([0.1] * 6), pd.Series([1.0, 0.3, 0.7, 2.0, 1.1, 9.0])))
    assert equal.standard_error == 0


samples = st.lists(st.floats(0, 100, allow_subnormal=False).map(lambda value: round(value, 3)), min_size=2, max_size=30)


@given(samples, st.integers(0, 50), st.floats(0.01, 100))
def test_equal_weights_without_strata_are_a_simple_random_sample(values: list[float], more: int, weight: float) -> None:
    population = len(values) + more
    rows = pd.Series(values)
    asked = domain(rows, pd.Series(weight, rows.index), populations=pd.Series(population, rows.index))
    simple = mean_interval(sum(values), sum(value**2 for value in values), len(values), population)
    assert ratio(asked).interval() == pytest.approx(simple, rel=1e-6, abs=1e-4)


@given(st.lists(st.booleans(), min_size=2, max_size=60), st.floats(0.01, 100))
def test_equal_weights_give_wilsons_interval(met: list[bool], weight: float) -> None:
    rows = pd.Series(met, dtype=float)
    weighted = share_interval(domain(rows, pd.Series(weight, rows.index)))
    assert weighted == pytest.approx(wilson(sum(met), len(met)), abs=1e-9)


@st.composite
def surveys(draw: st.DrawFn) -> pd.DataFrame:
    """Rows of a survey with weights, strata and clusters; some strata have one cluster."""
    size = draw(st.integers(1, 25))
    seed = draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    strata = random.integers(0, 3, size)
    clusters = [f"{stratum}-{number}" for stratum, number in zip(strata, random.integers(0, 4, size), strict=True)]
    return pd.DataFrame(
        {
            "value": random.integers(0, 6, size).astype(float),
            "weight": random.uniform(0.2, 5, size),
            "stratum": strata.astype(str),
            "cluster": clusters,
            "part": random.integers(0, 2, size) == 1,
            "met": random.integers(0, 2, size).astype(float),
        }
    )


def of(survey: pd.DataFrame, values: str = "value", scale: float = 1.0, within: pd.Series | None = None) -> Domain:
    return domain(
        survey[values], survey["weight"] * scale, strata=survey["stratum"], clusters=survey["cluster"], within=within
    )


@given(surveys(), st.floats(0.01, 1000))
def test_the_unit_of_the_weights_does_not_move_a_mean_or_a_share(survey: pd.DataFrame, scale: float) -> None:
    for values in ("value", "met"):
        once, scaled = ratio(of(survey, values)), ratio(of(survey, values, scale))
        assert scaled.value == pytest.approx(once.value)
        for figure, expected in (
            (scaled.standard_error, once.standard_error),
            (effective_n(of(survey, "met", scale)), effective_n(of(survey, "met"))),
        ):
            assert (figure is None) == (expected is None)
            assert figure is None or figure == pytest.approx(expected, rel=1e-6, abs=1e-9)


@given(surveys())
def test_totals_of_domains_add_up(survey: pd.DataFrame) -> None:
    parts = [total(of(survey, within=survey["part"] == part)).value or 0 for part in (True, False)]
    assert sum(parts) == pytest.approx(total(of(survey)).value)


@given(surveys())
def test_every_estimate_is_a_number_or_none_and_lies_in_its_interval(survey: pd.DataFrame) -> None:
    for within in (None, survey["part"], survey["part"] & ~survey["part"]):
        share, mean = of(survey, "met", within=within), ratio(of(survey, within=within))
        for effect in (design_effect(share), design_effect(of(survey, within=within))):
            assert effect is None or (math.isfinite(effect) and effect >= 0)
        for estimate, interval in ((mean, mean.interval()), (ratio(share), share_interval(share))):
            figures = [*(interval or ()), *(figure for figure in estimate if figure is not None)]
            assert all(math.isfinite(figure) for figure in figures)
            if interval is not None and estimate.value is not None:
                assert interval.low - 1e-9 <= estimate.value <= interval.high + 1e-9
