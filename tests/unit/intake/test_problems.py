import string

import pytest

from mel_pipeline.intake.kind_words import WORDS
from mel_pipeline.intake.problem_words import SENTENCES
from mel_pipeline.intake.problems import Problem

LANGUAGES = {"en", "fr", "ar"}


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_problem_speaks_three_languages_with_the_same_gaps(code: str) -> None:
    assert set(SENTENCES[code]) == LANGUAGES
    assert gaps(SENTENCES[code]["en"]) == gaps(SENTENCES[code]["fr"]) == gaps(SENTENCES[code]["ar"])
    assert "file" in gaps(SENTENCES[code]["en"])


@pytest.mark.parametrize("word", WORDS)
def test_every_kind_of_file_has_a_name_in_three_languages(word: str) -> None:
    assert set(WORDS[word]) == LANGUAGES


def test_lists_and_kinds_are_said_as_the_language_does() -> None:
    problem = Problem("missing_sheet", {"file": "a.xlsx", "found": ["Feuil1", "Feuil2"], "expected": ["Activités"]})
    assert "Feuil1, Feuil2" in problem.message("fr")
    assert "Feuil1، Feuil2" in problem.message("ar")
    assert "un document PDF" in Problem("not_a_table", {"file": "a.csv", "found": "pdf"}).message("fr")


def test_an_unknown_language_hears_english() -> None:
    problem = Problem("empty_file", {"file": "a.csv"})
    assert problem.message("xx") == problem.message("en")
