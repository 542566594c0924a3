"""Sentences that tell of a victim, a suspect or a case leave free text whole, and only they."""

import re

import pytest

from mel_pipeline.intake.sensitive import MARK, without_sensitive

PATTERN = re.compile(r"\bvictim\b|\bcase no\b|مشتبه", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Two dates were moved.", "Two dates were moved."),
        ("We met. A victim spoke. All went home.", f"We met. {MARK} All went home."),
        ("In case no. 12/2024 nothing moved. We met.", f"{MARK} We met."),
        ("VICTIM", MARK),
        ("We met\nA victim spoke\nWe left", f"We met\n{MARK}\nWe left"),
        ("اجتمعنا. تحدث مشتبه به؟ غادرنا.", f"اجتمعنا. {MARK} غادرنا."),
    ],
)
def test_a_mark_takes_the_place_of_the_sentence(text: str, kept: str) -> None:
    assert without_sensitive(text, PATTERN) == kept
