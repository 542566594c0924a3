"""Small groups stay hidden, also from somebody who subtracts what is shown from the totals."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.disclosure.cells import Cell, NodeScore, Score
from mel_pipeline.disclosure.protect import Rules, protect

END = date(2024, 12, 31)
RULES = Rules(
    protected_indicators=frozenset({"PEOPLE"}),
    minimum_cell=5,
    dividing_scopes=frozenset({"hub"}),
    weighs_in={"OP2": frozenset({"PEOPLE"})},
)


def cell(value: float, scope: str = "all/all", by: str = "total/total", code: str = "PEOPLE", **more: Any) -> Cell:
    return Cell(code, "year", "2024", END, *scope.split("/"), *by.split("/"), value=value, **more)


def score(actual: float | None, scope: str = "all/all", code: str = "PEOPLE") -> Score:
    return Score(code, "year", "2024", END, *scope.split("/"), status="on_track", target=100, actual=actual)


def hidden(cells: list[Cell]) -> set[str]:
    shown = protect(cells, [], [], RULES).cells
    return {f"{c.scope_type}/{c.scope_code} {c.dimension}/{c.category}" for c in shown if c.is_hidden}


def test_a_group_below_the_minimum_is_hidden_with_all_its_numbers() -> None:
    small = cell(4, "grant/G1", numerator=4, denominator=20, n=4, ci_low=1, ci_high=9)
    (shown,) = protect([small], [], [], RULES).cells
    assert shown.is_hidden
    assert (shown.value, shown.numerator, shown.denominator, shown.n, shown.ci_low, shown.ci_high) == (None,) * 6


def test_nobody_and_the_minimum_are_shown() -> None:
    assert hidden([cell(0, "grant/G1"), cell(5, "grant/G2")]) == set()


def test_the_size_of_a_group_is_its_answers_not_its_value() -> None:
    assert hidden([cell(61.5, "grant/G1", n=3)]) == {"grant/G1 total/total"}
    assert hidden([cell(3.2, "grant/G1", n=30)]) == set()


def test_other_indicators_are_not_protected() -> None:
    assert hidden([cell(2, "grant/G1", code="EVENTS")]) == set()


def test_one_small_category_hides_its_whole_dimension_and_no_other() -> None:
    cells = [
        cell(100, "grant/G1"),
        cell(60, "grant/G1", "sex/female"),
        cell(40, "grant/G1", "sex/male"),
        cell(97, "grant/G1", "age/adult"),
        cell(3, "grant/G1", "age/child"),
    ]
    assert hidden(cells) == {"grant/G1 age/adult", "grant/G1 age/child"}


def test_a_small_rest_hides_the_dimension_that_gives_it_away() -> None:
    cells = [cell(100, "grant/G1"), cell(58, "grant/G1", "sex/female"), cell(40, "grant/G1", "sex/male")]
    assert hidden(cells) == {"grant/G1 sex/female", "grant/G1 sex/male"}


def test_a_small_hub_hides_all_hubs_because_they_add_up_to_the_whole() -> None:
    cells = [cell(100), cell(60, "hub/A"), cell(37, "hub/B"), cell(3, "hub/C"), cell(50, "grant/G1")]
    assert hidden(cells) == {"hub/A total/total", "hub/B total/total", "hub/C total/total"}


def test_hiding_goes_on_until_nothing_can_be_subtracted() -> None:
    cells = [
        cell(200), cell(110, by="sex/female"), cell(90, by="sex/male"),
        cell(120, "hub/A"), cell(107, "hub/A", "sex/female"), cell(13, "hub/A", "sex/male"),
        cell(80, "hub/B"), cell(3, "hub/B", "sex/female"), cell(77, "hub/B", "sex/male"),
    ]  # fmt: skip
    assert hidden(cells) == {
        "hub/A sex/female", "hub/A sex/male", "hub/B sex/female", "hub/B sex/male",
    }  # fmt: skip


def test_a_score_without_an_open_value_is_hidden_with_its_status() -> None:
    shown = protect([cell(4, "grant/G1")], [score(4, "grant/G1"), score(3, "grant/G2")], [], RULES).scores
    assert [(s.status, s.actual, s.is_hidden) for s in shown] == [("hidden", None, True)] * 2


def test_a_score_that_nobody_reported_stays_as_it_is() -> None:
    (shown,) = protect([], [score(None, "grant/G1")], [], RULES).scores
    assert not shown.is_hidden


def test_a_step_whose_score_repeats_a_hidden_performance_is_hidden() -> None:
    nodes = [NodeScore("OP2", END, 0.04, "off_track", 1, 1), NodeScore("OC1", END, 0.9, "on_track", 1, 1)]
    shown = protect([cell(4)], [score(4)], nodes, RULES).nodes
    assert [(node.node_id, node.score, node.is_hidden) for node in shown] == [("OP2", None, True), ("OC1", 0.9, False)]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(0, 6))
def test_what_is_shown_never_leaves_a_small_difference(parts: list[int], rest: int) -> None:
    cells = [cell(sum(parts) + rest, "grant/G1")]
    cells += [cell(size, "grant/G1", f"group/{number}") for number, size in enumerate(parts)]
    shown = [c for c in protect(cells, [], [], RULES).cells if not c.is_hidden]
    assert all(not 0 < (c.value or 0) < 5 for c in shown)
    totals = [c.value or 0 for c in shown if c.dimension == "total"]
    groups = [c.value or 0 for c in shown if c.dimension == "group"]
    if totals and groups:
        assert not 0 < totals[0] - sum(groups) < 5
