"""What a review workbook asks about: rows with findings, open names, persons who may be one, and deviations to explain.

Reading and selecting belong here; layout belongs to `workbook.py`. Rows are read from the restricted folder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from mel_pipeline import database
from mel_pipeline.database import literal, quote, read_parquet
from mel_pipeline.declarations import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.quality.decisions.names_and_persons import NAME_FOLLOWS
from mel_pipeline.quality.decisions.reading import read_logs
from mel_pipeline.quality.open_rows import open_findings, open_names
from mel_pipeline.quality.register import suggestions
from mel_pipeline.quality.same_persons import open_persons

Row = dict[str, object]

MOST_ROWS = 5_000
"""Rows of one sheet; of more, the first ones are shown and their number is said."""


@dataclass(frozen=True)
class Audience:
    """Who is asked: the officer (no scope code), or whoever answers for one code of a scope."""

    language: str
    scope_type: str | None = None
    scope_code: str | None = None
    column: str | None = None


@dataclass(frozen=True)
class Contents:
    """Rows of each sheet, by the names of their columns."""

    set_aside: list[Row]
    to_look_at: list[Row]
    names: list[Row]
    persons: list[Row]
    deviations: list[Row]

    def __len__(self) -> int:
        return sum(map(len, (self.set_aside, self.to_look_at, self.names, self.persons, self.deviations)))


def read_contents(programme: Programme, folders: DataFolder, period: str, audience: Audience) -> Contents:
    """Everything that waits for a decision of an audience, in a fixed order.

    Args:
        programme: reasons of rules and titles of indicators.
        folders: the data folder.
        period: the quarter reported on; deviations are those of the periods that end with it.
        audience: for whom.
    """
    with database.connect() as connection:
        findings = _findings(connection, programme, folders, audience)
        return Contents(
            set_aside=[row for row in findings if row["kind"] == "set_aside"],
            to_look_at=[row for row in findings if row["kind"] == "to_look_at"],
            names=_names(connection, programme, folders, audience),
            persons=_persons(connection, programme, folders, audience),
            deviations=_deviations(connection, programme, folders, period, audience),
        )


def _rows(connection: DuckDBPyConnection, sql: str) -> list[Row]:
    result = connection.execute(sql)
    columns = [column[0] for column in result.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def _present(paths: Iterable[Path]) -> list[Path]:
    return [path for path in paths if path.exists()]


def _of_audience(audience: Audience) -> str:
    return f"{quote(audience.column)} = {literal(audience.scope_code)}" if audience.column else "true"


def _findings(
    connection: DuckDBPyConnection, programme: Programme, folders: DataFolder, audience: Audience
) -> list[Row]:
    paths = _present(open_findings(folders, source) for source in programme.sources)
    if not paths:
        return []
    rows = _rows(
        connection,
        f"from {read_parquet(*paths)} where {_of_audience(audience)}"
        " order by source, rule_id, source_file, source_sheet, source_row, question",
    )
    for row in rows:
        row["issue"] = _reason(programme, str(row["source"]), str(row["rule_id"]), audience.language)
    return rows


def _reason(programme: Programme, source: str, rule_id: str, language: str) -> str:
    reasons = [rule.reason for rule in programme.rules.get(source, []) if rule.id == rule_id]
    said: Mapping[str, str] = reasons[0] if reasons else {}
    return f"{rule_id}: {said.get(language) or said.get('en', '')}".rstrip(": ")


def _names(connection: DuckDBPyConnection, programme: Programme, folders: DataFolder, audience: Audience) -> list[Row]:
    """One row per spelling and place, with its suggestions as `code · name`, best first."""
    rows: list[Row] = []
    for source in sorted(programme.sources):
        paths = open_names(folders, source), suggestions(folders, source)
        if not all(path.exists() for path in paths):
            continue
        rows += _rows(
            connection,
            f"""
            with spelled as (
                select source, target, spelling, within, sum(n_rows)::bigint as n_rows, min(source_file) as source_file
                from {read_parquet(paths[0])} where {_of_audience(audience)} group by all
            ),
            suggested as (
                select target, spelling, within, any_value("match") as why,
                    list(code || {literal(NAME_FOLLOWS)} || name order by rank)
                        filter (where code is not null) as suggested
                from {read_parquet(paths[1])} group by all
            )
            select spelled.*, suggested.why, coalesce(suggested.suggested, []) as suggested
            from spelled
            left join suggested on spelled.target = suggested.target
                and spelled.spelling is not distinct from suggested.spelling
                and spelled.within is not distinct from suggested.within
            where spelled.spelling is not null
            order by spelled.n_rows desc, spelled.spelling, spelled.within
            """,
        )
    return rows


def _persons(
    connection: DuckDBPyConnection, programme: Programme, folders: DataFolder, audience: Audience
) -> list[Row]:
    """Pairs of persons who may be one; only the officer sees people of all parts."""
    if audience.scope_code is not None:
        return []
    paths = _present(open_persons(folders, source) for source in sorted(programme.sources))
    order = "question, within, like_name, name, old_value, new_value"
    return _rows(connection, f"select distinct * from {read_parquet(*paths)} order by {order}") if paths else []


def _deviations(
    connection: DuckDBPyConnection, programme: Programme, folders: DataFolder, period: str, audience: Audience
) -> list[Row]:
    """Indicators off track at the end of the report period, with what was explained before."""
    scores = folders.table("indicator_scores")
    if not scores.exists():
        return []
    scope = audience.scope_type or "all"
    code = literal(audience.scope_code or "all")
    rows = _rows(
        connection,
        f"""
        select indicator_code, period, scope_type, scope_code, round(target, 1) as target, round(actual, 1) as actual
        from {read_parquet(scores)}
        where scoring_profile = 'default' and status = 'off_track' and scope_type = {literal(scope)}
            and scope_code = {code} and (period = {literal(period)} or period like {literal(period + "-%")})
        order by indicator_code, period
        """,
    )
    explained = _explained(folders)
    for row in rows:
        title = programme.indicators[str(row["indicator_code"])].title
        row["title"] = title.get(audience.language) or title["en"]
        row["question"] = f"{row['indicator_code']} {row['period']} {row['scope_type']}:{row['scope_code']}"
        row["explanation"] = explained.get(str(row["question"]))
    return rows


def _explained(folders: DataFolder) -> dict[str, str]:
    """The latest explanation of each deviation, as people wrote it."""
    said = [
        each
        for log in read_logs(folders)
        for each in log.decisions
        if each.change_type == "explain_deviation" and each.question
    ]
    return {each.question or "": str(each.new_value) for each in sorted(said, key=lambda each: each.order)}
