"""Notes where a hub's own totals are not what is left of its rows after all defects were planted."""

from collections import Counter
from typing import cast

from mel_example.defects.planting import Planting
from mel_example.raw_files.report_sheets import ACTIVITIES, CHANGES, SELF_TOTALS, SheetKind
from mel_example.raw_files.sheets import RawFile
from mel_example.world import World

_TRAININGS, _CHANGES = "ACT-05", "OCM-04"
_LARGEST_SHARE = 0.2
Report = tuple[str, str]
"""Hub and quarter, as in the file's path."""


def note_self_totals(planting: Planting, world: World) -> None:
    """HR37: the total differs. HR37-NOTE: by more than a fifth, and no hub writes notes."""
    trainings = {event.event_code for event in world.events if event.activity_line == "training"}
    found = {
        _TRAININGS: _count(planting, ACTIVITIES, "event_code", trainings),
        _CHANGES: _count(planting, CHANGES, "change_ref", None),
    }
    for file, sheet, row in planting.rows(SELF_TOTALS.source):
        if row.verdict == "dropped":
            continue
        code = str(row.cells[SELF_TOTALS.header("indicator_code", sheet.language)])
        told = cast(int, row.cells[SELF_TOTALS.header("total", sheet.language)])
        counted = found[code][_report_of(file)]
        if told != counted:
            planting.note(file, sheet, row, "HR37", "warn")
        if abs(told - counted) > _LARGEST_SHARE * counted:
            planting.note(file, sheet, row, "HR37-NOTE", "warn")


def _count(planting: Planting, kind: SheetKind, column: str, wanted: set[str] | None) -> Counter[Report]:
    """Accepted rows of each report, of the wanted codes where there are any."""
    return Counter(
        _report_of(file)
        for file, sheet, row in planting.rows(kind.source)
        if row.verdict == "accepted" and (wanted is None or row.cells[kind.header(column, sheet.language)] in wanted)
    )


def _report_of(file: RawFile) -> Report:
    _, period, name = file.path.split("/")
    return name.split("_")[0], period
