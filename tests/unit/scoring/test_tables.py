"""The tables hold one row per indicator, own period and scope, and per node, quarter and scope."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from mel_pipeline.declarations.models import Indicator, Target
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.scoring.blocked import Blocked
from mel_pipeline.scoring.layout import NODE_COLUMNS, SCORE_COLUMNS
from mel_pipeline.scoring.scopes import ExpectedScope
from mel_pipeline.scoring.tables import score_indicators, score_nodes

MakeIndicator = Callable[..., Indicator]
MakeTarget = Callable[..., Target]
MakeProgramme = Callable[..., Programme]
MakeValues = Callable[..., pd.DataFrame]

AS_OF = date(2025, 4, 30)
CENSUS = {"count": None, "share": "is_met", "population": "census"}
SURVEY = {"count": None, "share": "is_met"}
HUB = {"scope_type": "hub", "scope_code": "MENA"}


def row(scores: pd.DataFrame, code: str, period: str, scope_code: str = "all") -> dict[str, Any]:
    """The one row of an indicator (or a node), with None for empty cells."""
    key = "indicator_code" if "indicator_code" in scores else "node_id"
    found = scores[(scores[key] == code) & (scores["period"] == period) & (scores["scope_code"] == scope_code)]
    (only,) = found.to_dict("records")
    return {str(name): None if pd.isna(cell) else cell for name, cell in only.items()}


@pytest.fixture
def mem_02(make_indicator: MakeIndicator) -> Indicator:
    """The share of members that accepted the principles, of a complete register."""
    return make_indicator(
        "MEM-02",
        measure=CENSUS,
        type="percentage",
        unit={"en": "%"},
        time="latest",
        evidence_weight="moderate",
        baseline={"value": 78, "period": "2023"},
    )


class TestColumnsAndRows:
    def test_columns_are_those_of_the_design(
        self, make_indicator: MakeIndicator, make_programme: MakeProgramme, make_values: MakeValues
    ) -> None:
        programme = make_programme([make_indicator()], [])
        scores = score_indicators(programme, make_values(), AS_OF)
        assert list(scores.columns) == list(SCORE_COLUMNS)
        assert list(score_nodes(programme, scores, AS_OF).columns) == list(NODE_COLUMNS)

    @pytest.mark.parametrize(
        ("declared", "period_type", "periods"),
        [
            ({}, "quarter", 8),
            ({"time": "latest"}, "quarter", 8),
            ({"time": "year_to_date"}, "year_to_date", 8),
            ({"frequency": "half_year"}, "half_year", 4),
            ({"frequency": "year"}, "year", 2),
        ],
    )
    def test_every_own_period_of_the_calendar_has_a_row(
        self,
        make_indicator: MakeIndicator,
        make_programme: MakeProgramme,
        make_values: MakeValues,
        declared: dict[str, Any],
        period_type: str,
        periods: int,
    ) -> None:
        scores = score_indicators(make_programme([make_indicator(**declared)], []), make_values(), AS_OF)
        assert set(scores["period_type"]) == {period_type}
        assert len(scores) == periods
        assert set(scores["scope_code"]) == {"all"}
        assert set(scores["scoring_profile"]) == {"default"}

    def test_other_period_types_and_categories_are_values_without_status(
        self, make_indicator: MakeIndicator, make_programme: MakeProgramme, make_values: MakeValues
    ) -> None:
        values = make_values(
            {"indicator_code": "ACT-01", "period_type": "year", "period": "2024", "value": 30},
            {"indicator_code": "ACT-01", "period": "2024Q1", "dimension": "mode", "category": "online", "value": 3},
        )  # fmt: skip
        scores = score_indicators(make_programme([make_indicator()], []), values, AS_OF)
        assert scores["actual"].isna().all()
        assert "2024" not in set(scores["period"])

    def test_rows_are_in_the_same_order_whatever_the_order_of_values(
        self, make_indicator: MakeIndicator, make_programme: MakeProgramme, make_values: MakeValues
    ) -> None:
        programme = make_programme([make_indicator("B"), make_indicator("A")], [])
        values = make_values(
            {"indicator_code": "A", "period": "2024Q1", "value": 1, **HUB},
            {"indicator_code": "B", "period": "2024Q1", "value": 2},
        )
        pd.testing.assert_frame_equal(
            score_indicators(programme, values, AS_OF), score_indicators(programme, values[::-1], AS_OF)
        )


def test_mem_04_accumulates_through_the_year(
    make_indicator: MakeIndicator,
    make_target: MakeTarget,
    make_programme: MakeProgramme,
    make_values: MakeValues,
) -> None:
    mem_04 = make_indicator(
        "MEM-04", measure=CENSUS, type="percentage", time="year_to_date",
        baseline={"value": 63, "period": "2023"},
    )  # fmt: skip
    targets = [
        make_target("MEM-04", "year_to_date", "2025Q1-ytd", 26),
        make_target("MEM-04", "year_to_date", "2024Q1-ytd", 26),
    ]
    usual = {"indicator_code": "MEM-04", "period_type": "year_to_date", "n": 200}
    values = make_values({**usual, "period": "2025Q1-ytd", "value": 40}, {**usual, "period": "2024Q1-ytd", "value": 20})
    scores = score_indicators(make_programme([mem_04], targets), values, AS_OF)
    exceeded, at_risk = row(scores, "MEM-04", "2025Q1-ytd"), row(scores, "MEM-04", "2024Q1-ytd")
    assert exceeded["performance"] == pytest.approx(1.54, abs=0.005)
    assert (exceeded["status"], exceeded["is_exceeded"]) == ("on_track", True)
    assert at_risk["performance"] == pytest.approx(0.77, abs=0.005)
    assert (at_risk["status"], at_risk["is_exceeded"]) == ("at_risk", False)
    assert (exceeded["baseline"], exceeded["certainty"], exceeded["progress"]) == (63, "certain", None)


def test_a_level_shows_everything_that_its_status_rests_on(
    mem_02: Indicator, make_target: MakeTarget, make_programme: MakeProgramme, make_values: MakeValues
) -> None:
    targets = [
        make_target("MEM-02", "quarter", "2025Q1", 88),
        make_target("MEM-02", "programme", "programme", 98),
    ]
    values = make_values(
        {"indicator_code": "MEM-02", "period": "2025Q1", "value": 85, "n": 60, "ci_low": 84, "ci_high": 86}
    )
    found = row(score_indicators(make_programme([mem_02], targets), values, AS_OF), "MEM-02", "2025Q1")
    assert (found["baseline"], found["target"], found["final_target"], found["actual"]) == (78, 88, 98, 85)
    assert found["performance"] == pytest.approx(0.7)
    assert (found["performance_low"], found["performance_high"]) == pytest.approx((0.6, 0.8))
    assert found["progress"] == pytest.approx(0.35)
    assert (found["status"], found["certainty"]) == ("at_risk", "leaning")
    assert (found["coverage"], found["dqa_grade"]) == (1, None)


def test_a_changed_target_leaves_the_original_status(
    make_indicator: MakeIndicator,
    make_target: MakeTarget,
    make_programme: MakeProgramme,
    make_values: MakeValues,
) -> None:
    out_02 = make_indicator("OUT-02", time="year_to_date")
    targets = [
        make_target("OUT-02", "year_to_date", "2025Q1-ytd", 330),
        make_target("OUT-02", "year_to_date", "2025Q1-ytd", 200, set_on=date(2025, 3, 10), line=3),
    ]
    values = make_values(
        {"indicator_code": "OUT-02", "period_type": "year_to_date", "period": "2025Q1-ytd", "value": 190}
    )
    programme = make_programme([out_02], targets)
    found = row(score_indicators(programme, values, AS_OF), "OUT-02", "2025Q1-ytd")
    assert (found["target"], found["status"], found["original_status"]) == (200, "on_track", "off_track")


class TestMissing:
    @pytest.fixture
    def scores(
        self,
        make_indicator: MakeIndicator,
        make_target: MakeTarget,
        make_programme: MakeProgramme,
        make_values: MakeValues,
    ) -> pd.DataFrame:
        quarters = ("2024Q1", "2024Q2", "2024Q3", "2025Q1", "2025Q2")
        targets = [make_target("ACT-01", "quarter", quarter, 10) for quarter in quarters]
        values = make_values(
            {"indicator_code": "ACT-01", "period": "2024Q1", "value": 0, "coverage": 0.0},
            {"indicator_code": "ACT-01", "period": "2024Q2", "value": 0, "coverage": 1.0},
            {"indicator_code": "ACT-01", "period": "2024Q3", "value": 9, "coverage": 0.5},
            {"indicator_code": "ACT-01", "period": "2025Q2", "value": 2},
        )
        return score_indicators(make_programme([make_indicator()], targets), values, AS_OF)

    def test_a_count_over_no_reports_is_neither_zero_nor_red(self, scores: pd.DataFrame) -> None:
        found = row(scores, "ACT-01", "2024Q1")
        assert (found["status"], found["status_reason"]) == ("not_reported", "nothing_received")
        assert found["actual"] is None

    def test_a_reported_zero_is_a_zero(self, scores: pd.DataFrame) -> None:
        found = row(scores, "ACT-01", "2024Q2")
        assert (found["status"], found["actual"], found["performance"]) == ("off_track", 0, 0)

    def test_too_few_reports(self, scores: pd.DataFrame) -> None:
        found = row(scores, "ACT-01", "2024Q3")
        assert (found["status"], found["performance"]) == ("not_assessable", None)
        assert found["status_reason"] == "coverage_below_minimum:0.5<0.6"
        assert found["actual"] == 9

    def test_no_target(self, scores: pd.DataFrame) -> None:
        assert row(scores, "ACT-01", "2024Q4")["status"] == "no_target"

    def test_no_row(self, scores: pd.DataFrame) -> None:
        found = row(scores, "ACT-01", "2025Q1")
        assert (found["status"], found["original_status"]) == ("not_reported", "not_reported")

    def test_a_running_period(self, scores: pd.DataFrame) -> None:
        assert row(scores, "ACT-01", "2025Q2")["status"] == "not_due"


def test_a_blocked_indicator_is_not_assessable(
    make_indicator: MakeIndicator,
    make_target: MakeTarget,
    make_programme: MakeProgramme,
    make_values: MakeValues,
) -> None:
    programme = make_programme([make_indicator()], [make_target("ACT-01", "quarter", "2025Q1", 10)])
    values = make_values({"indicator_code": "ACT-01", "period": "2025Q1", "value": 10})
    found = row(score_indicators(programme, values, AS_OF, blocked=Blocked(frozenset({"ACT-01"}))), "ACT-01", "2025Q1")
    assert (found["status"], found["status_reason"]) == ("not_assessable", "blocked")


@pytest.mark.parametrize(("n_units", "status"), [(12, "on_track"), (60, "not_assessable"), (None, "not_assessable")])
def test_few_units_need_fewer_answers(
    make_indicator: MakeIndicator,
    make_target: MakeTarget,
    make_programme: MakeProgramme,
    make_values: MakeValues,
    n_units: int | None,
    status: str,
) -> None:
    share = make_indicator("OUT-04", measure=SURVEY, type="percentage", frequency="year")
    values = make_values(
        {"indicator_code": "OUT-04", "period_type": "year", "period": "2024", "value": 50, "n": 7}
    ).assign(n_units=n_units)
    programme = make_programme([share], [make_target("OUT-04", "year", "2024", 50)])
    assert row(score_indicators(programme, values, AS_OF), "OUT-04", "2024")["status"] == status


class TestScopes:
    @pytest.fixture
    def values(self, make_values: MakeValues) -> pd.DataFrame:
        return make_values(
            {"indicator_code": "MEM-02", "period": "2025Q1", "value": 88, "n": 12, **HUB},
            {"indicator_code": "ACT-01", "period": "2025Q1", "value": 10, **HUB},
        )

    @pytest.fixture
    def programme(
        self,
        mem_02: Indicator,
        make_indicator: MakeIndicator,
        make_target: MakeTarget,
        make_programme: MakeProgramme,
    ) -> Programme:
        act_01 = make_indicator(baseline={"value": 25, "period": "2023"})
        targets = [
            make_target("MEM-02", "quarter", "2025Q1", 88),
            make_target("ACT-01", "quarter", "2025Q1", 40),
        ]
        return make_programme([mem_02, act_01, make_indicator("ACT-02", scopes=["all"])], targets)

    def test_a_rate_of_a_hub_is_held_to_target_and_baseline_of_the_whole(
        self, programme: Programme, values: pd.DataFrame
    ) -> None:
        found = row(score_indicators(programme, values, AS_OF), "MEM-02", "2025Q1", "MENA")
        assert (found["status"], found["baseline"], found["target"]) == ("on_track", 78, 88)
        assert found["is_target_inherited"]

    def test_a_count_of_a_hub_is_not(self, programme: Programme, values: pd.DataFrame) -> None:
        found = row(score_indicators(programme, values, AS_OF), "ACT-01", "2025Q1", "MENA")
        assert (found["status"], found["baseline"], found["target"]) == ("no_target", None, None)
        assert not found["is_target_inherited"]

    def test_a_hub_that_is_due_and_never_reports_is_shown(self, programme: Programme, values: pd.DataFrame) -> None:
        expected = {("hub", "WAF"): ExpectedScope(active_from=date(2025, 2, 1))}
        scores = score_indicators(programme, values, AS_OF, expected)
        assert row(scores, "MEM-02", "2025Q1", "WAF")["status"] == "not_reported"
        waf = scores[(scores["scope_code"] == "WAF") & (scores["indicator_code"] == "MEM-02")]
        assert min(waf["period"]) == "2025Q1"
        assert "WAF" not in set(scores[scores["indicator_code"] == "ACT-02"]["scope_code"])

    def test_a_hub_that_has_closed_owes_nothing_after(self, programme: Programme, values: pd.DataFrame) -> None:
        expected = {("hub", "MENA"): ExpectedScope(active_to=date(2025, 3, 31))}
        scores = score_indicators(programme, values, AS_OF, expected)
        assert max(scores[scores["scope_code"] == "MENA"]["period"]) == "2025Q1"

    def test_a_scope_of_a_type_that_the_indicator_has_no_values_in_is_not_expected(
        self, programme: Programme, values: pd.DataFrame
    ) -> None:
        scores = score_indicators(programme, values, AS_OF, {("grant", "G-01"): ExpectedScope()})
        assert "grant" not in set(scores["scope_type"])


class TestNodes:
    @pytest.fixture
    def nodes(
        self,
        mem_02: Indicator,
        make_indicator: MakeIndicator,
        make_target: MakeTarget,
        make_programme: MakeProgramme,
        make_values: MakeValues,
    ) -> pd.DataFrame:
        yearly = make_indicator("OUT-04", measure=CENSUS, type="percentage", frequency="year", evidence_weight="weak")
        targets = [
            make_target("ACT-01", "quarter", "2024Q4", 10),
            make_target("ACT-01", "quarter", "2025Q1", 10),
            make_target("MEM-02", "quarter", "2025Q1", 88),
            make_target("OUT-04", "year", "2024", 50),
        ]
        values = make_values(
            {"indicator_code": "ACT-01", "period": "2024Q4", "value": 20},
            {"indicator_code": "ACT-01", "period": "2025Q1", "value": 8},
            {"indicator_code": "OUT-04", "period_type": "year", "period": "2024", "value": 25, "n": 60},
            {"indicator_code": "MEM-02", "period": "2025Q1", "value": 88, "n": 12, **HUB},
        )
        programme = make_programme([make_indicator(), mem_02, yearly], targets)
        return score_nodes(programme, score_indicators(programme, values, AS_OF), AS_OF)

    def test_there_is_a_row_for_every_node_scope_and_quarter_that_has_ended(self, nodes: pd.DataFrame) -> None:
        assert len(nodes) == 2 * 2 * 5
        assert set(nodes["period"]) == {"2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1"}

    def test_a_year_counts_in_the_quarter_in_which_it_ends(self, nodes: pd.DataFrame) -> None:
        found = row(nodes, "OP1", "2024Q4")
        assert found["score"] == pytest.approx((1.0 * 1 + 0.4 * 0.5) / 1.4)
        assert (found["status"], found["weakest_indicator"]) == ("at_risk", "OUT-04")
        assert (found["n_indicators"], found["n_assessable"], found["assessed_share"]) == (2, 2, 1)

    def test_and_until_the_next_one_beside_newer_quarters(self, nodes: pd.DataFrame) -> None:
        found = row(nodes, "OP1", "2025Q1")
        assert found["score"] == pytest.approx((1.0 * 0.8 + 0.4 * 0.5) / 1.4)
        assert found["assessed_share"] == pytest.approx(1.4 / 2.1)
        assert (found["n_indicators"], found["n_assessable"]) == (3, 2)
        assert (found["score_low"], found["score_high"]) == (found["score"], found["score"])

    def test_a_scope_of_its_own(self, nodes: pd.DataFrame) -> None:
        found = row(nodes, "OP1", "2025Q1", "MENA")
        assert (found["score"], found["status"], found["n_indicators"]) == (1, "on_track", 1)

    def test_a_node_without_indicator_has_a_row_without_score(self, nodes: pd.DataFrame) -> None:
        found = row(nodes, "OP2", "2025Q1")
        assert (found["score"], found["status"], found["n_indicators"]) == (None, None, 0)

    def test_before_anything_is_due_there_is_no_score(self, nodes: pd.DataFrame) -> None:
        found = row(nodes, "OP1", "2024Q1")
        assert (found["score"], found["assessed_share"], found["n_indicators"]) == (None, None, 0)
