"""Defects of hubs' reports."""

from tests.defects.declared import Defect

HUB_REPORTS: tuple[Defect, ...] = ()
