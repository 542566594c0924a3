"""Medians of samples with a design: on paper, beside the usual median, and wherever they may be asked for."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.indicators.designed_samples import Stratum
from mel_pipeline.indicators.medians import SampledValue, median, weighted_quantile

ENDLESS = {"all": Stratum(400)}


def sample(values: list[float], weights: list[float] | None = None) -> list[SampledValue]:
    return [
        SampledValue("all", str(place), value, 1.0 if weights is None else weights[place])
        for place, value in enumerate(values)
    ]


figures = st.lists(st.integers(0, 9).map(float), max_size=40)


@given(figures)
def test_equal_weights_give_the_usual_median(values: list[float]) -> None:
    found = median(ENDLESS, sample(values))
    assert found.value == (np.median(values) if values else None)


@given(figures, st.data())
def test_a_weight_counts_as_so_many_rows(values: list[float], data: st.DataObject) -> None:
    weights = [data.draw(st.integers(1, 4)) for _ in values]
    repeated = [value for value, weight in zip(values, weights, strict=True) for _ in range(weight)]
    expected = np.median(repeated) if values else None
    assert median(ENDLESS, sample(values, [float(each) for each in weights])).value == expected


@given(figures, st.booleans())
def test_an_interval_holds_its_median_and_is_never_no_number(values: list[float], is_census: bool) -> None:
    found = median({"all": Stratum(len(values), len(values) if is_census else None)}, sample(values))
    if found.interval is None:
        return
    assert found.value is not None
    assert all(math.isfinite(end) for end in found.interval)
    assert found.interval.low <= found.value <= found.interval.high
    if is_census:
        assert found.interval == (found.value, found.value)


def test_the_interval_is_read_back_from_the_share_up_to_the_median() -> None:
    # 13 of 20 lie at or below 3; n/(n - 1) of the design of 400 clusters: 400/399. The share 0.65 has the standard
    # error sqrt(400/399 * 0.65 * 0.35 / 20) = 0.1068; t of 399 degrees 1.966: 0.440 to 0.860, which are 3 and 5.
    values = [1.0] * 3 + [2.0] * 5 + [3.0] * 5 + [4.0] * 4 + [5.0] * 3
    found = median(ENDLESS, sample(values))
    assert found.value == 3
    assert found.interval == (3, 5)
    assert found.domain.degrees_of_freedom == 399


def test_a_median_is_defined_where_the_sample_cannot_tell_more() -> None:
    assert median(ENDLESS, sample([])).value is None
    assert median(ENDLESS, sample([])).interval is None
    assert median(ENDLESS, sample([4.0])).interval is None, "one cluster shows no spread"
    assert median(ENDLESS, sample([4.0] * 6)).interval == (4, 4)
    assert median(ENDLESS, sample([1.0, 5.0, 5.0])).interval is None, "nobody lies above"
    assert median(ENDLESS, sample([1.0, 2.0, 3.0])).interval is None, "the share ends beyond 1"


def test_a_quantile_lies_halfway_where_the_share_is_reached_exactly() -> None:
    values, weights = np.array([1.0, 2.0, 4.0]), np.array([1.0, 1.0, 2.0])
    assert weighted_quantile(values, weights, 0.5) == 3
    assert weighted_quantile(values, weights, 0.51) == 4
    assert weighted_quantile(values, weights, 1.0) == 4
    assert weighted_quantile(values, weights, 0.0) == 1
