"""Each link has a row where its effect has a new value, judged against its cause a lag before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from mel_pipeline.declarations.models import Indicator, Learning, Target, TheoryOfChange
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.scoring.assumptions import AssumptionBook
from mel_pipeline.scoring.layout import LINK_COLUMNS
from mel_pipeline.scoring.links import score_links
from mel_pipeline.scoring.tables import evidence_by_cell, score_indicators, score_nodes

MakeIndicator = Callable[..., Indicator]
MakeTarget = Callable[..., Target]
MakeProgramme = Callable[..., Programme]
MakeValues = Callable[..., pd.DataFrame]

AS_OF = date(2025, 1, 31)
WORDS = {"en": "words"}
CENSUS = {"count": None, "share": "is_met", "population": "census"}


def theory(lag: int, **assumption: Any) -> TheoryOfChange:
    """Activity A1 leads to output OP1 after a lag, if AS1 holds."""
    return TheoryOfChange.model_validate(
        {
            "nodes": [
                {"id": "A1", "level": "activity", "label": WORDS},
                {"id": "OP1", "level": "output", "label": WORDS},
            ],
            "links": [
                {"id": "L1", "from": "A1", "to": "OP1", "status": "stated", "lag_quarters": lag, "assumptions": ["AS1"]}
            ],
            "assumptions": [{"id": "AS1", "statement": WORDS, "links": ["L1"], **assumption}],
        }
    )


@pytest.fixture
def judged(
    make_indicator: MakeIndicator, make_target: MakeTarget, make_programme: MakeProgramme, make_values: MakeValues
) -> Callable[..., pd.DataFrame]:
    """Judge link L1 from quarterly results of 2024: done of 10 activities, and percent of 50 members reached."""

    def judge(
        done: list[float],
        reached: list[float],
        lag: int = 1,
        theory_of_change: TheoryOfChange | None = None,
        learning: Learning | None = None,
        share_tested: float | None = None,
        reached_by_year: bool = False,
    ) -> pd.DataFrame:
        output = {"measure": CENSUS, "type": "percentage", "unit": {"en": "%"}, "nodes": ["OP1"]}
        frequency, periods = (
            ("year", ["2024"]) if reached_by_year else ("quarter", [f"2024Q{place}" for place in (1, 2, 3, 4)])
        )
        baseline = {"value": 10, "period": "2023"}
        indicators = [
            make_indicator("ACT-01", nodes=["A1"]),
            make_indicator("OUT-01", frequency=frequency, baseline=baseline, **output),
            make_indicator("ASM-01", level="assumption", weighs=False, **output),
        ]
        targets = [make_target("ACT-01", "quarter", f"2024Q{place}", 10) for place in (1, 2, 3, 4)]
        targets += [make_target("OUT-01", frequency, period, 50) for period in periods]
        rows: list[dict[str, Any]] = [
            {"indicator_code": "ACT-01", "period": f"2024Q{place}", "value": value, "n": value}
            for place, value in enumerate(done, start=1)
        ]
        rows += [
            {"indicator_code": "OUT-01", "period_type": frequency, "period": period, "value": value, "n": 50}
            for period, value in zip(periods, reached, strict=False)
        ]
        if share_tested is not None:
            rows += [
                {"indicator_code": "ASM-01", "period": f"2024Q{place}", "value": share_tested, "n": 40}
                for place in (1, 2, 3, 4)
            ]
        programme = make_programme(indicators, targets)
        programme = replace(programme, theory=theory_of_change or theory(lag), learning=learning or Learning())
        values = make_values(*rows)
        scores = score_indicators(programme, values, AS_OF)
        book = AssumptionBook(programme, evidence_by_cell(values), AS_OF)
        return score_links(programme, score_nodes(programme, scores, AS_OF), scores, book)

    return judge


def row(verdicts: pd.DataFrame, period: str) -> dict[str, Any]:
    (only,) = verdicts[verdicts["period"] == period].to_dict("records")
    return {str(name): None if pd.isna(cell) else cell for name, cell in only.items()}


TEST = {"indicator": "ASM-01", "at_least": 80}


class TestRows:
    def test_has_the_columns_of_the_contract(self, judged: Callable[..., pd.DataFrame]) -> None:
        assert list(judged([10], [50]).columns) == list(LINK_COLUMNS)

    def test_the_cause_is_taken_its_lag_before(self, judged: Callable[..., pd.DataFrame]) -> None:
        verdicts = judged([10, 2, 10, 10], [50, 50, 12, 50])
        assert row(verdicts, "2024Q2")["verdict"] == "consistent"
        assert row(verdicts, "2024Q3")["verdict"] == "implementation_failure"
        assert row(verdicts, "2024Q3")["cause_period"] == "2024Q2"
        assert row(verdicts, "2024Q4")["verdict"] == "consistent"

    def test_is_too_early_until_a_value_is_as_old_as_the_lag(self, judged: Callable[..., pd.DataFrame]) -> None:
        verdicts = judged([10] * 4, [50] * 4, lag=2)
        for period in ("2024Q1", "2024Q2"):
            found = row(verdicts, period)
            assert (found["verdict"], found["verdict_reason"]) == ("too_early", "first_judged:2024Q3")
        assert row(verdicts, "2024Q3")["verdict"] == "consistent"

    def test_a_yearly_effect_is_judged_once_a_year(self, judged: Callable[..., pd.DataFrame]) -> None:
        verdicts = judged([10] * 4, [50], reached_by_year=True)
        assert verdicts["period"].tolist() == ["2024Q4"]
        assert row(verdicts, "2024Q4")["cause_period"] == "2024Q3"

    def test_a_missing_cause_leaves_the_verdict_open(self, judged: Callable[..., pd.DataFrame]) -> None:
        found = row(judged([10], [50] * 4), "2024Q4")
        assert (found["verdict"], found["verdict_reason"]) == ("cannot_tell", "unknown:cause")

    def test_an_end_that_nothing_scores_is_not_testable_and_told_once_a_year(
        self, judged: Callable[..., pd.DataFrame]
    ) -> None:
        nodes = [{"id": name, "level": "output", "label": WORDS} for name in ("A1", "OP1", "IM2")]
        links = [{"id": "L1", "from": "OP1", "to": "IM2", "status": "stated", "lag_quarters": 1}]
        other = TheoryOfChange.model_validate({"nodes": nodes, "links": links})
        verdicts = judged([10] * 4, [50] * 4, theory_of_change=other)
        assert verdicts["period"].tolist() == ["2024Q4"]
        assert verdicts["verdict_reason"].tolist() == ["not_testable"]


class TestAssumptions:
    def test_without_test_or_review_a_verdict_is_provisional(self, judged: Callable[..., pd.DataFrame]) -> None:
        found = row(judged([10] * 4, [50] * 4), "2024Q4")
        assert (found["is_provisional"], found["provisional_reason"]) == (True, "untested_assumption:AS1")

    def test_a_passed_test_settles_it(self, judged: Callable[..., pd.DataFrame]) -> None:
        found = row(judged([10] * 4, [50] * 4, theory_of_change=theory(1, test=TEST), share_tested=80), "2024Q4")
        assert (found["verdict"], found["is_provisional"], found["assumptions"]) == ("consistent", False, "AS1:holds")

    def test_a_failed_test_turns_the_verdict(self, judged: Callable[..., pd.DataFrame]) -> None:
        failed = {"theory_of_change": theory(1, test=TEST), "share_tested": 79.9}
        assert row(judged([10] * 4, [50] * 4, **failed), "2024Q4")["verdict"] == "works_for_other_reasons"
        assert row(judged([10] * 4, [12] * 4, **failed), "2024Q4")["verdict"] == "assumption_failure"

    def test_a_test_without_a_value_tests_nothing(self, judged: Callable[..., pd.DataFrame]) -> None:
        found = row(judged([10] * 4, [50] * 4, theory_of_change=theory(1, test=TEST)), "2024Q4")
        assert found["assumptions"] == "AS1:untested"

    def test_the_latest_review_up_to_the_quarter_counts(self, judged: Callable[..., pd.DataFrame]) -> None:
        review = {"assumption": "AS1", "role": WORDS, "why": WORDS}
        learning = Learning.model_validate(
            {
                "reviews": [
                    {**review, "reviewed_on": date(2024, 5, 1), "holds": True},
                    {**review, "reviewed_on": date(2024, 8, 1), "holds": False},
                ]
            }
        )
        verdicts = judged([10] * 4, [50] * 4, learning=learning)
        assert row(verdicts, "2024Q2")["assumptions"] == "AS1:holds"
        assert row(verdicts, "2024Q3")["verdict"] == "works_for_other_reasons"


class TestContribution:
    def test_climbs_step_by_step(self, judged: Callable[..., pd.DataFrame]) -> None:
        assert row(judged([2] * 4, [20, 30, 40, 50]), "2024Q4")["contribution_grade"] == 0
        assert row(judged([10] * 4, [9, 9, 9, 9]), "2024Q4")["contribution_grade"] == 1
        assert row(judged([10] * 4, [50] * 4), "2024Q4")["contribution_grade"] == 2
        assert row(judged([10] * 4, [20, 30, 40, 50]), "2024Q4")["contribution_grade"] == 3

    def test_reaches_five_when_tested_and_weighed_by_a_person(self, judged: Callable[..., pd.DataFrame]) -> None:
        weighed = {"link": "L1", "weighed_on": date(2024, 12, 1), "role": WORDS}
        learning = Learning.model_validate({"explanations": [{**weighed, "explanations": WORDS, "conclusion": WORDS}]})
        tested = {"theory_of_change": theory(1, test=TEST), "share_tested": 90}
        assert row(judged([10] * 4, [20, 30, 40, 50], **tested), "2024Q4")["contribution_grade"] == 4
        found = row(judged([10] * 4, [20, 30, 40, 50], learning=learning, **tested), "2024Q4")
        assert found["contribution_grade"] == 5
