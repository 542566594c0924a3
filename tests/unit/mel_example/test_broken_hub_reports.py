"""Defects of the hubs' reports stand in the cells that the truth names, and clean cells are clean."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mel_example.quarters import QUARTERS

Rows = list[dict[str, str]]
ARABIC_DIGITS = set("٠١٢٣٤٥٦٧٨٩")
ENDS = {quarter.code: quarter.end for quarter in QUARTERS}
COLUMNS = ("activity_ref", "event_code", "title", "start", "end", "total", "women", "men", "other", "youth", "cities")


@pytest.fixture(scope="session")
def hub_defects(example) -> Rows:
    with (example.truth / "defects.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["rule_id"].startswith("HR")]


@pytest.fixture(scope="session")
def books(example) -> dict[str, Any]:
    paths = sorted((example.raw / "hub_reports").rglob("*.xlsx"))
    return {path.relative_to(example.raw).as_posix(): openpyxl.load_workbook(path) for path in paths}


def planted(defects: Rows, rule_id: str) -> Rows:
    return [row for row in defects if row["rule_id"] == rule_id]


def cells(books: dict[str, Any], defect: dict[str, str]) -> list[Any]:
    """The row that a defect names."""
    return [cell.value for cell in books[defect["source_file"]][defect["source_sheet"]][int(defect["source_row"])]]


def activity(books: dict[str, Any], defect: dict[str, str]) -> dict[str, Any]:
    return dict(zip(COLUMNS, cells(books, defect), strict=False))


def cover(book: Any) -> list[Any]:
    """What stands on a cover: hub, quarter, day of sending, sender, language, version of the template."""
    return [row[1].value for row in book.worksheets[0].iter_rows()]


def test_how_often_each_defect_is_planted(hub_defects) -> None:
    counts = Counter((row["rule_id"], row["treatment"]) for row in hub_defects)
    expected = {
        ("HR09", "quarantine"): 1,
        ("HR10", "quarantine"): 2,
        ("HR10-GAP", "repair"): 3,
        ("HR10-GAP", "warn"): 3,
        ("HR11", "quarantine"): 1,
        ("HR12", "warn"): 4,
        ("HR17", "repair"): 3,
        ("HR19", "quarantine"): 2,
        ("HR21", "repair"): 2,
        ("HR22", "repair"): 4,
        ("HR28", "quarantine"): 2,
        ("HR30", "quarantine"): 2,
        ("HR35", "repair"): 2,
        ("HR39", "repair"): 3,
    }
    assert {key: counts[key] for key in expected} == expected
    several = {"HR05", "HR06", "HR07", "HR07-SIMILAR", "HR08", "HR16", "HR24", "HR25", "HR31", "HR37", "HR37-NOTE"}
    several |= {"HR-NATIONAL"}
    assert {rule_id for rule_id, _ in counts} == several | {rule_id for rule_id, _ in expected}


def test_the_later_report_of_a_quarter_differs_from_the_first(books, hub_defects) -> None:
    (first,) = {row["source_file"] for row in planted(hub_defects, "HR05")}
    later = first.replace(".xlsx", "_rev2.xlsx")
    assert cover(books[first])[2] < cover(books[later])[2]
    rows = [list(books[name].worksheets[2].iter_rows(2, values_only=True)) for name in (first, later)]
    assert rows[0] != rows[1]
    named = Counter(row["source"] for row in planted(hub_defects, "HR05"))
    assert named["hub_activities"] == len(rows[0])
    assert "hub_reports" not in named


def test_late_reports_are_those_sent_more_than_fifteen_days_after_the_quarter(books, hub_defects) -> None:
    late = set()
    for name, book in books.items():
        _, period, sent_on, *_ = cover(book)
        if sent_on.date() > ENDS[period] + timedelta(days=15):
            late.add(name)
    assert {row["source_file"] for row in planted(hub_defects, "HR06")} == late
    assert late


def test_sums_and_young_people_are_wrong_only_where_it_is_told(books, hub_defects) -> None:
    wrong: dict[str, set[tuple[str, int]]] = {"HR10": set(), "HR10-GAP": set(), "HR11": set()}
    told = {(row["source_file"], int(row["source_row"])) for row in hub_defects if row["rule_id"] in ("HR12", "HR39")}
    for name, book in books.items():
        for number, row in enumerate(book.worksheets[2].iter_rows(2, values_only=True), start=2):
            total, women, men, other, youth = row[5:10]
            if (name, number) in told or women is None:
                continue
            parts = women + men + other
            for rule_id, is_wrong in (("HR10", parts > total), ("HR10-GAP", parts < total), ("HR11", youth > total)):
                if is_wrong:
                    wrong[rule_id].add((name, number))
    for rule_id, places in wrong.items():
        listed = {(row["source_file"], int(row["source_row"])) for row in planted(hub_defects, rule_id)}
        assert listed == places, rule_id


def test_cells_hold_what_is_told_of_them(books, hub_defects) -> None:
    for defect in planted(hub_defects, "HR12"):
        assert str(activity(books, defect)["total"]).strip("~+").isdigit()
    for defect in planted(hub_defects, "HR17"):
        assert {"،", ";"} <= set(activity(books, defect)["cities"])
    for defect in planted(hub_defects, "HR19"):
        assert activity(books, defect)["event_code"].startswith("EV-2030")
    for defect in planted(hub_defects, "HR39"):
        assert set(activity(books, defect)["women"]) <= ARABIC_DIGITS
    for defect in planted(hub_defects, "HR16"):
        assert activity(books, defect)["activity_ref"] in ("TOTAL", "Total", "المجموع")
    for defect in planted(hub_defects, "HR09"):
        assert activity(books, defect)["end"] > cover(books[defect["source_file"]])[2]
    for defect in planted(hub_defects, "HR28"):
        _, _, received, answered, *_ = cells(books, defect)
        assert answered < received
    assert any(cells(books, defect)[1] is None for defect in planted(hub_defects, "HR30"))
    assert any(cells(books, defect)[5] is None for defect in planted(hub_defects, "HR30"))


def test_a_copied_report_repeats_the_quarter_before_under_other_references(books, hub_defects) -> None:
    rows = planted(hub_defects, "HR07-SIMILAR")
    (file,) = {row["source_file"] for row in rows}
    hub, period = Path(file).stem.split("_")[:2]
    before = list(ENDS)[list(ENDS).index(period) - 1]
    earlier = books[f"hub_reports/{before}/{hub}_{before}.xlsx"].worksheets[2]
    originals = {(row[1], *row[5:11]) for row in earlier.iter_rows(2, values_only=True)}
    references = {row[0] for row in earlier.iter_rows(2, values_only=True)}
    assert len(rows) >= 2
    for defect in rows:
        told = cells(books, defect)
        assert (told[1], *told[5:11]) in originals
        assert told[0] not in references
        assert isinstance(told[3].date(), date)


def test_rows_told_again_bear_their_old_references(books, hub_defects) -> None:
    for defect in planted(hub_defects, "HR07"):
        hub, period = Path(defect["source_file"]).stem.split("_")[:2]
        before = list(ENDS)[list(ENDS).index(period) - 1]
        earlier = books[f"hub_reports/{before}/{hub}_{before}.xlsx"].worksheets[2]
        assert activity(books, defect)["activity_ref"] in {row[0] for row in earlier.iter_rows(2, values_only=True)}
