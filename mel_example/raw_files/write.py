"""Puts a raw file on disk, with the note beside it that says who sent it and when."""

import csv
from pathlib import Path

from mel_example.raw_files.online_lists import OnlineList
from mel_example.raw_files.sheets import CsvFile, HubReportBook, RawFile
from mel_example.raw_files.workbooks import write_hub_report, write_signin_book


def write_file(file: RawFile, raw: Path) -> None:
    """Writes one file below the raw folder, and its `.meta.yml` beside it."""
    path = raw / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(file, OnlineList):
        _write_online_list(file, path)
    elif isinstance(file, CsvFile):
        _write_csv(file, path)
    elif isinstance(file, HubReportBook):
        write_hub_report(file, path)
    else:
        write_signin_book(file, path)
    path.with_name(f"{path.name}.meta.yml").write_text(_meta(file), encoding="utf-8", newline="\n")


def _write_csv(file: CsvFile, path: Path) -> None:
    sheet = file.sheets[0]
    encoding = "utf-8-sig" if file.has_byte_order_mark else "utf-8"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=file.delimiter, lineterminator="\n")
        writer.writerow(sheet.headers)
        for row in sheet.rows:
            writer.writerow([row.cells.get(name, "") for name in sheet.headers])


def _write_online_list(file: OnlineList, path: Path) -> None:
    """Lines above the table, then the table; Teams writes UTF-16 with its mark."""
    table = file.table
    encoding = "utf-16-le" if file.layout.tool == "teams" else "utf-8"
    with path.open("w", encoding=encoding, newline="") as stream:
        stream.write("\ufeff")
        writer = csv.writer(stream, delimiter=file.delimiter, lineterminator="\r\n")
        writer.writerows([*file.preamble, table.headers])
        writer.writerows([row.cells.get(name, "") for name in table.headers] for row in table.rows)


def _meta(file: RawFile) -> str:
    return (
        f"received_on: {file.received_on.isoformat()}\n"
        f"received_from: {file.received_from}\n"
        "licence: synthetic\n"
        "synthetic: true\n"
    )
