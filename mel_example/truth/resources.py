"""ACT-03: resources that first appeared in two of Arabic, English and French."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mel_example.hub_records import Resource
from mel_example.truth.reports import reports_received
from mel_example.truth.scopes import Scope, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, grouped
from mel_example.truth.windows import windows
from mel_example.world import World


@dataclass(frozen=True)
class Edition:
    """A resource as it was published on a day, with all languages in which it had appeared by then."""

    hub_code: str
    resource: Resource
    languages: tuple[str, ...]

    @property
    def published_on(self) -> date:
        """The day of the edition."""
        return self.resource.published_on


_DIMENSIONS: dict[str, Callable[[Edition], Iterable[str]]] = {
    "theme": lambda edition: [edition.resource.theme],
    "resource_type": lambda edition: [edition.resource.resource_type or "unknown"],
    "language_set": lambda edition: ["_".join(edition.languages)],
}


def publication_values(world: World) -> Iterator[IndicatorValue]:
    """ACT-03 by period and scope, in total, by theme, kind and languages."""
    reached = second_languages(world)
    for window in windows():
        published = [edition for edition in reached if window.contains(edition.published_on)]
        for scope in scopes(world, window.start, window.end):
            own = [edition for edition in published if _belongs(scope, edition)]
            coverage = reports_received(world, scope, window)
            cell = ("ACT-03", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield count_value(Cell(*cell), len(own), coverage)
            for dimension, categories in _DIMENSIONS.items():
                for category, rows in grouped(own, categories).items():
                    yield count_value(Cell(*cell, dimension, category), len(rows), coverage)


def second_languages(world: World) -> list[Edition]:
    """Of each resource that has appeared in two languages the edition by which it first had."""
    reached: dict[tuple[str, str], Edition] = {}
    for edition in editions_by_day(world):
        if len(edition.languages) > 1:
            reached.setdefault((edition.hub_code, edition.resource.resource_ref), edition)
    return list(reached.values())


def first_editions(world: World) -> list[Resource]:
    """Each resource as it was first published; translations and revisions are left out."""
    first: dict[tuple[str, str], Resource] = {}
    for edition in editions_by_day(world):
        first.setdefault((edition.hub_code, edition.resource.resource_ref), edition.resource)
    return list(first.values())


def editions_by_day(world: World) -> Iterator[Edition]:
    """All editions by day, each with the languages so far."""
    told = [(report.hub_code, each) for report in world.reports for each in report.resources]
    so_far: dict[tuple[str, str], set[str]] = {}
    for hub_code, each in sorted(told, key=lambda row: row[1].published_on):
        languages = so_far.setdefault((hub_code, each.resource_ref), set())
        languages.update(each.languages)
        yield Edition(hub_code, each, tuple(sorted(languages)))


def _belongs(scope: Scope, edition: Edition) -> bool:
    """To the hub that published it; to a grant that funds the hub, on its days."""
    if scope.grant and not scope.grant.starts_on <= edition.published_on <= scope.grant.ends_on:
        return False
    return edition.hub_code in scope.hubs
