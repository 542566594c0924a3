"""Why this node or link: everything behind a score or a verdict of the theory of change, gathered for printing.

Values of indicators are explained by `explain.py`; how an explanation looks on a screen belongs to
`theory_explanation_text.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Assumption, Link, Node
from mel_pipeline.declarations.periods import parse_period
from mel_pipeline.explain import ExplainError, as_dicts
from mel_pipeline.folders import DataFolder
from mel_pipeline.scoring.nodes import EVIDENCE_WEIGHTS, latest_due, weighing_indicators
from mel_pipeline.scoring.scopes import Scope
from mel_pipeline.scoring.tables import DEFAULT_PROFILE, periods_by_indicator
from mel_pipeline.scoring.verdicts import PathVerdict, judge_path, paths_from


@dataclass(frozen=True)
class Weighed:
    """An indicator that weighs in a node, and its row of `indicator_scores` that was used; None where none is due."""

    indicator_code: str
    weight: float
    score: dict[str, Any] | None


@dataclass(frozen=True)
class NodeExplanation:
    """All that stands behind the score of a node: its row of `toc_node_scores` and what weighs in it."""

    node: Node
    period: str
    scope: Scope
    row: dict[str, Any]
    weighed: list[Weighed]


@dataclass(frozen=True)
class LinkExplanation:
    """All that stands behind the verdict on a link: its row, both ends, its assumptions, and the ways through it."""

    link: Link
    period: str
    scope: Scope
    row: dict[str, Any]
    cause: NodeExplanation | None
    effect: NodeExplanation
    assumptions: list[tuple[Assumption, str]]
    paths: list[PathVerdict]


def explain_node(
    programme: Programme, folders: DataFolder, node_id: str, period: str | None, scope: Scope
) -> NodeExplanation:
    """Gather the score of a node and the indicators that weigh in it.

    Raises:
        ExplainError: there are no marts, or no score for that period and scope.
    """
    with database.connect() as connection:
        _attach(connection, folders)
        return _node(connection, programme, node_id, period or _latest(connection, "toc_node_scores", {}), scope)


def explain_link(
    programme: Programme, folders: DataFolder, link_id: str, period: str | None, scope: Scope
) -> LinkExplanation:
    """Gather the verdict on a link, both nodes at the time at which they were taken, assumptions and paths.

    Raises:
        ExplainError: there are no marts, or no verdict for that period and scope.
    """
    link = next(each for each in programme.theory.links if each.id == link_id)
    with database.connect() as connection:
        _attach(connection, folders)
        period = period or _latest(connection, "toc_link_verdicts", {"link_id": link_id})
        rows = _rows(connection, "toc_link_verdicts", period, scope)
        row = next((each for each in rows if each["link_id"] == link_id), None)
        if row is None:
            raise ExplainError(_nothing(connection, "toc_link_verdicts", "link_id", link_id, period, scope))
        taken = row["cause_period"]
        return LinkExplanation(
            link=link,
            period=period,
            scope=scope,
            row=row,
            cause=_node(connection, programme, link.from_node, taken, scope) if taken else None,
            effect=_node(connection, programme, link.to_node, period, scope),
            assumptions=_assumptions(programme, link, row["assumptions"]),
            paths=_paths_through(programme, link_id, rows),
        )


def _attach(connection: duckdb.DuckDBPyConnection, folders: DataFolder) -> None:
    marts = database.current(folders.database)
    if marts is None:
        raise ExplainError(f"There are no marts yet: found no {folders.database}. Run 'mel run' first.")
    database.attach_read_only(connection, marts, "mel")
    connection.execute("use mel")


def _latest(connection: duckdb.DuckDBPyConnection, table: str, where: dict[str, str]) -> str:
    conditions = " and ".join(f"{column} = ?" for column in where) or "true"
    found = connection.execute(f"select max(period) from {table} where {conditions}", list(where.values())).fetchone()
    return str(found[0]) if found and found[0] else ""


def _rows(connection: duckdb.DuckDBPyConnection, table: str, period: str, scope: Scope) -> list[dict[str, Any]]:
    sql = f"select * from {table} where period = ? and scope_type = ? and scope_code = ?"
    return as_dicts(connection.execute(sql, [period, *scope]))


def _nothing(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, name: str, period: str, scope: Scope
) -> str:
    return (
        f"{name} has no row for {period}, {scope.scope_type}:{scope.scope_code}. See: "
        f"mel query \"select distinct period, scope_type, scope_code from {table} where {column} = '{name}'\"."
    )


def _node(
    connection: duckdb.DuckDBPyConnection, programme: Programme, node_id: str, period: str, scope: Scope
) -> NodeExplanation:
    node = next(each for each in programme.theory.nodes if each.id == node_id)
    rows = _rows(connection, "toc_node_scores", period, scope)
    row = next((each for each in rows if each["node_id"] == node_id), None)
    if row is None:
        raise ExplainError(_nothing(connection, "toc_node_scores", "node_id", node_id, period, scope))
    return NodeExplanation(node, period, scope, row, _weighed(connection, programme, node, period, scope))


def _weighed(
    connection: duckdb.DuckDBPyConnection, programme: Programme, node: Node, period: str, scope: Scope
) -> list[Weighed]:
    scores = connection.execute(
        "select * from indicator_scores where scope_type = ? and scope_code = ? and scoring_profile = ?",
        [*scope, DEFAULT_PROFILE],
    ).df()
    periods, quarter_end = periods_by_indicator(scores), parse_period(period).end
    told = []
    for indicator in weighing_indicators(node, programme.indicators.values()):
        due = latest_due(periods.get((indicator.code, scope), []), quarter_end, indicator.frequency)
        own = scores[scores["indicator_code"] == indicator.code]
        row = None if due is None else own[own["period"] == due.period].to_dict("records")[0]
        score = None if row is None else {str(name): cell for name, cell in row.items()}
        told.append(Weighed(indicator.code, EVIDENCE_WEIGHTS[indicator.evidence_weight], score))
    return told


def _assumptions(programme: Programme, link: Link, known: str | None) -> list[tuple[Assumption, str]]:
    states = dict(part.split(":", 1) for part in (known or "").split(";") if part)
    return [
        (assumption, states.get(assumption.id, "not judged"))
        for assumption in programme.theory.assumptions
        if assumption.id in link.assumptions
    ]


def _paths_through(programme: Programme, link_id: str, rows: Iterable[dict[str, Any]]) -> list[PathVerdict]:
    """Every way from an activity upward that leads over the link, judged by the verdicts of the same quarter."""
    leaving: dict[str, list[tuple[str, str]]] = {}
    for link in programme.theory.links:
        leaving.setdefault(link.from_node, []).append((link.id, link.to_node))
    starts = [node.id for node in programme.theory.nodes if node.level == "activity"]
    verdicts = {row["link_id"]: (str(row["verdict"]), row["contribution_grade"]) for row in rows}
    return [judge_path(path, verdicts) for path in paths_from(starts, leaving) if link_id in path]
