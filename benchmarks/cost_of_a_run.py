"""What a run costs: CPU seconds and peak memory of the whole process, from scratch and without changes.

    uv run python benchmarks/cost_of_a_run.py [--seed 7] [--scale 1]

Absolute figures depend on the machine; the ratio of the two runs, measured side by side, is what to watch.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mel_example import write_example

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Cost:
    """CPU seconds and peak resident memory (MB) of one process."""

    cpu_seconds: float
    peak_mb: float

    def __str__(self) -> str:
        return f"{self.cpu_seconds:.1f} CPU s, {self.peak_mb:.0f} MB"


def cost_of_run(data: Path) -> Cost:
    """Run `mel run` once in a process of its own; needs `wait4`, so not on Windows."""
    command = [sys.executable, "-m", "mel_pipeline.cli", "run", "--programme", ROOT / "programme", "--data", data]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"mel run ended with exit {os.waitstatus_to_exitcode(status)}; there is nothing to measure.")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    """Measure both runs on a fresh example."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        write_example(data, seed=options.seed, scale=options.scale)
        scratch = cost_of_run(data)
        again = cost_of_run(data)
    print(f"from scratch:    {scratch}")
    print(f"without changes: {again}")
    print(f"ratio of CPU:    {again.cpu_seconds / scratch.cpu_seconds:.2f}")


if __name__ == "__main__":
    main()
