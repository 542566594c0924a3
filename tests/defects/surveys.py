"""Defects of surveys: those of all modules, put together."""

from tests.defects.declared import Defect
from tests.defects.survey_answers import SURVEY_ANSWERS
from tests.defects.survey_forms import SURVEY_FORMS
from tests.defects.survey_places import SURVEY_PLACES
from tests.defects.survey_submissions import SURVEY_SUBMISSIONS
from tests.defects.survey_trainings import SURVEY_TRAININGS
from tests.defects.survey_waves import SURVEY_WAVES

SURVEYS: tuple[Defect, ...] = (
    *SURVEY_ANSWERS,
    *SURVEY_FORMS,
    *SURVEY_SUBMISSIONS,
    *SURVEY_PLACES,
    *SURVEY_TRAININGS,
    *SURVEY_WAVES,
)
