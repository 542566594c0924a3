"""Draws the activities of the hubs' quarterly reports from what took place. Some reports have not arrived.

A hub without events reports too. The other sheets belong to `hub_sheets.py`.
"""

import random
from collections.abc import Sequence
from datetime import timedelta

from mel_example.places import GRANTS, LAUNCHED_HUBS, cities
from mel_example.quarters import QUARTERS, Quarter
from mel_example.register_records import Event, Hub
from mel_example.world import ActivityRow, AttendanceRow, HubReport, Person

NOT_ARRIVED = (("WB", "2024Q3"), ("NAM", "2025Q2"), ("SAS", "2025Q3"))


def draw_reports(
    events: Sequence[Event], attendance: Sequence[AttendanceRow], people: Sequence[Person], rng: random.Random
) -> tuple[HubReport, ...]:
    """One report per hub and quarter that lists the delivered events, in the order of quarter and hub.

    Numbers of participants agree with the attendance, also where its list has not arrived.
    """
    person_by_number = {person.number: person for person in people}
    participants: dict[str, dict[int, Person]] = {}
    for row in attendance:
        participants.setdefault(row.event_code, {})[row.person] = person_by_number[row.person]
    reports = []
    for quarter in QUARTERS:
        for hub in LAUNCHED_HUBS:
            own = [event for event in events if _belongs(event, hub.hub_code, quarter)]
            language = _language(hub, quarter)
            rows = [
                _activity(place, event, list(participants.get(event.event_code, {}).values()), language, rng)
                for place, event in enumerate(own, start=1)
            ]
            submitted_on = quarter.end + timedelta(days=rng.randint(8, 16))
            if (hub.hub_code, quarter.code) not in NOT_ARRIVED:
                reports.append(HubReport(hub.hub_code, quarter.code, submitted_on, language, tuple(rows)))
    return tuple(reports)


def _belongs(event: Event, hub_code: str, quarter: Quarter) -> bool:
    return event.status == "delivered" and event.hub_code == hub_code and quarter.contains(event.end_on)


def _language(hub: Hub, quarter: Quarter) -> str:
    """The hub's own; where that is Arabic, every other report is written in French."""
    return "fr" if hub.language == "ar" and quarter.place % 2 == 0 else hub.language


def _activity(
    place: int, event: Event, participants: Sequence[Person], language: str, rng: random.Random
) -> ActivityRow:
    names = {city.city_code: city.name(language) for city in cities()}
    women = sum(person.sex == "female" for person in participants)
    men = sum(person.sex == "male" for person in participants)
    homes = sorted({person.city_code for person in participants})
    return ActivityRow(
        activity_ref=f"{event.hub_code}-{event.end_on:%y}Q{(event.end_on.month + 2) // 3}-{place:02d}",
        event_code=event.event_code,
        title=event.title(language),
        start_on=event.start_on,
        end_on=event.end_on,
        participants_total=len(participants),
        women=women,
        men=men,
        other_unknown=len(participants) - women - men,
        youth_29=sum(person.age is not None and person.age <= 29 for person in participants),
        cities=tuple(names[code] for code in homes),
        is_national_government_present=any(p.stakeholder_type == "national_government" for p in participants),
        grant_codes=_grants(event, rng),
        modality=event.modality,
        event_type=event.event_type,
        themes=event.themes,
        priorities=event.priorities,
        country_code=event.country_code,
        mode=event.mode,
    )


def _grants(event: Event, rng: random.Random) -> tuple[str, ...]:
    """None, one or two of the grants that may pay for the event."""
    possible = [
        grant.grant_code
        for grant in GRANTS
        if event.hub_code in grant.hubs
        and grant.starts_on <= event.start_on
        and event.end_on <= grant.ends_on
        and (not grant.countries or event.country_code in grant.countries)
        and (not grant.themes or set(grant.themes).intersection(event.themes))
    ]
    wanted = rng.choices((0, 1, 2), weights=(2, 5, 3))[0]
    return tuple(sorted(rng.sample(possible, min(wanted, len(possible)))))
