"""How one spelling can be read: a name alone, or a name and the place that says which one is meant.

`Tripoli (Lebanon)`, `Portland, OR` and `London UK` state their place themselves. Only reading belongs here;
whether there is such an entry belongs to `register.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mel_pipeline.quality.names.affixes import Affixes
from mel_pipeline.quality.names.countries import places_meant
from mel_pipeline.quality.names.keys import normalise

_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_COMMA = re.compile(r"[,،]")
_LONGEST_QUALIFIER = 4


@dataclass(frozen=True)
class Reading:
    """One way to read a spelling: the key of the name, and the places it states, each as what its words may mean."""

    key: str
    stated: tuple[frozenset[str], ...] = ()

    def fits(self, qualifiers: frozenset[str]) -> bool:
        """Whether an entry with these qualifiers is what the spelling states."""
        return all(place & qualifiers for place in self.stated)


def readings(spelling: str, key: str, known: frozenset[str], affixes: Affixes) -> Iterator[Reading]:
    """Every way to read a spelling, the most literal first.

    Args:
        spelling: as written.
        key: its key.
        known: places by which entries of the register are told apart. Other words in brackets are not
            skipped: they may say that another place is meant.
        affixes: words that say nothing, in brackets, too.
    """
    yield Reading(key)
    name, added = _apart(spelling)
    places = [places_meant(words) for words in added if not affixes.are_all_of(normalise(words))]
    if added and all(place & known for place in places):
        yield Reading(normalise(name), tuple(places))
    words = key.split()
    for length in range(1, min(_LONGEST_QUALIFIER, len(words) - 1) + 1):
        place = places_meant(" ".join(words[-length:]))
        if place & known:
            yield Reading(" ".join(words[:-length]), (place,))


def _apart(spelling: str) -> tuple[str, list[str]]:
    """The name, and what stands in brackets or after commas."""
    bracketed = _IN_BRACKETS.findall(spelling)
    name, *after = _COMMA.split(_IN_BRACKETS.sub(" ", spelling))
    return name, [*after, *bracketed]
