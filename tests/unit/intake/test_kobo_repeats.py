"""Repeats are sources of their own that name their parent, whether they come as sheets or as files."""

from typing import Any

import openpyxl
import pytest

SURVEY = [
    ["type", "name", "label::English (en)", "label::Français (fr)"],
    ["begin_group", "home", "Home", "Foyer"],
    ["text", "name", "Name", "Nom"],
    ["begin_repeat", "member", "Members", "Membres"],
    ["text", "name", "Name of the member", "Nom du membre"],
    ["select_multiple langs", "spoken", "Languages", "Langues"],
    ["end_repeat", None, None, None],
    ["end_group", None, None, None],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Français (fr)"],
    ["langs", "ar", "Arabic", "Arabe"],
    ["langs", "fr", "French", "Français"],
]
MAIN_FIELDS = [
    {"name": "uuid", "type": "code", "question": "_uuid", "required": True},
    {"name": "name", "type": "text", "question": "home/name"},
]
MEMBER_FIELDS = [
    {"name": "parent_uuid", "type": "code", "question": "_submission__uuid", "required": True},
    {"name": "number", "type": "integer", "question": "_index", "required": True},
    {"name": "parent_number", "type": "integer", "question": "_parent_index"},
    {"name": "name", "type": "text", "question": "home/member/name", "required": True},
    {"name": "spoken", "type": "choices", "question": "home/member/spoken"},
]
PARENT = ["_index", "_parent_table_name", "_parent_index", "_submission__uuid"]
EXPORTS: dict[str, list[list[Any]]] = {
    "paths": [
        ["home/member/name", "home/member/spoken", "home/member/spoken/ar", "home/member/spoken/fr", *PARENT],
        ["Ana", "ar fr", 1, 1, 1, "homes", 1, "u1"],
        ["Bo", "fr", 0, 1, 2, "homes", 1, "u1"],
        ["Cy", None, None, None, 3, "homes", 2, "u2"],
    ],
    "bare names, one column": [
        ["name", "spoken", *PARENT],
        ["Ana", "ar fr", 1, "homes", 1, "u1"],
        ["Bo", "fr", 2, "homes", 1, "u1"],
        ["Cy", None, 3, "homes", 2, "u2"],
    ],
    "French labels with groups, 0/1 columns": [
        ["Foyer/Membres/Nom du membre", "Foyer/Membres/Langues/Arabe", "Foyer/Membres/Langues/Français", *PARENT],
        ["Ana", 1, 1, 1, "homes", 1, "u1"],
        ["Bo", 0, 1, 2, "homes", 1, "u1"],
        ["Cy", None, None, 3, "homes", 2, "u2"],
    ],
    "points between groups": [
        ["home.member.name", "home.member.spoken.ar", "home.member.spoken.fr", *PARENT],
        ["Ana", True, True, 1, "homes", 1, "u1"],
        ["Bo", False, True, 2, "homes", 1, "u1"],
        ["Cy", None, None, 3, "homes", 2, "u2"],
    ],
    "dashes between groups": [
        ["home-member-name", "home-member-spoken", "home-member-spoken/ar", "home-member-spoken/fr", *PARENT],
        ["Ana", "ar fr", 1, 1, 1, "homes", 1, "u1"],
        ["Bo", "fr", 0, 1, 2, "homes", 1, "u1"],
        ["Cy", None, None, None, 3, "homes", 2, "u2"],
    ],
}
HOMES = [["home/name", "_uuid", "_index"], ["First", "u1", 1], ["Second", "u2", 2]]


def members(declare: Any, **changes: Any) -> Any:
    usual = {"source": "members", "kind": "survey", "files": ["homes*"], "format": "kobo", "sheet": ["member"]}
    return declare(**{**usual, "fields": MEMBER_FIELDS, "key": ["parent_uuid", "number"], **changes})


def said(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("parent_uuid", "parent_number", "number", "name", "spoken_ar", "spoken_fr")
    return [tuple(row[name] for name in names) for row in rows]


EXPECTED = [("u1", 1, 1, "Ana", 1, 1), ("u1", 1, 2, "Bo", 0, 1), ("u2", 2, 3, "Cy", None, None)]


@pytest.mark.parametrize("export", EXPORTS)
def test_the_sheet_of_a_repeat_is_a_source_of_its_own(bench: Any, declare: Any, export: str) -> None:
    bench.form(SURVEY, CHOICES)
    bench.workbook("homes.xlsx", homes=HOMES, member=EXPORTS[export])
    bench.stage(members(declare))
    rows = bench.rows(members(declare))
    assert said(rows) == EXPECTED
    assert [(row["_source_sheet"], row["_source_row"]) for row in rows] == [("member", each) for each in (2, 3, 4)]
    assert len({row["_record_key"] for row in rows}) == 3


@pytest.mark.parametrize("export", EXPORTS)
def test_a_repeat_may_be_a_file_of_its_own(bench: Any, declare: Any, export: str) -> None:
    bench.form(SURVEY, CHOICES)
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in EXPORTS[export]]
    bench.write("homes_member.csv", "\n".join(lines) + "\n")
    bench.stage(members(declare))
    assert said(bench.rows(members(declare))) == EXPECTED


def test_the_main_sheet_is_the_first_one_in_sight(bench: Any, declare: Any) -> None:
    bench.form(SURVEY, CHOICES)
    path = bench.workbook("homes.xlsx", notes=[["kept for later"]], homes=HOMES, member=EXPORTS["paths"])
    hide(path, "notes")
    source = declare(
        source="homes", kind="survey", files=["homes*"], format="kobo", fields=MAIN_FIELDS, key=["uuid"], sheet=[]
    )
    bench.stage(source)
    assert [(row["uuid"], row["name"]) for row in bench.rows(source)] == [("u1", "First"), ("u2", "Second")]


def hide(path: Any, sheet: str) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet].sheet_state = "hidden"
    book.active = 1
    book.save(path)


def test_a_workbook_without_the_sheet_is_refused(bench: Any, declare: Any) -> None:
    bench.form(SURVEY, CHOICES)
    bench.workbook("homes.xlsx", homes=HOMES)
    bench.stage(members(declare))
    problem = bench.notes(members(declare)).problem
    assert (problem.code, problem.params["expected"]) == ("missing_sheet", ["member"])


def test_repeats_of_odk_name_their_parent_by_its_key(bench: Any, declare: Any) -> None:
    bench.form(SURVEY, CHOICES)
    bench.write("homes-member.csv", "name,spoken,PARENT_KEY,KEY\nAna,ar fr,uuid:u1,uuid:u1/home/member[1]\n")
    fields = [
        {"name": "parent_uuid", "type": "code", "question": "PARENT_KEY", "required": True},
        {"name": "number", "type": "code", "question": "KEY", "required": True},
        *MEMBER_FIELDS[3:],
    ]
    source = members(declare, fields=fields, format="auto")
    bench.stage(source)
    [row] = bench.rows(source)
    assert bench.notes(source).format == "kobo"
    assert (row["parent_uuid"], row["number"]) == ("uuid:u1", "uuid:u1/home/member[1]")
    assert (row["name"], row["spoken_ar"], row["spoken_fr"]) == ("Ana", 1, 1)
