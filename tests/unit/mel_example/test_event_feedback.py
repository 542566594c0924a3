"""The questionnaires after events: who answers, and what their exports look like."""

import csv
from pathlib import Path

from mel_example.form import EVENT_FEEDBACK, questions
from mel_example.generate import make_world


def rows(path: Path) -> list[dict[str, str]]:
    delimiter = "," if path.stem.endswith("_en") else ";"
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=delimiter))


def test_three_to_six_of_ten_people_at_an_event_answer() -> None:
    world = make_world(seed=7, scale=1.0)
    asked = {answer.event_code for answer in world.event_feedback}
    people = {(row.event_code, row.person) for row in world.attendance if row.event_code in asked}
    listed = {code for code, _ in people}
    answers = [answer for answer in world.event_feedback if answer.event_code in listed]
    assert 0.3 < len(answers) / len(people) < 0.6
    delivered = [event for event in world.events if event.status == "delivered"]
    assert 0.85 < len(asked) / len(delivered) < 1


def test_nobody_answers_before_the_event_is_over() -> None:
    world = make_world(seed=3, scale=0.5)
    ends = {event.event_code: event.end_on for event in world.events}
    assert all(0 <= (answer.answered_on - ends[answer.event_code]).days <= 7 for answer in world.event_feedback)


def test_exports_are_in_codes_in_english_and_in_words_elsewhere(example) -> None:
    surveys = example.raw / "surveys"
    useful = next(question for question in questions(EVENT_FEEDBACK) if question.path == "event/useful")
    in_codes = rows(surveys / "event_feedback_2024_en.csv")
    assert {row["event/useful"] for row in in_codes} >= {"4", "5"}
    for place, language, word in ((1, "fr", "Plutôt"), (2, "ar", "غالبا")):
        told = rows(surveys / f"event_feedback_2024_{language}.csv")
        assert word in {row[useful.label[place]] for row in told}
