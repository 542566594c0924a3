"""Every declared defect stands in the file, sheet and row that the truth names, and nowhere else."""

import csv
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

ARABIC_DIGITS = set("٠١٢٣٤٥٦٧٨٩")
FORM = Path(__file__).resolve().parents[3] / "programme" / "sources" / "member_annual" / "form.xlsx"
SHARED_ITEMS = "عدد المواد المشتركة مع المركز"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def defects(example) -> list[dict[str, str]]:
    """All but those of questionnaires around events, which have tests of their own."""
    around_events = ("training_prepost", "event_feedback")
    return [row for row in read(example.truth / "defects.csv") if row["source"] not in around_events]


def planted(defects: list[dict[str, str]], rule_id: str) -> list[dict[str, str]]:
    return [row for row in defects if row["rule_id"] == rule_id]


def sheet_row(raw: Path, defect: dict[str, str]) -> list[object]:
    """Cells of the row of a workbook or CSV that a defect names, as a spreadsheet shows it."""
    path = raw / defect["source_file"]
    number = int(defect["source_row"])
    if path.suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig").splitlines()
        delimiter = ";" if ";" in text[0] else ","
        return list(csv.reader(text, delimiter=delimiter))[number - 1]
    sheet = openpyxl.load_workbook(path)[defect["source_sheet"]]
    return [cell.value for cell in sheet[number]]


def header_row(raw: Path, defect: dict[str, str], number: int) -> list[object]:
    return sheet_row(raw, defect | {"source_row": str(number)})


def test_how_often_each_defect_of_surveys_is_planted(defects) -> None:
    counts = Counter((row["rule_id"], row["treatment"]) for row in defects if row["rule_id"].startswith("SV"))

    assert counts == {
        ("SV05", "repair"): 2,
        ("SV06", "warn"): 2,
        ("SV07", "repair"): 2,
        ("SV08", "repair"): 1,
        ("SV11", "repair"): 1,
        ("SV11", "warn"): 1,
        ("SV11-TOOLS", "repair"): 1,
        ("SV11-TOOLS", "warn"): 1,
        ("SV11-DEEPDIVE", "repair"): 1,
        ("SV11-DEEPDIVE", "warn"): 1,
        ("SV13", "quarantine"): 3,
        ("SV14", "warn"): 1,
        ("SV15", "warn"): 2,
        ("SV16", "warn"): 2,
        ("SV16-DAY", "repair"): 1,
        ("SV18", "quarantine"): 1,
        ("SV18-OTHER", "repair"): 2,
        ("SV19", "quarantine"): 1,
        ("SV20", "repair"): 2,
        ("SV21", "repair"): 1,
        ("SV22", "repair"): 2,
        ("SV23", "repair"): 4,
        ("SV24", "repair"): 2,
        ("SV25", "quarantine"): 2,
        ("SV29", "repair"): 2,
        ("SV30", "repair"): 2,
        ("SV37", "warn"): 2,
        ("SV39", "repair"): 2,
        ("SV40", "warn"): 1,
        ("SV40-INCIDENTS", "quarantine"): 1,
        ("SV-SIMILAR", "warn"): 1,
    }


def test_no_place_is_listed_twice(defects) -> None:
    places = Counter(tuple(row.values()) for row in defects)

    assert max(places.values()) == 1


def test_repeated_submissions_are_earlier_versions_in_the_same_file(example, defects) -> None:
    for defect in planted(defects, "SV05"):
        header, dropped = header_row(example.raw, defect, 1), sheet_row(example.raw, defect)
        uuid, sent = header.index("_uuid"), header.index("_submission_time")
        text = (example.raw / defect["source_file"]).read_text(encoding="utf-8-sig").splitlines()
        rows = list(csv.reader(text, delimiter=";" if ";" in text[0] else ","))
        same = [row for row in rows if row[uuid] == dropped[uuid]]
        assert len(same) == 2
        assert dropped[sent] == min(row[sent] for row in same)
        assert same[0][sent] != same[1][sent]


def test_impossible_answers_stand_where_labels_should(example, defects) -> None:
    found = []
    for defect in planted(defects, "SV13"):
        header, row = header_row(example.raw, defect, 1), sheet_row(example.raw, defect)
        cells = dict(zip(header, row, strict=True))
        labels = set(form_labels("cap/"))
        found += [value for title, value in cells.items() if title in labels and value in ("7", "0", "55")]

    assert sorted(found) == ["0", "55", "7"]


def form_labels(prefix: str) -> list[str]:
    """Headers of a group of questions in all languages, as the form has them."""
    sheet = openpyxl.load_workbook(FORM)["survey"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    group = prefix.rstrip("/") + "_"
    return [str(label) for row in rows if str(row[1]).startswith(group) for label in row[2:5]]


def test_arabic_digits_and_the_byte_order_mark_are_in_the_arabic_exports(example, defects) -> None:
    arabic = {f"surveys/member_annual_{year}_ar.csv" for year in (2024, 2025)}
    surveys = (example.raw / "surveys").glob("*.csv")
    marked = {f"surveys/{path.name}" for path in surveys if path.read_bytes()[:3] == b"\xef\xbb\xbf"}
    with_digits = set()
    for file in arabic:
        rows = csv.DictReader((example.raw / file).read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
        with_digits |= {(file, str(n)) for n, row in enumerate(rows, 2) if ARABIC_DIGITS & set(row[SHARED_ITEMS])}

    assert marked == arabic
    assert {(row["source_file"], row["source_row"]) for row in planted(defects, "SV29")} == {(f, "1") for f in arabic}
    assert {(row["source_file"], row["source_row"]) for row in planted(defects, "SV23")} == with_digits


def test_a_quarantined_activity_takes_its_training_from_the_grant(example, defects) -> None:
    (defect,) = planted(defects, "HR11")
    event_code, grants = (sheet_row(example.raw, defect)[place] for place in (1, 12))
    events = {row["event_code"]: row for row in read(example.raw / "registers" / "events.csv")}
    ends = events[event_code]["end_on"]
    quarter = f"{ends[:4]}Q{(int(ends[5:7]) + 2) // 3}"

    assert events[event_code]["activity_line"] == "training"
    for grant in str(grants).split(";"):
        named = sum(
            grant in str(row[12] or "").split(";") and events[str(row[1])]["activity_line"] == "training"
            for path in (example.raw / "hub_reports" / quarter).glob("*.xlsx")
            for row in openpyxl.load_workbook(path).worksheets[2].iter_rows(2, values_only=True)
        )
        true_value = next(
            int(row["value"])
            for row in read(example.truth / "indicator_values.csv")
            if (row["indicator_code"], row["period"]) == ("ACT-05", quarter)
            and (row["scope_code"], row["dimension"]) == (grant, "total")
        )
        assert true_value == named - 1
