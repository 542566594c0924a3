"""The bookkeeping of broken places: rows are remembered now, their numbers are read when all is planted."""

import random
from collections.abc import Callable, Iterator

from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet, source_of
from mel_example.records import Losses, PlantedDefect


class Planting:
    """The files under attack, the random numbers for it, and what has been broken so far."""

    def __init__(self, files: list[RawFile], seed: int) -> None:
        self.files = list(files)
        self._seed = seed
        self.rng = random.Random(seed)
        self.losses = Losses()
        self._noted: list[tuple[RawFile, RawSheet, RawRow | int, str, str]] = []
        self._touched: set[int] = set()

    def begin(self, part: str) -> None:
        """Takes a stream of random numbers of its own for a part, so that another part does not move with it."""
        self.rng = random.Random(f"{self._seed}/defects/{part}")

    def rows(self, source: str) -> Iterator[tuple[RawFile, RawSheet, RawRow]]:
        """All rows of a source, in the order of the files."""
        for file in self.files:
            for sheet in file.sheets:
                if source_of(file, sheet) == source:
                    for row in sheet.rows:
                        yield file, sheet, row

    def draw(
        self, source: str, count: int, fits: Callable[[RawFile, RawSheet, RawRow], bool]
    ) -> list[tuple[RawFile, RawSheet, RawRow]]:
        """Rows that fit and are still whole; ValueError where there are too few."""
        drawn = self.draw_up_to(source, count, fits)
        if len(drawn) < count:
            raise ValueError(f"{source} has too few rows to break: found {len(drawn)}, expected {count}")
        return drawn

    def draw_up_to(
        self, source: str, count: int, fits: Callable[[RawFile, RawSheet, RawRow], bool]
    ) -> list[tuple[RawFile, RawSheet, RawRow]]:
        """Rows that fit and are still whole; fewer of them in a world that has no room for more."""
        candidates = [
            (file, sheet, row)
            for file, sheet, row in self.rows(source)
            if id(row) not in self._touched and fits(file, sheet, row)
        ]
        drawn = self.rng.sample(candidates, min(count, len(candidates)))
        self._touched.update(id(row) for _, _, row in drawn)
        return drawn

    def is_whole(self, row: RawRow) -> bool:
        """Whether a row has not been broken yet."""
        return id(row) not in self._touched

    def keep(self, row: RawRow) -> None:
        """Keep a row from being broken any further."""
        self._touched.add(id(row))

    def note(
        self, file: RawFile, sheet: RawSheet, row: RawRow | None, rule_id: str, treatment: str, at: int = 1
    ) -> None:
        """Remembers a broken place; without a row it is the line `at`, where a header or a title stands."""
        self._noted.append((file, sheet, at if row is None else row, rule_id, treatment))

    def defects(self) -> list[PlantedDefect]:
        """Every broken place, in the order of files and rows."""
        return sorted(
            PlantedDefect(
                source=source_of(file, sheet),
                source_file=file.path,
                source_sheet=sheet.name,
                source_row=row if isinstance(row, int) else sheet.source_row(row),
                rule_id=rule_id,
                treatment=treatment,
            )
            for file, sheet, row, rule_id, treatment in self._noted
        )
