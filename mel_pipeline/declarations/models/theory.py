"""`theory_of_change.yml`: nodes, links and what the links assume."""

from typing import Literal

from pydantic import Field

from mel_pipeline.declarations.models.base import Declared, Words


class Node(Declared):
    """A step of the theory of change."""

    id: str
    level: Literal["activity", "output", "outcome", "impact"]
    label: Words
    priorities: list[str] = []


class Link(Declared):
    """A claim that one step leads to another, after a lag in quarters."""

    id: str
    from_node: str = Field(alias="from")
    to_node: str = Field(alias="to")
    status: Literal["stated", "implied"]
    lag_quarters: int = Field(ge=0)
    assumptions: list[str] = []
    assumption_on_this_link: str | None = None
    quote: str | None = None


class AssumptionTest(Declared):
    """An indicator, and the value from which (or up to which) the assumption is taken to hold."""

    indicator: str
    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a value lies on the good side of every cut; a cut itself does."""
        is_enough = self.at_least is None or value >= self.at_least
        return is_enough and (self.at_most is None or value <= self.at_most)


class Assumption(Declared):
    """What has to hold for a link to work, and what shows whether it does."""

    id: str
    statement: Words
    links: list[str]
    test: AssumptionTest | None = None


class CodedLabel(Declared):
    """A priority, theme or modality: a code with its label."""

    id: str
    label: Words
    number: int | None = None
    quote: str | None = None
    near_priorities: list[str] = []
    cross_cutting: bool = False
    part_of: str | None = None
    scope: str | None = None


class TheoryOfChange(Declared):
    """Nodes, the links between them, and what the links assume."""

    nodes: list[Node] = []
    links: list[Link] = []
    assumptions: list[Assumption] = []
    priorities: list[CodedLabel] = []
    themes: list[CodedLabel] = []
    modalities: list[CodedLabel] = []
