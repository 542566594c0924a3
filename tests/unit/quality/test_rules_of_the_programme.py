"""The rules this programme declares: each can run, speaks every language, and covers several dimensions."""

from pathlib import Path

import pytest
import yaml

from mel_pipeline.declarations.expectations import rule_faults
from mel_pipeline.declarations.models import Rule

SOURCES = Path(__file__).resolve().parents[3] / "programme" / "sources"
FILES = sorted(SOURCES.glob("*/rules.yml"))


def rules_of(path: Path) -> list[Rule]:
    return [Rule.model_validate(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def test_every_source_has_rules() -> None:
    assert {path.parent.name for path in FILES} == {path.parent.name for path in SOURCES.glob("*/source.yml")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_rule_can_run_and_speaks_every_language(path: Path) -> None:
    for rule in rules_of(path):
        assert rule_faults(rule) == [], rule.id
        assert set(rule.reason) == {"en", "fr", "ar"}, rule.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_rules_of_a_source_look_at_more_than_one_dimension_of_quality(path: Path) -> None:
    assert len({rule.dqa_dimension for rule in rules_of(path)}) >= 2
