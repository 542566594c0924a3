"""Bring a declared sample design to its estimates: interval, degrees of freedom and design effect of each cell.

The formulas are in `designed_samples.py` and `medians.py`; simple random samples, censuses and counts are in
`intervals.py`.
"""

from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.periods import Period
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.designed_samples import (
    Domain,
    Estimate,
    SecondStage,
    design_effect,
    ratio,
    share_interval,
    total,
)
from mel_pipeline.indicators.intervals import Told, ToldInterval, told_interval
from mel_pipeline.indicators.measures import percent_factor
from mel_pipeline.indicators.medians import SampledValue, median
from mel_pipeline.indicators.sampled_rows import (
    NOTHING,
    CellKey,
    Clusters,
    Design,
    clusters_of,
    designs_of,
    units_of,
)


def designed_estimates(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    values: pd.DataFrame,
    periods: Sequence[Period],
    measured_sql: str,
    whole_sql: str | None = None,
) -> list[Told]:
    """Interval, degrees of freedom and design effect of every value of a designed sample, in the order of the values.

    Args:
        connection: sees the marts.
        programme: declares the marts.
        indicator: whose measure names weight, stratum or cluster.
        values: the values, with period, scope_code and category.
        periods: those that tell the indicator.
        measured_sql: SQL of the rows that the measure reads, with their cells.
        whole_sql: SQL of the rows of undivided cells, where the categories are those of the numerator alone: then
            each share is out of all of them.
    """
    designs = designs_of(connection, programme, indicator, periods)
    keys = zip(values["period"], values["scope_code"], values["category"], strict=True)
    if indicator.measure.verb == "median":
        units = units_of(connection, indicator, measured_sql)
        return [_median(designs[key[0]], units.get(key)) for key in keys]
    clusters = clusters_of(connection, indicator, measured_sql)
    if whole_sql is not None:
        clusters = _out_of_all(clusters, clusters_of(connection, indicator, whole_sql))
    return [_estimate(indicator, designs, key, clusters.get(key)) for key in keys]


def _estimate(indicator: Indicator, designs: Mapping[str, Design], key: CellKey, clusters: Clusters | None) -> Told:
    if not clusters:
        return Told(interval_of_domain(indicator, None))
    domain = _domain(designs[key[0]], clusters)
    # Totals and ratios of two figures have no simple random sample's spread to be compared with.
    effect = design_effect(domain) if indicator.measure.verb in ("share", "mean", "index") else None
    return Told(interval_of_domain(indicator, domain), domain.degrees_of_freedom, effect)


def _domain(design: Design, clusters: Clusters) -> Domain:
    figures, within = list(clusters.values()), design.drawn_within
    return Domain(
        design.strata,
        [stratum for stratum, _ in clusters],
        [each.n for each in figures],
        [each.amount for each in figures],
        [each.base for each in figures],
        [each.squared_weight for each in figures],
        [each.square for each in figures],
        [SecondStage(within[key], each.amounts, each.products, each.bases) for key, each in clusters.items()]
        if within
        else [],
    )


def _median(design: Design, units: list[SampledValue] | None) -> Told:
    if units is None:
        return Told(told_interval(None, "woodruff_t"))
    found = median(design.strata, units, design.drawn_within)
    method = "woodruff_t" + _allowed_for(found.domain)
    return Told(told_interval(found.interval, method), found.domain.degrees_of_freedom)


def interval_of_domain(indicator: Indicator, domain: Domain | None) -> ToldInterval:
    """The interval of one value of a designed sample; `_fpc` and `_lonely` tell what it had to allow for.

    `_fpc`: the population of every stratum is known. `_lonely`: some stratum of the domain rests on one cluster.
    A share has Wilson's interval, unless its measure asks for the symmetric one that published survey tables have.
    """
    is_wilson = indicator.measure.verb == "share" and indicator.measure.interval is None
    method = "wilson_effective_n" if is_wilson else "linearised_t"
    if domain is None:
        return told_interval(None, method)
    interval = share_interval(domain) if is_wilson else _total_or_ratio(indicator, domain).interval()
    return told_interval(interval, method + _allowed_for(domain), percent_factor(indicator))


def _total_or_ratio(indicator: Indicator, domain: Domain) -> Estimate:
    return total(domain) if indicator.adds_up else ratio(domain)


def _allowed_for(domain: Domain) -> str:
    is_finite = all(stratum.population is not None for stratum in domain.design.values())
    return ("_fpc" if is_finite else "") + ("_lonely" if domain.is_lonely else "")


def _out_of_all(parts: Mapping[CellKey, Clusters], whole: Mapping[CellKey, Clusters]) -> dict[CellKey, Clusters]:
    """Clusters of each category of the numerator: what met it above the line, everybody of the cell below it."""
    told = {}
    for (period, code, category), met in parts.items():
        told[(period, code, category)] = {
            key: of_all._replace(
                amount=(part := met.get(key, NOTHING)).amount,
                square=part.square,
                amounts=part.amounts,
                products=part.products,
            )
            for key, of_all in whole[(period, code, rows.TOTAL)].items()
        }
    return told
