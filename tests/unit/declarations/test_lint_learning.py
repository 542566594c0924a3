"""Faults of tests of assumptions, and of what people recorded in `learning.yml`."""

import pytest

THEORY = "theory_of_change.yml"
LEARNING = "learning.yml"

REVIEW = """reviews:
  - assumption: AS15
    reviewed_on: 2025-06-30
    role: {en: MEL officer, fr: Responsable du suivi, ar: مسؤول المتابعة}
    holds: true
    why: {en: Seen, fr: Vu, ar: شوهد}
"""


@pytest.mark.parametrize(
    ("test", "at", "message"),
    [
        ("{indicator: MEM-033, at_least: 80}", "test:",
         "assumption AS15 `test` names an unknown indicator: found 'MEM-033', expected one of"),
        ("{indicator: MEM-03}", "test:",
         "assumption AS15 `test` has not one cut: found none, expected `at_least` or `at_most`. Keep one."),
        ("{indicator: MEM-03, at_least: 80, at_most: 90}", "test:",
         "assumption AS15 `test` has not one cut: found both, expected `at_least` or `at_most`. Keep one."),
        ("{indicator: OCM-04, at_least: 2}", "test:",
         "assumption AS15 `test` judges link L16 by its own evidence: found OCM-04, which weighs in OC2, expected an "
         "indicator that weighs in neither end. Choose another."),
    ],
)  # fmt: skip
def test_a_test_has_one_cut_and_evidence_of_its_own(copy, test: str, at: str, message: str) -> None:
    line = copy.replace(THEORY, "    links: [L16]", f"    links: [L16]\n    test: {test}", at)
    fault = copy.only_fault()
    assert (fault.file, fault.line) == (THEORY, line)
    assert message in fault.message


def test_a_test_by_an_indicator_of_another_node_is_fine(copy) -> None:
    copy.replace(THEORY, "    links: [L16]", "    links: [L16]\n    test: {indicator: MEM-03, at_least: 80}")
    assert copy.faults() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("AS15", "AS99", 2, "review 1 names an unknown assumption: found 'AS99', expected one of AS1"),
        (", ar: شوهد", "", 6, "review 1 `why` lacks a language: found en, fr, expected also ar."),
        ("reviewed_on: 2025-06-30", "reviewed_on: soon", 3, "review 1 `reviewed_on` has a wrong value: found 'soon'"),
        ("reviews:", "rewiews:", 1, "file has an unknown key `rewiews`: found 'rewiews'"),
    ],
)
def test_slips_in_a_review_are_told_at_their_line(copy, old: str, new: str, line: int, message: str) -> None:
    copy.write(LEARNING, REVIEW.replace(old, new))
    fault = copy.only_fault()
    assert (fault.file, fault.line) == (LEARNING, line)
    assert message in fault.message


def test_a_weighed_explanation_is_about_a_declared_link(copy) -> None:
    words = "{en: Words, fr: Mots, ar: كلمات}"
    copy.write(
        LEARNING,
        f"explanations:\n  - {{link: L99, weighed_on: 2025-06-30, role: {words}, explanations: {words}, "
        f"conclusion: {words}}}\n",
    )
    assert "explanation 1 names an unknown link: found 'L99'" in copy.only_fault().message
