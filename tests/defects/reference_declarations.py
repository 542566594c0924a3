"""Defects of what is declared: nothing is run until they are corrected, and each is told with its file and line.

The clean twin is the programme as it is, which runs.
"""

from collections.abc import Callable

from tests.defects.declared import Defect, Files
from tests.defects.seen import Seen
from tests.end_to_end.conftest import PROGRAMME

WORLD = "declarations"
TARGETS, DONORS, INDICATORS = "targets.csv", "donors.yml", "indicators/activity.yml"
SCOPE = "scope: {hubs: [ESA, MENA]}"
NODES = "    nodes: [A2]\n"
FIRST_TARGET = "ACT-04,all,all,quarter,2024Q1,50,2023-12-15,example,illustrative\n"


def _replaced(file: str, before: str, after: str) -> Files:
    text = (PROGRAMME / file).read_text(encoding="utf-8")
    assert before in text
    return {file: text.replace(before, after, 1)}


def _line_of(file: str, words: str) -> int:
    lines = (PROGRAMME / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def _told(file: str, line: int, *words: str) -> Callable[[Seen], None]:
    """The fault is told at its line, and nothing was run: the database is the one from before."""

    def check(seen: Seen) -> None:
        said = " ".join(seen.output.split())
        assert f"{file}:{line} " in said
        for each in words:
            assert each in said
        assert seen.exit_code == 1
        assert "nothing was run" in said
        assert len(seen.accepted("cities")) == 260
        assert not seen.table("indicator_values", indicator_code="ACT-05").empty

    return check


DECLARATIONS: tuple[Defect, ...] = (
    Defect(
        "RF08",
        broken={},
        clean={},
        programme=_replaced(DONORS, SCOPE, "scope: {hubs: [ESA, MENA], shares: {ESA: 0.7, MENA: 0.5}}"),
        check=_told(
            DONORS,
            _line_of(DONORS, SCOPE),
            "grant EU-STRIVE-2023 gives away more than it has: found shares that add up to 1.2, expected at most 1",
        ),
        world=WORLD,
    ),
    Defect(
        "RF09",
        broken={},
        clean={},
        programme=_replaced(
            TARGETS,
            FIRST_TARGET,
            "ACT-94,all,all,quarter,2024Q1,50,2023-12-15,example,illustrative\n"
            "ACT-04,all,all,quarter,2034Q1,50,2023-12-15,example,illustrative\n",
        ),
        check=_told(
            TARGETS,
            _line_of(TARGETS, FIRST_TARGET.strip()),
            "target names an unknown indicator: found 'ACT-94'",
            f"{TARGETS}:{_line_of(TARGETS, FIRST_TARGET.strip()) + 1} ",
            "2034Q1",
        ),
        world=WORLD,
    ),
    Defect(
        "RF10",
        broken={},
        clean={},
        programme=_replaced(INDICATORS, NODES, "    nodes: []\n"),
        check=_told(INDICATORS, _line_of(INDICATORS, "    nodes: [A2]"), "ACT-05"),
        world=WORLD,
    ),
)
