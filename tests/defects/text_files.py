"""Defects of text files whatever they hold: rows lost to line breaks, letters read in another encoding."""

from collections.abc import Callable
from pathlib import Path

from tests.defects.declared import Content, Defect
from tests.defects.seen import Seen
from tests.defects.survey_cases import Export, Outcome

ANNUAL = "member_annual"
FRENCH = "surveys/member_annual_2025_fr.csv"


def _export(case: str, first: int) -> Export:
    """Answers in French labels, whose headers and answers have accents."""
    return Export(case, ANNUAL, range(first, first + 2), FRENCH)


TORN, SHORT = _export("SV27", 0), _export("SV27-2", 2)
MISREAD, WINDOWS, LOST = _export("SV28", 4), _export("SV28-2", 6), _export("SV28-3", 8)


def _written(export: Export, change: Callable[[str], bytes]) -> Content:
    """What writes a clean export and then other bytes in its place."""

    def write(target: Path) -> None:
        export.writer()(target)
        target.write_bytes(change(target.read_bytes().decode("utf-8-sig")))

    return write


def _torn(text: str) -> bytes:
    """The first answer has a line break outside of quotes."""
    header, first, *others = text.splitlines(keepends=True)
    cells = first.split(";")
    return "".join([header, ";".join(cells[:40]), "\n", ";".join(cells[40:]), *others]).encode()


def _short(text: str) -> bytes:
    """The first answer is gone."""
    header, _, *others = text.splitlines(keepends=True)
    return "".join([header, *others]).encode()


def _misread(text: str) -> bytes:
    """UTF-8 that a program took for an encoding of Windows and wrote anew."""
    signs = [bytes([byte]) for byte in text.encode()]
    return "".join(sign.decode("cp1252", "ignore") or chr(sign[0]) for sign in signs).encode()


def _lost(text: str) -> bytes:
    """A program wrote a sign of its own in place of a letter that it did not know."""
    return text.replace("Français", "Fran\ufffdais").encode()


def _lost_rows_refuse_the_file(seen: Seen) -> None:
    for export, word in ((TORN, "_index holds no number"), (SHORT, "numbers 1 are missing")):
        found = Outcome(seen, ANNUAL, export.path)
        assert seen.file(export.path, ANNUAL)["file_status"] == "unreadable"
        assert word in found.message
        found.assert_account(read=0, accepted=0)


def _letters_are_put_right(seen: Seen) -> None:
    for export in (MISREAD, WINDOWS):
        found = Outcome(seen, ANNUAL, export.path)
        found.assert_account(read=2, accepted=2)
        assert set(found.column("language")) == {"fr"}
        assert all(found.column("city_code"))
    repair = Outcome(seen, ANNUAL, WINDOWS.path).only("repairs", "SV28")
    assert (repair["source_row"], repair["before"], repair["after"]) == (1, "windows-1252", "UTF-8")
    repairs = Outcome(seen, ANNUAL, MISREAD.path).listed("repairs", "SV28")
    assert {each["source_row"] for each in repairs} == {1, 2, 3}
    assert ("FranÃ§ais", "fr") in {(each["before"], each["after"][:2].lower()) for each in repairs if each["before"]}


def _letters_are_put_right_or_the_file_is_refused(seen: Seen) -> None:
    _letters_are_put_right(seen)
    found = Outcome(seen, ANNUAL, LOST.path)
    assert "letters were lost" in found.message
    found.assert_account(read=0, accepted=0)


TEXT_FILES: tuple[Defect, ...] = (
    Defect(
        "SV27",
        broken={TORN.path: _written(TORN, _torn), SHORT.path: _written(SHORT, _short)},
        clean={export.path: export.writer() for export in (TORN, SHORT)},
        check=_lost_rows_refuse_the_file,
    ),
    Defect(
        "SV28",
        broken={
            MISREAD.path: _written(MISREAD, _misread),
            WINDOWS.path: _written(WINDOWS, lambda text: text.encode("cp1252")),
            LOST.path: _written(LOST, _lost),
        },
        clean={export.path: export.writer() for export in (MISREAD, WINDOWS, LOST)},
        check=_letters_are_put_right_or_the_file_is_refused,
    ),
)
