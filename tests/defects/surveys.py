"""Defects of surveys: those of all modules, put together."""

from tests.defects.declared import Defect
from tests.defects.survey_answers import SURVEY_ANSWERS

SURVEYS: tuple[Defect, ...] = (*SURVEY_ANSWERS,)
