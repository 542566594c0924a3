"""What the benchmarks share: child processes whose CPU seconds and peak memory are taken, and how figures are told.

What is run belongs to the benchmarks. A child imports what it needs first; what it then does is measured, so that
imports count on neither side. `os.times` counts all threads, so a loaded machine changes CPU seconds little; still
both sides are run in turns, several times, and the load is told beside them. Needs `resource`: not on Windows.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


@dataclass
class Figures:
    """CPU seconds by part of the work, and peak resident memory (MB), one entry for each repeat."""

    cpu: dict[str, list[float]] = field(default_factory=dict)
    peak_mb: list[float] = field(default_factory=list)

    def add(self, told: Mapping[str, float]) -> None:
        """Add what one child told."""
        for part, seconds in told.items():
            if part == "peak_mb":
                self.peak_mb.append(seconds)
            else:
                self.cpu.setdefault(part, []).append(seconds)

    def median(self, *parts: str) -> float:
        """Median over the repeats of the sum of some parts; of all without any."""
        return statistics.median(self.sums(*parts))

    def sums(self, *parts: str) -> list[float]:
        """For each repeat the sum of some parts; of all without any."""
        return [sum(each) for each in zip(*(self.cpu[part] for part in parts or self.cpu), strict=True)]


class Stopwatch:
    """Takes the CPU seconds of a child's steps and tells them, with its peak memory, to the parent."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}

    def take(self, part: str, work: Callable[[], Result]) -> Result:
        """Do some work and note under a name what it cost."""
        before = _cpu_seconds()
        result = work()
        self._told[part] = _cpu_seconds() - before
        return result

    def tell(self) -> None:
        """Print what was measured, for `run_child`."""
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**self._told, "peak_mb": peak_mb}))


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system


def run_child(script: Path, *arguments: str | Path) -> dict[str, float]:
    """Run a part of a benchmark in a process of its own and return what its stopwatch told."""
    command = [sys.executable, str(script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with exit {done.returncode}:\n{done.stderr}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def spread(values: Sequence[float]) -> str:
    """Median of some seconds, with the smallest and the largest."""
    return f"{statistics.median(values):.2f} CPU s ({min(values):.2f} to {max(values):.2f}, n = {len(values)})"


def load() -> str:
    """The load average, with a warning where others use the processors too."""
    now, processors = os.getloadavg()[0], os.cpu_count() or 1
    crowded = " - MORE THAN THE PROCESSORS: repeat when it is quiet" if now > processors else ""
    return f"load {now:.1f} on {processors} processors{crowded}"
