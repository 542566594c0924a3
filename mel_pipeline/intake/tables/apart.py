"""Runs a reader as a process of its own: what makes it crash, or ask for any amount of memory, ends nothing of ours."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

MAX_MEMORY = 4_000_000_000
MAX_SECONDS = 600


def run_apart(module: str, *arguments: str | Path) -> bool:
    """Run a module as a program; returns whether it came to its end."""
    told = [str(argument.absolute()) if isinstance(argument, Path) else argument for argument in arguments]
    program = [sys.executable, "-P", "-X", "utf8", "-m", module, *told]
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(program, capture_output=True, timeout=MAX_SECONDS, check=False)  # noqa: S603
        return done.returncode == 0
    return False


def limit_memory() -> None:
    """Limit the memory of this process; Windows has no such limit."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
