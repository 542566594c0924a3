"""Draws the hubs' quarterly reports from what took place. One report has not arrived."""

import random
from collections.abc import Sequence
from datetime import timedelta

from mel_example.places import GRANTS, HUBS, cities
from mel_example.quarters import QUARTERS, Quarter
from mel_example.world import ActivityRow, AttendanceRow, Event, HubReport, Person

NOT_ARRIVED = ("WB", "2024Q3")


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
        for hub in HUBS:
            own = [event for event in events if _belongs(event, hub.hub_code, quarter)]
            language = _language(hub.hub_code, quarter)
            rows = [
                _activity(place, event, list(participants.get(event.event_code, {}).values()), language, rng)
                for place, event in enumerate(own, start=1)
            ]
            submitted_on = quarter.end + timedelta(days=rng.randint(8, 16))
            if (hub.hub_code, quarter.code) != NOT_ARRIVED:
                reports.append(HubReport(hub.hub_code, quarter.code, submitted_on, language, tuple(rows)))
    return tuple(reports)


def _belongs(event: Event, hub_code: str, quarter: Quarter) -> bool:
    return event.status == "delivered" and event.hub_code == hub_code and quarter.contains(event.end_on)


def _language(hub_code: str, quarter: Quarter) -> str:
    """MENA reports in French and Arabic by turns, the others in English."""
    if hub_code != "MENA":
        return "en"
    return "fr" if QUARTERS.index(quarter) % 2 == 0 else "ar"


def _activity(
    place: int, event: Event, participants: Sequence[Person], language: str, rng: random.Random
) -> ActivityRow:
    names = {city.city_code: city.name(language) for city in cities()}
    women = sum(person.sex == "female" for person in participants)
    men = sum(person.sex == "male" for person in participants)
    homes = sorted({person.city_code for person in participants})
    return ActivityRow(
        activity_ref=f"{event.hub_code}-24Q{(event.end_on.month + 2) // 3}-{place:02d}",
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
    )


def _grants(event: Event, rng: random.Random) -> tuple[str, ...]:
    """None, one or two of the grants that may pay for the event."""
    possible = [
        grant.grant_code
        for grant in GRANTS
        if event.hub_code in grant.hubs and grant.starts_on <= event.start_on and event.end_on <= grant.ends_on
    ]
    wanted = rng.choices((0, 1, 2), weights=(2, 5, 3))[0]
    return tuple(sorted(rng.sample(possible, min(wanted, len(possible)))))
