"""The columns of the tables of this room and their types, and reading and writing of their cells.

What the columns hold is decided elsewhere.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

TEXT, NUMBER, FLAG, COUNT = "str", "float64", "bool", "int64"

SCORE_COLUMNS = {
    "indicator_code": TEXT,
    "period_type": TEXT,
    "period": TEXT,
    "scope_type": TEXT,
    "scope_code": TEXT,
    "scoring_profile": TEXT,
    "baseline": NUMBER,
    "target": NUMBER,
    "is_target_inherited": FLAG,
    "final_target": NUMBER,
    "actual": NUMBER,
    "performance": NUMBER,
    "performance_low": NUMBER,
    "performance_high": NUMBER,
    "progress": NUMBER,
    "status": TEXT,
    "certainty": TEXT,
    "status_reason": TEXT,
    "is_exceeded": FLAG,
    "original_status": TEXT,
    "coverage": NUMBER,
    "dqa_grade": TEXT,
}
NODE_COLUMNS = {
    "node_id": TEXT,
    "period_type": TEXT,
    "period": TEXT,
    "scope_type": TEXT,
    "scope_code": TEXT,
    "score": NUMBER,
    "score_low": NUMBER,
    "score_high": NUMBER,
    "assessed_share": NUMBER,
    "status": TEXT,
    "weakest_indicator": TEXT,
    "n_indicators": COUNT,
    "n_assessable": COUNT,
}
LINK_COLUMNS = {
    "link_id": TEXT,
    "from_node": TEXT,
    "to_node": TEXT,
    "period_type": TEXT,
    "period": TEXT,
    "cause_period": TEXT,
    "scope_type": TEXT,
    "scope_code": TEXT,
    "verdict": TEXT,
    "verdict_reason": TEXT,
    "is_provisional": FLAG,
    "provisional_reason": TEXT,
    "contribution_grade": NUMBER,
    "assumptions": TEXT,
}


def frame(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Lay out rows with fixed columns and types, so that a column without a value keeps its type."""
    return pd.DataFrame(rows, columns=list(columns)).astype(dict(columns))


def number(cell: Any) -> float | None:
    """Read a cell as a number; None where it is empty."""
    return None if pd.isna(cell) else float(cell)


def text(cell: Any) -> str | None:
    """Read a cell as a text; None where it is empty."""
    return None if pd.isna(cell) else str(cell)
