"""The `mel` command: the top floor, and the only part that may import `assets`.

Each command asks the library and shows what it says. What takes long is imported inside its command.
"""

import atexit
import sys

import click

from mel_pipeline import database
from mel_pipeline.cli.asking import explain, query
from mel_pipeline.cli.beginning import example, new
from mel_pipeline.cli.forgetting import forget
from mel_pipeline.cli.reporting import check, diff, run, status, ui


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """From an organisation's raw files to indicators scored against its theory of change."""
    atexit.register(database.leave_quietly)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


for command in (run, check, status, diff, query, explain, forget, new, example, ui):
    main.add_command(command)
