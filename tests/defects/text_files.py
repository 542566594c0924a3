"""Defects of text files whatever their source: rows torn by line breaks, letters read in another encoding."""

from collections.abc import Callable
from pathlib import Path

from mel_example.raw_files.sheets import RawFile
from tests.defects.declared import Defect
from tests.defects.example_files import from_example, sheet_of
from tests.defects.seen import Seen

FRENCH = "surveys/member_annual_2025_fr.csv"
TORN = "surveys/member_annual_sv27.csv"
LOST = "surveys/member_annual_sv27b.csv"
MISREAD = "surveys/member_annual_sv28.csv"
WINDOWS = "surveys/member_annual_sv28b.csv"
CUT = "surveys/member_annual_sv28c.csv"
ROWS = 3


def _few_answers(mark: str) -> Callable[[RawFile], None]:
    """The first answers of the file, as others than those of the other files."""

    def change(file: RawFile) -> None:
        sheet = sheet_of(file)
        del sheet.rows[ROWS:]
        for number, row in enumerate(sheet.rows):
            row.cells["_uuid"] = f"{mark}-{number}"

    return change


def _clean(path: str) -> Callable[[Path], None]:
    return from_example(FRENCH, _few_answers(Path(path).stem))


def _changed(path: str, change: Callable[[str], bytes]) -> Callable[[Path], None]:
    def write(target: Path) -> None:
        _clean(path)(target)
        target.write_bytes(change(target.read_bytes().decode("utf-8-sig")))

    return write


def _torn(text: str) -> bytes:
    """A line break in the middle of the second answer, outside of quotes."""
    lines = text.splitlines(keepends=True)
    at = len(lines[2]) // 2
    at = lines[2].index(",", at)
    return "".join([*lines[:2], lines[2][:at], "\n", lines[2][at:], *lines[3:]]).encode()


def _without_one(text: str) -> bytes:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:2], *lines[3:]]).encode()


def _misread(text: str) -> bytes:
    signs = (bytes([byte]) for byte in text.encode())
    return "".join(sign.decode("cp1252", "ignore") or chr(sign[0]) for sign in signs).encode()


def _torn_files_are_refused(seen: Seen) -> None:
    for path, word in ((TORN, "_index"), (LOST, "numbers 2 are missing")):
        account = seen.file(path)
        assert (account["status"], account["n_rows"], account["n_accepted"]) == ("unreadable", 0, 0)
        assert word in account["message"]
        assert seen.accepted("member_annual", path).empty


def _letters_are_put_right(seen: Seen) -> None:
    right = seen.accepted("member_annual", WINDOWS)
    misread = seen.accepted("member_annual", MISREAD)
    own = ["_source_file", "_record_key", "submission_uuid"]
    assert len(right) == len(misread) == ROWS
    assert right.drop(columns=own).astype(str).equals(misread.drop(columns=own).astype(str))
    (note,) = seen.findings("repairs", "SV28", WINDOWS).to_dict("records")
    assert (note["before"], note["after"]) == ("windows-1252", "UTF-8")
    notes = seen.findings("repairs", "SV28", MISREAD)
    assert 1 in set(notes["source_row"])
    assert not notes["before"].astype(str).str.contains("@").any()
    account = seen.file(CUT)
    assert account["status"] == "unreadable"
    assert "letters were lost" in account["message"]


TEXT_FILES: tuple[Defect, ...] = (
    Defect(
        "SV27",
        broken={TORN: _changed(TORN, _torn), LOST: _changed(LOST, _without_one)},
        clean={TORN: _clean(TORN), LOST: _clean(LOST)},
        check=_torn_files_are_refused,
    ),
    Defect(
        "SV28",
        broken={
            MISREAD: _changed(MISREAD, _misread),
            WINDOWS: _changed(WINDOWS, lambda text: text.encode("cp1252")),
            CUT: _changed(CUT, lambda text: text.replace("FR", "F\ufffd").encode()),
        },
        clean={path: _clean(path) for path in (MISREAD, WINDOWS, CUT)},
        check=_letters_are_put_right,
    ),
)
