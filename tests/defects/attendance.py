"""Defects of attendance lists."""

from tests.defects.declared import Defect

ATTENDANCE: tuple[Defect, ...] = ()
