"""Names for fields and tables made of names in a form: short, lower case, and no word that SQL keeps for itself."""

import re
import unicodedata
from collections.abc import Collection

from mel_pipeline.declarations.expressions import ExpressionError, read_expression

LONGEST = 48
_SQL_WORDS = """
all and any array as asc both case cast check collate column constraint create cross current date day default
desc distinct do else end except exists false fetch filter first for foreign from full glob grant group having
hour ilike in initially inner intersect interval into is isnull join last lateral leading left like limit map
minute month natural not notnull null offset on only or order outer over overlaps partition pivot placing
primary qualify quarter references returning right row rows second select semi show similar some summarize
symmetric table tablesample text then time timestamp to trailing true union unique unpivot using value values
variadic verbose week when where window with year index key type
"""
_RESERVED = frozenset(_SQL_WORDS.split())


def safe_name(name: str, taken: Collection[str] = (), otherwise: str = "answer") -> str:
    """A name like the given one that SQL takes without quotes and that nothing else bears."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")[:LONGEST].strip("_") or otherwise
    if plain[0].isdigit():
        plain = f"q_{plain}"
    if plain in _RESERVED or not _is_a_column(plain):
        plain = f"{plain}_{otherwise}"
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain}_{number}", number + 1
    return found


def _is_a_column(name: str) -> bool:
    """Whether SQL reads the bare word as a column's name."""
    try:
        return read_expression(f"{name} is not null").columns == (name,)
    except ExpressionError:
        return False
