"""Everything a donor page is made of, read once from the published database and protected at once.

Only reading belongs here: no words, no layout. Renderers get the protected objects and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb

from mel_pipeline.database import attach_read_only, connect, literal, quote
from mel_pipeline.declarations.models import (
    CROSSED,
    Dimension,
    Donor,
    Indicator,
    Rule,
    Settings,
    Source,
    TheoryOfChange,
    Words,
)
from mel_pipeline.declarations.periods import period_type_of
from mel_pipeline.disclosure.cells import Cell, NodeScore, Score
from mel_pipeline.disclosure.protect import Protected, Rules, protect

GRANT = "grant"
"""The scope type that `donors.yml` declares."""


class Programme(Protocol):
    """What the publications need of a loaded programme folder."""

    @property
    def settings(self) -> Settings:
        """`programme.yml`."""

    @property
    def theory(self) -> TheoryOfChange:
        """`theory_of_change.yml`."""

    @property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators by code, in declared order."""

    @property
    def donors(self) -> dict[str, Donor]:
        """Donors by code, in declared order."""

    @property
    def dimensions(self) -> dict[str, Dimension]:
        """Dimensions by name."""

    @property
    def sources(self) -> dict[str, Source]:
        """Sources by name."""

    @property
    def rules(self) -> dict[str, list[Rule]]:
        """Rules by source."""


@dataclass(frozen=True)
class SourceRows:
    """How many rows of a source were read, and what became of them."""

    source: str
    read: int
    accepted: int
    set_aside: int
    dropped: int


@dataclass(frozen=True)
class Checks:
    """How many values of a source were tested in one dimension of data quality, and how many failed."""

    source: str
    dqa_dimension: str
    tested: int
    failed: int


@dataclass(frozen=True)
class Facts:
    """All facts of one report period, protected."""

    period: str
    period_start: date
    period_end: date
    shown: Protected
    scope_names: dict[tuple[str, str], Words]
    sources: list[SourceRows]
    checks: list[Checks]


class UnknownPeriodError(LookupError):
    """The database holds no such report period."""


def dividing_scopes(settings: Settings) -> frozenset[str]:
    """Scope types that divide the programme: those read from a column. Bridged ones (grants) overlap."""
    return frozenset(name for name, how in settings.scopes.items() if isinstance(how, str))


def disclosure_rules(programme: Programme) -> Rules:
    """What the programme's declarations ask to protect."""
    behind: dict[str, set[str]] = {}
    for code, indicator in programme.indicators.items():
        behind.setdefault(indicator.nodes[0], set()).add(code)
    return Rules(
        protected_indicators=frozenset(c for c, i in programme.indicators.items() if i.counts_people),
        minimum_cell=programme.settings.disclosure.minimum_cell,
        dividing_scopes=dividing_scopes(programme.settings),
        weighs_in={node: frozenset(codes) for node, codes in behind.items()},
    )


def read_facts(programme: Programme, database: Path, period: str, scoring_profile: str) -> Facts:
    """Read and protect everything that the pages of one report period may show.

    Raises:
        UnknownPeriodError: `period` is not a quarter of the database.
    """
    connection = connect()
    try:
        attach_read_only(connection, database, "mel")
        start, end = _bounds(connection, period)
        shown = protect(
            cells=_cells(connection, programme.indicators, end),
            scores=_scores(connection, programme.indicators, end, scoring_profile),
            nodes=_nodes(connection, period, end),
            rules=disclosure_rules(programme),
        )
        names = _scope_names(connection, programme)
        return Facts(period, start, end, shown, names, _source_rows(connection), _checks(connection))
    finally:
        connection.close()


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = connection.execute(query)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _bounds(connection: duckdb.DuckDBPyConnection, period: str) -> tuple[date, date]:
    found = _rows(
        connection,
        "select period_start, period_end from mel.dim_period"
        f" where period_type = 'quarter' and period = {literal(period)}",
    )
    if not found:
        raise UnknownPeriodError(
            f"Report period {period} is not known: expected a quarter of the programme's calendar, such as 2024Q4."
        )
    return found[0]["period_start"], found[0]["period_end"]


def _in(values: Iterable[str]) -> str:
    return "(" + ", ".join(["''", *(literal(value) for value in values)]) + ")"


def _cells(connection: duckdb.DuckDBPyConnection, indicators: Mapping[str, Indicator], end: date) -> list[Cell]:
    scored = [f"({literal(code)}, {literal(period_type_of(each))})" for code, each in indicators.items()]
    # Values of other period types are for questions; pages show those that are scored. Crossings stay out until
    # what they tell together with their dimensions can be protected.
    query = (
        "select indicator_code, period_type, period, period_end, scope_type, scope_code, dimension, category,"
        " value, numerator, denominator, n, ci_low, ci_high, coverage, dqa_grade, stale_since"
        f" from mel.indicator_values where period_end <= {literal(end)}"
        f" and not contains(dimension, {literal(CROSSED)})"
        f" and (indicator_code, period_type) in ({', '.join(scored) or 'null'})"
        " order by all"
    )
    return [Cell(**row) for row in _rows(connection, query)]


def _scores(connection: duckdb.DuckDBPyConnection, indicators: Iterable[str], end: date, profile: str) -> list[Score]:
    query = (
        "select s.indicator_code, s.period_type, s.period, p.period_end, s.scope_type, s.scope_code, s.status,"
        " s.baseline, s.target, coalesce(s.is_target_inherited, false) as is_target_inherited, s.actual,"
        " s.performance, s.certainty, s.status_reason, coalesce(s.is_exceeded, false) as is_exceeded,"
        " s.coverage, s.dqa_grade"
        " from mel.indicator_scores s join mel.dim_period p using (period_type, period)"
        f" where p.period_end <= {literal(end)} and s.scoring_profile = {literal(profile)}"
        f" and s.indicator_code in {_in(indicators)} order by all"
    )
    return [Score(**row) for row in _rows(connection, query)]


def _nodes(connection: duckdb.DuckDBPyConnection, period: str, end: date) -> list[NodeScore]:
    query = (
        "select node_id, score, status, n_indicators, n_assessable from mel.toc_node_scores"
        f" where period_type = 'quarter' and period = {literal(period)}"
        " and scope_type = 'all' and scope_code = 'all' order by node_id"
    )
    return [NodeScore(period_end=end, **row) for row in _rows(connection, query)]


def _scope_names(connection: duckdb.DuckDBPyConnection, programme: Programme) -> dict[tuple[str, str], Words]:
    """Names of the scopes' members: grants as donors.yml words them, others from the table of the scope."""
    names = {(GRANT, grant.grant_code): grant.title for donor in programme.donors.values() for grant in donor.grants}
    for scope in sorted(dividing_scopes(programme.settings)):
        columns = ", ".join(f"name_{language}" for language in programme.settings.languages)
        code = quote(f"{scope}_code")
        query = f"select {code}, {columns} from mel.{quote(f'dim_{scope}')} order by {code}"
        for member, *words in connection.execute(query).fetchall():
            names[(scope, member)] = dict(zip(programme.settings.languages, words, strict=True))
    return names


def _source_rows(connection: duckdb.DuckDBPyConnection) -> list[SourceRows]:
    query = (
        "select source, coalesce(sum(n_rows), 0)::bigint as read, coalesce(sum(n_accepted), 0)::bigint as accepted,"
        " coalesce(sum(n_quarantined), 0)::bigint as set_aside, coalesce(sum(n_dropped), 0)::bigint as dropped"
        " from mel.source_files group by source order by source"
    )
    return [SourceRows(**row) for row in _rows(connection, query)]


def _checks(connection: duckdb.DuckDBPyConnection) -> list[Checks]:
    query = (
        "select source, dqa_dimension, sum(n_tested)::bigint as tested, sum(n_failed)::bigint as failed"
        " from mel.quality_results where success is not null and n_tested > 0"
        " group by source, dqa_dimension order by source, dqa_dimension"
    )
    return [Checks(**row) for row in _rows(connection, query)]
