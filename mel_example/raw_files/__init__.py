"""The raw files of the example: how each kind of file looks, and how it is written.

`build_files` gives the clean files of a world as sheets in memory, where `defects.py` can break them;
`write_file` puts one on disk.
"""

from mel_example.raw_files.attendance_sheets import signin_files
from mel_example.raw_files.feedback_exports import event_feedback_files
from mel_example.raw_files.hub_reports import hub_report_files
from mel_example.raw_files.registers import register_files
from mel_example.raw_files.sheets import RawFile
from mel_example.raw_files.survey_exports import survey_files
from mel_example.raw_files.teams_exports import teams_files
from mel_example.raw_files.training_exports import follow_up_files, training_test_files
from mel_example.raw_files.write import write_file
from mel_example.raw_files.zoom_exports import zoom_files
from mel_example.world import World

__all__ = ["build_files", "write_file"]


def build_files(world: World) -> list[RawFile]:
    """The clean files of a world, by path."""
    files: list[RawFile] = [
        *register_files(world),
        *survey_files(world),
        *training_test_files(world),
        *follow_up_files(world),
        *event_feedback_files(world),
        *zoom_files(world),
        *teams_files(world),
        *signin_files(world),
        *hub_report_files(world),
    ]
    return sorted(files, key=lambda file: file.path)
