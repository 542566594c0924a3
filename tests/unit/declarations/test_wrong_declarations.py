"""Wrong declarations, one slip each: `wrong/programme` has no fault, and each `wrong/NN_*.yml` changes one text of it.

What is told of a slip is one fault, word by word: file, line, thing, what is wrong, found, expected, what to do.
"""

import shutil
from pathlib import Path

import pytest
import yaml

from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.lint import lint

WRONG = Path(__file__).with_name("wrong")
SLIPS = sorted(WRONG.glob("[0-9]*.yml"))


def test_the_programme_that_is_broken_has_no_fault_itself() -> None:
    assert lint(load_programme(WRONG / "programme")) == []


def test_there_are_at_least_twenty_five() -> None:
    assert len(SLIPS) >= 25


@pytest.mark.parametrize("slip", SLIPS, ids=[path.stem for path in SLIPS])
def test_one_slip_is_told_in_one_plain_message(slip: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(slip.read_text(encoding="utf-8"))
    shutil.copytree(WRONG / "programme", tmp_path / "programme")
    file = tmp_path / "programme" / case["file"]
    text = file.read_text(encoding="utf-8")
    assert case["old"] in text, "the slip changes nothing"
    file.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")
    faults = lint(load_programme(tmp_path / "programme"))
    assert [(fault.severity, str(fault)) for fault in faults] == [(case["severity"], case["told"])]
