"""OCM-01 on trainings that can be counted by hand."""

from datetime import date, datetime
from typing import Any

import pytest

from mel_example.answers import AnswerKey, TrainingTest
from mel_example.truth.gains import gain_values, score

VERSIONS = {"v1": "aaaaaa", "v2": "baaaaa"}
KEYS = tuple(
    AnswerKey(version, f"k_{number:02d}", option)
    for version, options in VERSIONS.items()
    for number, option in enumerate(options, start=1)
)
RIGHT = {(key.form_version, key.question): key.correct_option for key in KEYS}


def questionnaire(person: str, wave: str, event: str = "E1", **changes: Any) -> TrainingTest:
    """Five of six right and every confidence item at 3, unless changed."""
    at = datetime(2024, 2, 1, 9)
    values: dict[str, Any] = {
        "submission_uuid": f"{event}-{person}-{wave}",
        "submission_number": 1,
        "form_version": "v1",
        "language": "en",
        "started_at": at,
        "ended_at": at,
        "utc_offset": 0,
        "submitted_at": at,
        "event_code": event,
        "wave": wave,
        "participant_key": person,
        "sex": "female",
        "age_band": None,
        "role": "mayor",
        "knowledge": ("a", "a", "a", "a", "a", "b"),
        "confidence": (3,) * 5,
    }
    return TrainingTest(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (500 + 250) / 11),
        ({"knowledge": ("a",) * 6, "confidence": (5,) * 5}, 100),
        ({"knowledge": ("dont_know",) * 6, "confidence": (1,) * 5}, 0),
        ({"form_version": "v2"}, (400 + 250) / 11),
        ({"knowledge": (None, None, None, "a", "a", "a")}, (300 + 250) / 8),
        ({"knowledge": (None, None, None, "a", "a", "a"), "confidence": (3, 3, 3, 3, -98)}, None),
    ],
)
def test_score_of_a_questionnaire(changes, expected) -> None:
    found = score(questionnaire("p", "pre", **changes), RIGHT)
    assert found == (None if expected is None else pytest.approx(expected))


def test_gain_is_told_by_pairs_in_the_four_quarters_that_hold_the_training(tiny, look_up) -> None:
    best = {"knowledge": ("a",) * 6, "confidence": (5,) * 5}
    world = tiny.world(
        events=(tiny.event("E1"), tiny.event("E2", on=date(2025, 2, 1), hub_code="SOUTH", mode="online")),
        reports=(tiny.report("NORTH", {"E1": ("G1",)}),),
        answer_keys=KEYS,
        training_tests=(
            questionnaire("p", "pre", sex=None, role="other"),
            questionnaire("p", "post", sex="male", language="fr", **best),
            questionnaire("q", "pre"),
            questionnaire("r", "post"),
            questionnaire("p", "pre", "E2"),
            questionnaire("p", "post", "E2"),
        ),
    )

    value = look_up(gain_values(world))

    gain = 100 - 750 / 11
    assert value("2024Q4-r4").value == pytest.approx(gain)
    assert (value("2024Q4-r4").n, value("2024Q4-r4").coverage) == (1, 0.5)
    assert value("2024Q4-r4", "grant/G1").n == 1
    for category in ("theme/T1", "language/fr", "sex/male", "role/mayor", "mode/in_person"):
        assert value("2024Q4-r4", category=category).value == pytest.approx(gain), category
    assert value("2025Q1-r4", "hub/SOUTH").value == 0
    assert value("2025Q1-r4", "hub/NORTH").value is None
    assert not value.has("2024Q4-r4", "all/all", "language/en")
