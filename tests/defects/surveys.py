"""Defects of surveys."""

from mel_example.raw_files.sheets import RawFile, RawRow
from tests.defects.declared import Defect
from tests.defects.example_files import from_example, sheet_of
from tests.defects.seen import Seen

ANNUAL = "surveys/member_annual_2025_en.csv"


def _two_answers(file: RawFile) -> None:
    sheet = sheet_of(file)
    del sheet.rows[2:]
    for number, row in enumerate(sheet.rows):
        row.cells["_uuid"] = f"sv05-{number}"


def _sent_twice(file: RawFile) -> None:
    _two_answers(file)
    sheet = sheet_of(file)
    again = dict(sheet.rows[0].cells)
    again["_submission_time"] = "2025-11-20T10:00:00"
    again["Number of exchanges with other member cities this year"] = "9"
    sheet.rows.append(RawRow(again))


def _the_latest_is_kept(seen: Seen) -> None:
    path = "surveys/member_annual_sv05.csv"
    accepted = seen.accepted("member_annual", path)
    assert accepted["_source_row"].tolist() == [3, 4]
    assert accepted["exchange"].tolist()[1] == 9
    (dropped,) = seen.findings("repairs", "SV05", path).to_dict("records")
    assert dropped["source_row"] == 2
    account = seen.file(path)
    assert (account["n_rows"], account["n_accepted"], account["n_dropped"]) == (3, 2, 1)


SURVEYS: tuple[Defect, ...] = (
    Defect(
        "SV05",
        broken={"surveys/member_annual_sv05.csv": from_example(ANNUAL, _sent_twice)},
        clean={"surveys/member_annual_sv05.csv": from_example(ANNUAL, _two_answers)},
        check=_the_latest_is_kept,
    ),
)
