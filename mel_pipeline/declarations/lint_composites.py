"""Faults of indicators that other indicators make up: what `all_of` names, and whether it leads back to itself."""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.programme import Programme


def composite_faults(programme: Programme) -> Iterator[Fault]:
    """Parts that are unknown, that ask nothing of a row, or that ask it of the rows of another table; circles."""
    for indicator in programme.indicators.values():
        if indicator.measure.all_of is None:
            continue
        if indicator.weighs:
            message = (
                f"indicator {indicator.code} is made up of others and weighs besides them: found `weighs: true`, "
                "expected `weighs: false`. Write it."
            )
            yield programme.fault("indicator", indicator.code, message, "weighs")
        yield from _part_faults(programme, indicator, indicator.measure.all_of)
    yield from _circle_faults(programme)


def _part_faults(programme: Programme, indicator: Indicator, parts: list[str]) -> Iterator[Fault]:
    thing, known = f"indicator {indicator.code} `measure.all_of`", programme.names("indicator")
    for position, code in enumerate(parts):
        message = None
        part = programme.indicators.get(code)
        if code not in known:
            message = unknown_name(f"{thing} names an unknown indicator", code, known - {indicator.code}, "Declare it.")
        elif code in parts[:position]:
            message = f"{thing} repeats an indicator: found '{code}' again, expected it once. Remove one."
        elif part is not None and part.measure.share is None and part.measure.all_of is None:
            message = (
                f"{thing} names an indicator without a condition: found {code}, expected one with `share` or `all_of`. "
                "Choose another."
            )
        elif part is not None and part.measure.table != indicator.measure.table:
            message = (
                f"{thing} names an indicator of another table: found {code} from {part.measure.table}, expected one "
                f"from {indicator.measure.table}, so that each row can be asked for all. Bring both into one mart."
            )
        if message is not None:
            yield programme.fault("indicator", indicator.code, message, "measure", "all_of", position)


def _circle_faults(programme: Programme) -> Iterator[Fault]:
    """Composites that wait for each other, each circle once."""
    told: set[str] = set()
    for code in sorted(programme.indicators):
        circle = _circle(programme, (code,))
        if circle and code not in told:
            told.update(circle)
            message = (
                f"indicator {code} `measure.all_of` leads back to itself: found {' -> '.join(circle)}, expected "
                "indicators that do not rest on this one. Break the circle."
            )
            yield programme.fault("indicator", code, message, "measure", "all_of")


def _circle(programme: Programme, path: tuple[str, ...]) -> tuple[str, ...] | None:
    """The way from the first code of a path back to it, or None."""
    indicator = programme.indicators.get(path[-1])
    for part in (indicator.measure.all_of or []) if indicator else []:
        if part == path[0]:
            return (*path, part)
        found = None if part in path else _circle(programme, (*path, part))
        if found:
            return found
    return None
