"""Defects of registers and declarations, put together from the modules that hold them."""

from tests.defects.declared import Defect
from tests.defects.reference_blocks import BLOCKS
from tests.defects.reference_declarations import DECLARATIONS
from tests.defects.reference_rows import ROWS

REFERENCE: tuple[Defect, ...] = (*BLOCKS, *ROWS, *DECLARATIONS)
