"""Takes columns over from accepted rows of other sources, and makes those sources visible to rules.

Only equal keys belong here; names that have to be compared belong to `register.py`.
"""

from mel_pipeline.database import quote, read_parquet
from mel_pipeline.declarations.models import Lookup
from mel_pipeline.quality.case import Case, add_columns


def show_other_sources(case: Case, names: list[str]) -> None:
    """Make the accepted rows of other sources, and tables of what is declared, available under their plain names.

    A name that stands for neither is left out: the rule that uses it will not run and says so.
    """
    for name in names:
        path = case.folders.accepted_rows(name)
        if not path.exists():
            path = case.folders.table(name)
        if path.exists():
            case.connection.execute(f"create view {quote(name)} as select * from {read_parquet(path)}")


def add_lookups(case: Case) -> None:
    """Add the columns that the source's `lookups` take, empty where the other source has no such key."""
    for lookup in case.source.lookups:
        _add(case, lookup)


def _add(case: Case, lookup: Lookup) -> None:
    """A key that the other source has more than once gives nothing: which row is meant would be a guess."""
    keys = ", ".join(map(quote, lookup.match.values()))
    taken = ", ".join(f"any_value({quote(theirs)}) as {quote(ours)}" for ours, theirs in lookup.take.items())
    renamed = ", ".join(f"{quote(key)} as _key_{number}" for number, key in enumerate(lookup.match.values()))
    equal = " and ".join(f"judged.{quote(ours)} = found._key_{number}" for number, ours in enumerate(lookup.match))
    add_columns(
        case,
        list(lookup.take),
        f"select {renamed}, {taken} from {quote(lookup.source)} group by {keys} having count(*) = 1",
        equal,
    )
