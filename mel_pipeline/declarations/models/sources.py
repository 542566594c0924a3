"""`sources/<source>/source.yml`: how the files of a source are read."""

from typing import Any, Literal

from pydantic import Field, field_validator

from mel_pipeline.declarations.models.base import Code, Declared, Words
from mel_pipeline.declarations.models.form_versions import FormVersion, MovedColumns

Encoding = Literal[
    "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1256", "iso-8859-1",
    "iso-8859-6", "iso-8859-9", "iso-8859-15", "mac-roman",
]  # fmt: skip
"""Encodings of text files that a tool may still write instead of UTF-8."""

FieldType = Literal[
    "text",
    "code",
    "codes",
    "category",
    "choices",
    "integer",
    "number",
    "date",
    "datetime",
    "time",
    "flag",
    "quarter",
]


class SourceField(Declared):
    """One column of a source: where it stands in the files and what it holds.

    `headers` name it in tables, `question` names it in a survey form, `label` on a cover sheet,
    `file_name` takes a named group of the source's `file_name` pattern. `values` are the spellings of the template;
    `repaired_values` are others that people write, each under the rule that logs its repair. Numbers with
    `estimates` may be written as "~40" or "40+": they are read as lower bounds, and `<name>_is_estimate`
    says so. A `quarter` is written `2025Q2`; names of months or "T2 2025" are repairs. In merged cells of a workbook
    only the first holds the value: with `fill_down` it holds for the others, too. With `local_marks` a text like
    "12.000" is read by the `marks` of the source alone.
    """

    name: str
    type: FieldType
    headers: list[str] = []
    question: str | None = None
    cover: list[str] = []
    from_file_name: bool = False
    from_reader: bool = False
    values: dict[str, list[Code]] = {}
    repaired_values: dict[str, dict[str, list[Code]]] = {}
    estimates: bool = False
    fill_down: bool = False
    local_marks: bool = False
    required: bool = False


class Resolve(Declared):
    """How a name is turned into a code of a register.

    `within` is a field of both sides that has to be equal (a country); `qualifiers` are columns of the register
    that people write beside a name (a country, a region); `prominence` is its column that ranks suggestions
    (inhabitants); `shown` are those that tell a person which of some entries is suggested (a country). `hints` are
    other fields of the rows that may state which entry is meant (an office's name: `City of Portland, ME`): they
    rank suggestions and never decide a name. `prefixes` and `suffixes` take the place of the engine's list of words
    that offices add.
    """

    from_field: str = Field(alias="from")
    register_source: str = Field(alias="register")
    names: list[str] = Field(min_length=1)
    aliases: str | None = None
    within: str | None = None
    qualifiers: list[str] = []
    prominence: str | None = None
    shown: list[str] = []
    hints: list[str] = []
    prefixes: list[str] | None = None
    suffixes: list[str] | None = None


class Lookup(Declared):
    """Columns taken over from another source by an equal key."""

    source: str
    match: dict[str, str] = Field(min_length=1)
    take: dict[str, str] = Field(min_length=1)


class Phones(Declared):
    """Whose telephone numbers are known without their country code.

    `regions` are two-letter codes of countries; `country` is the field that says in which country a row was written.
    """

    regions: list[str] = []
    country: str | None = None


class Alike(Declared):
    """Which field names a person, and which fields two persons have in common who may be one."""

    name: str
    within: list[str] = Field(min_length=1)


class Minors(Declared):
    """Whose names are not loaded at all: fields that are emptied where the age is below a bound.

    `rule` is the identifier under which each such row is written down. The person is still told by its hash.
    """

    age: str
    under: int = Field(default=18, ge=1)
    forget: list[str] = Field(min_length=1)
    rule: str


class Privacy(Declared):
    """What becomes a keyed hash, what is never stored, what is kept apart, and what is kept with marks only.

    `shared` holds, by field, patterns of values that stand for no single person, such as an office's mailbox:
    nobody is told apart by them. `alike` says, by hashed field, how persons are found who may be one because lists
    write their names in Arabic and in Latin letters: an officer is asked. `person_names` are fields that hold the name
    of a person, each with the rule under which it is written down where a title or the order of names (`Dr. ALI
    Mohamed`) had to be set right to tell who it is. In texts that are `redacted`, marks take the place of addresses,
    numbers and names, and of whole sentences in which one of the `sensitive` patterns is found. Of restricted fields
    in `presence` the accepted rows tell in `has_<field>` whether anything stands there, and nothing else. Fields that
    are `confidential` stay among the accepted rows, where restricted marts alone may read them; no finding shows them.
    """

    hash: dict[str, list[list[str]]] = {}
    shared: dict[str, list[str]] = {}
    person_names: dict[str, str] = {}
    drop: list[str] = []
    restricted: list[str] = []
    confidential: list[str] = []
    presence: list[str] = []
    redacted: list[str] = []
    sensitive: list[str] = []
    phones: Phones = Phones()
    alike: dict[str, Alike] = {}
    minors: Minors | None = None

    @field_validator("hash", mode="before")
    @classmethod
    def _one_field_is_a_list_of_one(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: [[p] if isinstance(p, str) else p for p in parts] for name, parts in value.items()}


class Due(Declared):
    """When new rows are owed: some days after each period, by each part of a scope or by the programme as a whole.

    `period` is the field that tells which period a row reports on: a period code, or a day within it.
    """

    every: Literal["quarter", "half_year", "year"]
    days: int = Field(ge=0)
    period: str
    by: str | None = None


class Consent(Declared):
    """Which answer refuses to take part: nothing of such a row is kept but the refusal, and what `keep` names."""

    field: str
    refused: list[Code] = Field(min_length=1)
    keep: list[str] = []


class Comparison(Declared):
    """Which answers tell that two submissions are copies of each other, and which submissions are compared.

    Those are compared that are equal in `within` and, with `same_year`, dated in the same year by that field. Answers
    of which a share of `at_least` is equal are similar; with fewer than `minimum_answers` nothing is said.
    """

    fields: list[str] = Field(min_length=2)
    within: list[str] = []
    same_year: str | None = None
    at_least: float = Field(default=0.95, ge=0.8, le=1)
    minimum_answers: int = Field(default=20, ge=1)


class Marks(Declared):
    """Which mark divides decimals, told by the value of a field: the report's language, for instance.

    Where that value stands in neither list, "12.000" has two readings and none is taken.
    """

    by: str
    comma: list[Code] = []
    point: list[Code] = []


ToldOfFile = Literal["missing_sheet", "not_a_table", "error_cells", "extra_columns", "hidden_cells"]
"""What is told of a whole file or sheet and may bear an identifier, by the codes of `intake/problem_words.py`."""


class RuleIds(Declared):
    """Identifiers under which the engine's own treatments of this source are written down.

    Answers of a survey in other words than the rest of their file (`labelled`), and those of several codes in one text
    (`split`), are looked for where they have one.
    Of the cells that cannot be read, those with a word that is no declared code (`unknown_code`) and days of a
    calendar that is not declared (`other_calendar`) may bear ids of their own, as may numbers with two readings
    (`ambiguous_number`). `told` has those of what is told of a whole file.
    """

    duplicate: str | None = None
    superseded: str | None = None
    united: str | None = None
    copied: str | None = None
    unreadable: str | None = None
    unknown_code: str | None = None
    other_calendar: str | None = None
    ambiguous_number: str | None = None
    local_number: str | None = None
    period_in_words: str | None = None
    renamed_sheet: str | None = None
    merged_cells: str | None = None
    told: dict[ToldOfFile, str] = {}
    redacted: str | None = None
    sensitive: str | None = None
    refused: str | None = None
    eastern_digits: str | None = None
    mixed_separators: str | None = None
    labelled: str | None = None
    renamed: str | None = None
    recoded: str | None = None
    split: str | None = None
    wrong_encoding: str | None = None


class Source(Declared):
    """`source.yml`: how the files of one source are read.

    Of several files with the same `supersedes_by` the last one holds. With `revision_by`, only a file in which that
    field is filled replaces the earlier ones; others add to them. A workbook that lacks one of the `required_sheets`
    (each a list of names, one in each language) is refused; without `sheet` the cover itself is the one row. What the
    cover does not say may stand on the `meta_sheet`, which templates hide. A repeat of a survey is a source of its own:
    `sheet` names its sheet, and `lookups` take over what its parent says. Text files that are not UTF-8 are read in the
    declared `encoding`; without one, their words have to tell it. Where `versions` of a survey form are declared,
    answers to others are not read. Of `headers`, `cover` and `values`, the first names are those of templates, in the
    order of the programme's languages; `template_version` is what a template says of itself.
    """

    source: str
    kind: Literal["survey", "attendance", "hub_report", "reference"]
    title: Words
    files: list[str] = Field(min_length=1)
    format: Literal["auto", "table", "kobo", "zoom", "teams", "signin", "workbook"] = "auto"
    sheet: list[str] = []
    cover_sheet: list[str] = []
    meta_sheet: list[str] = []
    required_sheets: list[list[str]] = []
    template_version: str | None = None
    encoding: Encoding | None = None
    file_name: str | None = None
    supersedes_by: list[str] = []
    revision_by: str | None = None
    later_by: str | None = None
    fields: list[SourceField] = Field(min_length=1)
    key: list[str] = Field(min_length=1)
    latest_by: str | None = None
    resolve: dict[str, Resolve] = {}
    lookups: list[Lookup] = []
    privacy: Privacy = Privacy()
    consent: Consent | None = None
    compare: Comparison | None = None
    versions: dict[Code, FormVersion] = {}
    moved_columns: MovedColumns | None = None
    rule_ids: RuleIds = RuleIds()
    due: Due | None = None
    marks: Marks | None = None

    def field(self, name: str) -> SourceField | None:
        """The declared field of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)
