"""What is left of a name when the words that offices put before or after it are dropped.

The words are data: `affixes.yml` unless a source declares its own (`resolve: ... prefixes, suffixes`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from mel_pipeline.quality.names.keys import normalise

_DEFAULTS = Path(__file__).with_name("affixes.yml")


@dataclass(frozen=True)
class Affixes:
    """Keys of words that may stand before and after a name."""

    prefixes: frozenset[str]
    suffixes: frozenset[str]

    @classmethod
    def of(cls, prefixes: Iterable[str] | None, suffixes: Iterable[str] | None) -> "Affixes":
        """The declared words; those of `affixes.yml` for what is not declared."""
        usual = _usual()
        return cls(
            frozenset(usual["prefixes"] if prefixes is None else map(normalise, prefixes)),
            frozenset(usual["suffixes"] if suffixes is None else map(normalise, suffixes)),
        )

    def forms(self, key: str) -> list[str]:
        """The key and everything left of it by dropping words, longest first; never the empty key."""
        found, waiting = {key}, [key]
        while waiting:
            for shorter in self._shorter(waiting.pop()):
                if shorter not in found:
                    found.add(shorter)
                    waiting.append(shorter)
        return sorted(found, key=lambda form: (-len(form.split()), form))

    def _shorter(self, key: str) -> Iterable[str]:
        words = key.split()
        for cut in range(1, len(words)):
            if " ".join(words[:cut]) in self.prefixes:
                yield " ".join(words[cut:])
            if " ".join(words[cut:]) in self.suffixes:
                yield " ".join(words[:cut])

    def are_all_of(self, key: str) -> bool:
        """Whether a key is nothing but such a word: `(ville)`."""
        return key in self.prefixes or key in self.suffixes


@cache
def _usual() -> dict[str, frozenset[str]]:
    declared = yaml.safe_load(_DEFAULTS.read_text(encoding="utf-8"))
    return {side: frozenset(map(normalise, words)) for side, words in declared.items()}
