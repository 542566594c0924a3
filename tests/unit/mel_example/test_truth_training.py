"""ACT-05 and OUT-02 on worlds that can be counted by hand."""

from datetime import date, datetime

from mel_example.records import Losses, surviving_world
from mel_example.truth.activities import activity_values, line_values
from mel_example.truth.presence import minutes_connected, presences
from mel_example.truth.training import training_values


def test_time_spent_twice_at_once_counts_once() -> None:
    def at(hour: int, minute: int) -> datetime:
        return datetime(2024, 2, 1, hour, minute)

    stays = [(at(10, 30), at(11, 0)), (at(9, 0), at(10, 0)), (at(9, 30), at(10, 10))]

    assert minutes_connected(stays) == 100  # 9:00 to 10:10 and 10:30 to 11:00


def test_nobody_was_connected() -> None:
    assert minutes_connected([]) == 0


def test_trainings_count_in_the_quarter_of_their_last_day_and_once_in_each_theme(tiny, look_up) -> None:
    world = tiny.world(
        events=(
            tiny.event("E1", date(2024, 3, 29), days=2, themes=("T1", "T2")),
            tiny.event("E2", date(2024, 4, 1)),
            tiny.event("E3", date(2024, 2, 1), activity_line="forum"),
            tiny.event("E4", date(2024, 2, 1), status="cancelled"),
        )
    )

    value = look_up(line_values(world, "ACT-05"))

    assert value("2024Q1").value == 1
    assert value("2024Q2").value == 1
    assert value("2024Q1", category="theme/T1").value == 1
    assert value("2024Q1", category="theme/T2").value == 1
    assert value("2024Q1", "hub/SOUTH").value == 0
    assert value("2024Q1").denominator is None


def test_each_main_line_has_its_own_indicator(tiny, look_up) -> None:
    lines = ("convening", "training", "national_local", "youth", "forum", "other")
    world = tiny.world(
        events=tuple(
            tiny.event(f"{line}-{n}", activity_line=line) for place, line in enumerate(lines) for n in range(place)
        )
    )
    codes = {value.cell.indicator_code for value in activity_values(world)}
    told = {code: look_up(line_values(world, code))("2024Q1").value for code in codes}
    assert told == {"ACT-01": 0, "ACT-05": 1, "ACT-06": 2, "ACT-07": 3, "ACT-08": 4}


def test_a_training_belongs_to_a_grant_only_through_a_report_that_names_it(tiny, look_up) -> None:
    events = (
        tiny.event("NAMED"),
        tiny.event("NOT-NAMED"),
        tiny.event("OTHER-HUB", hub_code="SOUTH"),
        tiny.event("AFTER-THE-GRANT", date(2024, 10, 2)),
    )
    reports = (
        tiny.report("NORTH", {"NAMED": ("G1",), "NOT-NAMED": (), "AFTER-THE-GRANT": ("G1",)}),
        tiny.report("SOUTH", {"OTHER-HUB": ("G1",)}),
    )

    value = look_up(line_values(tiny.world(events=events, reports=reports), "ACT-05"))

    assert value("2024Q1", "grant/G1").value == 1
    assert value("2024Q1").value == 3
    assert not value.has("2024Q4", "grant/G1", "total/total")  # the grant ended in September


def test_coverage_of_activities_is_the_share_of_reports_that_came(tiny, look_up) -> None:
    world = tiny.world(events=(tiny.event("E1"),), reports=(tiny.report("NORTH", {"E1": ()}),))

    value = look_up(line_values(world, "ACT-05"))

    assert value("2024Q1").coverage == 0.5
    assert value("2024Q1", "hub/NORTH").coverage == 1
    assert value("2024Q1", "hub/SOUTH").coverage == 0


def two_day_training(tiny):
    return {
        "events": (tiny.event("E1", days=2),),
        "sessions": (tiny.session("E1", 1), tiny.session("E1", 2, date(2024, 2, 2))),
    }


def test_one_day_of_two_is_not_a_completed_training(tiny, look_up) -> None:
    attendance = (
        tiny.signed("E1", 1, "A", session=1),
        tiny.signed("E1", 1, "A", session=2),
        tiny.signed("E1", 2, "A", session=1),
        tiny.signed("E1", 3, "A", session=1),
        tiny.signed("E1", 3, "A", session=2, is_signed=False),
    )

    value = look_up(training_values(tiny.world(**two_day_training(tiny), attendance=attendance)))

    assert value("2024Q1-ytd").value == 1


def test_three_quarters_of_the_minutes_online_complete_a_training(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1", mode="online"),),
        sessions=(tiny.session("E1", minutes=100),),
        attendance=(
            tiny.online("E1", 1, "A", 0, 40),
            tiny.online("E1", 1, "A", 50, 85),  # 40 + 35 = 75 of 100
            tiny.online("E1", 2, "A", 0, 74),
            tiny.online("E1", 3, "C", 0, 170),  # longer than the session: 100 of 100
        ),
    )

    value = look_up(training_values(world))

    assert value("2024Q1-ytd").value == 2
    assert value("2024Q1-ytd", category="country_code/NNN").value == 1
    assert value("2024Q1-ytd", category="country_code/SSS").value == 1


def test_a_person_of_two_trainings_counts_once_and_in_both_modes(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1"), tiny.event("E2", date(2024, 5, 2), mode="online", hub_code="SOUTH")),
        sessions=(tiny.session("E1"), tiny.session("E2", on=date(2024, 5, 2))),
        attendance=(tiny.signed("E1", 1, "A"), tiny.online("E2", 1, "A", 0, 100)),
    )

    value = look_up(training_values(world))

    assert value("2024Q1-ytd").value == 1
    assert value("2024Q2-ytd").value == 1
    assert value("2024Q2-ytd", category="mode/online").value == 1
    assert value("2024Q2-ytd", category="mode/in_person").value == 1
    assert value("2024Q2-ytd", "hub/NORTH").value == 1
    assert value("2024Q2-ytd", "hub/SOUTH").value == 1


def test_somebody_both_on_paper_and_online_is_one_person_in_hybrid_mode(tiny) -> None:
    world = tiny.world(
        events=(tiny.event("E1", mode="hybrid"),),
        sessions=(tiny.session("E1"),),
        attendance=(
            tiny.signed("E1", 1, "A"),
            tiny.online("E1", 1, "A", 0, 10),
            tiny.signed("E1", 2, "A", is_signed=False),
            tiny.online("E1", 2, "A", 0, 60),
            tiny.signed("E1", 3, "A", is_signed=False),
        ),
    )
    found = {row.person: (row.mode, row.minutes, row.has_attended) for row in presences(world)}

    assert found == {1: ("hybrid", 100, True), 2: ("online", 60, True), 3: ("in_person", 0, False)}


def test_rooms_count_and_nameless_people_do_not(tiny) -> None:
    nobody, room = tiny.online("E1", 1, "A", 0, 100), tiny.online("E1", 99, "B", 0, 100)
    world = tiny.world(events=(tiny.event("E1"),), sessions=(tiny.session("E1"),), attendance=(nobody,))
    known = surviving_world(world, Losses(nobodies={nobody}, rooms=[room]))

    assert [row.person for row in presences(known)] == [99]


def test_details_of_a_person_are_the_latest_that_say_something(tiny, look_up) -> None:
    later = date(2024, 2, 20)
    world = tiny.world(
        events=(tiny.event("E1"), tiny.event("E2", later, activity_line="forum")),
        sessions=(tiny.session("E1"), tiny.session("E2", on=later)),
        attendance=(
            tiny.signed("E1", 1, "A", sex="female", age=29, stakeholder_type="youth"),
            tiny.signed("E2", 1, "C", sex=None, age=30, stakeholder_type="mayor"),
            tiny.signed("E1", 2, None),
        ),
    )

    value = look_up(training_values(world))

    assert value("2024Q1-ytd", category="sex/female").value == 1
    assert value("2024Q1-ytd", category="age_band/30_44").value == 1
    assert value("2024Q1-ytd", category="stakeholder_type/mayor").value == 1
    assert value("2024Q1-ytd", category="country_code/SSS").value == 1
    assert value("2024Q1-ytd", category="country_code/unknown").value == 1
    assert value("2024Q1-ytd", category="age_band/unknown").value == 1


def test_coverage_of_training_is_the_share_of_lists_that_came(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1"), tiny.event("E2")),
        sessions=(tiny.session("E1"), tiny.session("E2")),
        attendance=(tiny.signed("E1", 1, "A"),),
    )

    value = look_up(training_values(world))

    assert value("2024Q1-ytd").coverage == 0.5
    assert value("2024Q1-ytd", "hub/SOUTH").coverage is None
    assert value("2024Q1-ytd", "hub/SOUTH").value == 0
