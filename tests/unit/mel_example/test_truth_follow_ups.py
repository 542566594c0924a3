"""OCM-02 on trainings and answers that can be counted by hand."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mel_example.answers import ApplicationExample, TrainingTest
from mel_example.truth.follow_ups import application_values, asked_on

ENDED = datetime(2024, 2, 2, 18)


def said(wave: str, key: str, event: str = "E1", **changes: Any) -> TrainingTest:
    values: dict[str, Any] = {
        "submission_uuid": f"{event}-{key}-{wave}",
        "submission_number": 1,
        "form_version": "v1",
        "language": "en",
        "started_at": ENDED,
        "ended_at": ENDED,
        "utc_offset": 0,
        "submitted_at": ENDED,
        "event_code": event,
        "wave": wave,
        "participant_key": key,
        "sex": None,
        "age_band": None,
        "role": None,
        "knowledge": (),
        "confidence": (),
    }
    return TrainingTest(**(values | changes))


def later(key: str, applied: str | None, event: str = "E1", **changes: Any) -> TrainingTest:
    return said("followup6m", key, event, applied=applied, **changes)


def test_a_claim_counts_with_an_example_that_was_found_valid(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1"), tiny.event("E2", hub_code="SOUTH"), tiny.event("E3", status="cancelled")),
        training_tests=(
            said("pre", "A", role="mayor"),
            said("post", "A", role="youth"),
            said("pre", "B", role="mayor"),
            said("post", "C"),
            said("pre", "D", "E2"),
        ),
        follow_ups=(
            later("A", "yes"),
            later("B", "partly", role="other"),
            later("C", None),
            later("unknown before", "no"),
            later("E", "yes", "E3"),
        ),
        application_examples=tuple(
            ApplicationExample(f"E1-{key}-followup6m", verdict, date(2024, 9, 1))
            for key, verdict in (("A", "valid"), ("B", "not_valid"))
        ),
    )

    value = look_up(application_values(world))

    found = value("2024H2")
    assert (found.numerator, found.denominator, found.coverage) == (1, 3, 3 / 4)
    assert value("2024H2", category="role/youth").value == 100
    assert value("2024H2", category="role/other").value == 0
    assert value("2024H2", category="role/unknown").n == 1
    assert (value("2024H2", "hub/SOUTH").value, value("2024H2", "hub/SOUTH").coverage) == (None, 0)
    assert value("2024H1").coverage is None


def test_six_months_after_the_last_day_of_august_is_the_last_of_february(tiny) -> None:
    event = tiny.event("E1")
    assert asked_on(replace(event, end_on=date(2024, 8, 31))) == date(2025, 2, 28)
    assert asked_on(replace(event, end_on=date(2024, 6, 30))) == date(2024, 12, 30)
