"""The tables are written by their contracts, from values on disk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from mel_pipeline import database
from mel_pipeline.declarations.models import Indicator, Rule, Target
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS
from mel_pipeline.scoring.build import build_indicator_scores, build_toc_node_scores
from mel_pipeline.scoring.layout import NODE_COLUMNS, SCORE_COLUMNS

AS_OF = date(2025, 4, 30)


@pytest.fixture
def programme(
    make_indicator: Callable[..., Indicator],
    make_target: Callable[..., Target],
    make_programme: Callable[..., Programme],
) -> Programme:
    share = make_indicator(
        "MEM-02", measure={"count": None, "share": "is_met", "population": "census"}, type="percentage"
    )
    return make_programme([share], [make_target("MEM-02", "quarter", "2025Q1", 80)])


@pytest.fixture
def folders(tmp_path: Path, make_values: Callable[..., pd.DataFrame]) -> DataFolder:
    """Values of one hub; a second hub opened in 2025 and has none."""
    found = DataFolder(tmp_path)
    mem_02 = {"indicator_code": "MEM-02", "period": "2025Q1"}
    values = make_values(
        {**mem_02, "value": 80.0, "n": 12},
        {**mem_02, "value": 40.0, "n": 6, "scope_type": "hub", "scope_code": "MENA"},
    )
    with database.connect() as connection:
        connection.register("made", values)
        database.write_parquet(connection, "select * from made", found.table("indicator_values"))
        hubs = """
            select 'MENA' as hub_code, null::date as active_from, null::date as active_to
            union all select 'WAF', date '2025-01-10', null
        """
        database.write_parquet(connection, hubs, found.table("dim_hub"))
    write_results(found, True)
    return found


def write_results(folders: DataFolder, success: bool | None, reason: str = "No key") -> None:
    """Results of the rule `KEY` in two files, of which the second one tells the given success and reason."""
    told = "null" if success is None else str(success).lower()
    results = f"""
        select 'tests' as source, 'KEY' as rule_id, true as success, 'No key' as reason
        union all select 'tests', 'KEY', {told}, '{reason}'
        union all select 'others', 'KEY', false, 'No key'
    """
    with database.connect() as connection:
        database.write_parquet(connection, results, folders.table("quality_results"))


def rows(folders: DataFolder, table: str, columns: str) -> list[tuple[object, ...]]:
    path = database.read_parquet(folders.table(table))
    with database.connect() as connection:
        return connection.execute(f"select {columns} from {path} order by all").fetchall()


def test_scores_and_nodes_are_written(programme: Programme, folders: DataFolder) -> None:
    n_scores = build_indicator_scores(programme, AS_OF, folders)
    n_nodes = build_toc_node_scores(programme, AS_OF, folders)
    scored = rows(folders, "indicator_scores", "period, scope_code, status, performance, certainty")
    assert len(scored) == n_scores == 8 + 8 + 4
    assert ("2025Q1", "MENA", "off_track", 0.5, "certain") in scored
    assert ("2025Q1", "WAF", "not_reported", None, None) in scored
    nodes = rows(folders, "toc_node_scores", "node_id, period, scope_code, score, n_indicators, n_assessable")
    assert len(nodes) == n_nodes
    assert ("OP1", "2025Q1", "WAF", None, 1, 0) in nodes
    assert ("OP1", "2025Q1", "all", 1.0, 1, 1) in nodes


@pytest.mark.parametrize(
    ("blocks", "success", "reason", "status"),
    [
        ("indicator", True, "No key", "on_track"),
        ("indicator", False, "No key", "not_assessable"),
        ("indicator", None, "Did not run: unknown column.", "not_assessable"),
        ("indicator", None, "No key", "on_track"),
        ("publication", False, "No key", "on_track"),
    ],
    ids=["holds", "fails", "did not run", "nothing to judge", "blocks something else"],
)
def test_a_rule_that_blocks_an_indicator_leaves_it_without_status(
    programme: Programme, folders: DataFolder, blocks: str, success: bool | None, reason: str, status: str
) -> None:
    rule = Rule.model_validate(
        {
            "id": "KEY", "expect": "unexpected_rows", "sql": "select _record_key from {batch}", "treatment": "block",
            "blocks": blocks, "indicators": ["MEM-02"], "dqa_dimension": "integrity", "reason": {"en": "No key"},
        }
    )  # fmt: skip
    write_results(folders, success, reason)
    build_indicator_scores(replace(programme, rules={"tests": [rule]}), AS_OF, folders)
    found = rows(folders, "indicator_scores", "status, status_reason, period, scope_code")
    (told,) = [row for row in found if row[2:] == ("2025Q1", "all")]
    assert told[0] == status
    assert (told[1] == "blocked") == (status == "not_assessable")


def test_the_same_values_give_the_same_bytes(programme: Programme, folders: DataFolder) -> None:
    build_indicator_scores(programme, AS_OF, folders)
    first = folders.table("indicator_scores").read_bytes()
    build_indicator_scores(programme, AS_OF, folders)
    assert folders.table("indicator_scores").read_bytes() == first


@pytest.mark.parametrize(("table", "columns"), [("indicator_scores", SCORE_COLUMNS), ("toc_node_scores", NODE_COLUMNS)])
def test_columns_are_those_of_the_contract(table: str, columns: dict[str, str]) -> None:
    assert list(columns) == list(ENGINE_CONTRACTS[table].column_types)
