"""What one changed file costs: a source of many files from scratch, and again after one of them was corrected.

    uv run python benchmarks/one_file_changed.py [--files 1000] [--rows 5000] [--repeats 3]

Both runs use the library's own functions in processes of their own; imports count on neither side.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from measuring import Figures, Stopwatch, load, run_child, spread
from million_rows import KEY
from programmes import attendance, write_programme, write_rows


def run(directory: Path, data: Path, parsed: int) -> None:
    """Stage and judge the source; the run has to parse just as many files as are expected."""
    import os

    import mel_pipeline.quality.duckdb_adapter  # noqa: F401 -- Great Expectations takes seconds to import
    from mel_pipeline.declarations.programme import load_programme
    from mel_pipeline.folders import DataFolder
    from mel_pipeline.intake.staging import stage_source
    from mel_pipeline.quality.judge import judge_source

    os.environ["MEL_HASH_KEY"] = KEY
    programme, folders = load_programme(directory), DataFolder(data)
    source, rules = programme.sources["attendance"], programme.rules["attendance"]
    beside = directory / "sources" / "attendance"
    watch = Stopwatch()
    staged = watch.take("intake", lambda: stage_source(programme.settings, source, beside, folders))
    if staged.parsed != parsed:
        raise RuntimeError(f"{staged.parsed} files were parsed, expected {parsed}")
    judgement = watch.take("quality", lambda: judge_source(programme, source, rules, folders))
    if judgement.errored or judgement.blocked or not judgement.n_accepted:
        raise RuntimeError(f"the run is not whole: {judgement}")
    watch.tell()


def main() -> None:
    """Run both sides in turns, or one as a child."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        directory, data, parsed = options.child
        run(Path(directory), Path(data), int(parsed))
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), options.files, options.rows, options.repeats)


def compare(folder: Path, files: int, rows: int, repeats: int) -> None:
    """Measure a first run and one after a correction, several times, and print what came of it."""
    bench, directory, data = attendance(), folder / "programme", folder / "data"
    write_programme(bench, directory)
    paths = [data / "raw" / "attendance" / f"EV-2025-{number:04}.csv" for number in range(1, files + 1)]
    for number, path in enumerate(paths):
        write_rows(bench, number * rows, rows, path)
    first, again = Figures(), Figures()
    print(f"{files} files of {rows} rows; {load()}")
    for repeat in range(repeats):
        for made in ("staging", "restricted", "accepted", "build"):
            shutil.rmtree(data / made, ignore_errors=True)
        first.add(run_child(Path(__file__), "--child", directory, data, str(files)))
        write_rows(bench, (files + repeat) * rows, rows, paths[repeat % files])
        again.add(run_child(Path(__file__), "--child", directory, data, "1"))
    for told, figures in (("first run", first), ("one file changed", again)):
        print(f"  {told:17} intake {spread(figures.sums('intake'))}; with quality {spread(figures.sums())}")
        print(f"  {'':17} {max(figures.peak_mb):.0f} MB")
    print(f"  intake after a change, of the first intake:    {again.median('intake') / first.median('intake'):.1%}")
    print(f"  intake after a change, of the whole first run: {again.median('intake') / first.median():.1%}")
    print(f"  all after a change, of the whole first run:    {again.median() / first.median():.1%}; {load()}")


if __name__ == "__main__":
    main()
