"""Defects of the annual survey, in the order in which they are planted; those of whole files stand here.

What single answers, places and submissions look like when broken belongs to the modules named for them.
"""

from mel_example.defects.planting import Planting
from mel_example.defects.survey_answers import plant_answers
from mel_example.defects.survey_places import plant_places
from mel_example.defects.survey_rows import SurveyRows
from mel_example.defects.survey_submissions import plant_submissions
from mel_example.form import MEMBER_ANNUAL
from mel_example.raw_files.kobo import choice_header, renumber
from mel_example.raw_files.sheets import CsvFile
from mel_example.raw_files.survey_exports import SOURCE
from mel_example.world import World

_WITHOUT_OPTION = ("fr", 2024)
_NEVER_CHOSEN = ("mem/deepdive", "dialogue")
"""A choice that nobody made in the year, because it did not exist."""


def plant_survey_defects(planting: Planting, world: World) -> None:
    """Breaks the survey exports and the register of invitations."""
    survey = SurveyRows(planting, world)
    plant_places(survey)
    plant_answers(survey)
    plant_submissions(survey)
    for file in planting.files:
        if isinstance(file, CsvFile) and file.source == SOURCE:
            _byte_order_mark(planting, file)
            _option_left_out(planting, file)
            renumber(file.sheets[0])


def _byte_order_mark(planting: Planting, file: CsvFile) -> None:
    """SV29: the Arabic export begins with a byte-order mark."""
    if file.sheets[0].language == "ar":
        file.has_byte_order_mark = True
        planting.note(file, file.sheets[0], None, "SV29", "repair")


def _option_left_out(planting: Planting, file: CsvFile) -> None:
    """SV08: an export has no column for a choice that nobody made."""
    sheet = file.sheets[0]
    if (sheet.language, file.received_on.year) == _WITHOUT_OPTION:
        sheet.headers.remove(choice_header(MEMBER_ANNUAL, *_NEVER_CHOSEN, sheet.language))
        planting.note(file, sheet, None, "SV08", "repair")
