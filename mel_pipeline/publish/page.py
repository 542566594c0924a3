"""One donor page: everything its template prints, chosen and worded in one language.

Only the composition of the page belongs here. It sees protected facts and nothing else.
"""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from mel_pipeline.declarations.models import Donor, Grant, Indicator
from mel_pipeline.disclosure.cells import UNDIVIDED, WHOLE
from mel_pipeline.publish.facts import GRANT, Facts, Programme, dividing_scopes
from mel_pipeline.publish.figures import Figure, by_scope, reached, trend
from mel_pipeline.publish.headline import behind, headline, unsure
from mel_pipeline.publish.indicator_rows import IndicatorBlock, NamedScope, Row, block_of, rows_of
from mel_pipeline.publish.numbers import MEASURE_TYPES, Numbers
from mel_pipeline.publish.quality_view import QualityView, quality_view
from mel_pipeline.publish.standings import SYMBOLS, Status, history, status_of
from mel_pipeline.publish.theory_view import TheoryView, theory_view
from mel_pipeline.publish.words import Words


@dataclass(frozen=True)
class GrantView:
    """A grant with its cards."""

    code: str
    title: str
    starts_on: date
    ends_on: date
    cards: list[Row]


@dataclass(frozen=True)
class Definition:
    """What an indicator means, for those who want to know exactly."""

    code: str
    title: str
    definition: str
    numerator: str
    denominator: str | None
    data_source: str
    limits: str
    is_hidden_when_small: bool


@dataclass(frozen=True)
class Page:
    """Everything the template prints."""

    title: str
    subtitle: str
    donor: str
    period: str
    as_of: date
    is_synthetic: bool
    headline: Markup
    behind: list[Markup]
    unsure: Markup | None
    grants: list[GrantView]
    theory: TheoryView
    theory_finding: Markup
    blocks: list[IndicatorBlock]
    figures: list[Figure]
    quality: QualityView
    definitions: list[Definition]
    statuses: dict[str, Status]
    minimum_cell: int
    contact: str
    licence: str


def compose(programme: Programme, donor: Donor, facts: Facts, as_of: date, is_synthetic: bool, words: Words) -> Page:
    """Choose and word everything that stands on the page of a donor."""
    settings, shown = programme.settings, facts.shown
    grants = [_named_grant(grant, words) for grant in donor.grants]
    whole = NamedScope(WHOLE, words.plain("Whole programme"))
    # What tests an assumption is no result of a grant: it stands in the table below, not on a card.
    results = [indicator for indicator in programme.indicators.values() if indicator.level != "assumption"]
    cards = [[row for indicator in results for row in rows_of(indicator, [named], shown, words)] for named in grants]
    blocks = [block_of(indicator, [*grants, whole], shown, words) for indicator in programme.indicators.values()]
    rows = [row for of_grant in cards for row in of_grant]
    return Page(
        title=words.declared(settings.title),
        subtitle=words.declared(settings.subtitle),
        donor=words.declared(donor.name),
        period=Numbers(words).period(facts.period),
        as_of=as_of,
        is_synthetic=is_synthetic,
        headline=headline(rows, words),
        behind=behind(rows, words),
        unsure=unsure(rows, words),
        grants=[_grant_view(*pair, words) for pair in zip(donor.grants, cards, strict=True)],
        theory=theory_view(programme.theory, shown.nodes, words),
        theory_finding=_theory_finding(programme, facts, words),
        blocks=[block for block in blocks if block.rows],
        figures=_figures(programme, grants, facts, words),
        quality=quality_view(facts, programme.sources, words),
        definitions=[_definition(indicator, words) for indicator in programme.indicators.values()],
        statuses={code: status_of(code, words) for code in (*SYMBOLS, "not_reported")},
        minimum_cell=settings.disclosure.minimum_cell,
        contact=words.declared(settings.contact) if settings.contact else "",
        licence=words.declared(settings.licence) if settings.licence else "",
    )


def _named_grant(grant: Grant, words: Words) -> NamedScope:
    return NamedScope((GRANT, grant.grant_code), words.declared(grant.title))


def _grant_view(grant: Grant, cards: list[Row], words: Words) -> GrantView:
    return GrantView(grant.grant_code, words.declared(grant.title), grant.starts_on, grant.ends_on, cards)


def _theory_finding(programme: Programme, facts: Facts, words: Words) -> Markup:
    """How many steps have an indicator, and how many of those are on track."""
    scored = [node for node in facts.shown.nodes if node.n_indicators > 0]
    numbers = Numbers(words)
    return words.gettext(
        "%(on_track)s of %(scored)s steps with an indicator are on track; the theory has %(all)s steps."
        " Dashed links are implied, not stated.",
        on_track=numbers.count(sum(node.status == "on_track" for node in scored)),
        scored=numbers.count(len(scored)),
        all=numbers.count(len(programme.theory.nodes)),
    )


def _figures(programme: Programme, grants: list[NamedScope], facts: Facts, words: Words) -> list[Figure]:
    """Progress and reach of the grant's people indicator, and one comparable indicator by hub."""
    shown, figures = facts.shown, []
    for grant in grants:
        people = _people_indicator(programme, grant, facts)
        if people is not None:
            figures.append(trend(people, grant, shown, words))
            figures.append(reached(people, grant, shown, programme.dimensions, words))
    for scope_type in sorted(dividing_scopes(programme.settings)):
        comparable = _comparable_indicator(programme, scope_type, facts)
        if comparable is not None:
            members = _members(scope_type, facts, words)
            figures.append(by_scope(comparable, members, shown, words))
    return figures


def _people_indicator(programme: Programme, grant: NamedScope, facts: Facts) -> Indicator | None:
    """The first count of people that has values in the grant."""
    counts = [i for i in programme.indicators.values() if i.counts_people and i.type == "count"]
    return next((i for i in counts if history(i, grant.scope, facts.shown)), None)


def _comparable_indicator(programme: Programme, scope_type: str, facts: Facts) -> Indicator | None:
    """The first indicator that compares scopes of different size and tells nothing about small groups."""
    measured = {
        cell.indicator_code
        for cell in facts.shown.cells
        if cell.scope_type == scope_type and cell.dimension == UNDIVIDED
    }
    suitable = [i for i in programme.indicators.values() if i.type in MEASURE_TYPES and not i.counts_people]
    return next((i for i in suitable if i.code in measured), None)


def _members(scope_type: str, facts: Facts, words: Words) -> list[NamedScope]:
    """Members of a scope type in the order of their codes: an order by result would be a ranking."""
    return [
        NamedScope(scope, words.declared(name))
        for scope, name in sorted(facts.scope_names.items())
        if scope[0] == scope_type
    ]


def _definition(indicator: Indicator, words: Words) -> Definition:
    return Definition(
        code=indicator.code,
        title=words.declared(indicator.title),
        definition=words.declared(indicator.definition),
        numerator=words.declared(indicator.numerator),
        denominator=words.declared(indicator.denominator) if indicator.denominator else None,
        data_source=words.declared(indicator.data_source),
        limits=words.declared(indicator.limits),
        is_hidden_when_small=indicator.counts_people,
    )
