"""Rows of a survey brought to the sums of a domain, in pandas: what the engine's SQL does, told another way."""

import math

import pandas as pd

from mel_pipeline.indicators.designed_samples import Domain, Drawn, SecondStage, Stratum


def domain(
    values: pd.Series,
    weights: pd.Series,
    *,
    bases: pd.Series | None = None,
    strata: pd.Series | None = None,
    clusters: pd.Series | None = None,
    populations: pd.Series | None = None,
    units_of_cluster: pd.Series | None = None,
    within: pd.Series | None = None,
) -> Domain:
    """Sums of rows by cluster; rows that are not `within`, or without a value, are of the design only.

    `populations` are the clusters (or units) of each row's stratum, `units_of_cluster` the units of its cluster, where
    units were drawn within clusters.
    """
    rows = pd.DataFrame({"value": values, "weight": weights, "base": 1.0 if bases is None else bases})
    rows["stratum"] = "all" if strata is None else strata.astype(str)
    rows["cluster"] = range(len(rows)) if clusters is None else clusters
    rows["population"] = math.inf if populations is None else populations
    rows["units"] = 1 if units_of_cluster is None else units_of_cluster
    design = {
        str(name): Stratum(part["cluster"].nunique(), None if populations is None else int(part["population"].iloc[0]))
        for name, part in rows.groupby("stratum")
    }
    drawn = rows.groupby(["stratum", "cluster"]).size()
    units = rows.groupby(["stratum", "cluster"])["units"].first()
    kept = rows["value"].notna() & (True if within is None else within)
    rows = rows[kept].assign(
        amount=rows["weight"] * rows["value"],
        base=rows["weight"] * rows["base"],
        squared_weight=rows["weight"] ** 2,
        square=rows["weight"] * rows["value"] ** 2,
    )
    rows = rows.assign(
        amounts=rows["amount"] ** 2, products=rows["amount"] * rows["base"], squared_bases=rows["base"] ** 2, n=1
    )
    columns = ["n", "amount", "base", "squared_weight", "square", "amounts", "products", "squared_bases"]
    sums = rows.groupby(["stratum", "cluster"])[columns].sum()
    stages = [
        SecondStage(Drawn(int(drawn[key]), int(units[key])), row.amounts, row.products, row.squared_bases)
        for key, row in zip(sums.index, sums.itertuples(), strict=True)
    ]
    return Domain(
        design,
        [str(name) for name in sums.index.get_level_values("stratum")],
        sums["n"].tolist(),
        *(sums[column].tolist() for column in ("amount", "base", "squared_weight", "square")),
        second_stages=[] if units_of_cluster is None else stages,
    )
