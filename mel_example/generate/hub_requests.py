"""Requests that were open in one report stand in the hub's next one, answered.

Drawing requests belongs to `hub_sheets.py`; nothing is drawn here, so that no other part moves.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from mel_example.hub_records import HelpRequest
from mel_example.world import HubReport

_DAYS_BEFORE_THE_REPORT = 12


def carried_over(reports: Iterable[HubReport]) -> tuple[HubReport, ...]:
    """The reports in their order, each with what was open in the hub's report before."""
    open_requests: dict[str, tuple[HelpRequest, ...]] = {}
    done = []
    for report in reports:
        answered_on = report.submitted_on - timedelta(days=_DAYS_BEFORE_THE_REPORT)
        answered = tuple(
            replace(request, answered_on=answered_on, result="solved")
            for request in open_requests.get(report.hub_code, ())
        )
        open_requests[report.hub_code] = tuple(each for each in report.requests if each.answered_on is None)
        done.append(replace(report, requests=(*answered, *report.requests)))
    return tuple(done)
