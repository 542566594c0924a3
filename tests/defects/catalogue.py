"""All known defects: the lists of each kind of source, put together."""

from tests.defects.attendance import ATTENDANCE
from tests.defects.hub_reports import HUB_REPORTS
from tests.defects.reference import REFERENCE
from tests.defects.surveys import SURVEYS
from tests.defects.text_files import TEXT_FILES

DEFECTS = (*SURVEYS, *ATTENDANCE, *HUB_REPORTS, *REFERENCE, *TEXT_FILES)
