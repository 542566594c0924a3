"""How the reporting calendar reads on a screen, in the officer's language."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from mel_pipeline.declarations import Programme
from mel_pipeline.publish.due_dates import Owed
from mel_pipeline.publish.numbers import Numbers
from mel_pipeline.publish.words import Words, translator


def due_lines(owed: Iterable[Owed], programme: Programme, as_of: date, language: str) -> list[str]:
    """What is overdue, what is due next, and what came late, as lines of text; nothing where nothing is owed.

    Args:
        owed: what `reporting_calendar` found.
        programme: the words of sources.
        as_of: the day on which it is told.
        language: of the lines.
    """
    words = translator(language)
    by_state: dict[str, list[Owed]] = {"overdue": [], "due_next": [], "received_late": []}
    for each in owed:
        state = each.state(as_of)
        if state:
            by_state[state].append(each)
    lines = [
        *_overdue(by_state["overdue"], programme, words),
        *_due_next(by_state["due_next"], programme, words),
        *_late(by_state["received_late"], programme, words),
    ]
    return [words.plain("Reporting calendar on %(day)s:", day=Numbers(words).plain_day(as_of)), *lines] if lines else []


def _overdue(owed: list[Owed], programme: Programme, words: Words) -> Iterator[str]:
    """One line for each who owes, with all the periods: that is whom to write to."""
    for (source, code), group in groupby(sorted(owed, key=_who), key=_who):
        missing = list(group)
        yield "  " + words.plain(
            "overdue: %(source)s%(who)s: %(periods)s (due since %(day)s)",
            source=words.declared(programme.sources[source].title),
            who=_named(code),
            periods=", ".join(each.period for each in missing),
            day=Numbers(words).plain_day(missing[0].due_on),
        )


def _due_next(owed: list[Owed], programme: Programme, words: Words) -> Iterator[str]:
    """One line for each day and report, with all who owe it."""
    for (due_on, source, period), group in groupby(owed, key=lambda each: (each.due_on, each.source, each.period)):
        codes = [each.scope_code for each in group if each.scope_code != "all"]
        yield "  " + words.plain(
            "due on %(day)s: %(source)s %(period)s%(who)s",
            day=Numbers(words).plain_day(due_on),
            source=words.declared(programme.sources[source].title),
            period=period,
            who=_named(", ".join(codes)),
        )


def _late(owed: list[Owed], programme: Programme, words: Words) -> Iterator[str]:
    for source, group in groupby(sorted(owed, key=_who), key=lambda each: each.source):
        late = [f"{each.scope_code} {each.period}" for each in group]
        yield "  " + words.plain(
            "received late: %(source)s: %(reports)s",
            source=words.declared(programme.sources[source].title),
            reports=", ".join(late),
        )


def _who(owed: Owed) -> tuple[str, str]:
    return owed.source, owed.scope_code


def _named(codes: str) -> str:
    return f" ({codes})" if codes not in ("", "all") else ""
