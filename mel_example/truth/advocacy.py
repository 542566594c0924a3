"""OUT-07 and OCM-09: leaders who spoke in forums beyond their country, and texts that name cities."""

from collections.abc import Iterator

from mel_example.hub_records import Advocacy
from mel_example.truth.reports import reports_received
from mel_example.truth.scopes import Scope, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, grouped
from mel_example.truth.windows import HALF_YEARLY, windows
from mel_example.world import World

_LEVELS = {"global": "multilateral", "regional": "regional", "national": "national"}
Told = tuple[str, Advocacy]
"""A record, and the hub that tells of it."""


def platform_values(world: World) -> Iterator[IndicatorValue]:
    """OUT-07 by period and scope, in total and by level of the forum: nobody knows who spoke, so speakers add up."""
    abroad = [told for told in _told(world) if told[1].level != "national"]
    for window in windows():
        for scope in scopes(world, window.start, window.end):
            own = [told for told in abroad if window.contains(told[1].held_on) and _belongs(scope, told)]
            coverage = reports_received(world, scope, window)
            cell = ("OUT-07", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield _speakers(Cell(*cell), own, coverage)
            for level, forums in grouped(own, lambda told: [_LEVELS[told[1].level]]).items():
                yield _speakers(Cell(*cell, "forum_level", level), forums, coverage)


def _speakers(cell: Cell, forums: list[Told], coverage: float | None) -> IndicatorValue:
    total = sum(record.leaders_speaking for _, record in forums)
    return IndicatorValue(cell, total, total, None, len(forums), coverage)


def _told(world: World) -> list[Told]:
    return [(report.hub_code, record) for report in world.reports for record in report.advocacy]


def text_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-09 by period and scope, in total and by level of the text."""
    counted = verified_texts(world)
    for window in windows(HALF_YEARLY):
        for scope in scopes(world, window.start, window.end):
            own = [told for told in counted if window.contains(told[1].held_on) and _belongs(scope, told)]
            coverage = reports_received(world, scope, window)
            cell = ("OCM-09", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield count_value(Cell(*cell), len(own), coverage)
            for level, texts in grouped(own, lambda told: [_LEVELS[told[1].level]]).items():
                yield count_value(Cell(*cell, "text_level", level), len(texts), coverage)


def verified_texts(world: World) -> list[Told]:
    """The earliest report of each text that says that it is adopted, names cities and was read by somebody else."""
    earliest: dict[tuple[str, str], Told] = {}
    for hub, record in sorted(_told(world), key=lambda each: each[1].held_on):
        if record.adoption_status == "adopted" and record.is_city_reference_quoted and record.is_verified:
            earliest.setdefault((hub, record.advocacy_ref), (hub, record))
    return list(earliest.values())


def _belongs(scope: Scope, told: Told) -> bool:
    """To the hub that tells of it; to a grant by this hub and the day."""
    hub, record = told
    is_funded = scope.grant is None or scope.grant.starts_on <= record.held_on <= scope.grant.ends_on
    return hub in scope.hubs and is_funded
