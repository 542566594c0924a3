"""What exists in the example world before any file is written: plain records that do not change.

Shapes only. Making the records belongs to `generate/`, writing them to `raw_files/`, breaking the files
to `defects.py`, and counting the records to `truth/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from mel_example.answers import AnswerKey, ApplicationExample, EventFeedback, TrainingTest
from mel_example.hub_records import Advocacy, Change, HelpRequest, Need, Resource, SelfTotal, SupportCase
from mel_example.register_records import (
    City,
    CityAlias,
    Contact,
    Event,
    FormerCountryCode,
    Grant,
    Hub,
    HubCountry,
    HubPriority,
    Membership,
    Session,
    SteeringMember,
    SurveyInvitation,
)

LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True)
class Person:
    """An invented person. Without an e-mail, name and organisation are spelt the same in every file."""

    number: int
    name: str
    email: str | None
    city_code: str
    organisations: tuple[str, ...]
    sex: str | None
    age: int | None
    stakeholder_type: str


@dataclass(frozen=True)
class AttendanceRow:
    """One row of an attendance list: a person at a session, or one of several stays at an online session.

    `city_code` is the city that the organisation cell means, None where nobody can tell. Sex, age and
    stakeholder type are None where the list does not say. `is_signed` is for paper, the two times for
    online lists.
    """

    event_code: str
    session_no: int
    person: int
    mode: str
    organisation: str
    city_code: str | None
    sex: str | None = None
    age: int | None = None
    stakeholder_type: str | None = None
    is_signed: bool = False
    join_at: datetime | None = None
    leave_at: datetime | None = None

    @property
    def times(self) -> tuple[datetime, datetime]:
        """Arrival and departure online; ValueError for a row of a list on paper."""
        if self.join_at is None or self.leave_at is None:
            raise ValueError(f"row of {self.event_code} has no times: found {self.mode}, expected online")
        return self.join_at, self.leave_at


@dataclass(frozen=True)
class ActivityRow:
    """One delivered event as a hub reports it."""

    activity_ref: str
    event_code: str
    title: str
    start_on: date
    end_on: date
    participants_total: int
    women: int
    men: int
    other_unknown: int
    youth_29: int
    cities: tuple[str, ...]
    is_national_government_present: bool
    grant_codes: tuple[str, ...]
    modality: str = "M1"
    event_type: str = "workshop"
    themes: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    country_code: str = ""
    mode: str = "in_person"


@dataclass(frozen=True)
class HubReport:
    """The quarterly report of a hub, which may hold no activity at all.

    `first_sent_on` is the day of an earlier version, where one was sent before the one that counts.
    """

    hub_code: str
    period: str
    submitted_on: date
    language: str
    rows: tuple[ActivityRow, ...]
    requests: tuple[HelpRequest, ...] = ()
    support: tuple[SupportCase, ...] = ()
    changes: tuple[Change, ...] = ()
    advocacy: tuple[Advocacy, ...] = ()
    resources: tuple[Resource, ...] = ()
    needs: tuple[Need, ...] = ()
    self_totals: tuple[SelfTotal, ...] = ()
    first_sent_on: date | None = None


@dataclass(frozen=True)
class SurveyAnswer:
    """One answer to the annual survey.

    `items` are the twelve capacity items as answered: 1 to 5, -98 (don't know), -99 (refused), None
    where the cell cannot be used; `resilience` are the eight resilience items. `others` are the answers to all
    other questions by path, in codes. `submitted_at` is UTC, the other times are local.
    """

    submission_uuid: str
    submission_number: int
    language: str
    city_code: str
    country_code: str
    started_at: datetime
    ended_at: datetime
    utc_offset: int
    submitted_at: datetime
    respondent_role: str
    poc_name: str | None
    poc_email: str | None
    resources_used: tuple[str, ...]
    hub_shared_items: int
    items: tuple[int | None, ...]
    change_story: str | None
    resilience: tuple[int | None, ...] = ()
    others: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def answered_on(self) -> date:
        """The respondent's local date."""
        return self.started_at.date()


@dataclass(frozen=True)
class World:
    """Everything that exists, in a fixed order."""

    cities: tuple[City, ...]
    aliases: tuple[CityAlias, ...]
    memberships: tuple[Membership, ...]
    contacts: tuple[Contact, ...]
    hubs: tuple[Hub, ...]
    hub_countries: tuple[HubCountry, ...]
    grants: tuple[Grant, ...]
    events: tuple[Event, ...]
    sessions: tuple[Session, ...]
    people: tuple[Person, ...]
    attendance: tuple[AttendanceRow, ...]
    reports: tuple[HubReport, ...]
    answers: tuple[SurveyAnswer, ...]
    training_tests: tuple[TrainingTest, ...] = ()
    answer_keys: tuple[AnswerKey, ...] = ()
    steering_members: tuple[SteeringMember, ...] = ()
    former_country_codes: tuple[FormerCountryCode, ...] = ()
    survey_invitations: tuple[SurveyInvitation, ...] = ()
    event_feedback: tuple[EventFeedback, ...] = ()
    hub_priorities: tuple[HubPriority, ...] = ()
    follow_ups: tuple[TrainingTest, ...] = ()
    application_examples: tuple[ApplicationExample, ...] = ()

    @cached_property
    def country_of(self) -> dict[str, str]:
        """The country of each city, by city code."""
        return {city.city_code: city.country_code for city in self.cities}

    @cached_property
    def grants_named(self) -> dict[str, frozenset[str]]:
        """The grants that reports name for each event, by event code."""
        named: dict[str, set[str]] = {}
        for report in self.reports:
            for row in report.rows:
                named.setdefault(row.event_code, set()).update(row.grant_codes)
        return {event_code: frozenset(codes) for event_code, codes in named.items()}
