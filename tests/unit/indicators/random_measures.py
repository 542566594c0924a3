"""Random declarations: each measure as the programme would declare it, and as `brute_force.py` counts it again."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from mel_pipeline.declarations.models import Indicator
from tests.unit.indicators import brute_force as again
from tests.unit.indicators.brute_force import Asked, Figures, Number, Row, Test
from tests.unit.indicators.conftest import indicator

MONTHS = {"quarter": 3, "half_year": 6, "year": 12}
TABLES = {"fct_event": False, "fct_state": True}
"""Tables of the random world, and whether their rows are states on a day."""


def compared(column: str, test: Callable[[Any], bool]) -> Test:
    return lambda row: None if row[column] is None else test(row[column])


def both(first: Test, second: Test) -> Test:
    """AND of SQL: no beats not known, which beats yes."""

    def test(row: Row) -> bool | None:
        answers = (first(row), second(row))
        return False if False in answers else None if None in answers else True

    return test


def either(first: Test, second: Test) -> Test:
    def test(row: Row) -> bool | None:
        answers = (first(row), second(row))
        return True if True in answers else None if None in answers else False

    return test


def opposite(first: Test) -> Test:
    return lambda row: None if first(row) is None else not first(row)


CONDITIONS = st.recursive(
    st.sampled_from(
        [
            ("flag", lambda row: row["flag"]),
            ("x > 1", compared("x", lambda x: x > 1)),
            ("sex = 'f'", compared("sex", lambda sex: sex == "f")),
            ("sex in ('f', 'm')", compared("sex", lambda sex: sex in ("f", "m"))),
            ("y is not null", lambda row: row["y"] is not None),
            ("z / y >= 1", lambda row: None if not row["y"] or row["z"] is None else row["z"] / row["y"] >= 1),
            ("coalesce(flag, false)", lambda row: bool(row["flag"])),
            ("city_code <> 'C1'", compared("city_code", lambda city: city != "C1")),
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]}) and ({two[1][0]})", both(two[0][1], two[1][1]))),
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]}) or ({two[1][0]})", either(two[0][1], two[1][1]))),
        inner.map(lambda one: (f"not ({one[0]})", opposite(one[1]))),
    ),
    max_leaves=3,
)


def sum_of(first: str, second: str) -> Number:
    return lambda row: None if None in (row[first], row[second]) else row[first] + row[second]


FUNCTIONS: dict[str, Number] = {
    "x": lambda row: row["x"],
    "y": lambda row: row["y"],
    "z": lambda row: row["z"],
    "x + y": sum_of("x", "y"),
    "x / y": lambda row: None if row["x"] is None or not row["y"] else row["x"] / row["y"],
    "coalesce(z, 0) * 2": lambda row: 2 * (row["z"] or 0),
    "case when flag then x end": lambda row: row["x"] if row["flag"] else None,
}
NUMBERS = st.sampled_from(list(FUNCTIONS.items()))
EVERY_ROW: tuple[str | None, Test] = (None, lambda row: True)
ONE: Number = lambda row: 1.0  # noqa: E731

Part = tuple[dict[str, Any], str, Callable[[list[Row]], Figures], dict[str, Any]]
"""What a verb adds to the measure, the type it fits, its recount, and more of `Asked`."""


@st.composite
def plain_parts(draw: st.DrawFn) -> Part:
    """A verb over rows."""
    verb = draw(st.sampled_from(["count", "count_distinct", "sum", "mean", "median", "share", "ratio", "index"]))
    sql, number = draw(NUMBERS)
    if verb == "count":
        return {"count": True}, "count", again.count, {"is_total": True}
    if verb == "count_distinct":
        column = draw(st.sampled_from(["person_key", "city_code", "sex"]))
        return {"count_distinct": column}, "count", again.count_distinct(column), {"is_total": True}
    if verb == "sum":
        return {"sum": sql}, "count", again.total(number), {"is_total": True}
    if verb == "mean":
        return {"mean": sql}, "mean", again.mean(number), {}
    if verb == "median":
        return {"median": sql}, "mean", again.middle(number), {"has_numerator": False}
    if verb == "index":
        index = {"items": ["i1", "i2", "i3"], "reverse": ["i2"], "minimum_items": 2}
        return {"index": index}, "index", again.mean(again.scale_score), {}
    if verb == "share":
        text, test = draw(CONDITIONS)
        return {"share": text}, "percentage", again.share(test, 100), {"met": test, "factor": 100}
    below_sql, below = draw(NUMBERS)
    type_, factor = draw(st.sampled_from([("percentage", 100), ("ratio", 1)]))
    measure = {"ratio": {"numerator": sql, "denominator": below_sql}}
    return measure, type_, again.ratio(number, below, factor), {"factor": factor}


@st.composite
def parts_per_entity(draw: st.DrawFn) -> Part:
    """One figure per city or hub, then the mean of these, or the median of medians."""
    measure, type_, figures, more = draw(plain_parts())
    column, factor = draw(st.sampled_from(["city_code", "hub_code"])), more.get("factor", 1)
    if "median" in measure:
        return measure | {"per_entity": column}, type_, again.per_entity(column, figures, again.middle_of), more

    def in_shares(rows: list[Row]) -> Figures:
        value, *others = figures(rows)
        return (None if value is None else value / factor), *others  # type: ignore[return-value]

    summed = again.per_entity(column, in_shares, lambda told: again.mean_of(told, factor))
    type_ = "mean" if type_ == "count" else type_
    return measure | {"per_entity": column}, type_, summed, {"factor": factor}


@st.composite
def designed_parts(draw: st.DrawFn) -> Part:
    """A verb over the rows of a sample with weights, and perhaps strata and clusters."""
    measure, type_, _, more = draw(plain_parts().filter(lambda part: "count_distinct" not in part[0]))
    verb = next(iter(measure))
    number, below = ONE, ONE
    if verb == "share":
        test = more["met"]
        number = lambda row: float(test(row) is True)  # noqa: E731
    elif verb == "index":
        number = again.scale_score
    elif verb == "ratio":
        number, below = (FUNCTIONS[measure["ratio"][key]] for key in ("numerator", "denominator"))
    elif verb != "count":
        number = FUNCTIONS[measure[verb]]
    design = {"weight": "weight"} | draw(st.sampled_from([{}, {"stratum": "sex"}, {"cluster": "city_code"}]))
    figures = again.weighted(verb, number, below, more.get("factor", 1))
    return measure | design, type_, figures, more | {"weight": lambda row: row["weight"]}


def crossed(rows: list[Row]) -> Figures:
    n = sum(row["city_code"] is not None for row in rows)
    return n, n, None, n


CROSSING: Part = (
    {"first_crossing": {"stage": "stage", "at_least": 2, "entity": "city_code"}},
    "milestone",
    crossed,
    {"is_total": True},
)
WAVES = {"score": "x", "wave": "wave", "before": "pre", "after": "post"}
OTHER_PARTS: list[Part] = [
    *(
        ({"paired_change": WAVES | {"pair_by": pair_by}}, "mean", again.paired_change(*pair_by), {})
        for pair_by in (["city_code"], ["city_code", "person_key"])
    ),
    (
        {"sql": "select day, hub_code, row_code, sex, themes, sum(x) as numerator, sum(y) as denominator, "
                "count(x) as n, list_sort(flatten(list(_record_keys))) as _record_keys from {table} "
                "where x > 0 group by day, hub_code, row_code, sex, themes"},
        "ratio", again.ratio(lambda row: row["x"], lambda row: row["y"], 1),
        {"rows": lambda rows: [row for row in rows if (row["x"] or 0) > 0]},
    ),
]  # fmt: skip


@st.composite
def declarations(draw: st.DrawFn, code: str) -> tuple[list[Indicator], Asked]:
    """Indicators to declare, the last of which is asked for, and how to count it again."""
    table = draw(st.sampled_from(list(TABLES)))
    kinds = [plain_parts(), parts_per_entity(), designed_parts(), st.sampled_from(OTHER_PARTS)]
    if not TABLES[table]:
        kinds += [st.just(CROSSING)] * 2
    measure, type_, figures, more = draw(st.one_of(*kinds))
    text, where = draw(st.just(EVERY_ROW) if "sql" in measure else st.just(EVERY_ROW) | CONDITIONS)
    parts: list[Indicator] = []
    if "share" in measure and "per_entity" not in measure and draw(st.booleans()):
        parts, measure, figures, more = draw(composites(code, table, measure, more))
    if "first_crossing" in measure:
        more = more | {"rows": again.first_crossings(where)}
    measure = {key: value.format(table=table) if key == "sql" else value for key, value in measure.items()}
    numerator_by = ["themes"] if more.get("met") and "per_entity" not in measure and draw(st.booleans()) else []
    by = draw(st.lists(st.sampled_from(["sex", "themes"]), unique=True, max_size=2))
    by = [dimension for dimension in by if dimension not in numerator_by]
    frequency = draw(st.sampled_from(sorted(MONTHS)))
    time = draw(st.sampled_from(["period", "year_to_date", "latest", "rolling_4q"]))
    declared = indicator(
        code,
        {"from": table} | ({"where": text} if text else {}) | measure,
        type=type_, time=time, frequency=frequency, disaggregate_by=by, disaggregate_numerator_by=numerator_by,
        coverage={"from": table, "received": "flag"},
    )  # fmt: skip
    asked = Asked(
        **({"is_total": False, "factor": 1} | more),
        table=table, months=MONTHS[frequency], figures=figures, where=where, by=by, numerator_by=numerator_by,
        year_to_date=time == "year_to_date",
    )  # fmt: skip
    return [*parts, declared], asked


@st.composite
def composites(
    draw: st.DrawFn, code: str, table: str, measure: dict[str, Any], more: dict[str, Any]
) -> tuple[list[Indicator], dict[str, Any], Callable[[list[Row]], Figures], dict[str, Any]]:
    """The share as one of two parts of a composite, each with rows of its own."""
    (own_text, own), (other_text, other) = draw(CONDITIONS), draw(CONDITIONS)
    names = [f"{code}-A", f"{code}-B"]
    seen = {"from": table, "received": "flag"}
    parts = [
        indicator(names[0], {"from": table, "where": own_text, "share": measure["share"]}, coverage=seen),
        indicator(names[1], {"from": table, "share": other_text}, coverage=seen),
    ]
    met = both(both(own, more["met"]), other)
    measure = {key: value for key, value in measure.items() if key != "share"} | {"all_of": names}
    figures = again.share(met, 100)
    if "weight" in more:
        figures = again.weighted("share", lambda row: float(met(row) is True), ONE, 100)
    return parts, measure, figures, more | {"met": met}
