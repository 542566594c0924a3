"""The programme in this repository: without errors, complete in its languages, its targets consistent."""

import csv
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.declarations.lint import lint
from mel_pipeline.declarations.models import Target
from mel_pipeline.declarations.periods import parse_period

ROOT = Path(__file__).resolve().parents[3]
REGISTERS = ROOT / "data" / "raw" / "registers"
SPLIT_ON = "2024-01-01"
PLANNED_HUB = "WAF"


@pytest.fixture(scope="module")
def programme(programme_directory: Path) -> Programme:
    return load_programme(programme_directory)


def _rows(register: str) -> list[dict[str, str]]:
    with (REGISTERS / f"{register}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _valid(begins: str, ends: str) -> bool:
    return begins <= SPLIT_ON and (not ends or ends > SPLIT_ON)


@pytest.fixture(scope="module")
def members_by_hub() -> dict[str, int]:
    """Members active on 1 January 2024, by the hub of their country."""
    if not REGISTERS.is_dir():
        pytest.skip("the example's registers are not here")
    hubs = {r["country_code"]: r["hub_code"] for r in _rows("hub_countries") if _valid(r["valid_from"], r["valid_to"])}
    present = {row["former_code"]: row["country_code"] for row in _rows("former_country_codes")}
    countries = {row["city_code"]: present.get(row["country_code"], row["country_code"]) for row in _rows("cities")}
    found: dict[str, int] = {}
    for row in _rows("memberships"):
        if _valid(row["joined_on"], row["left_on"]):
            hub = hubs[countries[row["city_code"]]]
            found[hub] = found.get(hub, 0) + 1
    return found


def _split(value: int, members: dict[str, int]) -> dict[str, int]:
    """Largest remainder: whole numbers by share of members that add up; ties go by the hub's code."""
    exact = {hub: Fraction(value * count, sum(members.values())) for hub, count in members.items()}
    whole = {hub: int(share) for hub, share in exact.items()}
    by_remainder = sorted(members, key=lambda hub: (whole[hub] - exact[hub], hub))
    for hub in by_remainder[: value - sum(whole.values())]:
        whole[hub] += 1
    return {hub: share for hub, share in whole.items() if share}


def _of(programme: Programme, code: str, scope_type: str) -> list[Target]:
    return [t for t in programme.targets if (t.indicator_code, t.scope_type) == (code, scope_type)]


def _of_working_hubs(programme: Programme, code: str) -> list[Target]:
    """Targets of the hubs that serve members; a hub that was only planned has targets of its own."""
    return [target for target in _of(programme, code, "hub") if target.scope_code != PLANNED_HUB]


def test_a_hub_that_was_only_planned_is_due_from_its_first_day_on(programme: Programme) -> None:
    for code in ("ACT-05", "OUT-02"):
        planned = [target for target in _of(programme, code, "hub") if target.scope_code == PLANNED_HUB]
        assert planned
        assert min(target.period for target in planned) >= "2025"
        assert all("planned hub" in target.reason for target in planned)


def test_it_has_no_errors(programme: Programme) -> None:
    assert [str(fault) for fault in lint(programme) if fault.severity == "error"] == []


def test_its_warnings_are_about_nodes_nothing_measures_and_about_small_samples(programme: Programme) -> None:
    warnings = [fault.message for fault in lint(programme)]
    assert all("has no indicator" in warning or "less than a sample can show" in warning for warning in warnings)


@pytest.mark.parametrize("code", ["ACT-05", "OUT-02"])
def test_targets_of_hubs_are_the_members_share_of_the_target_of_all(
    programme: Programme, members_by_hub: dict[str, int], code: str
) -> None:
    declared: dict[tuple[str, date], dict[str, int]] = {}
    for target in _of_working_hubs(programme, code):
        declared.setdefault((target.period, target.set_on), {})[target.scope_code] = int(target.value)
    expected = {(t.period, t.set_on): _split(int(t.value), members_by_hub) for t in _of(programme, code, "all")}
    assert declared == expected


def test_targets_of_hubs_say_which_share_they_are(programme: Programme, members_by_hub: dict[str, int]) -> None:
    total = sum(members_by_hub.values())
    for target in [*_of_working_hubs(programme, "ACT-05"), *_of_working_hubs(programme, "OUT-02")]:
        assert f"{members_by_hub[target.scope_code]} of {total} members active on {SPLIT_ON}" in target.reason


def test_targets_of_grants_lie_inside_the_grant_and_below_what_its_hubs_promise(programme: Programme) -> None:
    for code in ("ACT-05", "OUT-02"):
        latest: dict[tuple[str, str], Target] = {}
        for target in sorted(_of(programme, code, "hub"), key=lambda each: each.set_on):
            latest[target.scope_code, target.period] = target
        for target in _of(programme, code, "grant"):
            grant, period = programme.grants[target.scope_code].grant, parse_period(target.period)
            promised = sum(
                latest[hub, target.period].value for hub in grant.scope.hubs if (hub, target.period) in latest
            )
            assert grant.starts_on <= period.start < period.end <= grant.ends_on
            assert 0 < target.value <= promised, target


def test_targets_of_grants_since_january_grow_within_each_year(programme: Programme) -> None:
    for grant in ("EU-STRIVE-2023", "DK-2024", "US-STATE-2023"):
        targets = [t for t in _of(programme, "OUT-02", "grant") if t.scope_code == grant]
        assert targets
        same_year = [(a, b) for a, b in pairwise(targets) if a.period[:4] == b.period[:4]]
        assert all(a.value < b.value for a, b in same_year if a.set_on == b.set_on)


def test_everything_invented_says_that_it_is(programme: Programme) -> None:
    assert all("illustrative" in target.reason and target.set_by == "example" for target in programme.targets)
    assert all("illustrative" in grant.grant.title["en"] for grant in programme.grants.values())
    assert "synthetic" in programme.settings.subtitle["en"]


def test_every_missing_answer_has_a_category(programme: Programme) -> None:
    listed = [d.categories for d in programme.dimensions.values() if isinstance(d.categories, dict)]
    assert all("unknown" in categories for categories in listed)
