"""What exists in the example world before any file is written: plain records that do not change.

Shapes only. Making the records belongs to `generate/`, writing them to `raw_files/`, breaking the files
to `defects.py`, and counting the records to `truth/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from mel_example.answers import AnswerKey, EventFeedback, TrainingTest
from mel_example.hub_records import Advocacy, Change, HelpRequest, Need, Resource, SelfTotal, SupportCase

LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True)
class City:
    """A city of the register, with its name in the three languages."""

    city_code: str
    name_en: str
    name_fr: str
    name_ar: str
    country_code: str
    admin_type: str
    population: int | None
    population_year: int
    income_group: str

    def name(self, language: str) -> str:
        """The registered name in a language (`en`, `fr` or `ar`)."""
        return {"en": self.name_en, "fr": self.name_fr, "ar": self.name_ar}[language]


@dataclass(frozen=True)
class CityAlias:
    """Another spelling of a city's name, approved (`is_valid`) or refused."""

    alias: str
    city_code: str
    language: str
    is_valid: bool
    approved_by_role: str
    approved_on: date


@dataclass(frozen=True)
class Country:
    """A country, the hub that serves it now, and the language its cities answer surveys in."""

    country_code: str
    hub_code: str
    survey_language: str
    name_en: str
    name_fr: str
    name_ar: str

    def name(self, language: str) -> str:
        """The country's name in a language (`en`, `fr` or `ar`)."""
        return {"en": self.name_en, "fr": self.name_fr, "ar": self.name_ar}[language]


@dataclass(frozen=True)
class Hub:
    """A regional hub, due to report from `active_from`; one that was never launched has no `launched_on`.

    `utc_offset` is that of its survey clocks, in minutes; `language` that of its reports.
    """

    hub_code: str
    name_en: str
    name_fr: str
    name_ar: str
    active_from: date
    active_to: date | None
    launched_on: date | None
    language: str
    time_zone: str
    utc_offset: int


@dataclass(frozen=True)
class HubCountry:
    """Which hub serves a country between two dates; an open end is None."""

    hub_code: str
    country_code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Grant:
    """A grant, with its scope and its first and last day; no countries or themes stand for all of them."""

    grant_code: str
    hubs: tuple[str, ...]
    starts_on: date
    ends_on: date
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Membership:
    """One spell of a city's membership; `left_on` is None while it lasts."""

    city_code: str
    joined_on: date
    left_on: date | None
    principles_accepted_on: date | None
    engagement_level: str


@dataclass(frozen=True)
class SteeringMember:
    """A city's seat in the steering committee between two dates; the last day is None while it lasts."""

    city_code: str
    valid_from: date
    valid_to: date | None
    role: str


@dataclass(frozen=True)
class FormerCountryCode:
    """A code that a country bore before its present one, and what it stood for."""

    former_code: str
    country_code: str
    former_name: str


@dataclass(frozen=True)
class Contact:
    """A point of contact in a member city."""

    contact_ref: str
    city_code: str
    name: str
    email: str
    valid_from: date
    valid_to: date | None
    confirmed_on: date | None
    is_bounced: bool


@dataclass(frozen=True)
class Event:
    """An event of the register, planned, delivered or cancelled."""

    event_code: str
    title_en: str
    title_fr: str
    title_ar: str
    activity_line: str
    event_type: str
    modality: str
    themes: tuple[str, ...]
    priorities: tuple[str, ...]
    start_on: date
    end_on: date
    time_zone: str
    mode: str
    hub_code: str
    country_code: str
    organiser: str
    audience: str
    is_eligible_for_me3: bool
    status: str

    def title(self, language: str) -> str:
        """The title in a language (`en`, `fr` or `ar`)."""
        return {"en": self.title_en, "fr": self.title_fr, "ar": self.title_ar}[language]


@dataclass(frozen=True)
class Session:
    """One session of an event; `planned_minutes` is the time between its start and its end."""

    event_code: str
    session_no: int
    session_on: date
    starts_at: time
    ends_at: time
    planned_minutes: int


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
class SurveyInvitation:
    """A city invited to the annual survey of a year, in the language of the invitation."""

    wave: int
    city_code: str
    invited_on: date
    language: str


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
