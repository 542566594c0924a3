"""What all values cost: every indicator in every period, scope and category, against one scan of the same Parquet.

    uv run python benchmarks/all_values.py [--rows 1000000] [--repeats 3]

A million survey responses and a million rows of attendance; nine indicators on the first, six on the second, in periods
of all types, three scopes, four and three dimensions and a crossing. Beside it DuckDB adds up the numerators,
denominators and sums of the same measures once, by city, quarter and sex; it counts nobody apart and has no figure per
entity. A third side is the least that telling people apart costs: DuckDB alone counts the people and places of the
attendance anew in every period, in two of the scopes, and does nothing else. Each side runs in a process of its own;
imports count on none.
"""

import argparse
import tempfile
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from measuring import Figures, Stopwatch, load, run_child, spread

LIMIT_OF_CPU, LIMIT_OF_MEMORY_MB = 4, 1024
AS_OF = date(2026, 10, 31)
ITEMS = [f"item_{number}" for number in range(1, 9)]

ANSWERS = f"""
    select
        'C' || (hash(i) % 250)::varchar as city_code,
        'H' || (hash(i) % 8)::varchar as hub_code,
        date '2024-01-01' + (hash(i + 1) % 1000)::integer as answered_on,
        ['female', 'male', 'another', null][1 + (hash(i + 2) % 4)::integer] as sex,
        ['en', 'fr', 'ar'][1 + (hash(i + 3) % 3)::integer] as language,
        'R' || (hash(i + 4) % 8)::varchar as role,
        'A' || (hash(i + 5) % 5)::varchar as age_band,
        {", ".join(f"nullif((hash(i * 31 + {n}) % 6)::integer, 0) as {item}" for n, item in enumerate(ITEMS))},
        (hash(i + 6) % 100000) / 1000.0::double as score,
        ['r' || i::varchar] as _record_keys
    from range({{rows}}) as numbers(i)
"""
ATTENDANCE = """
    select
        'C' || (hash(i) % 250)::varchar as city_code,
        'H' || (hash(i) % 8)::varchar as hub_code,
        date '2024-01-01' + (hash(i + 1) % 1000)::integer as session_on,
        ['female', 'male', 'another', null][1 + (hash(i + 2) % 4)::integer] as sex,
        ['online', 'in_person'][1 + (hash(i + 3) % 2)::integer] as mode,
        'A' || (hash(i + 5) % 5)::varchar as age_band,
        md5((hash(i + 4) % 300000)::varchar) as person_key,
        (hash(i + 6) % 18000) / 100.0::double as minutes,
        ['a' || i::varchar] as _record_keys
    from range({rows}) as numbers(i)
"""
LEAST_SCOPES = ("'all'", "hub_code")
LEAST_CATEGORIES = ("'total'", "sex", "mode", "age_band", "sex || '*' || mode")
LEAST_KEYS = (("person", "is_long"), ("city_code", "true"))
NUMBERED = """
    create temp table numbered as
    with people as (
        select person_key, row_number() over ()::integer as person from (select distinct person_key from {facts})
    )
    select
        people.person, facts.city_code, facts.hub_code, facts.sex, facts.mode, facts.age_band,
        facts.minutes >= 30 as is_long,
        (1 << (4 * (year(facts.session_on) - 2024) + quarter(facts.session_on) - 1)::integer)::integer as quarter
    from {facts} as facts inner join people using (person_key)
"""
MEANING = {"en": "Made for measuring"}
_INDEX = {"items": ITEMS, "minimum_items": 6, "reverse": ["item_8"]}
OF_ANSWERS: dict[str, tuple[str, dict[str, Any]]] = {
    "SATISFIED": ("percentage", {"share": "item_1 >= 4", "where": "item_1 is not null"}),
    "CONFIDENT": ("percentage", {"share": "item_2 >= 4", "where": "item_2 is not null"}),
    "USING": ("percentage", {"share": "item_3 >= 3 and item_4 >= 3"}),
    "CONTENT": ("mean", {"mean": "item_5"}),
    "SCORE": ("mean", {"mean": "score"}),
    "POINTS": ("count", {"sum": "score"}),
    "RATIO": ("ratio", {"ratio": {"numerator": "score", "denominator": "item_6"}}),
    "CAPACITY": ("index", {"index": _INDEX}),
    "CITIES": ("index", {"index": _INDEX, "per_entity": "city_code"}),
}
OF_ATTENDANCE: dict[str, tuple[str, dict[str, Any]]] = {
    "ROWS": ("count", {"count": True}),
    "PEOPLE": ("count", {"count_distinct": "person_key", "where": "minutes >= 30"}),
    "PLACES": ("count", {"count_distinct": "city_code"}),
    "ONLINE": ("percentage", {"share": "mode = 'online'"}),
    "MINUTES": ("mean", {"mean": "minutes"}),
    "HOURS": ("count", {"sum": "minutes / 60"}),
}
SCANS = (
    f"""
        select
            city_code, year(answered_on), quarter(answered_on), sex, count(*),
            count(*) filter (where item_1 >= 4), count(item_1), count(*) filter (where item_2 >= 4), count(item_2),
            count(*) filter (where item_3 >= 3 and item_4 >= 3), sum(item_5), sum(item_5 * item_5), count(item_5),
            sum(score), sum(score * score), count(score), sum(item_6), sum(score * item_6), sum(item_6 * item_6),
            sum({{index}}), sum({{index}} * {{index}}), count({{index}}),
            {", ".join(f"sum({item}), sum({item} * {item})" for item in ITEMS)}
        from facts group by all
    """,
    """
        select
            city_code, year(session_on), quarter(session_on), sex, count(*),
            count(*) filter (where minutes >= 30), count(*) filter (where mode = 'online'),
            sum(minutes), sum(minutes * minutes), count(minutes), sum(minutes / 60)
        from facts group by all
    """,
)


def compute(data: Path) -> None:
    """Build all values as a run does."""
    import scipy.special  # noqa: F401 -- takes a moment to import

    from mel_pipeline.folders import DataFolder
    from mel_pipeline.indicators.values import build_indicator_values

    programme, watch = programme_of(), Stopwatch()
    n_values = watch.take("values", lambda: build_indicator_values(programme, DataFolder(data)))
    if n_values < 10_000:
        raise RuntimeError(f"{n_values} values were told, expected all of them")
    watch.tell()


def scan(data: Path) -> None:
    """Add up all measures once, by city, quarter and sex."""
    from mel_pipeline import database
    from mel_pipeline.declarations.models import IndexOf
    from mel_pipeline.folders import DataFolder
    from mel_pipeline.indicators.measures import scale_score

    folders, watch = DataFolder(data), Stopwatch()
    index = f"({scale_score(IndexOf.model_validate(_INDEX))})"

    def read() -> None:
        with database.connect(spill=folders.build / "spill") as connection:
            for table, sql in zip(("fct_answer", "fct_attendance"), SCANS, strict=True):
                relation = f"{database.read_parquet(folders.table(table))} as facts"
                connection.execute(sql.replace("{index}", index).replace("from facts", f"from {relation}")).fetchall()

    watch.take("scan", read)
    watch.tell()


def least(data: Path) -> None:
    """Count people and places anew in every period: each person numbered once, and a set of quarters for each."""
    from mel_pipeline import database
    from mel_pipeline.declarations.periods import quarters
    from mel_pipeline.folders import DataFolder

    folders, watch = DataFolder(data), Stopwatch()
    places = {each.code: place for place, each in enumerate(quarters("2024Q1", "2026Q3"))}

    def count() -> None:
        with database.connect(spill=folders.build / "spill") as connection:
            periods = connection.execute(
                f"select period, period_start, period_end from {database.read_parquet(folders.table('dim_period'))}"
            ).fetchall()
            masks = ", ".join(
                f"('{code}', {sum(1 << place for quarter, place in places.items() if _within(quarter, start, end))})"
                for code, start, end in periods
            )
            connection.execute(NUMBERED.format(facts=database.read_parquet(folders.table("fct_attendance"))))
            for scope, category, (key, where) in product(LEAST_SCOPES, LEAST_CATEGORIES, LEAST_KEYS):
                connection.execute(f"""
                    with seen as (
                        select
                            {scope} as scope, {category} as category, {key} as counted, bit_or(quarter) as quarters
                        from numbered where {where} group by all
                    ),
                    sets as (select scope, category, quarters, count(*) as n from seen group by all),
                    periods(period, mask) as (values {masks})
                    select period, scope, category, sum(n)
                    from sets inner join periods on sets.quarters & periods.mask <> 0
                    group by all
                """).fetchall()

    watch.take("least", count)
    watch.tell()


def _within(quarter: str, start: date, end: date) -> bool:
    from mel_pipeline.declarations.periods import parse_period

    period = parse_period(quarter)
    return start <= period.start and period.end <= end


def programme_of() -> Any:
    """The programme of the indicators, in memory."""
    from mel_pipeline.declarations.models import Indicator, Settings, TheoryOfChange
    from mel_pipeline.declarations.programme import Programme

    settings = Settings.model_validate(
        {
            "programme": "measured", "title": MEANING, "subtitle": MEANING, "languages": ["en"],
            "calendar": {"first_quarter": "2024Q1", "last_quarter": "2026Q4"},
            "fiscal_years": {"US": 10, "GB": 4, "AU": 7},
            "scopes": {"hub": "hub_code", "grant": {"cities": "bridge_city_grant"}},
        }
    )  # fmt: skip
    declared = [
        _indicator(code, kind, {"from": table} | measure, dimensions, crossed)
        for table, measures, dimensions, crossed in (
            ("fct_answer", OF_ANSWERS, ["sex", "language", "role", "age_band"], [["sex", "language"]]),
            ("fct_attendance", OF_ATTENDANCE, ["sex", "mode", "age_band"], [["sex", "mode"]]),
        )
        for code, (kind, measure) in measures.items()
    ]
    indicators = {each["code"]: Indicator.model_validate(each) for each in declared}
    return Programme(
        directory=Path("programme"), settings=settings, theory=TheoryOfChange(), dimensions={}, indicators=indicators,
        targets=[], donors={}, grants={}, sources={}, rules={}, marts=_marts(), mart_sql={}, faults=[], places={},
        documents={},
    )  # fmt: skip


def _indicator(
    code: str, kind: str, measure: dict[str, Any], dimensions: list[str], crossed: list[list[str]]
) -> dict[str, Any]:
    words = ("title", "definition", "numerator", "denominator", "data_source", "unit", "limits")
    return {
        "code": code, "nodes": ["N"], **dict.fromkeys(words, MEANING), "type": kind, "direction": "increase",
        "time": "period", "frequency": "quarter", "evidence_weight": "strong", "level": "output", "measure": measure,
        "disaggregate_by": dimensions, "cross_by": crossed,
        "coverage": {"from": measure["from"], "received": "sex is not null"},
    }  # fmt: skip


def _marts() -> dict[str, Any]:
    items = dict.fromkeys(ITEMS, "INTEGER")
    shared = {"city_code": "VARCHAR", "hub_code": "VARCHAR", "sex": "VARCHAR", "age_band": "VARCHAR"}
    keys = {"_record_keys": "VARCHAR[]"}
    divided = {"scopes": {"hub": "hub_code"}, "families": {"cities": "city_code"}}
    days = {"valid_from": "DATE", "valid_to": "DATE"}
    return {
        "fct_answer": _mart(
            "fct_answer",
            {
                **shared, "answered_on": "DATE", "language": "VARCHAR", "role": "VARCHAR", **items, "score": "DOUBLE",
                **keys,
            },
            period_on="answered_on", **divided,
        ),
        "fct_attendance": _mart(
            "fct_attendance",
            {**shared, "session_on": "DATE", "mode": "VARCHAR", "person_key": "VARCHAR", "minutes": "DOUBLE", **keys},
            period_on="session_on", **divided,
        ),
        "bridge_city_grant": _mart(
            "bridge_city_grant", {"city_code": "VARCHAR", "grant_code": "VARCHAR", **days},
            families={"cities": "city_code"}, valid_between=["valid_from", "valid_to"],
        ),
    }  # fmt: skip


def _mart(table: str, columns: dict[str, str], **more: Any) -> Any:
    from mel_pipeline.declarations.models import MartContract

    told = [{"name": name, "type": kind, "meaning": "Made for measuring"} for name, kind in columns.items()]
    declared = {"table": table, "description": "Made for measuring", "key": list(columns)[:1], "columns": told}
    return MartContract.model_validate(declared | more)


def write_tables(data: Path, rows: int) -> None:
    """Write the marts that the indicators read, the periods and the codes of the scopes."""
    from mel_pipeline import database
    from mel_pipeline.folders import DataFolder
    from mel_pipeline.marts.declared import build_declared

    folders, active = DataFolder(data), "date '2024-01-01' as active_from, null::date as active_to"
    funded = "date '2024-01-01' as valid_from, date '2026-06-30' as valid_to"
    tables = {
        "fct_answer": ANSWERS.format(rows=rows),
        "fct_attendance": ATTENDANCE.format(rows=rows),
        "dim_hub": f"select 'H' || i::varchar as hub_code, {active} from range(8) as numbers(i)",
        "dim_grant": f"select 'G' || i::varchar as grant_code, {active} from range(10) as numbers(i)",
        "bridge_city_grant": f"""
            select 'C' || city::varchar as city_code, 'G' || (city % 10)::varchar as grant_code, {funded}
            from range(250) as cities(city)
        """,
    }
    with database.connect(spill=folders.build / "spill") as connection:
        for table, sql in tables.items():
            database.write_parquet(connection, sql, folders.table(table), order_by=None)
    build_declared("dim_period", programme_of(), AS_OF, folders)


def main() -> None:
    """Run both sides in turns, or one as a child."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        side, data = options.child
        {"values": compute, "scan": scan, "least": least}[side](Path(data))
        return
    with tempfile.TemporaryDirectory() as folder:
        write_tables(Path(folder), options.rows)
        compare(Path(folder), options.rows, options.repeats)


def compare(data: Path, rows: int, repeats: int) -> None:
    """Measure both sides several times and print what came of it."""
    values, scans, leasts = Figures(), Figures(), Figures()
    print(f"{rows} responses and {rows} rows of attendance; {load()}")
    for _ in range(repeats):
        values.add(run_child(Path(__file__), "--child", "values", data))
        scans.add(run_child(Path(__file__), "--child", "scan", data))
        leasts.add(run_child(Path(__file__), "--child", "least", data))
    print(f"  all values: {spread(values.sums())}; {max(values.peak_mb):.0f} MB (limit {LIMIT_OF_MEMORY_MB})")
    print(f"  one scan:   {spread(scans.sums())}; {max(scans.peak_mb):.0f} MB")
    print(f"  the least:  {spread(leasts.sums())}; {leasts.median() / scans.median():.1f} times the scan")
    print(f"  ratio:      {values.median() / scans.median():.1f} (limit {LIMIT_OF_CPU}); {load()}")


if __name__ == "__main__":
    main()
