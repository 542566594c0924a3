"""Support that goes on at the end of a quarter: what it has given by then, and how the hub's next report ends it.

Drawing support belongs to `hub_sheets.py`; nothing is drawn here, so that no other part moves.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from mel_example.hub_records import SupportCase
from mel_example.world import HubReport

_LASTS = timedelta(days=95)
_GIVES_EARLY = "technical_advice"
"""Support of this kind gives something in writing before it ends."""


def continued(reports: Iterable[HubReport]) -> tuple[HubReport, ...]:
    """The reports in their order, each with what became of the support that went on in the hub's report before.

    As in real reports, some of it is never told of again: here where its value is no whole number of thousands.
    """
    ongoing: dict[str, tuple[SupportCase, ...]] = {}
    done = []
    for report in reports:
        ended = tuple(
            replace(each, status="done", end_on=each.start_on + _LASTS) for each in ongoing.get(report.hub_code, ())
        )
        ongoing[report.hub_code] = tuple(
            each for each in report.support if each.end_on is None and each.support_value % 1000 == 0
        )
        done.append(replace(report, support=(*ended, *map(_as_begun, report.support))))
    return tuple(done)


def _as_begun(support: SupportCase) -> SupportCase:
    """Support as its first report tells it: what goes on has given nothing yet, except for advice."""
    if support.end_on is not None or support.support_type == _GIVES_EARLY:
        return support
    return replace(support, deliverable=None)
