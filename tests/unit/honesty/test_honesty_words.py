"""Findings in words, the table they become, and what a programme without declarations is told."""

from datetime import date
from pathlib import Path
from string import Formatter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline.folders import DataFolder
from mel_pipeline.honesty.build import build_honesty_findings, findings_of, is_declared
from mel_pipeline.honesty.finding_words import REASONS, SENTENCES, TO_DO, says, to_do
from mel_pipeline.honesty.findings import Finding, Kind, Outcome
from tests.unit.honesty.conftest import VALUE, indicator

SCORE = {"indicator_code": "I-01", "scope_type": "all", "scope_code": "all", "scoring_profile": "default",
         "actual": 1.0, "target": 1.0}  # fmt: skip


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", [*SENTENCES, *REASONS])
def test_every_sentence_tells_the_same_figures_in_every_language(name: str) -> None:
    texts = SENTENCES.get(name) or REASONS[name]
    assert set(texts) == {"en", "fr", "ar"}
    assert len({frozenset(placeholders(text)) for text in texts.values()}) == 1


def test_every_check_has_words_for_each_outcome_and_says_what_to_do() -> None:
    for kind in Kind:
        for outcome in (Outcome.FOUND, Outcome.PASSED, Outcome.NOT_ASSESSABLE):
            assert f"{kind}.{outcome}" in SENTENCES
        assert set(TO_DO[kind]) == {"en", "fr", "ar"}
        assert to_do(Finding(kind, Outcome.FOUND), "fr") == TO_DO[kind]["fr"]
        assert to_do(Finding(kind, Outcome.PASSED), "fr") is None


def test_figures_are_written_as_the_language_writes_them() -> None:
    values = {"name": "ESA", "share": 45.45, "n": 22, "number": "x", "expected": 20.0, "p": 0.00001}
    finding = Finding(Kind.DIGIT_HEAPING, Outcome.FOUND, values=values)
    assert "ESA: 45.5 % of 22 numbers" in says(finding, "en")
    assert "expected about 20 % (chance < 0.001)" in says(finding, "en")
    assert "45,5 % de 22 nombres" in says(finding, "fr")


def test_what_is_not_declared_has_not_passed(make_programme, look) -> None:
    programme = make_programme(indicator("I-01", {"count": True}))
    for kind in Kind:
        assert not is_declared(programme.honesty, kind)
        (finding,) = findings_of(look(programme), kind)
        assert finding.outcome is Outcome.NOT_DECLARED
        assert "not looked at" in says(finding, "en")


def test_the_table_holds_every_result_in_every_language(make_programme, tmp_path: Path) -> None:
    programme = make_programme(indicator("I-01", {"count": True}), parts={}, at_target={"minimum_n": 5})
    folders = DataFolder(tmp_path)
    folders.build.mkdir(parents=True)
    for table, row in (
        ("indicator_values", VALUE | {"value": 1.0, "numerator": 1.0, "denominator": 1.0, "n": 1}),
        ("indicator_scores", SCORE),
        ("dim_period", {"period": "2024Q1"}),
    ):
        pq.write_table(pa.Table.from_pylist([row]), folders.table(table))
    assert build_honesty_findings(programme, date(2025, 1, 31), folders) == 7
    rows = pq.read_table(folders.table("honesty_findings")).to_pylist()
    assert {row["check_kind"]: row["outcome"] for row in rows} == {
        "parts": "not_assessable",
        "at_target": "not_assessable",
        **dict.fromkeys(("simpson", "digit_heaping", "panel", "drift", "self_totals"), "not_declared"),
    }
    assert all(row["says_en"] and row["says_fr"] and row["says_ar"] for row in rows)
