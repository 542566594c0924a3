"""A rule that blocks an indicator only in the part of the programme, and the periods, of the rows that break it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mel_pipeline import database
from mel_pipeline.declarations.models import Rule
from mel_pipeline.folders import DataFolder
from mel_pipeline.scoring.blocked import Blocked, BlockedPart, read_blocked

RULE = {
    "id": "FAR", "expect": "unexpected_rows", "sql": "select _record_key from {batch}", "treatment": "block",
    "blocks": "indicator", "indicators": ["OUT-01"], "within": {"scope": "hub", "code": "hub_code", "day": "held_on"},
    "dqa_dimension": "reliability", "reason": {"en": "Too far"},
}  # fmt: skip
PART = BlockedPart("OUT-01", "hub", "SEA", date(2024, 7, 22))


def value(**changed: Any) -> dict[str, Any]:
    usual = {"indicator_code": "OUT-01", "scope_type": "hub", "scope_code": "SEA"}
    return {**usual, "period_start": date(2024, 1, 1), "period_end": date(2024, 9, 30), **changed}


@pytest.mark.parametrize(
    ("changed", "is_blocked"),
    [
        ({}, True),
        ({"scope_code": "WB"}, False),
        ({"scope_type": "all", "scope_code": "all"}, False),
        ({"indicator_code": "OUT-02"}, False),
        ({"period_end": date(2024, 7, 22)}, True),
        ({"period_end": date(2024, 7, 21)}, False),
        ({"period_start": date(2024, 7, 23)}, False),
    ],
)
def test_a_part_is_an_indicator_a_scope_and_the_periods_of_a_day(changed: dict[str, Any], is_blocked: bool) -> None:
    assert Blocked(parts=frozenset({PART})).holds(value(**changed)) == is_blocked


def test_the_whole_blocks_every_part() -> None:
    assert Blocked(whole=frozenset({"OUT-01"})).holds(value(scope_code="WB"))


@pytest.fixture
def folders(tmp_path: Path) -> DataFolder:
    """Two activities break the rule; a person released the one of WB."""
    found = DataFolder(tmp_path)
    accepted = """
        select 'a' as _record_key, 'SEA' as hub_code, date '2024-07-22' as held_on
        union all select 'b', 'WB', date '2024-04-22' union all select 'c', 'NAM', date '2024-04-22'
    """
    warned = """
        select 'tests' as source, 'FAR' as rule_id, 'a' as record_key, 'block' as treatment
        union all select 'tests', 'FAR', 'b', 'released' union all select 'tests', 'OTHER', 'c', 'block'
    """
    with database.connect() as connection:
        database.write_parquet(connection, accepted, found.accepted_rows("tests"))
        database.write_parquet(connection, warned, found.table("warnings"))
    return found


def blocked(programme: Any, folders: DataFolder, success: str, reason: str) -> Blocked:
    results = f"select 'tests' as source, 'FAR' as rule_id, {success}::boolean as success, '{reason}' as reason"
    with database.connect() as connection:
        database.write_parquet(connection, results, folders.table("quality_results"))
        return read_blocked(connection, replace(programme, rules={"tests": [Rule.model_validate(RULE)]}), folders)


def test_rows_that_break_the_rule_tell_the_parts(make_programme: Any, folders: DataFolder) -> None:
    assert blocked(make_programme([], []), folders, "false", "Too far") == Blocked(parts=frozenset({PART}))


def test_a_rule_that_holds_blocks_nothing(make_programme: Any, folders: DataFolder) -> None:
    assert blocked(make_programme([], []), folders, "true", "Too far") == Blocked()


def test_a_rule_that_did_not_run_blocks_the_whole(make_programme: Any, folders: DataFolder) -> None:
    told = blocked(make_programme([], []), folders, "null", "Did not run: unknown column.")
    assert told == Blocked(whole=frozenset({"OUT-01"}))
