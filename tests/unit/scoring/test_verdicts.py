"""A link gets the first verdict that applies, says why it may still turn, and shows its contribution step by step."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.scoring.verdicts import (
    JUDGED,
    Assumed,
    End,
    Steps,
    Verdict,
    are_tested,
    judge_path,
    paths_from,
    provisional_reasons,
    verdict_on,
)

CUT = 0.90
STATES = {"achieved": True, "not achieved": False, "unknown": None}
ASSUMPTIONS = {
    "none": (),
    "holds": (Assumed.HOLDS,),
    "untested": (Assumed.UNTESTED,),
    "failed": (Assumed.FAILED,),
    "one of three failed": (Assumed.HOLDS, Assumed.FAILED, Assumed.UNTESTED),
}

# The table of verdicts: cause, effect, whether an assumption failed. `None` for a cause says that no value is as old
# as the lag; "any" leaves a column open.
TABLE = [
    (None, "any", "any", "too_early"),
    ("unknown", "any", "any", "cannot_tell"),
    ("any", "unknown", "any", "cannot_tell"),
    ("achieved", "achieved", False, "consistent"),
    ("achieved", "achieved", True, "works_for_other_reasons"),
    ("achieved", "not achieved", False, "theory_failure"),
    ("achieved", "not achieved", True, "assumption_failure"),
    ("not achieved", "not achieved", "any", "implementation_failure"),
    ("not achieved", "achieved", "any", "other_causes"),
]


def expected(cause: str | None, effect: str, has_failed: bool) -> str:
    """Read the table from the top: the first row that fits."""
    for row_cause, row_effect, row_failed, verdict in TABLE:
        fits = row_cause == cause or (row_cause == "any" and cause is not None)
        if fits and row_effect in ("any", effect) and row_failed in ("any", has_failed):
            return verdict
    raise AssertionError((cause, effect, has_failed))


@pytest.mark.parametrize(
    ("cause", "effect", "assumptions"), list(product([None, *STATES], STATES, ASSUMPTIONS)), ids=str
)
def test_every_combination_has_the_verdict_of_the_table(cause: str | None, effect: str, assumptions: str) -> None:
    known = ASSUMPTIONS[assumptions]
    verdict = verdict_on(None if cause is None else End(STATES[cause]), End(STATES[effect]), known)
    assert verdict == expected(cause, effect, Assumed.FAILED in known)


def test_every_verdict_occurs_in_the_table() -> None:
    assert {row[3] for row in TABLE} == set(Verdict)


class TestProvisional:
    @pytest.mark.parametrize(
        ("low", "high", "is_borderline"),
        [(0.85, 0.95, True), (0.90, 0.95, False), (0.85, 0.90, False), (0.91, 0.99, False), (None, None, False)],
    )
    def test_is_borderline_only_when_the_cut_lies_strictly_inside(
        self, low: float | None, high: float | None, is_borderline: bool
    ) -> None:
        assert End(True, low, high).is_borderline(CUT) is is_borderline

    def test_names_the_untested_assumptions_and_the_uncertain_ends(self) -> None:
        known = {"AS2": Assumed.UNTESTED, "AS1": Assumed.UNTESTED, "AS3": Assumed.HOLDS}
        reasons = provisional_reasons(Verdict.CONSISTENT, End(True, 0.8, 1.0), End(True, 0.85, 0.99), known, CUT)
        assert reasons == ["untested_assumption:AS1,AS2", "borderline:cause,effect"]

    def test_a_tested_link_with_clear_ends_is_final(self) -> None:
        known = {"AS1": Assumed.HOLDS}
        assert provisional_reasons(Verdict.THEORY_FAILURE, End(True, 0.95, 1.0), End(False, 0.1, 0.3), known, CUT) == []

    @pytest.mark.parametrize("verdict", sorted(set(Verdict) - JUDGED))
    def test_what_says_nothing_cannot_turn(self, verdict: Verdict) -> None:
        known = {"AS1": Assumed.UNTESTED}
        assert provisional_reasons(verdict, End(None, 0.8, 1.0), End(None), known, CUT) == []


class TestContribution:
    @given(st.tuples(*[st.booleans()] * 5))
    def test_each_step_needs_the_one_before(self, steps: tuple[bool, bool, bool, bool, bool]) -> None:
        grade = Steps(*steps).grade
        assert all(steps[:grade])
        assert grade == 5 or not steps[grade]

    def test_assumptions_are_tested_when_all_hold(self) -> None:
        assert are_tested([Assumed.HOLDS, Assumed.HOLDS])
        assert not are_tested([Assumed.HOLDS, Assumed.UNTESTED])
        assert not are_tested([Assumed.FAILED])


ENDS = {"A": [("L1", "B"), ("L2", "C")], "B": [("L3", "D")], "C": [("L4", "D")], "D": [("L5", "E")]}


class TestPaths:
    def test_leads_from_an_activity_to_where_no_link_leads_on(self) -> None:
        assert paths_from(["A"], ENDS) == [("L1", "L3", "L5"), ("L2", "L4", "L5")]

    def test_a_node_without_links_is_no_path(self) -> None:
        assert paths_from(["E"], ENDS) == []

    def test_grade_is_that_of_the_weakest_link_and_it_breaks_at_the_first_that_is_not_consistent(self) -> None:
        verdicts = {"L1": ("consistent", 4), "L3": ("theory_failure", 1), "L5": ("implementation_failure", 0)}
        path = judge_path(("L1", "L3", "L5"), verdicts)
        assert (path.grade, path.break_link) == (0, "L3")

    def test_a_link_without_a_verdict_breaks_the_path_and_leaves_no_grade(self) -> None:
        path = judge_path(("L1", "L3"), {"L1": ("consistent", 4)})
        assert (path.grade, path.break_link) == (None, "L3")

    def test_an_unbroken_path_has_no_break(self) -> None:
        assert judge_path(("L1",), {"L1": ("consistent", 4)}).break_link is None
