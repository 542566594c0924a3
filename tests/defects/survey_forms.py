"""Defects of exports against their form: renamed questions, turned scales, moved columns, choices in one text."""

from pathlib import Path

import openpyxl

from mel_example.form import MEMBER_ANNUAL
from mel_example.raw_files.kobo import choice_header, header
from mel_example.raw_files.sheets import RawSheet
from tests.defects.declared import Defect
from tests.defects.survey_cases import Outcome, annual, write
from tests.end_to_end.conftest import PROGRAMME

NEEDED = ("staging/member_annual", "accepted/member_annual", "source_files", "quarantine", "repairs", "warnings")
CAPACITY = "cap/cap_03"
USED = "mem/res_used"


def _rename(sheet: RawSheet, path: str, name: str) -> None:
    old = header(MEMBER_ANNUAL, path, "en")
    sheet.headers[sheet.headers.index(old)] = name
    for row in sheet.rows:
        row.cells[name] = row.cells.pop(old)


def _headers_in_other_words(sheet: RawSheet) -> None:
    _rename(sheet, "cap/cap_01", header(MEMBER_ANNUAL, "cap/cap_01", "fr"))
    _rename(sheet, "cap/cap_02", header(MEMBER_ANNUAL, "cap/cap_02", "ar"))
    for row, answer in zip(sheet.rows, ("1", "5"), strict=True):
        row.cells[header(MEMBER_ANNUAL, "cap/cap_01", "fr")] = answer
        row.cells[header(MEMBER_ANNUAL, "cap/cap_02", "ar")] = answer


def _reworded_question(sheet: RawSheet) -> None:
    _rename(sheet, "cap/cap_01", "Our city has a mandate for prevention.")


def _known_words_are_read_others_block(found: Outcome) -> None:
    """A header in another language of the form is that question; there is nothing to repair in it."""
    read = Outcome(found.seen, found.source, MIXED.path)
    assert (read.column("cap_01"), read.column("cap_02")) == ([1, 5], [1, 5])
    read.assert_account(read=2, accepted=2)
    _assert_not_read(found)
    assert "found Our city has a mandate for prevention., expected cap/cap_01." in found.message
    assert found.message.endswith("under versions, renamed; otherwise correct the header row.")


def _assert_not_read(found: Outcome) -> None:
    """The file contributes no rows, and the run tells the same of it."""
    found.assert_account(read=0, accepted=0)
    assert found.values == []
    assert found.seen.file(found.path, found.source)["file_status"] == "unreadable"
    assert found.seen.exit_code == 1
    assert found.message.startswith(found.path)
    assert " ".join(found.message.split()) in " ".join(found.seen.output.split())


def _older_version(sheet: RawSheet) -> None:
    _rename(sheet, CAPACITY, "cap/cap_3")
    for row in sheet.rows:
        row.cells["__version__"] = "v2023-1"


def _it_waits_for_its_map(found: Outcome) -> None:
    _assert_not_read(found)
    assert "found v2023-1, expected v2024-1; headers of no known question: cap/cap_3." in found.message
    assert "add the version under versions in source.yml, with what was renamed or recoded" in found.message


def _turned_scale(target: Path) -> None:
    """The form of the programme with 1 for the best answer to statements, where 5 was."""
    book = openpyxl.load_workbook(PROGRAMME / "sources" / "member_annual" / "form.xlsx")
    for row in book["choices"].iter_rows(min_row=2):
        if row[0].value == "agree" and str(row[1].value) in "12345":
            row[1].value = str(6 - int(str(row[1].value)))
    book.save(target)


def _nothing(_sheet: RawSheet) -> None:
    """The file is as it should be; the form beside the source is not."""


def _other_scales_block(found: Outcome) -> None:
    _assert_not_read(found)
    assert "holds answers to version v2024-1, whose scales are not those of the form beside source.yml" in found.message
    assert "expected 74a7601b4369." in found.message
    assert "the same number may mean the opposite" in found.message


def _choices_in_one_text(sheet: RawSheet) -> None:
    for choice in ("mayor_guide", "nlc_toolkit", "response_kit", "none"):
        sheet.headers.remove(choice_header(MEMBER_ANNUAL, USED, choice, "en"))
    for row, text in zip(
        sheet.rows,
        ("mayor_guide nlc_toolkit response_kit", "Mayor's guide Response kit", "Mayor's guide and others", "None"),
        strict=True,
    ):
        write(row, USED, text)


def _known_choices_are_taken_apart(found: Outcome) -> None:
    """The catalogue splits codes only.

    Better: labels, too, where the list of choices allows one way only to cut them; whatever else stands there is no
    choice, and the answer is set aside.
    """
    options = ("mayor_guide", "nlc_toolkit", "response_kit", "none")
    ticks = [[row[f"res_used_{option}"] for option in options] for row in found.values]
    assert ticks == [[1, 1, 1, 0], [1, 0, 1, 0], [None] * 4, [0, 0, 0, 1]]
    repairs = [(each["source_row"], each["before"], each["after"]) for each in found.listed("repairs", "SV09")]
    assert repairs == [
        (2, "mayor_guide nlc_toolkit response_kit", "mayor_guide, nlc_toolkit, response_kit"),
        (3, "Mayor's guide Response kit", "mayor_guide, response_kit"),
    ]
    listed = found.only("quarantine", "SV25")
    assert (listed["source_row"], listed["level"], listed["field"]) == (4, "answer", "res_used")
    assert listed["reason"] == "The cell does not hold what its column asks for"
    found.assert_account(read=4, accepted=4)


def _moved_by_one(sheet: RawSheet) -> None:
    """The response kit was taken out of the form: what follows stands one column further left."""
    first = sheet.headers.index(choice_header(MEMBER_ANNUAL, USED, "response_kit", "en"))
    last = sheet.headers.index(choice_header(MEMBER_ANNUAL, "mem/deepdive", "none", "en"))
    for row in sheet.rows:
        for place in range(first, last):
            row.cells[sheet.headers[place]] = row.cells[sheet.headers[place + 1]]


def _the_file_is_not_read(found: Outcome) -> None:
    _assert_not_read(found)
    assert "columns seem to have moved against their headers" in found.message
    assert "res_used_none" in found.message
    assert "found 4 of 4 unreadable" in found.message


MIXED = annual("SV02-MIXED", 53)
WORDED = annual("SV02", 55)
SURVEY_FORMS: tuple[Defect, ...] = (
    Defect(
        "SV02",
        broken={MIXED.path: MIXED.writer(_headers_in_other_words), WORDED.path: WORDED.writer(_reworded_question)},
        clean={MIXED.path: MIXED.writer(), WORDED.path: WORDED.writer()},
        check=lambda seen: _known_words_are_read_others_block(Outcome(seen, WORDED.source, WORDED.path)),
    ),
    annual("SV03", 57).defect(_older_version, _it_waits_for_its_map),
    annual("SV04", 59).defect(
        _nothing,
        _other_scales_block,
        world="turned scale",
        select=NEEDED,
        programme={"sources/member_annual/form.xlsx": _turned_scale},
    ),
    annual("SV09", 72, count=4).defect(_choices_in_one_text, _known_choices_are_taken_apart),
    annual("SV10", 64, count=4).defect(_moved_by_one, _the_file_is_not_read),
)
