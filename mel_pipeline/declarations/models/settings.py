"""`programme.yml` and `dimensions.yml`: what a programme is, and how it is divided and labelled."""

from datetime import date
from typing import Literal

from pydantic import Field

from mel_pipeline.declarations.models.base import Code, Declared, Words


class Calendar(Declared):
    """First and last quarter of the programme, as period codes (`2024Q1`)."""

    first_quarter: str
    last_quarter: str


class Thresholds(Declared):
    """Cuts of performance between the statuses."""

    on_track: float = 0.90
    at_risk: float = 0.70
    exceeded: float = 1.10


class Disclosure(Declared):
    """Rules for small groups of people."""

    minimum_cell: int = 5


class ReviewBy(Declared):
    """Who besides the officer is asked about faulty rows: each code of a scope, in the language of its register."""

    by: str
    register_source: str = Field(alias="register")
    language: str


class Settings(Declared):
    """`programme.yml`: who the programme is, when it runs, and how it is divided.

    `fiscal_years` are years of donors by prefix, with the month in which they begin.
    """

    programme: str
    title: Words
    subtitle: Words
    languages: list[str] = Field(min_length=1)
    calendar: Calendar
    fiscal_years: dict[Code, int] = {}
    as_of: date | None = None
    scopes: dict[str, str | dict[str, str]] = {}
    missing_codes: dict[Code, str] = {}
    thresholds: Thresholds = Thresholds()
    disclosure: Disclosure = Disclosure()
    review: ReviewBy | None = None
    contact: Words = {}
    licence: Words = {}


class Category(Declared):
    """One value of a dimension, with its label."""

    label: Words


class Dimension(Declared):
    """A way to break a value down. `territories` takes its labels from the CLDR country names."""

    label: Words
    categories: dict[Code, Category] | Literal["territories"]
    counts_people_once: bool = False
