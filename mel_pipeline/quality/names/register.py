"""Which entry of a register a spelling stands for, if exactly one.

A name is never guessed: what could be two entries is ambiguous, what is nearly an entry is unknown, and both
stay without a code. What an unknown spelling may have meant belongs to `suggestions.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from mel_pipeline.quality.names.affixes import Affixes
from mel_pipeline.quality.names.countries import place_key
from mel_pipeline.quality.names.keys import keys_of, normalise, squeezed
from mel_pipeline.quality.names.spellings import Reading, readings

Match = Literal["name", "alias", "ambiguous", "unknown", "blank"]


@dataclass(frozen=True)
class Entry:
    """One entry of a register.

    Attributes:
        code: what it is called in data.
        within: the value by which same names are told apart, if there is one (a country's code).
        qualifiers: keys of words that people add to its name to say which one they mean.
        prominence: which of several suggestions comes first (inhabitants); it never decides a name.
    """

    code: str
    within: str | None = None
    qualifiers: frozenset[str] = frozenset()
    prominence: float = 0


Entries = Mapping[str, frozenset[Entry]]


@dataclass(frozen=True)
class Register:
    """Entries by the key of each of their names and approved aliases, and what was refused.

    Attributes:
        refused: by the key of a spelling, codes of entries that it does not stand for, as somebody decided.
    """

    names: Entries
    aliases: Entries
    affixes: Affixes
    refused: Mapping[str, frozenset[str]]

    def resolve(self, name: str | None, within: str | None = None) -> tuple[str | None, Match]:
        """The code a name stands for, if exactly one, and how it was found.

        An approved alias comes first, then a name of the register; then both without the words that offices
        add, with the country or region that the spelling itself states, and without spaces.

        Args:
            name: as written; an entry's code is one of its names.
            within: what is known about the entry besides its name (a country's code or name).
        """
        key = normalise(name or "")
        if not key:
            return None, "blank"
        literally = [(key, Reading(key))]
        for step, aliases, names in (
            (literally, self.aliases, self.names),
            *((step, self._aliases_wider, self._names_wider) for step in self._steps(name or "", key)),
        ):
            for match, known in (("alias", aliases), ("name", names)):
                found = _candidates(step, known, within)
                codes = {entry.code for entry in found}
                if len(codes) > 1:
                    return None, "ambiguous"
                if codes and codes.isdisjoint(self.refused.get(key, ())):
                    return codes.pop(), match  # type: ignore[return-value]
                if codes:
                    return None, "unknown"
        return None, "unknown"

    def _steps(self, name: str, key: str) -> Iterator["Step"]:
        """Keys to look up, the most literal first; those of one step count together."""
        read = [reading for reading in readings(name, key, self.qualifiers, self.affixes) if reading.key]
        for reading in read:
            for _, forms in groupby(self.affixes.forms(reading.key), key=lambda form: len(form.split())):
                yield [(form, reading) for form in forms]
        for reading in read:
            yield [(_without_spaces(form), reading) for form in self.affixes.forms(reading.key)]

    @cached_property
    def qualifiers(self) -> frozenset[str]:
        """Every word by which an entry may be told apart."""
        return frozenset(key for found in self.names.values() for entry in found for key in entry.qualifiers)

    @cached_property
    def _names_wider(self) -> Entries:
        """Names by their key, by what is left without the words that offices put before, and without spaces."""
        return _with_weaker_keys(self.names, Affixes(self.affixes.prefixes, frozenset()))

    @cached_property
    def _aliases_wider(self) -> Entries:
        return _with_weaker_keys(self.aliases, Affixes(frozenset(), frozenset()))


Step = list[tuple[str, Reading]]


def _candidates(step: Step, known: Entries, within: str | None) -> set[Entry]:
    return {
        entry
        for key, reading in step
        for entry in known.get(key, ())
        if is_within(entry, within) and reading.fits(entry.qualifiers)
    }


def is_within(entry: Entry, within: str | None) -> bool:
    """Whether an entry may be meant where `within` is known; nothing known excludes nothing."""
    return not within or place_key(entry.within or "") == place_key(within)


def _with_weaker_keys(known: Entries, affixes: Affixes) -> Entries:
    """Entries by more keys than their own; where keys of two meet, both count."""
    found: defaultdict[str, set[Entry]] = defaultdict(set)
    for key, entries in known.items():
        for form in (*affixes.forms(key), _without_spaces(key)):
            found[form] |= entries
    return {key: frozenset(entries) for key, entries in found.items()}


def _without_spaces(key: str) -> str:
    """Marked, so that it meets only its like."""
    return f"={squeezed(key)}"


def build_register(
    names: Iterable[tuple[str, Entry]],
    aliases: Iterable[tuple[str, Entry]],
    refused: Iterable[tuple[str, str]] = (),
    affixes: Affixes | None = None,
) -> Register:
    """A register from pairs of a spelling and the entry it stands for; blank spellings are left out.

    Args:
        names: what the entries are called; an entry's code is one of its names.
        aliases: what people call them, as somebody approved.
        refused: pairs of a spelling and the code of an entry that it does not stand for.
        affixes: words that offices add to names; those of `affixes.yml` by default.
    """
    never: defaultdict[str, set[str]] = defaultdict(set)
    for spelling, code in refused:
        never[normalise(spelling or "")].add(code)
    return Register(
        _by_key(names),
        _by_key(aliases),
        affixes or Affixes.of(None, None),
        {key: frozenset(codes) for key, codes in never.items()},
    )


def _by_key(pairs: Iterable[tuple[str, Entry]]) -> dict[str, frozenset[Entry]]:
    found: defaultdict[str, set[Entry]] = defaultdict(set)
    for spelling, entry in pairs:
        for key in keys_of(spelling or "") - {""}:
            found[key].add(entry)
    return {key: frozenset(entries) for key, entries in found.items()}
