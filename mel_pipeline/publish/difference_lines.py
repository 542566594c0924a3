"""How the differences between two runs read on a screen, in the officer's language."""

from collections.abc import Iterator

from mel_pipeline.declarations import Programme
from mel_pipeline.publish.differences import Cause, Differences, Moved
from mel_pipeline.publish.numbers import Numbers
from mel_pipeline.publish.summary_lines import STATUS_WORDS
from mel_pipeline.publish.words import Words, mark, translator

CAUSE_WORDS = {
    "file_new": mark("new file: %(what)s"),
    "file_gone": mark("file deleted: %(what)s"),
    "file_changed": mark("file changed: %(what)s"),
    "rows_changed": mark("other rows accepted of the same file: %(what)s"),
    "decision": mark("decisions in %(what)s"),
    "target": mark("target changed: %(what)s"),
    "definition": mark("definition of the indicator changed"),
    "period": mark("period has ended: %(what)s"),
    "rules": mark("no input changed; rules, marts or the program itself did"),
}
MOST_CAUSES = 12
"""More causes of one indicator than this are only counted."""


def nothing_to_compare(language: str) -> str:
    """What is said before a second run has published something."""
    return translator(language).plain(
        "There is nothing to compare with: fewer than two runs have changed the marts. Run 'mel run' first."
    )


def difference_lines(differences: Differences, programme: Programme, language: str, *, everything: bool) -> list[str]:
    """The differences, indicator by indicator: what moved in the whole programme, then in its parts, then why.

    Args:
        differences: what `compare` found.
        programme: the words of indicators.
        language: of the lines.
        everything: list the values of every hub and grant; else those of the whole programme only.
    """
    words = translator(language)
    if not differences.causes:
        return [words.plain("No number moved since the run before.")]
    lines = []
    for code, causes in differences.causes.items():
        moved = [each for each in differences.moved if each.indicator_code == code]
        shown = [each for each in moved if everything or each.scope_type == "all"]
        declared = programme.indicators.get(code)
        lines.append(f"{code} {words.declared(declared.title)}" if declared else code)
        lines += [f"  {_movement(each, programme, words)}" for each in shown]
        lines += _not_shown(len(moved) - len(shown), differences.n_categories.get(code, 0), words)
        lines += _why(causes, words)
    return lines


def _movement(moved: Moved, programme: Programme, words: Words) -> str:
    declared = programme.indicators.get(moved.indicator_code)
    kind = declared.type if declared else "mean"
    place = "" if moved.scope_type == "all" else f" {moved.scope_type}:{moved.scope_code}"
    values = f"{_number(moved.before, kind, words)} → {_number(moved.now, kind, words)}"
    status = _status(moved, words)
    return f"{moved.period}{place}: {values}{status}"


def _number(value: float | None, kind: str, words: Words) -> str:
    return words.plain("no value") if value is None else str(Numbers(words).of(value, kind))


def _status(moved: Moved, words: Words) -> str:
    if moved.status_before == moved.status_now:
        return ""
    told = [
        words.plain(STATUS_WORDS[status]) if status in STATUS_WORDS else words.plain("no status")
        for status in (moved.status_before, moved.status_now)
    ]
    return f" ({told[0]} → {told[1]})"


def _not_shown(n_parts: int, n_categories: int, words: Words) -> Iterator[str]:
    if n_parts:
        yield "  " + words.plain("values of hubs and grants that moved: %(n)s (--all lists them)", n=n_parts)
    if n_categories:
        yield "  " + words.plain("values of categories that moved: %(n)s", n=n_categories)


def _why(causes: tuple[Cause, ...], words: Words) -> Iterator[str]:
    yield "  " + words.plain("What changed behind it:")
    for cause in causes[:MOST_CAUSES]:
        yield "    " + words.plain(CAUSE_WORDS[cause.kind], what=cause.what)
    if len(causes) > MOST_CAUSES:
        yield "    " + words.plain("and %(n)s more", n=len(causes) - MOST_CAUSES)
