"""Verdicts on the links of the theory follow from the nodes that the same run scored, and can be explained."""

from itertools import product
from typing import get_args

import pandas as pd
import pytest

from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.periods import shift_quarter
from mel_pipeline.scoring.status import Status
from mel_pipeline.scoring.verdicts import Verdict
from tests.end_to_end.conftest import PROGRAMME, Finished, mel

KEYS = ["node_id", "scope_type", "scope_code", "period"]


@pytest.fixture(scope="module")
def verdicts(finished: Finished) -> pd.DataFrame:
    """Every judged link beside the status of both ends; the cause stands at its own quarter."""
    nodes = finished.table("select node_id, scope_type, scope_code, period, status from toc_node_scores")
    found = finished.table("select * from toc_link_verdicts")
    for end, node, period in (("cause", "from_node", "cause_period"), ("effect", "to_node", "period")):
        keys = [node, "scope_type", "scope_code", period]
        of_end = nodes.rename(columns={"status": f"{end}_status"})
        found = found.merge(of_end, left_on=keys, right_on=KEYS, how="left", suffixes=("", f"_{end}"))
    return found


def expected(cause: object, effect: object, has_failed: bool) -> str:
    if pd.isna(cause) or pd.isna(effect):
        return "cannot_tell"
    achieved = (cause == "on_track", effect == "on_track")
    return {
        (True, True): "works_for_other_reasons" if has_failed else "consistent",
        (True, False): "assumption_failure" if has_failed else "theory_failure",
        (False, False): "implementation_failure",
        (False, True): "other_causes",
    }[achieved]


def test_every_verdict_follows_from_the_nodes_a_lag_apart(verdicts: pd.DataFrame) -> None:
    links = {link.id: link for link in load_programme(PROGRAMME).theory.links}
    judged = verdicts[verdicts["cause_period"].notna()]
    assert len(judged) > 500
    for row in judged.to_dict("records"):
        assert row["cause_period"] == shift_quarter(row["period"], -links[row["link_id"]].lag_quarters)
        has_failed = "failed" in str(row["assumptions"])
        assert row["verdict"] == expected(row["cause_status"], row["effect_status"], has_failed), row


def test_every_link_has_rows_in_every_year_that_has_ended(verdicts: pd.DataFrame) -> None:
    links = {link.id for link in load_programme(PROGRAMME).theory.links}
    whole = verdicts[verdicts["scope_type"] == "all"]
    for link, year in product(links, ("2024", "2025")):
        assert f"{year}Q4" in set(whole.loc[whole["link_id"] == link, "period"]), (link, year)


def test_a_link_that_nothing_can_test_says_so_once_a_year(verdicts: pd.DataFrame) -> None:
    rows = verdicts[(verdicts["link_id"] == "L26") & (verdicts["scope_type"] == "all")]
    assert rows["period"].tolist() == ["2024Q4", "2025Q4"]
    assert set(rows["verdict"]) == {"cannot_tell"}
    assert set(rows["verdict_reason"]) == {"not_testable"}


def explained(finished: Finished, code: str, *options: str) -> str:
    told = mel("explain", code, "--programme", PROGRAMME, "--data", finished.folders.root, *options)
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_a_link_is_explained_with_both_ends_assumptions_and_paths(finished: Finished, verdicts: pd.DataFrame) -> None:
    asked = {"link_id": "L16", "period": "2025Q4", "scope_code": "all"}
    (row,) = verdicts.loc[(verdicts[list(asked)] == pd.Series(asked)).all(axis=1)].to_dict("records")
    text = explained(finished, "L16", "--period", "2025Q4")
    assert f"  verdict: {row['verdict']}" in text
    assert "  lag in quarters: 4" in text
    assert "  AS15 untested: Mandate, budget and political will exist" in text
    assert f"    status: {row['cause_status']}" in text
    assert "    OCM-03 weight 0.4: period 2024, actual" in text
    assert "  L02 > L12 > L16 > L28: " in text


def test_a_node_is_explained_by_what_weighs_in_it(finished: Finished) -> None:
    text = explained(finished, "OP2", "--period", "2025Q4", "--language", "fr")
    assert "Élus, agents et praticiens locaux" in text
    assert "  OUT-02 weight 1: period 2025Q4-ytd, actual" in text


def test_what_has_no_verdict_is_told_with_where_to_look(finished: Finished) -> None:
    told = mel("explain", "L16", "--programme", PROGRAMME, "--data", finished.folders.root, "--period", "2031Q4")
    assert told.returncode == 1
    assert "L16 has no row for 2031Q4, all:all." in told.stderr


def test_every_verdict_and_every_status_occurs(finished: Finished, verdicts: pd.DataFrame) -> None:
    assert set(verdicts["verdict"]) == set(Verdict)
    statuses = finished.table("select distinct status from indicator_scores")
    assert set(statuses["status"]) == set(get_args(Status))


@pytest.mark.parametrize("hub", ["NAM", "SAS"])
def test_hubs_whose_grants_stopped_show_a_failed_assumption_and_failed_implementation(
    verdicts: pd.DataFrame, hub: str
) -> None:
    stopped = verdicts[(verdicts["scope_code"] == hub) & verdicts["period"].isin(["2025Q2", "2025Q3", "2025Q4"])]
    supported = stopped[stopped["link_id"] == "L03"]
    assert len(supported) == 3
    assert set(supported["assumptions"]) == {"AS3:failed"}
    # In a quarter without a report it cannot be told what was delivered.
    trained = stopped[stopped["link_id"] == "L02"]["verdict"]
    assert set(trained) <= {"implementation_failure", "cannot_tell"}
    assert (trained == "implementation_failure").sum() >= 2


def test_at_least_six_assumptions_are_tested_by_indicators_that_weigh_nowhere() -> None:
    programme = load_programme(PROGRAMME)
    tested = {each.id: each.test for each in programme.theory.assumptions if each.test}
    assert {"AS1", "AS3", "AS4", "AS5", "AS8", "AS10"} <= set(tested)
    for test in tested.values():
        indicator = programme.indicators[test.indicator]
        assert (indicator.level, indicator.weighs) == ("assumption", False)
