"""MEM-05 on invitations that can be counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

from mel_example.register_records import SurveyInvitation
from mel_example.truth.responses import response_values

ITEMS = (4,) * 12


def invited(*cities: str, language: str = "en", wave: int = 2024) -> tuple[SurveyInvitation, ...]:
    return tuple(SurveyInvitation(wave, city, date(wave, 10, 1), language) for city in cities)


def test_rate_is_the_share_of_invited_members_that_answered(tiny, look_up) -> None:
    world = tiny.world(
        survey_invitations=invited("A", "B") + invited("C", language="fr"),
        answers=(tiny.answer("A", ITEMS), tiny.answer("C", ITEMS)),
    )

    value = look_up(response_values(world))

    assert (value("2024").numerator, value("2024").denominator, value("2024").coverage) == (2, 3, 1)
    assert value("2024", "hub/NORTH").value == 50
    assert value("2024", category="language/fr").value == 100
    assert value("2025").value is None


def test_two_answers_of_a_city_count_once_and_an_answer_without_invitation_not_at_all(tiny, look_up) -> None:
    first = tiny.answer("A", ITEMS)
    again = replace(first, submission_uuid="again", submitted_at=first.submitted_at + timedelta(days=1))
    world = tiny.world(survey_invitations=invited("A", "B"), answers=(first, again, tiny.answer("C", ITEMS)))

    assert look_up(response_values(world))("2024").value == 50


def test_an_invited_city_that_is_no_member_stays_outside(tiny, look_up) -> None:
    world = tiny.world(
        memberships=(tiny.membership("A"), tiny.membership("B", left_on=date(2024, 10, 1))),
        survey_invitations=invited("A", "B", "C"),
        answers=(tiny.answer("B", ITEMS), tiny.answer("C", ITEMS)),
    )

    value = look_up(response_values(world))

    assert (value("2024").numerator, value("2024").denominator) == (0, 1)


def test_an_answer_of_last_year_is_none_of_this_year(tiny, look_up) -> None:
    world = tiny.world(survey_invitations=invited("A") + invited("A", wave=2025), answers=(tiny.answer("A", ITEMS),))

    value = look_up(response_values(world))

    assert (value("2024").value, value("2025").value) == (100, 0)
