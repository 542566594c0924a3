"""Each known defect meets its treatment, and its clean twin passes untouched."""

import pytest

from tests.defects.catalogue import DEFECTS
from tests.defects.declared import Defect
from tests.defects.worlds import Worlds

KNOWN = [
    f"{family}{number:02d}"
    for family, last in (("SV", 40), ("AT", 40), ("HR", 40), ("RF", 12))
    for number in range(1, last + 1)
]
assert sorted(defect.id for defect in DEFECTS) == sorted(KNOWN), "each known defect is a case, once"


@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.id for defect in DEFECTS])
def test_defects(defect: Defect, worlds: Worlds) -> None:
    defect.check(worlds.run(defect.world, "broken"))
    clean = worlds.run(defect.world, "clean")
    assert not defect.programme or clean.exit_code == 0, clean.output
    clean.assert_untouched([path for path in defect.clean if not path.endswith(".meta.yml")])
