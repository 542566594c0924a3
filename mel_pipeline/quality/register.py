"""Resolves the names that the rows of a source hold against its registers, and writes down what stays open.

Reading registers from tables and joining the answers belong here. How spellings are compared and when a name
is known belong to the room `names`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from mel_pipeline.database import quote, write_parquet
from mel_pipeline.declarations.models import Resolve
from mel_pipeline.folders import DataFolder
from mel_pipeline.quality.case import JUDGED, Case, add_columns
from mel_pipeline.quality.names.affixes import Affixes
from mel_pipeline.quality.names.countries import country_code
from mel_pipeline.quality.names.keys import normalise
from mel_pipeline.quality.names.register import Entry, Register, build_register
from mel_pipeline.quality.names.suggestions import Suggester

ALIAS, IS_VALID, APPROVED_BY, APPROVED_ON = "alias", "is_valid", "approved_by_role", "approved_on"
"""Columns of every source of aliases; its code stands in the column that is the register's key."""

OPEN = ("ambiguous", "unknown")
"""How a name was matched that somebody has to decide."""

_SUGGESTIONS = {
    "target": "varchar",
    "spelling": "varchar",
    "within": "varchar",
    "match": "varchar",
    "n_rows": "bigint",
    "rank": "integer",
    "code": "varchar",
    "name": "varchar",
    "score": "double",
    "is_clear": "boolean",
}

Pairs = list[tuple[str, Entry]]


def suggestions(folders: DataFolder, source: str) -> Path:
    """Where the names of a source lie that stand for no entry yet, with what they may have meant.

    One row per spelling and suggestion, best first; a spelling without suggestions has one row without a code.
    """
    return folders.restricted / "suggestions" / f"{source}.parquet"


@dataclass(frozen=True)
class _Spelling:
    """A spelling that the rows hold, with what is known and said besides it, and what came of it."""

    text: str | None
    within: str | None
    n_rows: int
    hints: list[str]
    code: str | None
    match: str


def resolve_names(case: Case, register_keys: Mapping[str, str]) -> None:
    """Add to the judged rows, for each declared target, its code and `<target>_match`; write the suggestions.

    Args:
        case: the source, with the registers visible as tables.
        register_keys: the column that holds the code in each register source.
    """
    columns = ", ".join(f"{name} {type_}" for name, type_ in _SUGGESTIONS.items())
    case.connection.execute(f"create or replace temp table _suggestions ({columns})")
    for target, resolve in case.source.resolve.items():
        key = register_keys[resolve.register_source]
        register, spelled = _read_register(case, resolve, key)
        found = _resolve(case, resolve, register)
        _add_codes(case, target, resolve, found)
        _add_suggestions(case, target, found, Suggester(register, spelled), _shown(case, resolve, key))
    path = suggestions(case.folders, case.source.source)
    order = "target, within nulls first, spelling, rank"
    write_parquet(case.connection, "from _suggestions", path, order_by=order)


def _read_register(case: Case, resolve: Resolve, key: str) -> tuple[Register, Pairs]:
    """The register of names and aliases, and its spellings as written."""
    entries = _read_entries(case, resolve, key)
    names = _spelled(case, resolve.register_source, key, [key, *resolve.names], entries)
    aliases: Pairs = []
    refused: list[tuple[str, str]] = []
    if resolve.aliases:
        aliases = _spelled(case, f"{resolve.aliases}", key, [ALIAS], entries, f"where {IS_VALID}")
        query = f"select {ALIAS}, {quote(key)} from {quote(resolve.aliases)} where not {IS_VALID}"
        refused = case.connection.execute(query).fetchall()
    affixes = Affixes.of(resolve.prefixes, resolve.suffixes)
    return build_register(names, aliases, refused, affixes), [*names, *aliases]


def _spelled(
    case: Case, table: str, key: str, columns: Iterable[str], entries: Mapping[str, Entry], where: str = ""
) -> Pairs:
    """Pairs of a spelling and its entry; codes that are not in the register stand for nothing."""
    pairs: Pairs = []
    for column in columns:
        found = case.connection.execute(f"select {quote(column)}, {quote(key)} from {quote(table)} {where}").fetchall()
        pairs += [(spelling, entries[code]) for spelling, code in found if code in entries]
    return pairs


def _read_entries(case: Case, resolve: Resolve, key: str) -> dict[str, Entry]:
    told_apart_by = list(dict.fromkeys([*resolve.qualifiers, *([resolve.within] if resolve.within else [])]))
    within = f"{quote(resolve.within)}::varchar" if resolve.within else "null"
    prominence = f"coalesce({quote(resolve.prominence)}, 0)::double" if resolve.prominence else "0"
    others = "".join(f", {quote(column)}::varchar" for column in told_apart_by)
    rows = case.connection.execute(
        f"select {quote(key)}, {within}, {prominence}{others} from {quote(resolve.register_source)}"
    ).fetchall()
    are_countries = [all(country_code(row[place] or "") for row in rows) for place in range(3, 3 + len(told_apart_by))]
    return {row[0]: Entry(row[0], row[1], _qualifiers(row[3:], are_countries), row[2]) for row in rows}


def _qualifiers(values: Iterable[str | None], are_countries: Iterable[bool]) -> frozenset[str]:
    """Keys of the places that tell an entry apart; a column of nothing but countries tells them by any name."""
    keys: set[str] = set()
    for value, is_country in zip(values, are_countries, strict=True):
        if value:
            keys |= {normalise(value), *([country_code(value) or ""] if is_country else [])}
    return frozenset(keys - {""})


def _resolve(case: Case, resolve: Resolve, register: Register) -> list[_Spelling]:
    """Resolve each different spelling once."""
    name, within = _written(resolve)
    hints = ", ".join(f"judged.{quote(field)}::varchar" for field in resolve.hints)
    said = f"list_distinct(flatten(list(distinct [{hints}])))" if hints else "[]"
    counted = case.connection.execute(
        f"select {name}, {within}, count(*), {said} from {JUDGED} as judged group by 1, 2 order by 1, 2"
    ).fetchall()
    return [_Spelling(text, place, n, said, *register.resolve(text, place)) for text, place, n, said in counted]


def _written(resolve: Resolve) -> tuple[str, str]:
    """SQL of the spelling in the judged rows, and of what is known besides it."""
    within = f"judged.{quote(resolve.within)}::varchar" if resolve.within else "null::varchar"
    return f"judged.{quote(resolve.from_field)}", within


def _add_codes(case: Case, target: str, resolve: Resolve, found: list[_Spelling]) -> None:
    """Join the answers to the rows."""
    name, within = _written(resolve)
    code, match = target, f"{target}_match"
    answers = {
        "_spelling": [each.text for each in found],
        "_place": [each.within for each in found],
        code: [each.code for each in found],
        match: [each.match for each in found],
    }
    schema = pa.schema({column: pa.string() for column in answers})
    case.connection.register("_answers", pa.Table.from_pydict(answers, schema=schema))
    on = f"found._spelling is not distinct from {name} and found._place is not distinct from {within}"
    add_columns(case, [code, match], "select * from _answers", on)
    case.connection.unregister("_answers")


def _shown(case: Case, resolve: Resolve, key: str) -> dict[str, str]:
    """What stands behind the name of an entry where it is suggested, by code: entries may bear one name."""
    if not resolve.shown:
        return {}
    columns = ", ".join(f"{quote(column)}::varchar" for column in resolve.shown)
    return dict(
        case.connection.execute(
            f"select {quote(key)}, ' (' || nullif(concat_ws(', ', {columns}), '') || ')' "
            f"from {quote(resolve.register_source)}"
        ).fetchall()
    )


def _told(code: str | None, name: str | None, shown: Mapping[str, str]) -> str | None:
    return None if code is None or name is None else f"{name}{shown.get(code) or ''}"


def _add_suggestions(
    case: Case, target: str, found: list[_Spelling], suggester: Suggester, shown: Mapping[str, str]
) -> None:
    rows = [
        (target, each.text, each.within, each.match, each.n_rows, rank, code, _told(code, name, shown), *likeness)
        for each in found
        if each.match in OPEN
        for rank, code, name, *likeness in suggester.rows(each.text or "", each.within, each.hints)
    ]
    if rows:
        table = pa.table(dict(zip(_SUGGESTIONS, zip(*rows, strict=True), strict=True)))
        case.connection.register("_suggested", table)
        case.connection.execute("insert into _suggestions by name from _suggested")
        case.connection.unregister("_suggested")
