"""Defects of registers and declarations."""

from tests.defects.declared import Defect

REFERENCE: tuple[Defect, ...] = ()
