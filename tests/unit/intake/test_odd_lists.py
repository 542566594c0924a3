"""Lists of people that contradict themselves, that a spreadsheet has changed, or that name minors."""

from datetime import datetime
from typing import Any

import openpyxl
import pytest

from mel_pipeline.intake.formats.date_serials import read_serial
from mel_pipeline.intake.formats.meetings import contradictions, read_times

FIELDS = [
    {"name": "event_code", "type": "code", "from_file_name": True},
    {"name": "session_no", "type": "integer", "from_file_name": True, "from_reader": True},
    {"name": "name_raw", "type": "text", "headers": ["name", "Full name"], "from_reader": True},
    {"name": "email_raw", "type": "text", "headers": ["E-mail"], "from_reader": True},
    {"name": "sex", "type": "category", "headers": ["gender"], "values": {"female": ["f"], "male": ["m"]}},
    {"name": "age", "type": "integer", "headers": ["Age"]},
    {"name": "join_at", "type": "datetime", "from_reader": True},
    {"name": "leave_at", "type": "datetime", "from_reader": True},
    {"name": "minutes", "type": "integer", "from_reader": True},
]
ZOOM = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]


@pytest.fixture
def lists(declare: Any) -> Any:
    return declare(
        source="lists",
        kind="attendance",
        files=["*.csv", "*.xlsx"],
        file_name=r"(?P<event_code>EV-\d{3})(?:_s(?P<session_no>\d+))?",
        fields=FIELDS,
        key=["event_code", "session_no", "person_key", "join_at"],
        privacy={
            "hash": {"person_key": ["email_raw", "name_raw"]},
            "restricted": ["name_raw", "email_raw"],
            "drop": ["phone"],
            "person_names": {"name_raw": "ORDER"},
            "minors": {"age": "age", "forget": ["name_raw", "email_raw"], "rule": "MINOR"},
        },
    )


@pytest.mark.parametrize(
    ("announced", "code"),
    [("3", "fewer_rows_than_announced"), ("1", "more_rows_than_announced"), ("2", None), ("", None), ("two", None)],
)
def test_a_head_that_contradicts_its_rows_is_told(announced: str, code: str | None) -> None:
    columns = {"name_raw": ["A", "B"], "email_raw": ["a@example.org", "b@example.org"]}
    assert [remark.code for remark in contradictions(announced, columns)] == ([code] if code else [])


def test_a_head_may_count_people_or_arrivals() -> None:
    columns = {"name_raw": ["A", "A", "B"], "email_raw": ["a@example.org", "a@example.org", ""]}
    assert not contradictions("2", columns)
    assert not contradictions("3", columns)
    assert contradictions("4", columns)


def test_a_header_is_found_far_down_and_far_right(bench: Any, lists: Any) -> None:
    """Right-to-left, in row 11 from column D, with merged cells above and in it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title, sheet.sheet_view.rightToLeft = "גיליון1", True
    sheet["D2"] = "רשימת נוכחות"
    sheet.merge_cells("D2:G2")
    for place, title in enumerate(["phone", "id_number", "name", "gender"]):
        sheet.cell(11, 4 + place, title)
    for row in range(12, 19):
        sheet.cell(row, 4, 555_000_100 + row)
        sheet.cell(row, 6, f"תלמיד {row}")
    sheet.merge_cells("G18:H18")
    book.save(bench.folders.raw / "EV-001_s1.xlsx")
    bench.stage(lists)
    rows = bench.rows(lists)
    assert [row["_source_row"] for row in rows] == list(range(12, 19))
    assert {row["sex"] for row in rows} == {None}
    assert [row["name_raw"] for row in bench.restricted(lists)] == [f"תלמיד {row}" for row in range(12, 19)]
    assert b"555000112" not in bench.everything_on_disk(bench.folders.staging)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        (45789.5, datetime(2025, 5, 12, 12)),
        (45789, datetime(2025, 5, 12)),
        ("45789,75", datetime(2025, 5, 12, 18)),
        (125, None),
        ("254000000000", None),
        (2.54e11, None),
        (True, None),
        (None, None),
        ("05/12/2025 09:00:00 AM", None),
    ],
)
def test_numbers_of_days_are_times(cell: Any, moment: datetime | None) -> None:
    assert read_serial(cell) == moment


def test_numbers_stand_among_times_of_both_orders() -> None:
    read = read_times({"join_at": ["05/06/2025 09:00:00", 45789.5, "x"]}, is_day_first=True)
    assert read["join_at"] == [datetime(2025, 6, 5, 9), datetime(2025, 5, 12, 12), "x"]
    assert read["join_at_swapped"] == [datetime(2025, 5, 6, 9), datetime(2025, 5, 12, 12), None]


def test_a_number_that_was_read_as_a_time_is_written_down(bench: Any, lists: Any) -> None:
    bench.workbook("EV-001_s1.xlsx", Zoom=[ZOOM, ["Amina", "a@example.org", 45789.375, 45789.4166666667, 60, "No"]])
    bench.stage(lists)
    [row] = bench.rows(lists)
    assert (row["join_at"], row["leave_at"]) == (datetime(2025, 5, 12, 9), datetime(2025, 5, 12, 10))
    notes = [repair for repair in bench.notes(lists).repairs if repair.rule_id == "AT36"]
    assert [(note.source_row, note.field, note.before) for note in notes] == [
        (2, "join_at", "45789.375"),
        (2, "leave_at", "45789.4166666667"),
    ]


def test_names_of_minors_are_not_loaded(bench: Any, lists: Any) -> None:
    people = [["Dr. HADDAD Lina", "", "f", 15], ["Omar Saleh", "o@example.org", "m", 30], ["", "", "f", 16]]
    bench.workbook("EV-001_s1.xlsx", Day=[["Full name", "E-mail", "gender", "Age"], *people])
    bench.stage(lists)
    child, adult, nobody = bench.rows(lists)
    assert child["person_key"]
    assert child["age"] == 15
    assert nobody["person_key"] is None
    assert [row["name_raw"] for row in bench.restricted(lists)] == [None, "Omar Saleh", None]
    assert [row["email_raw"] for row in bench.restricted(lists)] == [None, "o@example.org", None]
    notes = bench.notes(lists)
    assert [(note.rule_id, note.source_row, note.before) for note in notes.repairs] == [
        ("ORDER", 2, None),
        ("MINOR", 2, None),
    ]
    [remark] = notes.remarks
    assert (remark.code, remark.params["found"]) == ("minors_personal_data", 1)
    assert b"HADDAD" not in bench.everything_on_disk(bench.folders.staging)
    assert adult["person_key"] != child["person_key"]
