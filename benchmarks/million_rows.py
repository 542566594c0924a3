"""What a large file costs: from CSV to accepted Parquet, against DuckDB's typed scan of the same file.

    uv run python benchmarks/million_rows.py [--rows 1000000] [--repeats 5] [--only survey]

DuckDB reads every column with its type; the pipeline types, hashes, keeps apart, judges by a dozen rules and
writes. Beside them stands the least that any pipeline with staged rows, accepted rows and keyed hashes can do: DuckDB
alone writes the typed rows as Parquet twice, and each row gets one keyed hash. All run in processes of their own, in
turns; imports count on no side.
"""

import argparse
import os
import tempfile
from pathlib import Path

import duckdb
from measuring import Figures, Stopwatch, load, run_child, spread
from programmes import Bench, attendance, survey, write_programme, write_rows

BENCHES = {"survey": survey, "attendance": attendance}
FILES = {"survey": "survey.csv", "attendance": "attendance/EV-2025-001.csv"}
KEY = "a key for benchmarks only"
LIMITS = {"threads": 2, "memory_limit": "1GB"}


def scan(bench: Bench, path: Path) -> None:
    """Read every column of a file with its type; odd cells are counted as empty, as a scan has no better way."""
    counts = ", ".join(f'count("{name}")' for name in bench.types)
    watch = Stopwatch()
    with duckdb.connect(config=LIMITS) as connection:
        connection.execute("set timezone = 'UTC'")
        query = f"select {counts} from {typed_rows(bench, path)}"
        watch.take("scan", lambda: connection.execute(query).fetchall())
    watch.tell()


def typed_rows(bench: Bench, path: Path) -> str:
    """SQL that reads a file with the type of each column; odd cells are empty."""
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in bench.types.items())
    stamp = f", timestampformat = '{bench.timestamp_format}'" if bench.timestamp_format else ""
    return (
        f"read_csv('{path.as_posix()}', header = true, delim = ',', auto_detect = false,"
        f" quote = '\"', escape = '\"', columns = {{{kinds}}}, ignore_errors = true{stamp})"
    )


def least(bench: Bench, path: Path, folder: Path) -> None:
    """Write the typed rows as Parquet twice, as staged and as accepted rows are, and hash one key for each row."""
    from mel_pipeline.intake.privacy import HashKey

    staged, accepted = folder / "staged.parquet", folder / "accepted.parquet"
    folder.mkdir()
    watch = Stopwatch()
    with duckdb.connect(config=LIMITS) as connection:
        connection.execute("set timezone = 'UTC'")
        write = "copy (from {}) to '{}' (format parquet, compression zstd)"
        watch.take("staged", lambda: connection.execute(write.format(typed_rows(bench, path), staged.as_posix())))
        watch.take("accepted", lambda: connection.execute(write.format(f"'{staged.as_posix()}'", accepted.as_posix())))
        keys = connection.execute(
            f"select \"{next(iter(bench.types))}\"::varchar from '{staged.as_posix()}'"
        ).fetchall()
        messages = [str(text).encode() for (text,) in keys]
        watch.take("hashes", lambda: HashKey(KEY.encode()).hash_all(messages))
    watch.tell()


def run(name: str, directory: Path, data: Path) -> None:
    """Stage and judge one source, with the library's own functions."""
    import mel_pipeline.quality.duckdb_adapter  # noqa: F401 -- Great Expectations takes seconds to import
    from mel_pipeline.declarations.programme import load_programme
    from mel_pipeline.folders import DataFolder
    from mel_pipeline.intake.staging import stage_source
    from mel_pipeline.quality.judge import judge_source

    os.environ["MEL_HASH_KEY"] = KEY
    programme, folders = load_programme(directory), DataFolder(data)
    source, rules = programme.sources[name], programme.rules[name]
    beside = directory / "sources" / name
    watch = Stopwatch()
    watch.take("intake", lambda: stage_source(programme.settings, source, beside, folders))
    judgement = watch.take("quality", lambda: judge_source(programme, source, rules, folders))
    told = judgement.n_accepted + judgement.n_quarantined + judgement.n_dropped
    if judgement.errored or judgement.blocked or not judgement.n_rows == told > 0:
        raise RuntimeError(f"the run is not whole: {judgement}")
    watch.tell()


def compare(name: str, rows: int, repeats: int, folder: Path) -> None:
    """Measure both sides in turns and print what came of it."""
    bench = BENCHES[name]()
    directory, raw = folder / name / "programme", folder / name / "raw" / FILES[name]
    write_programme(bench, directory)
    write_rows(bench, 0, rows, raw)
    scans, leasts, runs = Figures(), Figures(), Figures()
    print(f"{name}: {rows} rows x {len(bench.columns)} columns, {raw.stat().st_size / 1e6:.0f} MB; {load()}")
    for number in range(repeats):
        scans.add(run_child(Path(__file__), "--child", "scan", name, raw))
        leasts.add(run_child(Path(__file__), "--child", "least", name, raw, folder / name / f"least{number}"))
        data = folder / name / f"data{number}"
        (data / "raw" / FILES[name]).parent.mkdir(parents=True)
        os.link(raw, data / "raw" / FILES[name])
        runs.add(run_child(Path(__file__), "--child", "run", name, directory, data))
    print(f"  typed scan  {spread(scans.sums())}, {max(scans.peak_mb):.0f} MB")
    print(f"  the least   {spread(leasts.sums())}, {leasts.median() / scans.median():.1f} times the scan")
    print(f"  intake      {spread(runs.sums('intake'))}")
    print(f"  quality     {spread(runs.sums('quality'))}")
    print(f"  pipeline    {spread(runs.sums())}, {max(runs.peak_mb):.0f} MB")
    ratios = [ours / theirs for ours, theirs in zip(runs.sums(), scans.sums(), strict=True)]
    print(f"  ratio       {runs.median() / scans.median():.1f} ({min(ratios):.1f} to {max(ratios):.1f}); {load()}")
    print(f"  to the least {runs.median() / leasts.median():.1f}")


def main() -> None:
    """Run the comparison, or one side of it as a child."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", choices=list(BENCHES))
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        side, name, *paths = options.child
        if side == "scan":
            scan(BENCHES[name](), Path(paths[0]))
        elif side == "least":
            least(BENCHES[name](), Path(paths[0]), Path(paths[1]))
        else:
            run(name, Path(paths[0]), Path(paths[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in [options.only] if options.only else BENCHES:
            compare(name, options.rows, options.repeats, Path(folder))


if __name__ == "__main__":
    main()
