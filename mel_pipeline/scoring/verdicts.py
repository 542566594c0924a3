"""The verdict on one link of the theory of change, and how much of a contribution it shows: rules on plain states.

Where the states of nodes and assumptions come from is the affair of `links.py`. A verdict is a prompt to look, not a
proof; the order of the rules is that of their table.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mel_pipeline.scoring.performance import ROUNDING


class Verdict(StrEnum):
    """What a link shows in one period; readers see careful words instead of these codes."""

    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"
    CONSISTENT = "consistent"
    WORKS_FOR_OTHER_REASONS = "works_for_other_reasons"
    THEORY_FAILURE = "theory_failure"
    ASSUMPTION_FAILURE = "assumption_failure"
    IMPLEMENTATION_FAILURE = "implementation_failure"
    OTHER_CAUSES = "other_causes"


JUDGED = frozenset(Verdict) - {Verdict.TOO_EARLY, Verdict.CANNOT_TELL}
"""Verdicts that say something about the link."""


class Assumed(StrEnum):
    """What is known of one assumption."""

    HOLDS = "holds"
    FAILED = "failed"
    UNTESTED = "untested"


@dataclass(frozen=True)
class End:
    """A node at one end of a link: whether it is achieved (None: unknown), and its score with its interval."""

    is_achieved: bool | None
    score_low: float | None = None
    score_high: float | None = None

    def is_borderline(self, cut: float) -> bool:
        """Whether the cut between achieved and not lies strictly inside the interval of the score."""
        if self.score_low is None or self.score_high is None:
            return False
        return self.score_low + ROUNDING < cut < self.score_high - ROUNDING


def verdict_on(cause: End | None, effect: End, assumptions: Collection[Assumed]) -> Verdict:
    """The verdict on a link, by the first rule that applies.

    Args:
        cause: the node from which the link leads, taken its lag before the effect; None where no value is that old.
        effect: the node to which it leads.
        assumptions: what is known of each assumption of the link.
    """
    if cause is None:
        return Verdict.TOO_EARLY
    if cause.is_achieved is None or effect.is_achieved is None:
        return Verdict.CANNOT_TELL
    has_failed = Assumed.FAILED in assumptions
    if cause.is_achieved and effect.is_achieved:
        return Verdict.WORKS_FOR_OTHER_REASONS if has_failed else Verdict.CONSISTENT
    if cause.is_achieved:
        return Verdict.ASSUMPTION_FAILURE if has_failed else Verdict.THEORY_FAILURE
    return Verdict.OTHER_CAUSES if effect.is_achieved else Verdict.IMPLEMENTATION_FAILURE


def provisional_reasons(
    verdict: Verdict, cause: End | None, effect: End, assumptions: Mapping[str, Assumed], cut: float
) -> list[str]:
    """Why a verdict may still turn: assumptions that nobody tested, and a score whose interval holds the cut.

    Codes are `untested_assumption:AS1,AS2` and `borderline:cause,effect`; a verdict that says nothing has none.
    """
    if verdict not in JUDGED:
        return []
    untested = sorted(name for name, known in assumptions.items() if known is Assumed.UNTESTED)
    ends = [name for name, end in (("cause", cause), ("effect", effect)) if end and end.is_borderline(cut)]
    told = (("untested_assumption", untested), ("borderline", ends))
    return [f"{code}:{','.join(names)}" for code, names in told if names]


@dataclass(frozen=True)
class Steps:
    """The five steps of a contribution, each true or not on its own."""

    is_delivered: bool
    has_effect_moved: bool
    is_in_time_order: bool
    are_assumptions_tested: bool
    are_explanations_weighed: bool

    @property
    def grade(self) -> int:
        """How many steps are true, counted from the first; each needs the one before it."""
        steps = (
            self.is_delivered,
            self.has_effect_moved,
            self.is_in_time_order,
            self.are_assumptions_tested,
            self.are_explanations_weighed,
        )
        return next((number for number, step in enumerate(steps) if not step), len(steps))


def are_tested(assumptions: Collection[Assumed]) -> bool:
    """Whether every assumption was tested and none failed; a link that assumes nothing has nothing to test."""
    return all(known is Assumed.HOLDS for known in assumptions)


@dataclass(frozen=True)
class PathVerdict:
    """A way through the theory from an activity upward: its weakest grade, and the first link that breaks it.

    `break_link` is None where every link is consistent; `grade` None where a link has none in the period.
    """

    links: tuple[str, ...]
    grade: int | None
    break_link: str | None


def paths_from(starts: Iterable[str], ends_of: Mapping[str, Sequence[tuple[str, str]]]) -> list[tuple[str, ...]]:
    """All ways from the starting nodes to nodes from which no link leads, each as its links in order.

    `ends_of` gives for every node the links that leave it, with the node that each leads to. Without circles, which
    the check of a programme forbids, every way ends.
    """
    found: list[tuple[str, ...]] = []
    for start in starts:
        found += _onward(start, (), ends_of)
    return found


def _onward(
    node: str, before: tuple[str, ...], ends_of: Mapping[str, Sequence[tuple[str, str]]]
) -> list[tuple[str, ...]]:
    leaving = ends_of.get(node, ())
    if not leaving:
        return [before] if before else []
    return [path for link, end in leaving for path in _onward(end, (*before, link), ends_of)]


def judge_path(links: tuple[str, ...], verdicts: Mapping[str, tuple[str, int | None]]) -> PathVerdict:
    """The grade of a path is that of its weakest link; it breaks at its first link that is not consistent."""
    known = [verdicts.get(link) for link in links]
    grades = [each[1] for each in known if each is not None and each[1] is not None]
    broken = (link for link, each in zip(links, known, strict=True) if each is None or each[0] != Verdict.CONSISTENT)
    return PathVerdict(links, min(grades) if len(grades) == len(links) else None, next(broken, None))
