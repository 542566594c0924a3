"""Draws the clean world from a seed: members, events, attendance, reports and survey answers.

Only `make_world` is for others. Each part draws from its own stream of random numbers, so that a change
in one part leaves the others as they were.
"""

import random

from mel_example import places
from mel_example.generate.attendance import draw_attendance
from mel_example.generate.contacts import draw_contacts
from mel_example.generate.event_feedback import draw_event_feedback
from mel_example.generate.events import draw_events, draw_sessions, lists_not_arrived
from mel_example.generate.follow_ups import code_examples, draw_follow_ups
from mel_example.generate.hub_sheets import fill_reports
from mel_example.generate.members import draw_memberships, draw_waves
from mel_example.generate.people import draw_people
from mel_example.generate.reports import draw_reports
from mel_example.generate.steering import draw_steering_members
from mel_example.generate.survey import draw_answers, invitations
from mel_example.generate.survey_gaps import with_gaps
from mel_example.generate.survey_groups import with_all_groups
from mel_example.generate.survey_incidents import with_incidents_again
from mel_example.generate.training_tests import answer_keys, draw_training_tests
from mel_example.world import World


def make_world(seed: int, scale: float) -> World:
    """The clean world of a seed; `scale` multiplies the numbers of people and of events."""

    def stream(part: str) -> random.Random:
        return random.Random(f"{seed}/{part}")

    cities = places.cities()
    memberships = draw_memberships(cities, stream("members"))
    waves = draw_waves(cities, memberships, stream("waves"))
    people = draw_people(cities, waves, scale, stream("people"))
    events = draw_events(scale, stream("events"))
    sessions = draw_sessions(events, stream("sessions"))
    attendance = draw_attendance(events, sessions, people, waves, scale, stream("attendance"))
    lost = set(lists_not_arrived(events))
    arrived = [row for row in attendance if row.event_code not in lost]
    reports = draw_reports(events, attendance, people, stream("reports"))
    answers = with_all_groups(draw_answers(cities, memberships, stream("survey")), stream("survey groups"))
    tests = draw_training_tests(events, people, attendance, stream("training tests"))
    follow_ups = draw_follow_ups(events, tests, stream("training follow-ups"))
    return World(
        cities=cities,
        aliases=places.city_aliases(),
        memberships=memberships,
        contacts=draw_contacts(memberships, cities, stream("contacts")),
        hubs=places.HUBS,
        hub_countries=places.hub_countries(),
        grants=places.GRANTS,
        events=events,
        sessions=sessions,
        people=people,
        attendance=tuple(arrived),
        reports=fill_reports(reports, events, cities, memberships, stream),
        answers=with_incidents_again(with_gaps(answers, stream("survey gaps")), stream("survey incidents")),
        training_tests=tests,
        follow_ups=follow_ups,
        application_examples=code_examples(follow_ups, stream("examples of application")),
        answer_keys=answer_keys(),
        steering_members=draw_steering_members(memberships, stream("steering committee")),
        former_country_codes=places.FORMER_COUNTRY_CODES,
        survey_invitations=invitations(cities, memberships),
        event_feedback=draw_event_feedback(events, people, attendance, stream("event feedback")),
        hub_priorities=places.HUB_PRIORITIES,
    )
