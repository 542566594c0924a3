"""Tables of what the programme declares: indicators, theory of change, targets, periods, donors, grants.

Each function turns declarations into rows; nothing is computed from data here.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from itertools import product
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Words
from mel_pipeline.declarations.periods import all_periods, period_type_of
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, arrow_schema

Row = dict[str, Any]


def build_declared(name: str, programme: Programme, as_of: date, folders: DataFolder) -> int:
    """Write one declared table to the build folder and return its number of rows."""
    rows = DECLARED[name](programme, as_of)
    contract = ENGINE_CONTRACTS[name]
    ordered = sorted(rows, key=lambda row: tuple(str(row[column]) for column in contract.key))
    path = folders.table(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}")
    pq.write_table(pa.Table.from_pylist(ordered, schema=arrow_schema(contract, programme.settings.languages)), beside)
    beside.replace(path)
    return len(ordered)


def _in_languages(prefix: str, words: Words, programme: Programme) -> Row:
    """One column per declared language."""
    return {f"{prefix}_{language}": words.get(language) for language in programme.settings.languages}


def _indicators(programme: Programme, as_of: date) -> Iterable[Row]:
    for indicator in programme.indicators.values():
        yield {
            "indicator_code": indicator.code,
            "nodes": indicator.nodes,
            "type": indicator.type,
            "direction": indicator.direction,
            "time": indicator.time,
            "frequency": indicator.frequency,
            "period_type": period_type_of(indicator),
            "level": indicator.level,
            "tier": indicator.tier,
            "evidence_weight": indicator.evidence_weight,
            "baseline": indicator.baseline.value if indicator.baseline else None,
            "baseline_period": indicator.baseline.period if indicator.baseline else None,
            "is_scored": indicator.scored,
            "is_weighing": indicator.weighs,
            "is_count_of_people": indicator.counts_people,
            "measure": indicator.measure.model_dump_json(by_alias=True, exclude_none=True),
            "disaggregate_by": indicator.disaggregate_by,
            "disaggregate_numerator_by": indicator.disaggregate_numerator_by,
            "cross_by": indicator.crossed,
            "coverage": indicator.coverage.model_dump_json(by_alias=True, exclude_none=True),
            "scopes": indicator.scopes,
            "tolerance": indicator.tolerance,
            "minimum_n": indicator.minimum_n,
            "minimum_coverage": indicator.minimum_coverage,
            "expectation": json.dumps(indicator.expectation) if indicator.expectation else None,
            "kirkpatrick": indicator.kirkpatrick,
            "assessed_on": indicator.assessed_on,
            "changes": json.dumps([each.model_dump(mode="json") for each in indicator.changes]),
            **_in_languages("title", indicator.title, programme),
            **_in_languages("definition", indicator.definition, programme),
            **_in_languages("numerator", indicator.numerator, programme),
            **_in_languages("denominator", indicator.denominator or {}, programme),
            **_in_languages("data_source", indicator.data_source, programme),
            **_in_languages("collection", indicator.collection, programme),
            **_in_languages("rationale", indicator.rationale, programme),
            **_in_languages("responsible", indicator.responsible, programme),
            **_in_languages("unit", indicator.unit, programme),
            **_in_languages("limits", indicator.limits, programme),
        }


def _nodes(programme: Programme, as_of: date) -> Iterable[Row]:
    for node in programme.theory.nodes:
        yield {
            "node_id": node.id,
            "level": node.level,
            "priorities": node.priorities,
            **_in_languages("label", node.label, programme),
        }


def _links(programme: Programme, as_of: date) -> Iterable[Row]:
    for link in programme.theory.links:
        yield {
            "link_id": link.id,
            "from_node": link.from_node,
            "to_node": link.to_node,
            "status": link.status,
            "lag_quarters": link.lag_quarters,
            "assumptions": link.assumptions,
            "assumption_on_this_link": link.assumption_on_this_link,
            "quote": link.quote,
        }


def _targets(programme: Programme, as_of: date) -> Iterable[Row]:
    for target in programme.targets:
        yield target.model_dump(exclude={"line"})


def _periods(programme: Programme, as_of: date) -> Iterable[Row]:
    for period in sorted(all_periods(programme.settings)):
        yield {
            "period_type": period.period_type,
            "period": period.code,
            "period_start": period.start,
            "period_end": period.end,
            "is_closed": period.end <= as_of,
        }


def _donors(programme: Programme, as_of: date) -> Iterable[Row]:
    for donor in programme.donors.values():
        yield {
            "donor_code": donor.donor_code,
            "scoring_profile": donor.scoring_profile,
            "fiscal_year": donor.fiscal_year,
            "languages": donor.languages,
            **_in_languages("name", donor.name, programme),
        }


def _grants(programme: Programme, as_of: date) -> Iterable[Row]:
    for funded in programme.grants.values():
        yield {
            "grant_code": funded.grant.grant_code,
            "donor_code": funded.donor.donor_code,
            "active_from": funded.grant.starts_on,
            "active_to": funded.grant.ends_on,
            "planned_to": funded.grant.planned_until or funded.grant.ends_on,
            **_in_languages("title", funded.grant.title, programme),
        }


def _grant_scopes(programme: Programme, as_of: date) -> Iterable[Row]:
    """One row per hub, country and theme that a grant funds; what it does not narrow down is empty."""
    every: list[str | None] = [None]
    for funded in programme.grants.values():
        scope = funded.grant.scope
        for hub, country, theme in product(scope.hubs, scope.countries or every, scope.themes or every):
            yield {
                "grant_code": funded.grant.grant_code,
                "hub_code": hub,
                "country_code": country,
                "theme": theme,
                "hub_share": scope.shares.get(hub),
            }


DECLARED: dict[str, Callable[[Programme, date], Iterable[Row]]] = {
    "dim_indicator": _indicators,
    "dim_toc_node": _nodes,
    "dim_toc_link": _links,
    "dim_target": _targets,
    "dim_period": _periods,
    "dim_donor": _donors,
    "dim_grant": _grants,
    "dim_grant_scope": _grant_scopes,
}
"""Every declared table, with what makes its rows."""
