"""Finds submissions whose answers are those of another one, or nearly so, for rules to judge.

Two columns are added for the time of judging: `_answers`, equal where all compared answers are equal, and
`_similar_to`, which names the file and row of an earlier submission that answers nearly alike. What follows from
them is said by rules; whether the same person sent both is not known here.

No submission is compared with all others. The compared fields are dealt out to a few hands, one more than the answers
in which two similar submissions may differ: then they are equal in at least one whole hand, and only those that are
equal in a hand are compared answer by answer.
"""

from collections.abc import Sequence

from mel_pipeline.database import literal, quote
from mel_pipeline.declarations.models import Comparison
from mel_pipeline.quality.case import JUDGED, Case, add_columns

ANSWERS, SIMILAR_TO = "_answers", "_similar_to"
ADDED = (ANSWERS, SIMILAR_TO)
"""Columns that exist while rows are judged, and never among accepted rows."""

MOST_OF_A_HAND = 25
"""Where more submissions than this are equal in a hand, they are compared in groups of this size only."""

_ROUNDING = 1e-9


def add_fingerprints(case: Case) -> None:
    """Add `_answers` to the judged rows of a source that compares submissions; empty where too little is answered."""
    compare = case.source.compare
    if compare is None:
        return
    case.connection.execute(f"alter table {JUDGED} add column {ANSWERS} ubigint")
    case.connection.execute(
        f"update {JUDGED} as judged set {ANSWERS} = hash({_listed(compare.fields)})"
        f" where {_answered(compare)} >= {compare.minimum_answers}"
    )


def find_similar(case: Case) -> None:
    """Add `_similar_to` to the judged rows of a source that compares submissions.

    The later of two submissions names the earlier one; of several, the most similar, then the earliest.
    """
    compare = case.source.compare
    if compare is None:
        return
    _place_submissions(case, compare)
    hands = _hands(compare)
    candidates = " union ".join([_equal_pairs(), *(_pairs_of_hand(hand) for hand in hands)])
    found = f"""
        with pairs as ({candidates}),
        measured as (
            select other._row as _row, one._place as place, {_share_of_equal(compare)} as share,
                one._source_file || ':' || one._source_row as {SIMILAR_TO}
            from pairs
            join submissions as one on one._place = pairs.earlier
            join submissions as other on other._place = pairs.later
        )
        select _row, {SIMILAR_TO} from measured where share >= {compare.at_least - _ROUNDING}
        qualify row_number() over (partition by _row order by share desc, place) = 1
    """
    add_columns(case, [SIMILAR_TO], found, "judged._row = found._row")
    case.connection.execute("drop table submissions")


def _place_submissions(case: Case, compare: Comparison) -> None:
    """Number the submissions that say enough, in the order in which they were sent, with the block each belongs to."""
    block = [f"judged.{quote(name)}" for name in compare.within]
    block += [f"year(judged.{quote(compare.same_year)})"] if compare.same_year else []
    sent = f"judged.{quote(case.source.latest_by)} nulls last, " if case.source.latest_by else ""
    case.connection.execute(
        "create or replace temp table submissions as"
        f" select row_number() over (order by {sent}_row) as _place, _row, _source_file, _source_row, {ANSWERS},"
        f" hash({', '.join(block) or literal('')}) as _block, {_listed(compare.fields)}"
        f" from {JUDGED} as judged where {ANSWERS} is not null"
    )


def _hands(compare: Comparison) -> list[Sequence[str]]:
    """The fields dealt out one by one, so that a section left empty lies in no single hand."""
    may_differ = int((1 - compare.at_least) * len(compare.fields) + _ROUNDING)
    count = min(may_differ + 1, len(compare.fields))
    return [compare.fields[number::count] for number in range(count)]


def _equal_pairs() -> str:
    """SQL of each submission with the first one of its block that answers all the same."""
    return (
        "select earlier, later from (select _place as later,"
        f" min(_place) over (partition by _block, {ANSWERS}) as earlier from submissions) where earlier < later"
    )


def _pairs_of_hand(fields: Sequence[str]) -> str:
    """SQL of the pairs of one block that answer alike in some fields."""
    dealt = (
        f"select _place, _hand, (row_number() over (partition by _hand order by _place) - 1) // {MOST_OF_A_HAND}"
        f" as _group from (select _place, hash(_block, {_listed(fields, 'submissions')}) as _hand from submissions)"
    )
    return (
        f"select one._place as earlier, other._place as later from ({dealt}) as one join ({dealt}) as other"
        " on one._hand = other._hand and one._group = other._group and one._place < other._place"
    )


def _share_of_equal(compare: Comparison) -> str:
    """SQL of the share of equal answers among the questions that one of two submissions answers."""
    pairs = [(f"one.{quote(name)}", f"other.{quote(name)}") for name in compare.fields]
    differ = " + ".join(f"({one} is distinct from {other})::integer" for one, other in pairs)
    asked = " + ".join(f"(coalesce({one}::varchar, {other}::varchar) is not null)::integer" for one, other in pairs)
    return f"case when one._block = other._block then 1 - ({differ}) / greatest({asked}, 1)::double end"


def _answered(compare: Comparison) -> str:
    return " + ".join(f"(judged.{quote(name)} is not null)::integer" for name in compare.fields)


def _listed(fields: Sequence[str], table: str = "judged") -> str:
    return ", ".join(f"{table}.{quote(name)}" for name in fields)
