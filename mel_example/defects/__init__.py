"""Breaks the clean files in many declared ways, and keeps a list of every place that was broken.

`plant_defects` is the only entry; one module per source of files says how each defect looks. Ids are
those of the catalogue of defects that the programme's rules carry too.
"""

from collections.abc import Callable, Mapping

from mel_example.defects.attendance import plant_attendance_defects
from mel_example.defects.event_feedback import plant_feedback_defects
from mel_example.defects.follow_ups import plant_follow_up_defects
from mel_example.defects.hub_reports import plant_report_defects
from mel_example.defects.incidents import plant_incident_defects
from mel_example.defects.national_presence import plant_presence_defects
from mel_example.defects.planting import Planting
from mel_example.defects.registers import plant_register_defects
from mel_example.defects.survey import plant_survey_defects
from mel_example.defects.training_tests import plant_training_test_defects
from mel_example.raw_files.sheets import RawFile
from mel_example.records import Losses, PlantedDefect
from mel_example.world import World

__all__ = ["plant_defects"]

_PARTS: Mapping[str, Callable[[Planting, World], None]] = {
    "registers": plant_register_defects,
    "member survey": plant_survey_defects,
    "attendance": plant_attendance_defects,
    "hub reports": plant_report_defects,
    "national presence": plant_presence_defects,
    "training tests": plant_training_test_defects,
    "event feedback": plant_feedback_defects,
    "training follow-ups": plant_follow_up_defects,
    "incidents": plant_incident_defects,
}


def plant_defects(files: list[RawFile], world: World, seed: int) -> tuple[list[RawFile], list[PlantedDefect], Losses]:
    """The broken files by path, the list of defects in order, and what was lost with them.

    The files given are changed in place.
    """
    planting = Planting(files, seed)
    for part, plant in _PARTS.items():
        planting.begin(part)
        plant(planting, world)
    return sorted(planting.files, key=lambda file: file.path), planting.defects(), planting.losses
