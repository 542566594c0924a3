"""A change of target is a new row; the original one and the one in force are both known."""

from collections.abc import Callable
from datetime import date

from mel_pipeline.declarations.models import Target
from mel_pipeline.scoring.scopes import WHOLE, Scope
from mel_pipeline.scoring.targets import HeldTarget, TargetHistory

MakeTarget = Callable[..., Target]

MENA = Scope("hub", "MENA")
AS_OF = date(2026, 10, 31)
QUARTER = ("year_to_date", "2025Q2-ytd")
QUARTER_END = date(2025, 6, 30)


def changed(make_target: MakeTarget, set_on: date = date(2025, 4, 10)) -> list[Target]:
    """OUT-02 was to reach 330 people; two grants stopped and 200 were set instead."""
    return [
        make_target("OUT-02", *QUARTER, 200, set_on=set_on, line=9),
        make_target("OUT-02", *QUARTER, 330, line=3),
    ]


def in_force(history: TargetHistory, scope: Scope = WHOLE, *, inherits: bool = False) -> HeldTarget | None:
    return history.in_force("OUT-02", scope, *QUARTER, inherits=inherits)


def original(history: TargetHistory, scope: Scope = WHOLE, *, inherits: bool = False) -> HeldTarget | None:
    return history.original("OUT-02", scope, *QUARTER, QUARTER_END, inherits=inherits)


def value(target: HeldTarget | None) -> float | None:
    return target.value if target else None


def test_the_row_set_last_is_in_force_and_the_first_is_the_original(make_target: MakeTarget) -> None:
    history = TargetHistory(changed(make_target), AS_OF)
    assert value(in_force(history)) == 200
    assert value(original(history)) == 330


def test_a_change_is_not_known_before_it_is_made(make_target: MakeTarget) -> None:
    history = TargetHistory(changed(make_target), date(2025, 4, 9))
    assert value(in_force(history)) == 330


def test_a_change_counts_on_the_day_it_is_made(make_target: MakeTarget) -> None:
    assert value(in_force(TargetHistory(changed(make_target), date(2025, 4, 10)))) == 200


def test_of_two_rows_of_one_day_the_later_line_is_in_force(make_target: MakeTarget) -> None:
    history = TargetHistory(changed(make_target, set_on=date(2023, 12, 15)), AS_OF)
    assert value(in_force(history)) == 200
    assert value(original(history)) == 330


def test_a_target_first_set_after_the_period_is_no_original(make_target: MakeTarget) -> None:
    late = make_target("OUT-02", *QUARTER, 150, set_on=date(2025, 7, 1))
    history = TargetHistory([late], AS_OF)
    assert value(in_force(history)) == 150
    assert original(history) is None


def test_a_rate_inherits_from_the_undivided_programme_and_says_so(make_target: MakeTarget) -> None:
    history = TargetHistory(changed(make_target), AS_OF)
    assert in_force(history, MENA, inherits=True) == HeldTarget(200, date(2025, 4, 10), is_inherited=True)
    assert original(history, MENA, inherits=True) == HeldTarget(330, date(2023, 12, 15), is_inherited=True)


def test_a_count_never_inherits(make_target: MakeTarget) -> None:
    history = TargetHistory(changed(make_target), AS_OF)
    assert in_force(history, MENA) is None
    assert original(history, MENA) is None


def test_a_target_of_its_own_goes_before_the_inherited_one(make_target: MakeTarget) -> None:
    own = make_target("OUT-02", *QUARTER, 40, scope_type="hub", scope_code="MENA")
    history = TargetHistory([*changed(make_target), own], AS_OF)
    assert in_force(history, MENA, inherits=True) == HeldTarget(40, date(2023, 12, 15), is_inherited=False)
    assert history.scopes_of("OUT-02") == {WHOLE, MENA}


def test_the_original_of_a_late_target_of_its_own_is_the_inherited_one(make_target: MakeTarget) -> None:
    late = make_target("OUT-02", *QUARTER, 40, scope_type="hub", scope_code="MENA", set_on=date(2025, 8, 1))
    history = TargetHistory([*changed(make_target), late], AS_OF)
    assert value(original(history, MENA, inherits=True)) == 330


def test_the_final_target_is_that_of_the_whole_programme(make_target: MakeTarget) -> None:
    rows = [*changed(make_target), make_target("MEM-02", "programme", "programme", 97)]
    history = TargetHistory(rows, AS_OF)
    assert value(history.final("MEM-02", MENA, inherits=True)) == 97
    assert history.final("MEM-02", MENA, inherits=False) is None
    assert history.final("OUT-02", WHOLE, inherits=False) is None
