"""Which standing a report period shows, and in which words."""

from datetime import date

import pytest

from mel_pipeline.declarations.programme import Programme
from mel_pipeline.disclosure.cells import Score
from mel_pipeline.disclosure.protect import Protected
from mel_pipeline.publish.reason_words import reason_words
from mel_pipeline.publish.standings import certainty_words, latest, scored_period_type, status_of
from mel_pipeline.publish.words import translator

WHOLE = ("all", "all")
EN = translator("en")


def score(code: str, period_type: str, period: str, month: int, status: str) -> Score:
    return Score(code, period_type, period, date(2024, month, 28), *WHOLE, status=status)


def test_the_latest_period_in_the_indicators_own_rhythm_is_shown(programme: Programme) -> None:
    scores = [
        score("OUT-02", "year_to_date", "2024Q2-ytd", 6, "at_risk"),
        score("OUT-02", "year_to_date", "2024Q3-ytd", 9, "on_track"),
        score("OUT-02", "year", "2024", 12, "off_track"),
        score("MEM-03", "quarter", "2024Q4", 12, "off_track"),
    ]
    found = latest(programme.indicators["OUT-02"], WHOLE, Protected([], scores, []))
    assert found is not None
    assert found.score.period == "2024Q3-ytd"


def test_what_is_not_due_gives_way_to_what_was(programme: Programme) -> None:
    due, later = score("ACT-05", "quarter", "2024Q3", 9, "at_risk"), score("ACT-05", "quarter", "2024Q4", 12, "not_due")
    indicator = programme.indicators["ACT-05"]
    found = [latest(indicator, WHOLE, Protected([], scores, [])) for scores in ([due, later], [later], [])]
    assert [standing and standing.score.status for standing in found] == ["at_risk", "not_due", None]


def test_period_types_follow_time_and_frequency(programme: Programme) -> None:
    found = {code: scored_period_type(programme.indicators[code]) for code in ("ACT-05", "OUT-02", "OCM-03")}
    assert found == {"ACT-05": "quarter", "OUT-02": "year_to_date", "OCM-03": "year"}


@pytest.mark.parametrize(
    ("code", "symbol", "word"),
    [
        ("on_track", "●", "On track"),
        ("at_risk", "▲", "At risk"),
        ("off_track", "■", "Off track"),
        ("not_reported", "○", "Not reported"),
        ("hidden", "※", "hidden: small group"),
        (None, "○", "Cannot be judged yet"),
    ],
)
def test_a_status_is_a_symbol_and_a_word(code: str | None, symbol: str, word: str) -> None:
    status = status_of(code, EN)
    assert (status.symbol, status.word) == (symbol, word)


def test_certainty_and_reasons_are_told_in_words_without_their_numbers() -> None:
    assert certainty_words("cannot_tell", EN) == "the sample is too small to tell"
    assert certainty_words(None, EN) is None
    assert reason_words("n_below_minimum:3<10;dqa_grade:D;no_target_declared", EN) == [
        "fewer answers than needed",
        "the data failed the quality assessment",
    ]
    assert reason_words(None, EN) == []
