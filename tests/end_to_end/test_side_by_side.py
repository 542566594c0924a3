"""What is explained of a share says how its languages differ, pair by pair, and keeps small groups out of it."""

import re

import pytest

from mel_pipeline.indicators.proportions import difference
from tests.end_to_end.conftest import PROGRAMME, Finished, mel

SHARE, LINE = "OUT-08", re.compile(r"  language (\w+) less (\w+): ([+-][\d.]+) \(([+-][\d.]+) to ([+-][\d.]+)\)")


def test_languages_stand_side_by_side_in_the_order_of_their_codes(small: Finished) -> None:
    counted = small.table(f"""
        select period, category, numerator, n from indicator_values
        where indicator_code = '{SHARE}' and scope_type = 'all' and dimension = 'language' and category <> 'unknown'
            and period_type = 'quarter'
    """)
    big = counted[counted["n"] >= 5].groupby("period").filter(lambda rows: len(rows) > 1)
    period = big["period"].max()
    parts = {row.category: (int(row.numerator), int(row.n)) for row in big[big["period"] == period].itertuples()}
    told = mel("explain", SHARE, "--period", period, "--programme", PROGRAMME, "--data", small.folders.root)
    lines = LINE.findall(told.stdout)
    assert [(first, second) for second, first, *_ in lines] == [
        (first, second) for first in sorted(parts) for second in sorted(parts) if first < second
    ]
    for second, first, *figures in lines:
        expected = difference(parts[first], parts[second])
        assert expected is not None
        assert [float(each) for each in figures] == pytest.approx(
            [100 * expected[0], *expected[1].scaled(100)], abs=0.051
        )


def test_groups_too_small_to_be_shown_are_not_compared(small: Finished) -> None:
    tiny = small.table(f"""
        select period, category from indicator_values
        where indicator_code = '{SHARE}' and scope_type = 'all' and dimension = 'sex' and n between 1 and 4
            and period_type = 'quarter'
    """)
    assert len(tiny)
    period, category = tiny.iloc[-1]
    told = mel("explain", SHARE, "--period", period, "--programme", PROGRAMME, "--data", small.folders.root)
    assert told.returncode == 0
    assert not re.search(rf"sex .*\b{category}\b", told.stdout)
