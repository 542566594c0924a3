"""Defects of hub reports, put together from the modules that hold them."""

from tests.defects.declared import Defect
from tests.defects.hub_reports_activities import ACTIVITY_ROWS
from tests.defects.hub_reports_compared import COMPARED
from tests.defects.hub_reports_sheets import SHEETS
from tests.defects.hub_reports_whole import WHOLE

HUB_REPORTS: tuple[Defect, ...] = (*WHOLE, *ACTIVITY_ROWS, *SHEETS, *COMPARED)
