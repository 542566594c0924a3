"""Resolves names as people write them against a register with approved aliases.

How spellings are compared and when a name is known belong here. A name is never guessed: what could be two
entries is ambiguous, what is nearly an entry is unknown, and both stay without a code.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from mel_pipeline.database import quote
from mel_pipeline.declarations.models import Resolve
from mel_pipeline.quality.case import JUDGED, Case

Match = Literal["name", "alias", "ambiguous", "unknown", "blank"]

ALIAS, IS_VALID = "alias", "is_valid"
"""Columns of every source of aliases; its code stands in the column that is the register's key."""

_TATWEEL = "\u0640"
# One letter for letters that writers of one name exchange; the key is for comparison, never shown.
_FOLDED_LETTERS = str.maketrans(
    {
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ک": "ك", "ء": "", _TATWEEL: "",
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
    }
)  # fmt: skip


def normalise(text: str) -> str:
    """The key under which spellings of one name are equal.

    Case, accents, Arabic vowel signs and tatweel, direction marks, punctuation and repeated spaces do not
    count; forms of alef, ya and ta marbuta are one letter each.
    """
    bare = _without_marks(_without_marks(text).casefold()).translate(_FOLDED_LETTERS)
    spaced = "".join(letter if _is_letter_or_digit(letter) else " " for letter in bare)
    return " ".join(spaced.split())


def _without_marks(text: str) -> str:
    """Decompose, and drop what is drawn onto or hidden between letters (categories Mn, Me and Cf)."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))


def _is_letter_or_digit(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM"


@dataclass(frozen=True)
class Entry:
    """One entry of a register: its code, and the value by which same names are told apart, if there is one."""

    code: str
    within: str | None = None


@dataclass(frozen=True)
class Register:
    """Entries by the key of each of their names, and by the key of each approved alias."""

    names: Mapping[str, frozenset[Entry]]
    aliases: Mapping[str, frozenset[Entry]]

    def resolve(self, name: str | None, within: str | None = None) -> tuple[str | None, Match]:
        """The code a name stands for, if exactly one, and how it was found.

        Args:
            name: as written; an entry's code is one of its names.
            within: what is known about the entry besides its name (a country's code).
        """
        key = normalise(name or "")
        if not key:
            return None, "blank"
        for known, match in ((self.names, "name"), (self.aliases, "alias")):
            codes = {entry.code for entry in known.get(key, ()) if within is None or entry.within == within}
            if len(codes) == 1:
                return codes.pop(), match  # type: ignore[return-value]
            if codes:
                return None, "ambiguous"
        return None, "unknown"


def build_register(names: Iterable[tuple[str, Entry]], aliases: Iterable[tuple[str, Entry]]) -> Register:
    """A register from pairs of a spelling and the entry it stands for; blank spellings are left out."""
    return Register(_by_key(names), _by_key(aliases))


def _by_key(pairs: Iterable[tuple[str, Entry]]) -> dict[str, frozenset[Entry]]:
    found: defaultdict[str, set[Entry]] = defaultdict(set)
    for spelling, entry in pairs:
        key = normalise(spelling or "")
        if key:
            found[key].add(entry)
    return {key: frozenset(entries) for key, entries in found.items()}


def resolve_names(case: Case, register_keys: Mapping[str, str]) -> None:
    """Add to the judged rows, for each declared target, its code and `<target>_match`.

    Args:
        case: the source, with the registers visible as tables.
        register_keys: the column that holds the code in each register source.
    """
    for target, resolve in case.source.resolve.items():
        register = _read_register(case, resolve, register_keys[resolve.register_source])
        _add_codes(case, target, resolve, register)


def _read_register(case: Case, resolve: Resolve, key: str) -> Register:
    within = quote(resolve.within) if resolve.within else "null"
    entries = f"select {quote(key)} as code, {within}::varchar as within, * from {quote(resolve.register_source)}"
    spellings = (f"select {quote(column)}, code, within from ({entries})" for column in [key, *resolve.names])
    names = [pair for query in spellings for pair in _pairs(case, query)]
    aliases = []
    if resolve.aliases:
        approved = f"select * from {quote(resolve.aliases)} where {IS_VALID}"
        aliases = _pairs(
            case,
            f"select approved.{ALIAS}, entries.code, entries.within from ({approved}) as approved"
            f" join ({entries}) as entries on approved.{quote(key)} = entries.code",
        )
    return build_register(names, aliases)


def _pairs(case: Case, query: str) -> list[tuple[str, Entry]]:
    return [(spelling, Entry(code, within)) for spelling, code, within in case.connection.execute(query).fetchall()]


def _add_codes(case: Case, target: str, resolve: Resolve, register: Register) -> None:
    """Resolve each different spelling once and join the answers."""
    name = f"judged.{quote(resolve.from_field)}"
    within = f"judged.{quote(resolve.within)}::varchar" if resolve.within else "null::varchar"
    spellings = case.connection.execute(f"select distinct {name}, {within} from {JUDGED} as judged").fetchall()
    answers = [(spelling, place, *register.resolve(spelling, place)) for spelling, place in spellings]
    columns = ("spelling", "place", "code", "match")
    rows = [dict(zip(columns, answer, strict=True)) for answer in answers]
    schema = pa.schema({column: pa.string() for column in columns})
    case.connection.register("_answers", pa.Table.from_pylist(rows, schema=schema))
    case.connection.execute(
        f"create or replace table {JUDGED} as select judged.*, answers.code as {quote(target)},"
        f" answers.match as {quote(f'{target}_match')} from {JUDGED} as judged left join _answers as answers"
        f" on answers.spelling is not distinct from {name} and answers.place is not distinct from {within}"
    )
    case.connection.unregister("_answers")
