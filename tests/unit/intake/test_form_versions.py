"""Exports against their form: older versions, scales turned round, headers in other words, columns that moved."""

from typing import Any

import pytest

from mel_pipeline.intake.formats.form_versions import scales_of
from mel_pipeline.intake.xlsform import read_form
from tests.unit.intake.test_kobo import CHOICES, FIELDS, SURVEY

VERSION = {"name": "form_version", "type": "code", "question": "__version__"}
TURNED = {str(code): str(6 - code) for code in range(1, 6)}


@pytest.fixture
def declared(bench: Any, declare: Any) -> Any:
    """Declares the survey with `versions`, or other things."""
    bench.form(SURVEY, CHOICES)

    def source(**more: Any) -> Any:
        usual = {"source": "annual", "kind": "survey", "files": ["*.csv"], "format": "kobo", "key": ["submission_uuid"]}
        return declare(**usual, fields=[*FIELDS, VERSION], **more)

    return source


def _problem(bench: Any, source: Any, export: str) -> Any:
    bench.write("annual.csv", export)
    bench.stage(source)
    return bench.notes(source).problem


def test_without_declared_versions_every_version_is_todays(bench: Any, declared: Any) -> None:
    assert _problem(bench, declared(), "_uuid,cap_01,__version__\nu1,5,v9\n") is None


def test_a_version_that_is_not_declared_is_not_read(bench: Any, declared: Any) -> None:
    source = declared(versions={"v1": {}, "v2": {}})
    problem = _problem(bench, source, "_uuid,mem/cap_1,mem/items,__version__\nu1,5,3,v2\nu2,5,3,v3\nu3,,,\n")
    assert problem.code == "unmapped_version"
    assert problem.params["found"] == ["v3"]
    assert problem.params["expected"] == ["v1", "v2"]
    assert problem.params["headers"] == ["mem/cap_1"]
    assert bench.rows(source) == []


def test_rows_of_an_older_version_are_read_under_its_headers_and_in_todays_codes(bench: Any, declared: Any) -> None:
    old = {"renamed": {"mem/capacity": "mem/cap_01"}, "recoded": {"mem/cap_01": TURNED}}
    source = declared(versions={"v1": old, "v2": {}})
    export = (
        "_uuid,mem/capacity,mem/cap_01,__version__\n"
        "u1,1,,v1\nu2,,1,v2\nu3,Strongly agree,,v1\nu4,-98,,v1\nu5,3,,v1\nu6,,4,\n"
    )
    assert _problem(bench, source, export) is None
    assert [row["cap_01"] for row in bench.rows(source)] == [5, 1, 5, None, 3, 4]
    renamed, *recoded = bench.notes(source).repairs
    assert (renamed.rule_id, renamed.field, renamed.before, renamed.after) == (
        "RENAMED",
        "cap_01",
        "mem/capacity",
        "mem/cap_01",
    )
    assert [(each.rule_id, each.source_row, each.before, each.after) for each in recoded] == [("RECODED", 2, "1", "5")]


def test_a_required_question_may_stand_under_its_older_header(bench: Any, declare: Any) -> None:
    bench.form(SURVEY, CHOICES)
    fields = [{**each, "required": each["name"] in ("submission_uuid", "items")} for each in [*FIELDS, VERSION]]
    versions = {"v1": {"renamed": {"Objects shared": "mem/items"}}}
    source = declare(
        source="annual", kind="survey", format="kobo", key=["submission_uuid"], fields=fields, versions=versions
    )
    assert _problem(bench, source, "_uuid,Objects shared,__version__\nu1,7,v1\n") is None
    assert [row["items"] for row in bench.rows(source)] == [7]


def test_other_scales_than_the_declared_ones_block_until_recoded(bench: Any, declared: Any) -> None:
    export = "_uuid,cap_01,__version__\nu1,5,v1\n"
    form = read_form(bench.directory / "form.xlsx")
    scales = scales_of(declared(), form)
    assert _problem(bench, declared(versions={"v1": {"scales": scales}}), export) is None
    turned = [[row[0], TURNED.get(row[1], row[1]), *row[2:]] if row[0] == "agree" else row for row in CHOICES]
    bench.form(SURVEY, turned)
    problem = _problem(bench, declared(versions={"v1": {"scales": scales}}), export)
    assert problem.code == "other_scales"
    assert problem.params["expected"] == scales != problem.params["found"]
    recoded = declared(versions={"v1": {"scales": scales, "recoded": {"mem/cap_01": TURNED}}})
    assert _problem(bench, recoded, export) is None
    assert [row["cap_01"] for row in bench.rows(recoded)] == [1]


def test_the_order_of_choices_and_the_list_of_cities_are_no_scales(bench: Any, declared: Any) -> None:
    before = scales_of(declared(), read_form(bench.directory / "form.xlsx"))
    bench.form(SURVEY, [CHOICES[0], *reversed(CHOICES[1:]), ["cities", "C-9", "Saida", "Saïda", "صيدا"]])
    assert scales_of(declared(), read_form(bench.directory / "form.xlsx")) == before


@pytest.mark.parametrize(
    ("header", "found", "missing"),
    [
        ("start,intro/city,mem/used,mem/items,mem/cap_1,mem/story,_uuid", ["mem/cap_1"], ["mem/cap_01"]),
        ("start,City,Tools used,Items shared,We are able,Story,_uuid", ["We are able"], ["mem/cap_01"]),
        ("_uuid,Items shared,We can,Story,Tool used", ["Tool used"], ["mem/used"]),
        ("_uuid,Items shared,jo@example.org,Story", 1, ["mem/cap_01"]),
    ],
    ids=["other number", "in its place", "nearly its words", "an address is not repeated"],
)
def test_an_unknown_header_for_a_missing_question_blocks(
    bench: Any, declared: Any, header: str, found: Any, missing: list[str]
) -> None:
    row = ",".join("u1" if name == "_uuid" else "" for name in header.split(","))
    problem = _problem(bench, declared(), f"{header}\n{row}\n")
    assert problem.code == "renamed_question"
    assert (problem.params["found"], problem.params["missing"]) == (found, missing)


@pytest.mark.parametrize(
    "header",
    [
        "_uuid,Items shared,Remarks of the office",
        "start,intro/city,mem/used,mem/items,mem/cap_01,mem/story,Remarks of the office,_uuid",
        "_uuid,deviceid,_tags,mem/used/guide,mem/used/kit,mem/items",
    ],
    ids=["beside a partial export", "beside a whole one", "of the tool itself"],
)
def test_other_columns_that_nobody_declared_are_passed_over(bench: Any, declared: Any, header: str) -> None:
    row = ",".join("u1" if name == "_uuid" else "" for name in header.split(","))
    assert _problem(bench, declared(), f"{header}\n{row}\n") is None


def test_a_file_whose_columns_moved_is_not_read(bench: Any, declared: Any) -> None:
    limits = {"unreadable_share": 0.5, "minimum_unreadable": 3}
    moved = "_uuid,items\n" + "".join(f"u{n},{cell}\n" for n, cell in enumerate(["no", "yes", "no", "2", "-98", ""]))
    problem = _problem(bench, declared(moved_columns=limits), moved)
    assert problem.code == "moved_columns"
    assert problem.params == {"file": "annual.csv", "columns": ["items"], "found": 3, "said": 5, "worst": "items"}
    assert _problem(bench, declared(), moved) is None
    single = "_uuid,items\nu1,environ 20\nu2,about 3\nu3,\n"
    assert _problem(bench, declared(moved_columns=limits), single) is None


def test_answers_of_several_codes_are_written_down_where_a_rule_is_named(bench: Any, declared: Any) -> None:
    source = declared(rule_ids={"split": "SV09"})
    assert (
        _problem(
            bench,
            source,
            "_uuid,used\nu1,guide kit\nu2,guide\nu3,Response kit\nu4,guide other\nu5,Mayors guide Response kit\n",
        )
        is None
    )
    assert [row["used_kit"] for row in bench.rows(source)] == [1, 0, 1, None, 1]
    assert [(each.rule_id, each.source_row, each.before, each.after) for each in bench.notes(source).repairs] == [
        ("SV09", 2, "guide kit", "guide, kit"),
        ("SV09", 6, "Mayors guide Response kit", "guide, kit"),
    ]
    assert [(cell.source_row, cell.value) for cell in bench.notes(source).unreadable] == [(5, "guide other")]
