"""Eighty estimates of domains agree with another package for survey statistics, which shares no line with this one.

The data is generated: strata, clusters, weights, clusters and units drawn from finite populations, and five domains,
one of which is absent from a stratum. Degrees of freedom differ by convention and are not compared.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest
import svy

from mel_pipeline.indicators.designed_samples import Domain, Estimate, design_effect, ratio, total
from tests.unit.indicators.survey_rows import domain

DOMAINS = ["d1", "d2", "d3", "d4", "d5"]
DESIGNS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "strata, clusters": ({"stratum": "stratum", "psu": "cluster"}, {"strata": "stratum", "clusters": "cluster"}),
    "strata of known size": (
        {"stratum": "stratum", "pop_size": "units_in_stratum"},
        {"strata": "stratum", "populations": "units_in_stratum"},
    ),
    "clusters of known number": (
        {"stratum": "stratum", "psu": "cluster", "pop_size": "clusters_in_stratum"},
        {"strata": "stratum", "clusters": "cluster", "populations": "clusters_in_stratum"},
    ),
    "units drawn within clusters": (
        {
            "stratum": "stratum", "psu": "cluster", "ssu": "unit",
            "pop_size": svy.PopSize(psu="clusters_in_stratum", ssu="units_in_cluster"),
        },
        {
            "strata": "stratum", "clusters": "cluster", "populations": "clusters_in_stratum",
            "units_of_cluster": "units_in_cluster",
        },
    ),
}  # fmt: skip
"""The same design, in the words of the other package and in those of `survey_rows.domain`."""


def survey(seed: int) -> pd.DataFrame:
    """Three strata of six clusters with three to nine units each."""
    random = np.random.default_rng(seed)
    rows = []
    for stratum in range(3):
        for cluster in range(6):
            level, drawn = random.normal(), int(random.integers(3, 10))
            rows += [
                {
                    "stratum": f"s{stratum}",
                    "cluster": f"s{stratum}c{cluster}",
                    "unit": f"s{stratum}c{cluster}u{unit}",
                    "weight": random.uniform(0.5, 6),
                    "units_in_stratum": 150 + 70 * stratum,
                    "clusters_in_stratum": 9 + 4 * stratum,
                    "units_in_cluster": drawn + cluster,
                    "domain": DOMAINS[int(random.integers(0, 4 if stratum == 0 else 5))],
                    "y": 20 + 3 * level + random.normal(0, 4),
                    "x": 10 + level + random.uniform(0, 3),
                    "met": float(random.random() < 0.4 + 0.1 * stratum),
                }
                for unit in range(drawn)
            ]
    return pd.DataFrame(rows)


def own(rows: pd.DataFrame, named: dict[str, str], name: str, values: str, bases: str | None = None) -> Domain:
    design = {argument: rows[column] for argument, column in named.items()}
    base = None if bases is None else rows[bases]
    return domain(rows[values], rows["weight"], bases=base, within=rows["domain"] == name, **design)


def figures(estimate: Estimate) -> tuple[float | None, float | None]:
    return estimate.value, estimate.standard_error


ESTIMATES: dict[str, tuple[Callable[..., Any], Callable[..., Estimate]]] = {
    "mean": (lambda each: each.mean("y", by="domain"), lambda *of: ratio(own(*of, "y"))),
    "total": (lambda each: each.total("y", by="domain"), lambda *of: total(own(*of, "y"))),
    "ratio": (lambda each: each.ratio("y", "x", by="domain"), lambda *of: ratio(own(*of, "y", "x"))),
    "share": (lambda each: each.mean("met", by="domain"), lambda *of: ratio(own(*of, "met"))),
}


@pytest.mark.parametrize("kind", ESTIMATES)
@pytest.mark.parametrize("design", DESIGNS)
def test_domains_agree_with_another_package(design: str, kind: str) -> None:
    rows = survey(seed=len(design))
    theirs, named = DESIGNS[design]
    sample = svy.Sample(polars.DataFrame(rows.to_dict("list")), svy.Design(wgt="weight", **theirs))
    ask, compute = ESTIMATES[kind]
    told = {each.by_level[0]: (each.est, each.se) for each in ask(sample.estimation).estimates}
    assert sorted(told) == DOMAINS
    for name, expected in told.items():
        assert figures(compute(rows, named, name)) == pytest.approx(expected, rel=1e-9), name


def test_design_effects_agree_with_another_package() -> None:
    rows = survey(seed=5)
    theirs, named = DESIGNS["strata, clusters"]
    sample = svy.Sample(polars.DataFrame(rows.to_dict("list")), svy.Design(wgt="weight", **theirs))
    for values in ("y", "met"):
        (told,) = sample.estimation.mean(values, deff="wr").estimates
        design = {argument: rows[column] for argument, column in named.items()}
        assert design_effect(domain(rows[values], rows["weight"], **design)) == pytest.approx(told.deff, rel=1e-9)
