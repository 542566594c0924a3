"""What a spelling without a code may have meant, for somebody to decide; a suggestion never approves itself.

Only comparing and ranking belongs here. Nothing in the pipeline reads suggestions as answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from mel_pipeline.quality.names.keys import normalise
from mel_pipeline.quality.names.register import Entry, Register, is_within
from mel_pipeline.quality.names.spellings import Reading, readings

N_SUGGESTIONS = 3
LEAST_SCORE = 0.75
CLEAR_SCORE, CLEAR_GAP = 0.93, 0.05
_N_COMPARED = 30
# A name that stands in the spelling as whole words is nearly as likely as one that is spelled nearly so.
_CONTAINED, _SHORTEST_CONTAINED = 0.9, 3


@dataclass(frozen=True)
class Suggestion:
    """An entry that a spelling may stand for.

    Attributes:
        name: the name or alias of the entry that is most like the spelling, as the register writes it.
        score: 0 to 1; how alike the two are.
    """

    code: str
    name: str
    score: float


Ranked = tuple[int, str | None, str | None, float | None, bool | None]
"""Rank, code, name, score, and whether it is clearly ahead of the others; all but the rank empty for none."""


@dataclass(frozen=True)
class _Comparable:
    key: str
    spelling: str
    entry: Entry


class Suggester:
    """Compares spellings with all names and aliases of a register."""

    def __init__(self, register: Register, spelled: Iterable[tuple[str, Entry]]) -> None:
        """Take the names and aliases of a register as written, with their entries."""
        self._register = register
        known = {(self._bare(spelling), spelling, entry) for spelling, entry in spelled if normalise(spelling)}
        self._known = [_Comparable(*each) for each in sorted(known, key=lambda each: (each[0], each[1], each[2].code))]
        self._by_within: dict[str | None, list[_Comparable]] = {None: self._known}

    def suggest(self, spelling: str, within: str | None, hints: Iterable[str] = ()) -> list[Suggestion]:
        """The entries most like a spelling, best first, at most three; refused ones are left out.

        Of entries that are as like, those come first that lie where the spelling or a hint says (`Portland, ME`),
        then the more prominent ones.

        Args:
            spelling: as written.
            within: what is known about the entry besides its name (a country's code or name).
            hints: other words about the same thing, such as the office's own name.
        """
        stated = self._stated([spelling, *hints])
        refused = self._register.refused.get(normalise(spelling), frozenset())
        best: dict[str, tuple[float, _Comparable]] = {}
        for score, known in self._compared(self._bare(spelling), self._within(within)):
            code = known.entry.code
            if code not in refused and (code not in best or score > best[code][0]):
                best[code] = score, known
        ranked = sorted(best.values(), key=lambda each: (-each[0], *_order(each[1].entry, stated)))
        return [Suggestion(known.entry.code, known.spelling, score) for score, known in ranked[:N_SUGGESTIONS]]

    def rows(self, spelling: str, within: str | None, hints: Iterable[str] = ()) -> list[Ranked]:
        """The suggestions with their rank, and whether the first one stands out; one empty row where there is none."""
        found = self.suggest(spelling, within, hints)
        if not found:
            return [(1, None, None, None, None)]
        gap = found[0].score - (found[1].score if len(found) > 1 else 0)
        is_clear = found[0].score >= CLEAR_SCORE and gap >= CLEAR_GAP
        return [
            (rank, each.code, each.name, each.score, is_clear and rank == 1) for rank, each in enumerate(found, start=1)
        ]

    def _compared(self, key: str, known: list[_Comparable]) -> Iterator[tuple[float, _Comparable]]:
        """Names that are alike in their letters, and names that stand in the spelling as whole words."""
        keys = [each.key for each in known]
        scorer = JaroWinkler.normalized_similarity
        alike = process.extract(key, keys, scorer=scorer, limit=_N_COMPARED, score_cutoff=LEAST_SCORE)
        yield from ((round(score, 4), known[place]) for _, score, place in alike)
        padded = f" {key} "
        for each in known:
            if len(each.key) >= _SHORTEST_CONTAINED and f" {each.key} " in padded:
                yield round(_CONTAINED + (1 - _CONTAINED) / 2 * len(each.key) / len(key), 4), each

    def _stated(self, texts: Iterable[str]) -> list[Reading]:
        """Every way to read texts as a name and the places that say which one is meant."""
        known, affixes = self._register.qualifiers, self._register.affixes
        read = (reading for text in texts for reading in readings(text, normalise(text), known, affixes))
        return [reading for reading in read if reading.stated]

    def _bare(self, spelling: str) -> str:
        """The key without anything that offices add."""
        return self._register.affixes.forms(normalise(spelling))[-1]

    def _within(self, within: str | None) -> list[_Comparable]:
        if within not in self._by_within:
            self._by_within[within] = [each for each in self._known if is_within(each.entry, within)]
        return self._by_within[within]


def _order(entry: Entry, stated: Iterable[Reading]) -> tuple[int, float, str]:
    """What decides between entries that are as like: the most stated places that fit, then prominence."""
    n_fitting = max((len(reading.stated) for reading in stated if reading.fits(entry.qualifiers)), default=0)
    return -n_fitting, -entry.prominence, entry.code
