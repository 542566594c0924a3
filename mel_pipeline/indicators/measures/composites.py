"""Indicators that other indicators make up (`all_of`), written as the share that they are.

Only the rewriting belongs here; whether the parts fit together is linted in `declarations`.
"""

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator


def plain_indicator(programme: Programme, indicator: Indicator) -> Indicator:
    """The indicator with a share in place of `all_of`: of its own rows, those that meet every part's conditions.

    Raises:
        ValueError: a part is unknown, is no share, or leads back to itself.
    """
    if indicator.measure.all_of is None:
        return indicator
    share = _condition(programme, indicator, ())
    measure = indicator.measure.model_copy(update={"all_of": None, "share": share})
    return indicator.model_copy(update={"measure": measure})


def _condition(programme: Programme, indicator: Indicator, inside: tuple[str, ...]) -> str:
    """What a row has to meet to be counted above the line of a share, as far as the share itself asks for it."""
    measure = indicator.measure
    if measure.all_of is None:
        if measure.share is None:
            raise ValueError(f"found {indicator.code} in `all_of`, expected an indicator with `share`")
        return measure.share
    if indicator.code in inside:
        raise ValueError(f"found {indicator.code} again inside its own `all_of`, expected other indicators")
    return " and ".join(_met(programme, code, (*inside, indicator.code)) for code in measure.all_of)


def _met(programme: Programme, code: str, inside: tuple[str, ...]) -> str:
    part = programme.indicators.get(code)
    if part is None:
        raise ValueError(f"found {code} in `all_of`, expected a declared indicator")
    where = f"({part.measure.where}) and " if part.measure.where else ""
    return f"({where}({_condition(programme, part, inside)}))"
