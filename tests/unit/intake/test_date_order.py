"""Dates whose day and month could be exchanged: read where the column proves the order of its tool, and else not."""

from datetime import date, datetime

import pyarrow as pa
import pytest

from mel_pipeline.declarations.models import SourceField
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.typing import type_column

DAY = SourceField(name="day", type="date")


def _read(cells, by_one_tool=True):
    return list(type_column(cells, DAY, {}, by_one_tool).values)


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["03/11/2025", "13/11/2025"], [date(2025, 11, 3), date(2025, 11, 13)]),
        (["03/11/2025", "11/13/2025"], [date(2025, 3, 11), date(2025, 11, 13)]),
        (["٠٣/١١/٢٠٢٥", "١٣/١١/٢٠٢٥"], [date(2025, 11, 3), date(2025, 11, 13)]),
        (["03/11/2025", "13/11/2025", "11/13/2025"], [None, date(2025, 11, 13), date(2025, 11, 13)]),
        (["03/11/2025", "2025-11-13"], [None, date(2025, 11, 13)]),
        (["03/11/2025", "05/05/2025", "31/12/9999"], [date(2025, 11, 3), date(2025, 5, 5), None]),
        (["03/11/2025", datetime(2025, 11, 13)], [None, date(2025, 11, 13)]),
        (["03/11/2025"], [None]),
    ],
    ids=[
        "day first",
        "month first",
        "eastern digits",
        "both",
        "ISO proves nothing",
        "same twice",
        "a real date",
        "alone",
    ],
)
def test_the_column_tells_the_order(cells, read) -> None:
    assert _read(cells) == read


def test_columns_cut_by_arrow_are_asked_alike() -> None:
    column = Coded(pa.array([0, 1], pa.int32()).to_numpy(), pa.array(["03/11/2025", "13/11/2025"]))
    assert _read(column) == [date(2025, 11, 3), date(2025, 11, 13)]


def test_people_who_write_each_in_their_own_way_prove_nothing_for_each_other() -> None:
    assert _read(["03/11/2025", "13/11/2025"], by_one_tool=False) == [None, date(2025, 11, 13)]
