"""The finding of a page, as sentences computed from the scores.

Only the choice of what is said first belongs here.
"""

from markupsafe import Markup

from mel_pipeline.publish.indicator_rows import Row
from mel_pipeline.publish.numbers import Numbers
from mel_pipeline.publish.words import Words


def headline(rows: list[Row], words: Words) -> Markup:
    """How many of the judged results are on track."""
    judged = [row for row in rows if row.status.is_judged]
    if not judged:
        return words.gettext("No result can be judged against a target in this period.")
    numbers = Numbers(words)
    on_track = sum(row.status.code == "on_track" for row in judged)
    total = numbers.count(len(judged))
    if on_track == len(judged):
        return words.ngettext(
            "The one result that can be judged (%(total)s) is on track.",
            "All %(total)s results that can be judged are on track.",
            len(judged),
            total=total,
        )
    return words.ngettext(
        "%(on_track)s of %(total)s result that can be judged is on track.",
        "%(on_track)s of %(total)s results that can be judged are on track.",
        len(judged),
        on_track=numbers.count(on_track),
        total=total,
    )


def behind(rows: list[Row], words: Words) -> list[Markup]:
    """What is not on track, worst first: the part of a report that is easily left out."""
    order = ("off_track", "at_risk")
    late = [row for code in order for row in rows if row.status.code == code]
    return [
        words.gettext(
            "%(symbol)s %(status)s: %(title)s, %(actual)s against a target of %(target)s",
            symbol=symbol_markup(row),
            status=row.status.word,
            title=row.title,
            actual=row.actual,
            target=row.target,
        )
        for row in late
    ]


def unsure(rows: list[Row], words: Words) -> Markup | None:
    """How many judgements the sample is too small for; None without any."""
    number = sum(row.status.is_judged and row.is_unsure for row in rows)
    if not number:
        return None
    return words.ngettext(
        "For %(number)s result the sample is too small to tell.",
        "For %(number)s results the sample is too small to tell.",
        number,
        number=Numbers(words).count(number),
    )


def symbol_markup(row: Row) -> Markup:
    """A status symbol that screen readers pass over, since the word follows."""
    return Markup('<i class="{}" aria-hidden="true">{}</i>').format(row.status.code, row.status.symbol)
