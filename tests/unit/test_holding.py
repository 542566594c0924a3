"""The lock on a data folder, as a second run meets it."""

import subprocess
import sys
from pathlib import Path

import pytest

from mel_pipeline.folders import DataFolder
from mel_pipeline.holding import FolderInUseError, hold

OTHER = """
import sys
from pathlib import Path
from mel_pipeline.folders import DataFolder
from mel_pipeline.holding import hold
with hold(DataFolder(Path(sys.argv[1])), "a test"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_same_process_may_hold_it_twice_and_then_it_is_free(tmp_path: Path) -> None:
    folders = DataFolder(tmp_path)
    with hold(folders, "mel run"), hold(folders, "a run of Dagster"):
        pass
    again = []
    with hold(folders, "mel run"):
        again.append("held")
    assert again == ["held"]


def test_another_process_is_named(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(FolderInUseError) as refused, hold(DataFolder(tmp_path), "mel run"):
            pass
        other.stdin.close()
    assert f"process {other.pid}" in str(refused.value)
    assert "a test" in str(refused.value)
    assert "Wait until it has finished" in str(refused.value)
