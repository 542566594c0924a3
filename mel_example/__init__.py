"""The synthetic example: raw files with declared defects, and what a correct pipeline must find in them.

Only the example belongs here. It never imports the pipeline, so that the truth is a second opinion.
"""

from dataclasses import dataclass
from pathlib import Path

from mel_example.defects import plant_defects
from mel_example.form import FORMS, write_form
from mel_example.generate import make_world
from mel_example.raw_files import build_files, write_file
from mel_example.records import surviving_world
from mel_example.truth import indicator_values
from mel_example.truth.write import write_truth

__all__ = ["ExampleSummary", "write_example"]

_SMALLEST_SCALE, _LARGEST_SCALE = 0.1, 1000.0
_README = """\
# Raw files of the example

Everything below this folder is synthetic. People, e-mail addresses, events, answers and figures are
invented; only the names of cities and countries, and their rounded populations, are real. No city named
here has said or done what the files tell.

The files were made with `mel example`, which draws a small world from a seed, writes it in the formats
that a network's hubs and survey tools use, and then breaks it in dozens of declared ways. Making it again
with the same seed gives the same bytes, together with a `truth` folder that says what a correct pipeline
must find.
"""


@dataclass(frozen=True)
class ExampleSummary:
    """How much was written: raw files, rows in them, planted defects, true values."""

    n_files: int
    n_rows: int
    n_defects: int
    n_values: int


def write_example(directory: Path, seed: int = 7, scale: float = 1.0) -> ExampleSummary:
    """Writes `raw`, the survey form in `forms`, and `truth`; the same seed and scale give the same bytes.

    Files that lie there already stay, so that another seed wants another directory.

    Args:
        directory: is made where it does not exist.
        seed: draws the world and the places of its defects.
        scale: multiplies the numbers of people and events, from 0.1 to 1,000.

    Raises:
        ValueError: for a scale beyond these bounds.
    """
    if not _SMALLEST_SCALE <= scale <= _LARGEST_SCALE:
        raise ValueError(f"scale is out of bounds: found {scale}, expected {_SMALLEST_SCALE} to {_LARGEST_SCALE}.")
    world = make_world(seed, scale)
    files, defects, losses = plant_defects(build_files(world), world, seed)
    values = indicator_values(surviving_world(world, losses))
    raw = directory / "raw"
    for file in files:
        write_file(file, raw)
    (raw / "README.md").write_text(_README, encoding="utf-8", newline="\n")
    (directory / "forms").mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        write_form(directory / "forms" / f"{form.form_id}.xlsx", form)
    write_truth(directory / "truth", values, defects, files)
    n_rows = sum(len(sheet.rows) for file in files for sheet in file.sheets)
    return ExampleSummary(len(files), n_rows, len(defects), len(values))
