"""OUT-08 on events that can be counted by hand."""

from datetime import date, datetime
from typing import Any

import pytest

from mel_example.answers import EventFeedback
from mel_example.truth.usefulness import usefulness_values

ENDED = datetime(2024, 2, 2, 18)


def answer(number: int, useful: int | None, event: str = "E1", **changes: Any) -> EventFeedback:
    values: dict[str, Any] = {
        "submission_uuid": f"{event}-{number}",
        "submission_number": number,
        "form_version": "v1",
        "language": "en",
        "started_at": ENDED,
        "ended_at": ENDED,
        "utc_offset": 0,
        "submitted_at": ENDED,
        "event_code": event,
        "day": 1,
        "sex": "female",
        "role": "mayor",
        "useful": useful,
    }
    return EventFeedback(**(values | changes))


def test_four_and_five_are_useful_and_what_is_no_answer_is_left_out(tiny, look_up) -> None:
    world = tiny.world(
        events=(
            tiny.event("E1"),
            tiny.event("E2", hub_code="SOUTH", event_type="forum"),
            tiny.event("E3", status="cancelled"),
            tiny.event("E4", hub_code="SOUTH"),
        ),
        reports=(tiny.report("NORTH", {"E1": ("G1",)}),),
        event_feedback=(
            *(answer(number, useful) for number, useful in enumerate((5, 4, 3, -98, None))),
            answer(9, 5, "E2", sex=None, language="fr"),
            answer(9, 1, "E3"),
        ),
    )

    value = look_up(usefulness_values(world))

    total = value("2024Q1")
    assert (total.value, total.numerator, total.denominator, total.n) == (75, 3, 4, 4)
    assert total.coverage == pytest.approx(2 / 3)
    assert value("2024Q1", "hub/NORTH").value == value("2024Q1", "grant/G1").value == pytest.approx(200 / 3)
    assert value("2024Q1", category="event_type/forum").value == 100
    assert value("2024Q1", category="sex/unknown").n == 1
    assert value("2024Q1", category="language/en").n == 3


def test_an_answer_counts_in_the_quarter_in_which_its_event_ended(tiny, look_up) -> None:
    late = answer(1, 5, started_at=datetime(2024, 4, 2, 9))
    world = tiny.world(events=(tiny.event("E1", on=date(2024, 3, 29)),), event_feedback=(late,))

    value = look_up(usefulness_values(world))

    assert value("2024Q1").value == 100
    assert (value("2024Q2").value, value("2024Q2").n, value("2024Q2").coverage) == (None, 0, None)
