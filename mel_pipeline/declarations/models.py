"""The shapes of everything a programme folder declares, as pydantic models.

Only shapes and the rules that one entry can break by itself belong here. What needs two files to be
seen (an unknown node, a missing label, a cycle) belongs to `lint.py`; reading files to `programme.py`.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

Words = dict[str, str]
"""One text in every declared language, by language code."""

Code = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
"""A short code; YAML reads a bare 2024 as a number, which is a code all the same."""

FIELD_TYPES = ("text", "code", "codes", "category", "choices", "integer", "number", "date", "datetime", "time", "flag")
FieldType = Literal[
    "text", "code", "codes", "category", "choices", "integer", "number", "date", "datetime", "time", "flag"
]
DqaDimension = Literal["validity", "integrity", "precision", "reliability", "timeliness"]
DQA_DIMENSIONS: tuple[DqaDimension, ...] = ("validity", "integrity", "precision", "reliability", "timeliness")


class Declared(BaseModel):
    """What every declared entry shares: unknown keys are faults, and an entry does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# --- programme.yml ---------------------------------------------------------------------------


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


class Settings(Declared):
    """`programme.yml`: who the programme is, when it runs, and how it is divided."""

    programme: str
    title: Words
    subtitle: Words
    languages: list[str] = Field(min_length=1)
    calendar: Calendar
    as_of: date | None = None
    scopes: dict[str, str | dict[str, str]] = {}
    missing_codes: dict[Code, str] = {}
    thresholds: Thresholds = Thresholds()
    disclosure: Disclosure = Disclosure()
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


# --- theory_of_change.yml --------------------------------------------------------------------


class Node(Declared):
    """A step of the theory of change."""

    id: str
    level: Literal["activity", "output", "outcome", "impact"]
    label: Words
    priorities: list[str] = []


class Link(Declared):
    """A claim that one step leads to another, after a lag in quarters."""

    id: str
    from_node: str = Field(alias="from")
    to_node: str = Field(alias="to")
    status: Literal["stated", "implied"]
    lag_quarters: int = Field(ge=0)
    assumptions: list[str] = []
    assumption_on_this_link: str | None = None
    quote: str | None = None


class Assumption(Declared):
    """What has to hold for a link to work."""

    id: str
    statement: Words
    links: list[str]


class CodedLabel(Declared):
    """A priority, theme or modality: a code with its label."""

    id: str
    label: Words
    number: int | None = None
    quote: str | None = None
    near_priorities: list[str] = []
    cross_cutting: bool = False
    part_of: str | None = None
    scope: str | None = None


class TheoryOfChange(Declared):
    """Nodes, the links between them, and what the links assume."""

    nodes: list[Node] = []
    links: list[Link] = []
    assumptions: list[Assumption] = []
    priorities: list[CodedLabel] = []
    themes: list[CodedLabel] = []
    modalities: list[CodedLabel] = []


# --- indicators/*.yml ------------------------------------------------------------------------


class IndexOf(Declared):
    """A scale score: the mean of items, moved from the item scale onto the index scale."""

    items: list[str] = Field(min_length=1)
    reverse: list[str] = []
    minimum_items: int = Field(ge=1)
    item_scale: tuple[float, float] = (1, 5)
    scale: tuple[float, float] = (0, 100)


class RowsOf(Declared):
    """Rows of a mart, named by a table and a condition."""

    table: str = Field(alias="from")
    where: str | None = None


class Measure(Declared):
    """How an indicator is computed: one verb over the rows of one mart."""

    table: str = Field(alias="from")
    where: str | None = None
    count: Literal[True] | None = None
    count_distinct: str | None = None
    share: str | None = None
    index: IndexOf | None = None
    per_entity: str | None = None
    population: Literal["census"] | RowsOf | None = None

    @property
    def verb(self) -> str:
        """The one verb this measure uses."""
        return next(name for name in VERBS if getattr(self, name) is not None)


VERBS = ("count", "count_distinct", "share", "index")


class Coverage(RowsOf):
    """Share of the units due in a period that have been received."""

    received: str


class Baseline(Declared):
    """Where the indicator stood before the programme."""

    value: float
    period: Code


class Indicator(Declared):
    """One indicator, with everything an indicator reference sheet asks for."""

    code: str
    nodes: list[str] = Field(min_length=1)
    title: Words
    definition: Words
    numerator: Words
    denominator: Words | None = None
    data_source: Words
    unit: Words
    type: Literal["count", "percentage", "mean", "index", "ratio", "milestone"]
    direction: Literal["increase", "decrease", "maintain", "context"]
    time: Literal["period", "year_to_date", "latest", "rolling_4q"]
    frequency: Literal["quarter", "half_year", "year"]
    measure: Measure
    disaggregate_by: list[str] = []
    disaggregate_numerator_by: list[str] = []
    coverage: Coverage
    evidence_weight: Literal["strong", "moderate", "weak"]
    counts_people: bool = False
    scopes: list[str] | None = None
    tolerance: float | None = Field(default=None, ge=0)
    minimum_n: int | None = Field(default=None, ge=0)
    minimum_coverage: float | None = Field(default=None, ge=0, le=1)
    baseline: Baseline | None = None
    scored: bool = True
    weighs: bool = True
    tier: Literal["core", "extended"] = "core"
    level: Literal["membership", "activity", "output", "outcome", "impact", "assumption"]
    expectation: dict[str, Any] | None = None
    kirkpatrick: str | None = None
    limits: Words


class Target(Declared):
    """One row of `targets.csv`; `line` is where it stands in the file."""

    indicator_code: str
    scope_type: str
    scope_code: str
    period_type: str
    period: str
    value: float
    set_on: date
    set_by: str
    reason: str
    line: int


# --- donors.yml ------------------------------------------------------------------------------


class GrantScope(Declared):
    """What a grant funds: hubs, and optionally countries and themes within them."""

    hubs: list[str] = Field(min_length=1)
    countries: list[str] = []
    themes: list[str] = []


class Grant(Declared):
    """Money for a part of the programme over a time."""

    grant_code: str
    title: Words
    starts_on: date
    ends_on: date
    scope: GrantScope


class Donor(Declared):
    """Who funds grants, and which products in which languages they receive."""

    donor_code: str
    name: Words
    languages: list[str] = []
    products: list[Literal["page"]] = []
    scoring_profile: str = "default"
    grants: list[Grant] = []


class Donors(Declared):
    """`donors.yml`."""

    donors: list[Donor] = []


# --- sources/<source>/source.yml -------------------------------------------------------------


class SourceField(Declared):
    """One column of a source: where it stands in the files and what it holds.

    `headers` name it in tables, `question` names it in a survey form, `label` on a cover sheet,
    `file_name` takes a named group of the source's `file_name` pattern.
    """

    name: str
    type: FieldType
    headers: list[str] = []
    question: str | None = None
    cover: list[str] = []
    from_file_name: bool = False
    from_reader: bool = False
    values: dict[str, list[Code]] = {}
    required: bool = False


class Resolve(Declared):
    """How a name is turned into a code of a register."""

    from_field: str = Field(alias="from")
    register_source: str = Field(alias="register")
    names: list[str] = Field(min_length=1)
    aliases: str | None = None
    within: str | None = None


class Lookup(Declared):
    """Columns taken over from another source by an equal key."""

    source: str
    match: dict[str, str] = Field(min_length=1)
    take: dict[str, str] = Field(min_length=1)


class Privacy(Declared):
    """What becomes a keyed hash, what is never stored, and what is kept apart."""

    hash: dict[str, list[list[str]]] = {}
    drop: list[str] = []
    restricted: list[str] = []

    @field_validator("hash", mode="before")
    @classmethod
    def _one_field_is_a_list_of_one(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: [[p] if isinstance(p, str) else p for p in parts] for name, parts in value.items()}


class RuleIds(Declared):
    """Identifiers under which the engine's own treatments of this source are written down."""

    duplicate: str | None = None
    superseded: str | None = None
    unreadable: str | None = None


class Source(Declared):
    """`source.yml`: how the files of one source are read."""

    source: str
    kind: Literal["survey", "attendance", "hub_report", "reference"]
    title: Words
    files: list[str] = Field(min_length=1)
    format: Literal["auto", "table", "kobo", "zoom", "signin", "workbook"] = "auto"
    sheet: list[str] = []
    cover_sheet: list[str] = []
    file_name: str | None = None
    supersedes_by: list[str] = []
    later_by: str | None = None
    fields: list[SourceField] = Field(min_length=1)
    key: list[str] = Field(min_length=1)
    latest_by: str | None = None
    resolve: dict[str, Resolve] = {}
    lookups: list[Lookup] = []
    privacy: Privacy = Privacy()
    rule_ids: RuleIds = RuleIds()

    def field(self, name: str) -> SourceField | None:
        """The declared field of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)


# --- sources/<source>/rules.yml --------------------------------------------------------------


class Rule(Declared):
    """One data-quality rule: a Great Expectations expectation with the words an officer needs.

    Arguments of the expectation (column, value_set, min_value …) stand beside these keys.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    expect: str
    when: str | None = None
    sql: str | None = None
    treatment: Literal["repair", "quarantine", "warn", "block"]
    fix: str | None = None
    level: Literal["row", "answer", "file"] = "row"
    field: str | None = None
    blocks: Literal["file", "source", "indicator", "publication"] | None = None
    dqa_dimension: DqaDimension
    reason: Words

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of the expectation itself."""
        return dict(self.model_extra or {})


# --- marts/*.yml -----------------------------------------------------------------------------


class MartColumn(Declared):
    """One column of a mart's contract."""

    name: str
    type: str
    meaning: str
    unit: str | None = None
    required: bool = False


class MartContract(Declared):
    """`marts/<table>.yml`: what one row is, and what every column means.

    A fact says when its rows count (`period_on`: a date; `snapshot_on`: the state at that date), which
    columns hold a scope's code, and which bridge family it joins by which column.
    """

    table: str
    description: str
    key: list[str] = Field(min_length=1)
    period_on: str | None = None
    snapshot_on: str | None = None
    scopes: dict[str, str] = {}
    families: dict[str, str] = {}
    valid_between: tuple[str, str] | None = None
    columns: list[MartColumn] = Field(min_length=1)

    @property
    def column_types(self) -> dict[str, str]:
        """Type of each column by name, in the contract's order."""
        return {column.name: column.type for column in self.columns}
