"""IMP-02, IMP-02B and IMP-03: what member cities tell of incidents, for the network as a whole alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from mel_example.truth.member_answers import MemberAnswer, member_answers
from mel_example.truth.members import population_band
from mel_example.truth.values import Cell, IndicatorValue, grouped, share
from mel_example.truth.windows import YEARLY, windows
from mel_example.world import World

_FEWEST_CITIES = 5
_INHABITANTS = 100_000.0


@dataclass(frozen=True)
class Figures:
    """What a city gave of incidents in a year."""

    city_code: str
    year: int
    region: str
    population_band: str
    rate: float
    significant: int
    in_time: int
    source: str
    has_changed_method: bool


Pooled = Callable[[Cell, list[Figures], float | None], IndicatorValue]


def figures_of(world: World, row: MemberAnswer) -> Figures | None:
    """The figures of one answer; None where one of them, or the city's population, is missing."""
    told = row.answer.others
    numbers = [told.get(f"inc/{name}") for name in ("inc_reported", "significant", "first72h")]
    city = next(each for each in world.cities if each.city_code == row.answer.city_code)
    if not all(numbers) or not city.population:
        return None
    reported, significant, in_time = (int(str(number)) for number in numbers)
    return Figures(
        city_code=city.city_code,
        year=row.answer.answered_on.year,
        region=city.region or "unknown",
        population_band=population_band(city.population),
        rate=_INHABITANTS * reported / city.population,
        significant=significant,
        in_time=in_time,
        source=str(told.get("inc/inc_source", "")),
        has_changed_method=told.get("inc/inc_method_changed") != "no",
    )


def together(categories: Iterable[str]) -> dict[str, str]:
    """What each category is told as: the smallest stand together as `other` where one holds fewer than five cities."""
    sizes = sorted((count, category) for category, count in Counter(categories).items())
    told, before = {}, 0
    for count, category in sizes:
        is_small = sizes[0][0] < _FEWEST_CITIES and before < _FEWEST_CITIES
        told[category] = "other" if is_small else category
        before += count
    return told


def incident_values(world: World) -> Iterator[IndicatorValue]:
    """All three by year, in total; rates by part of the world, responses by population as well."""
    answers = member_answers(world)
    everything = _of_enough_cities([told for row in answers if (told := figures_of(world, row))])
    rates = {(told.city_code, told.year): told for told in everything}
    for window in windows(YEARLY):
        n_answers = sum(window.contains(row.answer.answered_on) for row in answers)
        own = [told for told in everything if told.year == window.end.year]
        coverage = share(len(own), n_answers)
        compared = _of_enough_cities(
            [told for told in own if _same_way(told, rates.get((told.city_code, told.year - 1)))]
        )
        period = (window.period_type, window.code, "all", "all")
        yield from _values("IMP-02", period, own, coverage, _median_rate, ["region"])
        yield _change(Cell("IMP-02B", *period), compared, rates, coverage)
        yield from _values("IMP-03", period, own, coverage, _in_time, ["region", "population_band"])


def _of_enough_cities(figures: list[Figures]) -> list[Figures]:
    """Figures of the years of which at least five cities tell."""
    n_cities = Counter(told.year for told in figures)
    return [told for told in figures if n_cities[told.year] >= _FEWEST_CITIES]


def _values(
    code: str,
    period: tuple[str, str, str, str],
    own: list[Figures],
    coverage: float | None,
    pooled: Pooled,
    dimensions: Iterable[str],
) -> Iterator[IndicatorValue]:
    yield pooled(Cell(code, *period), own, coverage)
    for dimension in dimensions:
        categories = together(getattr(told, dimension) for told in own)
        by_category = grouped(own, lambda told: [categories[getattr(told, dimension)]])  # noqa: B023
        for category, rows in by_category.items():
            yield pooled(Cell(code, *period, dimension, category), rows, coverage)


def _median_rate(cell: Cell, cities: list[Figures], coverage: float | None) -> IndicatorValue:
    return _median_of(cell, [told.rate for told in cities], coverage)


def _same_way(told: Figures, before: Figures | None) -> bool:
    return before is not None and before.source == told.source != "" and not told.has_changed_method


def _change(
    cell: Cell, cities: list[Figures], rates: dict[tuple[str, int], Figures], coverage: float | None
) -> IndicatorValue:
    changes = [told.rate - rates[told.city_code, told.year - 1].rate for told in cities]
    return _median_of(cell, changes, coverage)


def _median_of(cell: Cell, numbers: list[float], coverage: float | None) -> IndicatorValue:
    value = median(numbers) if numbers else None
    return IndicatorValue(cell, value, None, len(numbers), len(numbers), coverage)


def _in_time(cell: Cell, cities: list[Figures], coverage: float | None) -> IndicatorValue:
    answered, significant = (sum(getattr(told, name) for told in cities) for name in ("in_time", "significant"))
    value = 100 * answered / significant if significant else None
    return IndicatorValue(cell, value, answered, significant, len(cities), coverage)
