"""How the explanation of a value reads on a screen. What it consists of is gathered by `explain.py`."""

from collections.abc import Iterator, Mapping

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.explain import Explanation, as_ranges
from mel_pipeline.indicators.measures import percent_factor
from mel_pipeline.indicators.row_by_row import Cell

FIGURES = (
    "value",
    "numerator",
    "denominator",
    "n",
    "ci_low",
    "ci_high",
    "interval_method",
    "range_low",
    "range_high",
    "effect_size",
    "degrees_of_freedom",
    "design_effect",
    "alpha",
    "alpha_low",
    "alpha_high",
    "coverage",
)
STEPS = (
    "baseline",
    "target",
    "is_target_inherited",
    "final_target",
    "actual",
    "performance",
    "performance_low",
    "performance_high",
    "progress",
    "status",
    "status_reason",
    "certainty",
    "original_status",
)


def explanation_lines(explanation: Explanation, language: str) -> Iterator[str]:
    """The explanation as lines of text; what the programme declares is in the given language."""
    indicator = explanation.indicator
    yield f"{indicator.code} {indicator.title[language]}"
    yield from part("Asked", _asked(explanation.cell))
    yield from part(
        "Definition",
        {
            "definition": indicator.definition[language],
            "numerator": indicator.numerator[language],
            "denominator": (indicator.denominator or {}).get(language),
            "limits": indicator.limits[language],
        },
    )
    yield from part("Measure", indicator.measure.model_dump(by_alias=True, exclude_none=True))
    yield from part("Made up of", {each.code: _condition(each) for each in explanation.parts})
    yield from part("Value", {name: explanation.value[name] for name in FIGURES})
    yield from part("Score", {name: explanation.score.get(name) for name in STEPS})
    yield from part("Side by side, difference of shares with its 95 % interval", _side_by_side(explanation))
    yield from _rows(explanation)
    yield "SQL"
    yield explanation.sql


def _side_by_side(explanation: Explanation) -> dict[str, object]:
    """Each pair of categories in the order of their codes, in points of the indicator's unit."""
    factor = percent_factor(explanation.indicator)
    told: dict[str, object] = {}
    for dimension, differences in explanation.side_by_side.items():
        for each in differences:
            ends = "" if each.interval is None else "{:+.1f} to {:+.1f}".format(*each.interval.scaled(factor))
            told[f"{dimension} {each.second} less {each.first}"] = f"{factor * each.value:+.1f} ({ends})"
    return told


def _condition(indicator: Indicator) -> str:
    """What a row has to meet for one indicator of a composite."""
    asked = indicator.measure.share or f"all of {', '.join(indicator.measure.all_of or ())}"
    return asked if indicator.measure.where is None else f"{asked}, where {indicator.measure.where}"


def _asked(cell: Cell) -> dict[str, object]:
    by = None if cell.dimension == "total" else f"{cell.dimension}={cell.category}"
    return {"period": cell.period, "scope": f"{cell.scope_type}:{cell.scope_code}", "by": by}


def part(title: str, lines: Mapping[str, object]) -> Iterator[str]:
    """A heading with its lines; what is empty is left out."""
    told = [f"  {name}: {value}" for name, value in lines.items() if value is not None]
    if told:
        yield title
        yield from told


def _rows(explanation: Explanation) -> Iterator[str]:
    yield "Rows used"
    for used in explanation.used:
        sheet = f" [{used.source_sheet}]" if used.source_sheet else ""
        rows = f"{len(used.rows)} rows ({as_ranges(used.rows)})"
        yield f"  {used.source_file}{sheet} sha256 {used.sha256[:12]}: {rows}"
    yield "Set aside in the sources of this measure, all periods"
    for aside in explanation.set_aside:
        rows = as_ranges(aside.rows)
        yield f"  {aside.source_file} {aside.rule_id} ({aside.level}): {aside.reason} Rows {rows}"
