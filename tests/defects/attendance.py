"""Defects of attendance lists, put together; the lists of one world are read in one run."""

from dataclasses import replace

from tests.defects.attendance_counts import COUNTS
from tests.defects.attendance_files import WORLD
from tests.defects.attendance_names import NAMES
from tests.defects.attendance_paper import PAPER
from tests.defects.attendance_people import PEOPLE
from tests.defects.attendance_places import PLACES
from tests.defects.attendance_reports import REPORTS
from tests.defects.attendance_sex import SEX
from tests.defects.attendance_stays import STAYS
from tests.defects.attendance_versions import VERSIONS

LISTS = (
    "staging/event_attendance",
    "accepted/event_attendance",
    "dim_person",
    "fct_attendance",
    "fct_training_completion",
    "quality_results",
    "quarantine",
    "repairs",
    "review_workbooks",
    "source_files",
    "warnings",
)
"""What a list of people moves."""

_CASES = (*REPORTS, *STAYS, *PEOPLE, *NAMES, *VERSIONS, *PAPER, *SEX, *PLACES, *COUNTS)

ATTENDANCE = tuple(replace(case, select=LISTS) if case.world == WORLD else case for case in _CASES)
