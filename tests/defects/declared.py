"""One known defect as a test case: raw files that have it, the same files without it, and what has to come of them.

Which defects there are stands in one module for each kind of source. Running the pipeline belongs to `worlds.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.defects.seen import Seen

Content = str | bytes | Callable[[Path], None]
"""What stands in a raw file: its text, its bytes, or what writes it."""

Files = Mapping[str, Content]
"""Raw files by their path below `data/raw`."""

TOGETHER = "together"


@dataclass(frozen=True)
class Defect:
    """One defect of the catalogue.

    Attributes:
        id: its identifier (`SV05`).
        broken: files with the defect.
        clean: the clean twin: the same files as they should have come.
        check: asserts final values, what was set aside, repaired or warned of, and the words.
        world: cases with the same world are run together; what blocks a source or replaces a register wants a world
            of its own (or shares one with cases of other sources).
        select: assets to run instead of everything, for worlds that need only a part.
        programme: files that replace or add to those of the programme, by path below its folder, for defects of
            declarations (`targets.csv`).
    """

    id: str
    broken: Files
    clean: Files
    check: Callable[[Seen], None]
    world: str = TOGETHER
    select: tuple[str, ...] = ()
    programme: Files = field(default_factory=dict)
