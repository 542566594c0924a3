"""How an explanation is written down."""

import pytest

from mel_pipeline.explain import as_ranges


@pytest.mark.parametrize(
    ("rows", "written"),
    [((), ""), ((5,), "5"), ((4, 2, 3), "2-4"), ((2, 3, 7, 9, 10), "2-3, 7, 9-10"), ((None, 3, 3), "3")],
)
def test_row_numbers_are_written_as_people_write_them(rows: tuple[int | None, ...], written: str) -> None:
    assert as_ranges(rows) == written
