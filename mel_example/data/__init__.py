"""What the example knows whatever the seed: places, names and the survey's words, as CSV files.

Only reading them belongs here; `places.py`, `names.py` and `form.py` say what they mean.
"""

import csv
from pathlib import Path

_HERE = Path(__file__).parent


def data_rows(name: str) -> list[dict[str, str]]:
    """The rows of one CSV file of this folder."""
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
