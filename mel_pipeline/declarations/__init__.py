"""The declared world of a programme: shapes, reading, periods and lint.

Only the names that other rooms use most are listed here; everything else is imported from its own module.
"""

from mel_pipeline.declarations.faults import Fault
from mel_pipeline.declarations.programme import FundedGrant, Programme, load_programme

__all__ = ["Fault", "FundedGrant", "Programme", "load_programme"]
