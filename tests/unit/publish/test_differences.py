"""Which numbers moved between two runs, and what changed behind them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mel_pipeline import database
from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.publish.difference_lines import difference_lines
from mel_pipeline.publish.differences import Cause, NothingToCompareError, compare, remember

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"
State = dict[str, str]


def state(**changed: str) -> State:
    """SQL of each compared table, with as few rows as a difference needs."""
    tables = {
        "indicator_values": values(total=40, female=25),
        "indicator_scores": scores("on_track", 42),
        "source_files": files(("event_attendance", "a.csv", "one", 40), ("member_annual", "s.csv", "two", 9)),
        "dim_target": "select 'OUT-02' as indicator_code, '2024Q4-ytd' as period, 42.0 as value",
        "dim_indicator": definition("count"),
        "dim_period": period(is_closed=True),
        "corrections": decisions("applied"),
    }
    return tables | changed


def values(total: int, female: int) -> str:
    place = "'OUT-02', 'year_to_date', '2024Q4-ytd', 'all', 'all'"
    rows = ", ".join(
        f"({place}, '{dimension}', '{category}', {n}::double, {n}::double, null::double)"
        for dimension, category, n in (("total", "total", total), ("sex", "female", female))
    )
    return (
        f"select * from (values {rows}) as v(indicator_code, period_type, period, scope_type, scope_code,"
        " dimension, category, value, numerator, denominator)"
    )


def scores(status: str, target: float) -> str:
    return (
        "select 'OUT-02' as indicator_code, '2024Q4-ytd' as period, 'all' as scope_type, 'all' as scope_code,"
        f" 'default' as scoring_profile, '{status}' as status, {target} as target"
    )


def files(*rows: tuple[str, str, str, int]) -> str:
    listed = ", ".join(f"('{source}', '{file}', '{sha}', {n}, 0, 0, 'accepted')" for source, file, sha, n in rows)
    return (
        f"select * from (values {listed}) as f(source, source_file, sha256, n_accepted, n_quarantined, n_dropped,"
        " file_status)"
    )


def definition(measure: str) -> str:
    empty = ", ".join(
        f"null::varchar as {name}"
        for name in ("coverage", "nodes", "direction", "baseline", "tolerance", "minimum_n", "minimum_coverage")
    )
    return f"select 'OUT-02' as indicator_code, 'year_to_date' as period_type, '{measure}' as measure, {empty}"


def period(*, is_closed: bool) -> str:
    return (
        "select 'year_to_date' as period_type, '2024Q4-ytd' as period, date '2024-12-31' as period_end,"
        f" {is_closed} as is_closed"
    )


def decisions(state: str) -> str:
    return (
        "select 'event_attendance' as source, 'log.csv' as source_file, 'k' as record_key, 'sex' as question,"
        f" 'change_response' as change_type, date '2025-01-05' as decided_on, {state == 'applied'} as applied"
    )


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(PROGRAMME)


@pytest.fixture
def runs(tmp_path: Path) -> Callable[..., DataFolder]:
    """Publish two states, one after the other, as two runs do."""

    def publish(first: State, second: State) -> DataFolder:
        folders = DataFolder(tmp_path)
        for tables in (first, second):
            remember(folders)
            with database.connect() as connection:
                for name, sql in tables.items():
                    database.write_parquet(connection, sql, folders.table(name))
            database.assemble({name: folders.table(name) for name in tables}, {}, folders.database)
        return folders

    return publish


MOVED = values(total=37, female=22)
CAUSES = [
    (
        {"source_files": files(("event_attendance", "a.csv", "other", 37), ("member_annual", "s.csv", "two", 9))},
        Cause("file_changed", "a.csv"),
    ),
    ({"source_files": files(("member_annual", "s.csv", "two", 9))}, Cause("file_gone", "a.csv")),
    (
        {"source_files": files(("event_attendance", "a.csv", "one", 37), ("member_annual", "s.csv", "two", 9))},
        Cause("rows_changed", "a.csv"),
    ),
    ({"dim_indicator": definition("count_distinct")}, Cause("definition")),
    ({"corrections": decisions("refused")}, Cause("decision", "log.csv")),
    ({}, Cause("rules")),
]


@pytest.mark.parametrize(("changed", "cause"), CAUSES, ids=[cause.kind for _, cause in CAUSES])
def test_a_moved_number_is_told_with_its_cause(
    programme: Programme, runs: Callable[..., DataFolder], changed: State, cause: Cause
) -> None:
    found = compare(programme, runs(state(), state(indicator_values=MOVED, **changed)))
    (moved,) = found.moved
    assert (moved.indicator_code, moved.period, moved.before, moved.now) == ("OUT-02", "2024Q4-ytd", 40, 37)
    assert found.n_categories == {"OUT-02": 1}
    assert found.causes == {"OUT-02": (cause,)}


def test_a_new_file_and_an_ended_period_are_causes(programme: Programme, runs: Callable[..., DataFolder]) -> None:
    before = state(
        indicator_values=f"{MOVED} limit 0",
        indicator_scores=f"{scores('on_track', 42)} limit 0",
        source_files=files(("member_annual", "s.csv", "two", 9)),
        dim_period=period(is_closed=False),
    )
    found = compare(programme, runs(before, state()))
    (moved,) = found.moved
    assert (moved.before, moved.now, moved.status_before, moved.status_now) == (None, 40, None, "on_track")
    assert set(found.causes["OUT-02"]) == {Cause("period", "2024Q4-ytd"), Cause("file_new", "a.csv")}


def test_a_changed_target_moves_the_status_but_not_the_value(
    programme: Programme, runs: Callable[..., DataFolder]
) -> None:
    after = state(
        indicator_scores=scores("at_risk", 55),
        dim_target="select 'OUT-02' as indicator_code, '2024Q4-ytd' as period, 55.0 as value",
    )
    found = compare(programme, runs(state(), after))
    (moved,) = found.moved
    assert (moved.before, moved.now, moved.status_before, moved.status_now) == (40, 40, "on_track", "at_risk")
    assert found.causes["OUT-02"] == (Cause("target", "2024Q4-ytd"),)


def test_a_file_of_another_source_is_no_cause(programme: Programme, runs: Callable[..., DataFolder]) -> None:
    other = files(("event_attendance", "a.csv", "one", 40), ("member_annual", "s.csv", "changed", 8))
    found = compare(programme, runs(state(), state(indicator_values=MOVED, source_files=other)))
    assert found.causes["OUT-02"] == (Cause("rules"),)


def test_only_the_period_type_that_is_scored_is_compared(programme: Programme, runs: Callable[..., DataFolder]) -> None:
    by_year = "'2024' as period, 'year' as period_type"
    also = [f"{each} union all by name select * replace ({by_year}) from ({each})" for each in (values(40, 25), MOVED)]
    found = compare(programme, runs(state(indicator_values=also[0]), state(indicator_values=also[1])))
    assert [moved.period for moved in found.moved] == ["2024Q4-ytd"]
    assert found.n_categories == {"OUT-02": 1}


def test_nothing_moved_is_said(programme: Programme, runs: Callable[..., DataFolder]) -> None:
    found = compare(programme, runs(state(), state()))
    assert (found.moved, found.n_categories, found.causes) == ((), {}, {})
    assert difference_lines(found, programme, "en", everything=False) == ["No number moved since the run before."]


def test_a_first_run_has_nothing_to_compare_with(programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(NothingToCompareError):
        compare(programme, DataFolder(tmp_path))


def test_the_lines_name_number_status_and_cause(programme: Programme, runs: Callable[..., DataFolder]) -> None:
    after = state(
        indicator_values=MOVED,
        indicator_scores=scores("at_risk", 42),
        source_files=files(("member_annual", "s.csv", "two", 9)),
    )
    found = compare(programme, runs(state(), after))
    assert difference_lines(found, programme, "en", everything=False)[1:] == [
        "  2024Q4-ytd: 40 → 37 (on track → at risk)",
        "  values of categories that moved: 1",
        "  What changed behind it:",
        "    file deleted: a.csv",
    ]
    french = difference_lines(found, programme, "fr", everything=False)
    assert french[-1] == "    fichier supprimé\u00a0: a.csv"
