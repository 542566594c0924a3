"""What hubs report besides activities: requests, support, changes, advocacy, resources, needs, their own totals.

Shapes only, as in `world.py`. Making the records belongs to `generate/hub_sheets.py` and `generate/hub_changes.py`.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HelpRequest:
    """A question that a city asked its hub; not answered yet while `answered_on` is None."""

    request_ref: str
    city_code: str
    received_on: date
    answered_on: date | None
    topic: str
    result: str


@dataclass(frozen=True)
class SupportCase:
    """Support of one city, with what came of it; nothing yet while `deliverable` is None."""

    support_ref: str
    city_code: str
    support_type: str
    need_ref: str | None
    start_on: date
    end_on: date | None
    status: str
    deliverable: str | None
    support_value: int
    currency: str


@dataclass(frozen=True)
class Change:
    """One report of a change in a city: how far it had come on a day, and how well that is shown."""

    change_ref: str
    hub_code: str
    city_code: str
    changed_on: date
    category: str
    priorities: tuple[str, ...]
    actor: str
    statement: str
    stage: int
    contribution: int
    evidence_level: int
    evidence_document: str | None
    is_positive: bool


@dataclass(frozen=True)
class Advocacy:
    """A text or a forum in which cities were heard."""

    advocacy_ref: str
    forum: str
    level: str
    held_on: date
    leaders_speaking: int
    text_title: str
    adoption_status: str
    is_adopted: bool
    is_city_reference_quoted: bool
    is_verified: bool = False


@dataclass(frozen=True)
class Resource:
    """A guide or tool that was published, or a later edition of it, which bears the same reference."""

    resource_ref: str
    title: str
    languages: tuple[str, ...]
    theme: str
    published_on: date
    city_code: str
    resource_type: str | None = None


@dataclass(frozen=True)
class Need:
    """What a city asked for."""

    need_ref: str
    city_code: str
    priority: str
    theme: str
    urgency: str
    identified_on: date


@dataclass(frozen=True)
class SelfTotal:
    """A total as the hub counted it, to compare with."""

    indicator_code: str
    total: int
