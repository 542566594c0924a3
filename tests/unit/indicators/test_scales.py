"""Items of a scale: alpha beside the textbook's matrix, answers counted on fingers, ends that are defined."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mel_pipeline.indicators.means import Sums
from mel_pipeline.indicators.proportions import wilson
from mel_pipeline.indicators.scales import cronbach_alpha, distribution


def sums(values: np.ndarray) -> Sums:
    return Sums(float(values.sum()), float((values**2).sum()), len(values))


def alpha_of(answers: np.ndarray):
    return cronbach_alpha([sums(item) for item in answers.T], sums(answers.sum(axis=1)))


def test_alpha_is_that_of_the_covariance_matrix_and_has_feldts_interval() -> None:
    random = np.random.default_rng(3)
    answers = np.clip(np.rint(3 + random.normal(0, 1, (40, 1)) + random.normal(0, 1, (40, 6))), 1, 5)
    covariances = np.cov(answers, rowvar=False)
    expected = 6 / 5 * (1 - np.trace(covariances) / covariances.sum())
    found = alpha_of(answers)
    assert found is not None
    assert found.value == pytest.approx(expected)
    ends = stats.f.ppf([0.975, 0.025], 39, 39 * 5)
    assert found.interval == pytest.approx(tuple(1 - (1 - expected) * ends))


def test_alpha_is_one_where_items_say_the_same_and_none_where_nothing_varies() -> None:
    assert alpha_of(np.array([[1, 1, 1], [4, 4, 4], [5, 5, 5]], dtype=float)) == (1, None)
    assert alpha_of(np.full((5, 3), 4.0)) is None
    assert alpha_of(np.array([[1.0, 5.0], [5.0, 1.0]])) is None, "all totals are the same"
    assert alpha_of(np.array([[1.0, 2.0]])) is None
    assert alpha_of(np.array([[1.0], [2.0]])) is None


@given(st.integers(0, 2**32 - 1), st.integers(2, 30), st.integers(2, 8))
def test_alpha_is_a_number_up_to_one_or_none(seed: int, n: int, k: int) -> None:
    found = alpha_of(np.random.default_rng(seed).integers(1, 6, (n, k)).astype(float))
    if found is None:
        return
    assert math.isfinite(found.value)
    assert found.value <= 1
    if found.interval is not None:
        assert found.interval.low <= found.value <= found.interval.high <= 1


def test_answers_are_told_step_by_step_and_the_two_highest_together() -> None:
    found = distribution({5: 6, 4: 4, 2: 10}, {"dont_know": 3, "refused": 1}, population=30)
    assert {step: each.n for step, each in found.steps.items()} == {1: 0, 2: 10, 3: 0, 4: 4, 5: 6}
    assert found.steps[3].share == 0
    assert found.top_two.share == 0.5
    assert found.top_two.interval == wilson(10, 20, 30)
    assert found.not_answered == {"dont_know": 3, "refused": 1}


def test_an_item_that_nobody_answered_has_no_shares() -> None:
    found = distribution({}, {"dont_know": 2})
    assert {each.share for each in found.steps.values()} == {None}
    assert found.top_two == (0, None, None)


def test_an_answer_beside_the_scale_is_told() -> None:
    with pytest.raises(ValueError, match="found the answer 6, expected 1 to 5"):
        distribution({6: 1}, {})


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 50)))
def test_shares_of_all_steps_add_up_to_one(counts: dict[int, int]) -> None:
    shares = [each.share for each in distribution(counts, {}).steps.values()]
    if sum(counts.values()):
        assert math.fsum(share for share in shares if share is not None) == pytest.approx(1)
