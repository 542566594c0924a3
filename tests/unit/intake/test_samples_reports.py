"""Reports of other people, read in place to the counts that their origin gives; what is no table is refused."""

from pathlib import Path

import pytest

from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.problems import Refused
from tests.unit.intake.samples_read import extent, read_sample

DHIS2 = {
    "dataValueSetB.csv": (12, 10),
    "dataValueSetBooleanTest.csv": (18, 10),
    "dataValueSetWithDataSetHeader.csv": (3, 11),
    "dataValues.csv": (32, 4),
}
HXL = {
    "input-fuzzy.csv": (6, 9),
    "input-multiline.csv": (1, 1),
    "input-multiple-headers.csv": (4, 4),
    "input-untagged.csv": (5, 9),
    "input-valid-latin1.csv": (6, 9),
    "input-valid.csv": (6, 9),
    "input-valid.xls": (6, 9),
    "input-valid.xlsx": (6, 9),
    "input-whitespace.csv": (9, 7),
    "wide-tagging-test.csv": (1, 192),
}
"""Rows below the first, and columns."""

TAGGED = {
    "input-valid-latin1.csv": (4, 9),
    "input-valid.csv": (4, 9),
    "input-valid.xls": (4, 9),
    "input-valid.xlsx": (4, 9),
    "input-multiple-headers.csv": (2, 4),
}
JSON = (
    *(f"dhis2/{name}.json" for name in ("dataValues_bulk", "data_sets", "data_values_empty", "data_values_monthly")),
    *(f"dhis2/{name}.json" for name in ("data_values_weekly", "metadata", "metadata_with_indicators")),
    "dhis2/organisation_units.json",
    *(f"hxl/input-valid{kind}.json" for kind in ("", "-nested", "-objects")),
)
XML = tuple(f"dhis2/dataValueSet{each}.xml" for each in (*"ABCDEFGH", "ACatCombo", "ACode", "ANull"))
REFUSED = {**dict.fromkeys(JSON, "json_document"), **dict.fromkeys(XML, "xml")}
"""Documents of servers: formats outside of what is read."""

LOGFRAME = "logframe/DFID_Template.xlsx"


@pytest.fixture
def reports(samples: Path) -> Path:
    return samples / "reports"


def test_no_report_is_left_out(reports: Path) -> None:
    found = {path.relative_to(reports).as_posix() for path in reports.rglob("*") if path.is_file()}
    read = {*(f"dhis2/{name}" for name in DHIS2), *(f"hxl/{name}" for name in HXL), LOGFRAME}
    assert found == read | set(REFUSED)


@pytest.mark.parametrize("name", DHIS2)
def test_values_of_dhis2_are_read_whole(reports: Path, name: str) -> None:
    read = read_sample(reports / "dhis2" / name)
    assert read.size == DHIS2[name]
    assert all(len(str(cell)) == 11 for cell in read.column("dataelement"))


def test_spaces_between_separators_and_quotes_are_no_part_of_cells(reports: Path) -> None:
    read = read_sample(reports / "dhis2" / "dataValues.csv")
    assert all(str(cell)[:2] == "20" for cell in read.column("period"))
    assert not any('"' in str(cell) or str(cell).startswith(" ") for cell in read.column("value"))


@pytest.mark.parametrize("name", HXL)
def test_tagged_tables_are_read_whole(reports: Path, name: str) -> None:
    assert extent(read_grids(reports / "hxl" / name).sheets[0]) == HXL[name]


@pytest.mark.parametrize("name", TAGGED)
def test_fields_may_be_declared_by_tags(reports: Path, name: str) -> None:
    """Whatever stands above the row of tags is no record."""
    read = read_sample(reports / "hxl" / name, header_row=3)
    assert read.size == TAGGED[name]
    assert "#org" in {header.split("+")[0] for header in read.reading.tables[0].columns}


def test_the_four_ways_to_send_a_tagged_table_say_the_same(reports: Path) -> None:
    names = ("input-valid-latin1.csv", "input-valid.csv", "input-valid.xls", "input-valid.xlsx")
    read = [read_sample(reports / "hxl" / name, header_row=3) for name in names]
    countries = [each.column("#country") for each in read]
    assert countries == [["Panamá", "Colombia", "Colombia", "Venezuela"]] * 4


def test_an_empty_framework(reports: Path) -> None:
    framework, changes = read_grids(reports / LOGFRAME).sheets
    assert extent(framework, with_header=True) == (24, 6)
    assert extent(changes) == (0, 5)
    assert read_sample(reports / LOGFRAME, "RECORD OF CHANGES").size == (0, 5)


@pytest.mark.parametrize("name", REFUSED)
def test_documents_of_servers_are_refused(reports: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_grids(reports / name)
    assert (refused.value.code, refused.value.params) == ("not_a_table", {"found": REFUSED[name]})
