"""Building the table `honesty_findings`: which checks run, on which tables, and how results become rows."""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from mel_pipeline import database
from mel_pipeline.declarations.models import Honesty
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.honesty.at_target import check_at_target
from mel_pipeline.honesty.drift import check_drift
from mel_pipeline.honesty.finding_words import says, to_do
from mel_pipeline.honesty.findings import Evidence, Finding, Kind, Outcome
from mel_pipeline.honesty.heaping import check_heaping
from mel_pipeline.honesty.panel import check_panel
from mel_pipeline.honesty.parts import check_parts
from mel_pipeline.honesty.self_totals import check_self_totals
from mel_pipeline.honesty.simpson import check_simpson
from mel_pipeline.marts.build import offer
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, arrow_schema

TABLE = "honesty_findings"
ALWAYS_READ = ("dim_period", "indicator_values", "indicator_scores")


def build_honesty_findings(programme: Programme, as_of: date, folders: DataFolder) -> int:
    """Run every declared check on what was built, write the findings and return their number."""
    with database.connect(spill=folders.build / "spill") as connection:
        for table in (*ALWAYS_READ, *marts_read(programme)):
            offer(connection, database.quote(table), folders, table=table)
        for source in sources_read(programme):
            offer(connection, database.quote(source), folders, source=source)
        found = [
            finding for kind in Kind for finding in findings_of(Evidence(connection, programme), kind)
        ]  # fmt: skip
        rows = list(_rows(programme, found))
        schema = arrow_schema(ENGINE_CONTRACTS[TABLE], programme.settings.languages)
        connection.register("found", pa.Table.from_pylist(rows, schema))
        return database.write_parquet(connection, "select * from found", folders.table(TABLE))


def findings_of(evidence: Evidence, kind: Kind) -> Iterator[Finding]:
    """What one check found, once for each way in which it is declared; that it is not declared where it is not."""
    honesty = evidence.programme.honesty
    if not is_declared(honesty, kind):
        yield Finding(kind, Outcome.NOT_DECLARED)
    elif kind is Kind.PARTS and honesty.parts:
        yield from check_parts(evidence, honesty.parts)
    elif kind is Kind.SIMPSON and honesty.simpson:
        yield from check_simpson(evidence, honesty.simpson)
    elif kind is Kind.AT_TARGET and honesty.at_target:
        yield from check_at_target(evidence, honesty.at_target)
    elif kind is Kind.DIGIT_HEAPING:
        yield from (finding for each in honesty.digit_heaping for finding in check_heaping(evidence, each))
    elif kind is Kind.PANEL:
        yield from (finding for each in honesty.panel for finding in check_panel(evidence, each))
    elif kind is Kind.DRIFT:
        yield from (finding for each in honesty.drift for finding in check_drift(evidence, each))
    elif kind is Kind.SELF_TOTALS:
        yield from (finding for each in honesty.self_totals for finding in check_self_totals(evidence, each))


def is_declared(honesty: Honesty, kind: Kind) -> bool:
    """Whether a programme asks for a check."""
    declared = getattr(honesty, kind.value)
    return bool(declared) if isinstance(declared, list) else declared is not None


def marts_read(programme: Programme) -> list[str]:
    """Marts that the declared checks read."""
    honesty = programme.honesty
    panels = {programme.indicators[panel.indicator].measure.table for panel in honesty.panel}
    tables = {each.table for each in honesty.drift} | {each.table for each in honesty.digit_heaping}
    return sorted((panels | tables) & set(programme.marts))


def sources_read(programme: Programme) -> list[str]:
    """Sources whose accepted rows the declared checks read."""
    honesty = programme.honesty
    tables = {each.table for each in honesty.digit_heaping} - set(programme.marts)
    return sorted(tables | {each.source for each in honesty.self_totals})


def _rows(programme: Programme, found: list[Finding]) -> Iterator[dict[str, object]]:
    numbers: dict[Kind, int] = {}
    for finding in found:
        numbers[finding.kind] = numbers.get(finding.kind, 0) + 1
        row: dict[str, object] = {
            "check_kind": finding.kind.value,
            "finding_no": numbers[finding.kind],
            "outcome": finding.outcome.value,
        }
        for column in ("indicator_code", "scope_type", "scope_code", "period", "dimension", "subject"):
            row[column] = getattr(finding, column)
        for column in ("n", "observed", "expected", "p_value"):
            row[column] = getattr(finding, column)
        for language in programme.settings.languages:
            row[f"says_{language}"] = says(finding, language)
            row[f"to_do_{language}"] = to_do(finding, language)
        yield row
