"""How the explanation of a node or a link reads on a screen. What it consists of is gathered by `explain_theory.py`."""

from collections.abc import Iterator, Mapping
from typing import Any

from mel_pipeline.explain_theory import LinkExplanation, NodeExplanation, Weighed
from mel_pipeline.explanation_text import part

OF_NODE = ("score", "score_low", "score_high", "assessed_share", "status", "weakest_indicator")
OF_LINK = ("verdict", "verdict_reason", "is_provisional", "provisional_reason", "contribution_grade")
OF_SCORE = ("period", "actual", "target", "performance", "status", "status_reason", "certainty")
STEPS_OF_CONTRIBUTION = (
    "delivered as planned",
    "outcome moved in the intended direction",
    "in time order after the lag",
    "assumptions tested and none failed",
    "other explanations weighed by a person",
)


def node_lines(explanation: NodeExplanation, language: str) -> Iterator[str]:
    """The explanation of a node as lines of text; what the programme declares is in the given language."""
    node, scope = explanation.node, explanation.scope
    yield f"{node.id} {node.label[language]}"
    yield from part("Asked", {"period": explanation.period, "scope": f"{scope.scope_type}:{scope.scope_code}"})
    yield from part("Score", _some(explanation.row, OF_NODE))
    yield "Indicators that weigh in it"
    if not explanation.weighed:
        yield "  none"
    for weighed in explanation.weighed:
        yield f"  {_weighed_line(weighed)}"


def _weighed_line(weighed: Weighed) -> str:
    if weighed.score is None:
        return f"{weighed.indicator_code} weight {weighed.weight:g}: no value is due"
    told = ", ".join(f"{name} {value}" for name, value in _some(weighed.score, OF_SCORE).items())
    return f"{weighed.indicator_code} weight {weighed.weight:g}: {told}"


def _some(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names if row.get(name) is not None and row[name] == row[name]}


def link_lines(explanation: LinkExplanation, language: str) -> Iterator[str]:
    """The explanation of a link as lines of text; what the programme declares is in the given language."""
    link, scope = explanation.link, explanation.scope
    yield f"{link.id} {link.from_node} -> {link.to_node}"
    asked = {
        "period": explanation.period,
        "scope": f"{scope.scope_type}:{scope.scope_code}",
        "status in the theory": link.status,
        "lag in quarters": link.lag_quarters,
        "quote": link.quote,
    }
    yield from part("Asked", asked)
    yield from part("Verdict", _some(explanation.row, OF_LINK))
    yield from _contribution(explanation.row.get("contribution_grade"))
    yield "Assumptions"
    for assumption, known in explanation.assumptions:
        yield f"  {assumption.id} {known}: {assumption.statement[language]}"
    for name, end in (("Cause", explanation.cause), ("Effect", explanation.effect)):
        yield name
        yield from (f"  {line}" for line in (node_lines(end, language) if end else ["no value is as old as the lag"]))
    yield "Paths over this link"
    for path in explanation.paths:
        grade = "not graded" if path.grade is None else f"grade {path.grade}"
        broken = f"breaks at {path.break_link}" if path.break_link else "holds"
        yield f"  {' > '.join(path.links)}: {grade}, {broken}"


def _contribution(grade: float | None) -> Iterator[str]:
    """Each step with yes or no; a step after the first that is missing was not reached."""
    if grade is None or grade != grade:
        return
    yield "Steps of the contribution"
    for number, step in enumerate(STEPS_OF_CONTRIBUTION, start=1):
        yield f"  {number} {step}: {'yes' if number <= grade else 'no' if number == grade + 1 else 'not reached'}"
