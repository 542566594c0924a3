"""`donors.yml`: who funds what, and what they receive."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mel_pipeline.declarations.models.base import Declared, Words


class GrantScope(Declared):
    """What a grant funds: hubs, and optionally countries and themes within them.

    `shares` are the parts of its money that hubs get, over its whole time; together they are at most 1.
    """

    hubs: list[str] = Field(min_length=1)
    shares: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    countries: list[str] = []
    themes: list[str] = []


class Grant(Declared):
    """Money for a part of the programme over a time.

    `planned_until` is the last day as first agreed, where the grant ended before it.
    """

    grant_code: str
    title: Words
    starts_on: date
    ends_on: date
    planned_until: date | None = None
    scope: GrantScope


class Donor(Declared):
    """Who funds grants, which products in which languages they receive, and in which fiscal years they count."""

    donor_code: str
    name: Words
    languages: list[str] = []
    products: list[Literal["page"]] = []
    scoring_profile: str = "default"
    fiscal_year: str | None = None
    grants: list[Grant] = []


class Donors(Declared):
    """`donors.yml`."""

    donors: list[Donor] = []
