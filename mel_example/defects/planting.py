"""The bookkeeping of broken places: rows are remembered now, their numbers are read when all is planted."""

import random
from collections.abc import Callable, Iterator

from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.records import Losses, PlantedDefect


class Planting:
    """The files under attack, the random numbers for it, and what has been broken so far."""

    def __init__(self, files: list[RawFile], rng: random.Random) -> None:
        self.files = list(files)
        self.rng = rng
        self.losses = Losses()
        self._noted: list[tuple[RawFile, RawSheet, RawRow | None, str, str]] = []
        self._touched: set[int] = set()

    def rows(self, source: str) -> Iterator[tuple[RawFile, RawSheet, RawRow]]:
        """All rows of a source, in the order of the files."""
        for file in self.files:
            if file.source == source:
                for sheet in file.sheets:
                    for row in sheet.rows:
                        yield file, sheet, row

    def draw(
        self, source: str, count: int, fits: Callable[[RawFile, RawSheet, RawRow], bool]
    ) -> list[tuple[RawFile, RawSheet, RawRow]]:
        """Rows that fit and are still whole; ValueError where there are too few."""
        candidates = [
            (file, sheet, row)
            for file, sheet, row in self.rows(source)
            if id(row) not in self._touched and fits(file, sheet, row)
        ]
        if len(candidates) < count:
            raise ValueError(f"{source} has too few rows to break: found {len(candidates)}, expected {count}")
        drawn = self.rng.sample(candidates, count)
        self._touched.update(id(row) for _, _, row in drawn)
        return drawn

    def keep(self, row: RawRow) -> None:
        """Keep a row from being broken any further."""
        self._touched.add(id(row))

    def note(self, file: RawFile, sheet: RawSheet, row: RawRow | None, rule_id: str, treatment: str) -> None:
        """Remembers a broken place; without a row it is the header, row 1."""
        self._noted.append((file, sheet, row, rule_id, treatment))

    def defects(self) -> list[PlantedDefect]:
        """Every broken place, in the order of files and rows."""
        return sorted(
            PlantedDefect(
                source=file.source,
                source_file=file.path,
                source_sheet=sheet.name,
                source_row=1 if row is None else sheet.source_row(row),
                rule_id=rule_id,
                treatment=treatment,
            )
            for file, sheet, row, rule_id, treatment in self._noted
        )
