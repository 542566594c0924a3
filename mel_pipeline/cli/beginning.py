"""The commands that write something to begin with: a programme, templates to send out, a synthetic world."""

from pathlib import Path

import click

from mel_pipeline.cli.shared import FOLDER, out, stop


@click.command()
@click.argument("directory", type=FOLDER)
@click.option("--seed", default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option("--scale", default=1.0, show_default=True, help="Size of the world.")
def example(directory: Path, seed: int, scale: float) -> None:
    """Write a synthetic world: DIRECTORY/raw with known defects, DIRECTORY/truth with what they amount to."""
    from mel_example import write_example

    for folder in ("raw", "forms", "truth"):
        if (directory / folder).exists():
            stop(f"{directory / folder} exists already. Choose an empty folder, or delete it first.", 2)
    try:
        write_example(directory, seed=seed, scale=scale)
    except ValueError as error:
        stop(str(error), 2)
    out.print(f"Synthetic example with seed {seed} in {directory / 'raw'}, truth in {directory / 'truth'}")
