"""What the registers of the example hold: places, hubs, members, contacts, events. Plain records that do not change.

Shapes only. The world as a whole, and what people do in it, stands in `world.py`.
"""

from dataclasses import dataclass
from datetime import date, time


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
    region: str | None = None

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
    """A country, the hub that serves it now, the language its cities answer surveys in, and its part of the world."""

    country_code: str
    hub_code: str
    survey_language: str
    name_en: str
    name_fr: str
    name_ar: str
    region: str

    def name(self, language: str) -> str:
        """The country's name in a language (`en`, `fr` or `ar`)."""
        return {"en": self.name_en, "fr": self.name_fr, "ar": self.name_ar}[language]


@dataclass(frozen=True)
class Hub:
    """A regional hub, due to report from `active_from`; one that was never launched has no `launched_on`.

    `utc_offset` is that of its survey clocks, in minutes; `language` that of its reports; on `weekend_days` it does not
    work.
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
    weekend_days: tuple[str, ...] = ("sat", "sun")


@dataclass(frozen=True)
class HubPriority:
    """A hub that is a priority of the network in a year."""

    year: int
    hub_code: str


@dataclass(frozen=True)
class HubCountry:
    """Which hub serves a country between two dates; an open end is None."""

    hub_code: str
    country_code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Grant:
    """A grant, with its scope and its first and last day; no countries or themes stand for all of them.

    `planned_until` is the last day as first agreed, of a grant that ended before it.
    """

    grant_code: str
    hubs: tuple[str, ...]
    starts_on: date
    ends_on: date
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    planned_until: date | None = None


@dataclass(frozen=True)
class Membership:
    """One spell of a city's membership; `left_on` is None while it lasts.

    `is_acceptance_undated` tells that the principles were accepted on a day that nobody knows any more.
    """

    city_code: str
    joined_on: date
    left_on: date | None
    principles_accepted_on: date | None
    engagement_level: str
    is_acceptance_undated: bool = False


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
class SurveyInvitation:
    """A city invited to the annual survey of a year, in the language of the invitation."""

    wave: int
    city_code: str
    invited_on: date
    language: str
