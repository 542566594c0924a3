"""Draws what hubs report besides activities, and puts it into their reports. Some sheets of most reports stay empty.

Changes are drawn in `hub_changes.py`, more forums and texts in `advocacy.py`. How late a report is sent is drawn here.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mel_example.generate.advocacy import with_forums_and_texts
from mel_example.generate.hub_changes import draw_changes
from mel_example.generate.hub_requests import carried_over
from mel_example.generate.hub_resources import with_resources
from mel_example.generate.hub_support import continued
from mel_example.hub_records import Advocacy, Change, HelpRequest, Need, Resource, SelfTotal, SupportCase
from mel_example.places import LAUNCHED_HUBS, SAME_NAME, countries
from mel_example.quarters import QUARTERS, Quarter
from mel_example.register_records import City, Event, Membership
from mel_example.world import HubReport

_LATE = {"2024Q1": 3, "2024Q2": 2, "2024Q3": 1, "2024Q4": 1, "2025Q1": 1, "2025Q2": 2, "2025Q3": 1, "2026Q1": 1}
"""How many reports come after the day on which they are due, by quarter; hubs learn, and fall back in 2025."""
_TOPICS = ("action_plan", "training_material", "legal_question", "peer_contact", "communication")
_RESULTS = ("solved", "referred", "open")
_SUPPORT_TYPES = ("technical_advice", "small_grant", "study_visit")
_TEXTS = {
    "en": ("Draft of a local action plan", "Declaration of mayors on prevention", "Guide for local networks"),
    "fr": ("Projet de plan d'action local", "Déclaration des maires sur la prévention", "Guide des réseaux locaux"),
    "ar": ("مسودة خطة عمل محلية", "إعلان رؤساء البلديات بشأن الوقاية", "دليل الشبكات المحلية"),
}
_THEMES = ("T1", "T2", "T3", "T4", "T5", "T6")
_PRIORITIES = ("SP1", "SP2", "SP3", "SP4", "SP5")


def fill_reports(
    reports: Sequence[HubReport],
    events: Sequence[Event],
    cities: Sequence[City],
    memberships: Sequence[Membership],
    stream: Callable[[str], random.Random],
) -> tuple[HubReport, ...]:
    """The reports with all their sheets, and with the day on which they were really sent.

    Args:
        reports: with their activities.
        events: the register, for the hub's own totals.
        cities: the register of cities.
        memberships: whose cities hubs tell about.
        stream: gives the random numbers of a part.
    """
    homes = _homes(cities, memberships)
    languages = {hub.hub_code: hub.language for hub in LAUNCHED_HUBS}
    changes = _by_report(reports, draw_changes(homes, languages, stream("hub changes")))
    sheets, sent_on = stream("hub sheets"), _sent_on(reports, stream("report timing"))
    trainings = {event.event_code for event in events if event.activity_line == "training"}
    filled = []
    for report in reports:
        quarter = next(quarter for quarter in QUARTERS if quarter.code == report.period)
        told = _sheets(report, quarter, homes[report.hub_code], sheets)
        filled.append(
            replace(
                told,
                submitted_on=sent_on[report.hub_code, report.period],
                changes=tuple(changes.get((report.hub_code, report.period), ())),
                self_totals=(
                    SelfTotal("ACT-05", sum(row.event_code in trainings for row in report.rows)),
                    SelfTotal("OCM-04", len(changes.get((report.hub_code, report.period), ()))),
                ),
            )
        )
    resourced = with_resources(continued(carried_over(filled)), homes, stream("hub resources"))
    return with_forums_and_texts(resourced, stream("forums and texts"))


def _homes(cities: Sequence[City], memberships: Sequence[Membership]) -> dict[str, list[str]]:
    """Codes of the member cities of each hub whose names can mean one city only."""
    hub_of = {country.country_code: country.hub_code for country in countries()}
    members = {member.city_code for member in memberships if member.left_on is None}
    return {
        hub.hub_code: [
            city.city_code
            for city in cities
            if city.city_code in members
            and city.city_code not in SAME_NAME
            and hub_of[city.country_code] == hub.hub_code
        ]
        for hub in LAUNCHED_HUBS
    }


def _by_report(reports: Sequence[HubReport], changes: Sequence[Change]) -> dict[tuple[str, str], list[Change]]:
    """Each change stands in the report of its quarter; where that has not arrived, in the hub's next one."""
    arrived = {(report.hub_code, report.period) for report in reports}
    placed: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        possible = (
            (change.hub_code, quarter.code)
            for quarter in QUARTERS
            if quarter.end >= change.changed_on and (change.hub_code, quarter.code) in arrived
        )
        for report in possible:
            placed.setdefault(report, []).append(change)
            break
    return placed


def _sent_on(reports: Sequence[HubReport], rng: random.Random) -> dict[tuple[str, str], date]:
    """The day on which each report was sent, by hub and quarter: within fifteen days, or up to twelve days late."""
    days: dict[tuple[str, str], date] = {}
    for quarter in QUARTERS:
        own = [report for report in reports if report.period == quarter.code]
        late = {report.hub_code for report in rng.sample(own, min(_LATE.get(quarter.code, 0), len(own)))}
        for report in own:
            early = min((report.submitted_on - quarter.end).days, 15)
            after = 15 + rng.randint(1, 12) if report.hub_code in late else early
            days[report.hub_code, report.period] = quarter.end + timedelta(days=after)
    return days


def _sheets(report: HubReport, quarter: Quarter, homes: Sequence[str], rng: random.Random) -> HubReport:
    short = f"{report.hub_code}-{quarter.code[2:4]}{quarter.code[4:]}"
    texts = _TEXTS[report.language]
    needs = tuple(_need(short, place, homes, quarter, rng) for place in range(1, rng.choice((0, 1, 1, 2)) + 1))
    n_support = rng.choice((0, 1, 1, 2))
    return replace(
        report,
        requests=tuple(_request(short, place, homes, quarter, rng) for place in range(1, rng.randint(0, 3) + 1)),
        support=tuple(
            _support(f"{short}-{place:02d}", homes, quarter, needs, texts[0], rng) for place in range(1, n_support + 1)
        ),
        advocacy=tuple(_advocacy(short, quarter, texts[1], rng) for _ in range(rng.random() < 0.35)),
        resources=tuple(_resource(short, homes, quarter, texts[2], rng) for _ in range(rng.random() < 0.3)),
        needs=needs,
    )


def _day(quarter: Quarter, rng: random.Random, last: int = 80) -> date:
    return quarter.start + timedelta(days=rng.randint(2, last))


def _request(short: str, place: int, homes: Sequence[str], quarter: Quarter, rng: random.Random) -> HelpRequest:
    received_on, result = _day(quarter, rng, 70), rng.choices(_RESULTS, weights=(6, 2, 2))[0]
    answered_on = None if result == "open" else received_on + timedelta(days=rng.randint(0, 15))
    return HelpRequest(
        f"HD-{short}-{place:02d}", rng.choice(homes), received_on, answered_on, rng.choice(_TOPICS), result
    )


def _support(
    place: str,
    homes: Sequence[str],
    quarter: Quarter,
    needs: Sequence[Need],
    deliverable: str,
    rng: random.Random,
) -> SupportCase:
    need = rng.choice(needs) if needs else None
    start_on, is_done = _day(quarter, rng, 50), rng.random() < 0.6
    return SupportCase(
        support_ref=f"SU-{place}",
        city_code=need.city_code if need else rng.choice(homes),
        support_type=rng.choice(_SUPPORT_TYPES),
        need_ref=need.need_ref if need else None,
        start_on=start_on,
        end_on=start_on + timedelta(days=rng.randint(5, 30)) if is_done else None,
        status="done" if is_done else "ongoing",
        deliverable=deliverable,
        support_value=500 * rng.randint(2, 30),
        currency=rng.choice(("EUR", "USD")),
    )


def _advocacy(short: str, quarter: Quarter, title: str, rng: random.Random) -> Advocacy:
    status = rng.choice(("draft", "proposed", "adopted"))
    return Advocacy(
        advocacy_ref=f"AD-{short}-01",
        forum=rng.choice(("un", "regional", "national", "association")),
        level=rng.choice(("global", "regional", "national")),
        held_on=_day(quarter, rng),
        leaders_speaking=rng.randint(1, 6),
        text_title=title,
        adoption_status=status,
        is_adopted=status == "adopted",
        is_city_reference_quoted=rng.random() < 0.5,
    )


def _resource(short: str, homes: Sequence[str], quarter: Quarter, title: str, rng: random.Random) -> Resource:
    languages = tuple(sorted(rng.sample(("ar", "en", "fr"), rng.randint(1, 3))))
    return Resource(
        f"RS-{short}-01", title, languages, rng.choice(_THEMES), _day(quarter, rng), rng.choice(homes)
    )  # fmt: skip


def _need(short: str, place: int, homes: Sequence[str], quarter: Quarter, rng: random.Random) -> Need:
    return Need(
        need_ref=f"ND-{short}-{place:02d}",
        city_code=rng.choice(homes),
        priority=rng.choice(_PRIORITIES),
        theme=rng.choice(_THEMES),
        urgency=rng.choice(("low", "medium", "high")),
        identified_on=_day(quarter, rng),
    )
