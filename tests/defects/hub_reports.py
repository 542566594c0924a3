"""Defects of hub reports, put together from the modules that hold them."""

from tests.defects.declared import Defect
from tests.defects.hub_reports_activities import ACTIVITY_ROWS
from tests.defects.hub_reports_compared import COMPARED
from tests.defects.hub_reports_sensitive import SENSITIVE
from tests.defects.hub_reports_sheets import SHEETS
from tests.defects.hub_reports_templates import TEMPLATES
from tests.defects.hub_reports_whole import WHOLE

HUB_REPORTS: tuple[Defect, ...] = (*TEMPLATES, *WHOLE, *ACTIVITY_ROWS, *SHEETS, *COMPARED, *SENSITIVE)
