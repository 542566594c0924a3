"""What is wrong with a declared file, said so that an officer can put it right.

Only the wording and the order of faults belong here; finding them belongs to `programme.py` (one file
alone) and `lint.py` (the files together).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]
_NAMES_SHOWN = 12


@dataclass(frozen=True)
class Fault:
    """One fault of a programme. `file` is relative to the programme's folder, `line` counts from 1."""

    file: str
    line: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.message}"


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, by file and line."""
    return sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.message))


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """The valid name that looks most like the one found, or None when none is close."""
    by_folded = {candidate.casefold(): candidate for candidate in sorted(valid, reverse=True)}
    matches = get_close_matches(name.casefold(), sorted(by_folded), n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None


def one_of(valid: Iterable[str]) -> str:
    """Valid names as words: all of a short list, the first ones of a long list."""
    names = sorted(set(valid))
    if not names:
        return "nothing (none is declared)"
    if len(names) == 1:
        return names[0]
    rest = len(names) - _NAMES_SHOWN
    return f"one of {', '.join(names[:_NAMES_SHOWN])}" + (f" and {rest} more" if rest > 0 else "")


def path_words(path: Iterable[str | int]) -> str:
    """A key path as it is spoken of: entries of a list count from 1."""
    parts = [str(part) for part in path]
    return ".".join(str(int(part) + 1) if part.isdigit() else part for part in parts)


def unknown_name(thing: str, found: str, valid: Iterable[str], otherwise: str) -> str:
    """The message for a name that nothing carries, with the nearest valid name or what else to do."""
    names = list(valid)
    closest = nearest(found, names)
    advice = f"Did you mean '{closest}'?" if closest else otherwise
    return f"{thing}: found '{found}', expected {one_of(names)}. {advice}"
