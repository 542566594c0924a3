"""Response rates counted on fingers, and their bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.indicators.response import Outcomes, response_rates, weighted


def test_answers_are_told_of_the_invited_and_of_the_eligible() -> None:
    # 100 invitations: 40 answered, 20 did not, 20 were not eligible, 20 were never reached. Three in four of those who
    # are known are eligible, so that 15 of the 20 may be.
    rates = response_rates(Outcomes(40, 20, 20, 20))
    assert rates == pytest.approx((0.4, 0.5, 40 / 75))


def test_nobody_gives_no_rate() -> None:
    assert response_rates(Outcomes(0, 0)) == (None, None, None)
    assert response_rates(Outcomes(0, 0, not_eligible=3)) == (0, None, None)
    assert response_rates(Outcomes(0, 0, not_reached=3)) == (0, 0, None)


def test_invitations_count_by_what_they_stand_for() -> None:
    outcomes = weighted([("answered", 2.5), ("not_answered", 1.0), ("answered", 0.5), ("not_reached", 2.0)])
    assert outcomes == (3, 1, 0, 2)
    assert response_rates(outcomes).of_invited == 0.5


@pytest.mark.parametrize(
    ("invitation", "message"),
    [(("anwsered", 1.0), "found the outcome 'anwsered'"), (("answered", -1.0), "found the weight -1")],
)
def test_a_slip_is_told(invitation: tuple[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        weighted([invitation])


counts = st.integers(0, 500)


@given(counts, counts, counts, counts)
def test_rates_are_shares_and_stand_in_order(answered: int, silent: int, out: int, lost: int) -> None:
    rates = response_rates(Outcomes(answered, silent, out, lost))
    told = [rate for rate in rates if rate is not None]
    assert all(0 <= rate <= 1 for rate in told)
    assert told == pytest.approx(sorted(told))
