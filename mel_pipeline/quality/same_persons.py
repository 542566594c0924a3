"""Finds persons who may be one: told apart because lists write the name once in Arabic and once in Latin letters.

Pairs are written for an officer to look at, with their names, into the restricted folder. They merge nobody: that is
a decision of a person (`decisions/names_and_persons.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from mel_pipeline.database import quote, write_parquet
from mel_pipeline.declarations.models import Alike
from mel_pipeline.folders import DataFolder
from mel_pipeline.quality.case import JUDGED, Case
from mel_pipeline.quality.names.sounds import is_arabic, sound
from mel_pipeline.quality.treatments import SET_ASIDE

_PAIRS = {
    "question": "varchar",
    "old_value": "varchar",
    "new_value": "varchar",
    "name": "varchar",
    "like_name": "varchar",
    "within": "varchar",
    "n_rows": "bigint",
}

Person = tuple[str, str, str, int]
"""Key, name, place, and the number of rows."""


def open_persons(folders: DataFolder, source: str) -> Path:
    """Where the pairs of persons of a source lie that may be one.

    A pair is worded as the decision that would merge it: the hashed field, the key of the Arabic name, and that of
    the Latin one.
    """
    return folders.restricted / "open" / f"{source}.persons.parquet"


def write_same_persons(case: Case) -> None:
    """Write the pairs of a source, also when there are none: those of an earlier run do not stay."""
    pairs = [
        (field, *pair)
        for field, alike in sorted(case.source.privacy.alike.items())
        for pair in _pairs(_persons(case, field, alike))
    ]
    columns = ", ".join(f"{name} {type_}" for name, type_ in _PAIRS.items())
    case.connection.execute(f"create or replace temp table _same_persons ({columns})")
    if pairs:
        found = pa.table(dict(zip(_PAIRS, map(list, zip(*pairs, strict=True)), strict=True)))
        case.connection.register("_alike", found)
        case.connection.execute("insert into _same_persons by name from _alike")
        case.connection.unregister("_alike")
    write_parquet(case.connection, "from _same_persons", open_persons(case.folders, case.source.source), order_by="all")


def _persons(case: Case, field: str, alike: Alike) -> list[Person]:
    """The persons of the accepted rows under each of their names, where it is known in which place."""
    place = f"concat_ws(', ', {', '.join(f'{quote(name)}::varchar' for name in alike.within)})"
    known = " and ".join(f"{quote(name)} is not null" for name in (field, alike.name, *alike.within))
    return case.connection.execute(
        f"select {quote(field)}, {quote(alike.name)}, {place}, count(*) from {JUDGED}"
        f" where {known} and _row not in (from {SET_ASIDE}) group by all order by all"
    ).fetchall()


def _pairs(persons: Iterable[Person]) -> Iterator[tuple[str, str, str, str, str, int]]:
    """Each two persons of a place whose names sound the same in two scripts, once."""
    groups: defaultdict[tuple[str, str], tuple[list[Person], list[Person]]] = defaultdict(lambda: ([], []))
    for person in persons:
        heard = sound(person[1])
        if heard:
            groups[person[2], heard][is_arabic(person[1])].append(person)
    seen = set()
    for latin, arabic in groups.values():
        for key, name, place, n_rows in arabic:
            for like_key, like_name, _, n_like in latin:
                if key != like_key and (key, like_key) not in seen:
                    seen.add((key, like_key))
                    yield key, like_key, name, like_name, place, n_rows + n_like
