"""`learning.yml`: what people conclude from the numbers, always with a day and a role, never with a name."""

from datetime import date

from mel_pipeline.declarations.models.base import Declared, Words


class AssumptionReview(Declared):
    """A person looked at an assumption on a day and found that it holds, or that it does not."""

    assumption: str
    reviewed_on: date
    role: Words
    holds: bool
    why: Words


class WeighedExplanation(Declared):
    """Other explanations of what a link shows were written down and weighed by a person on a day."""

    link: str
    weighed_on: date
    role: Words
    explanations: Words
    conclusion: Words


class Learning(Declared):
    """Everything that people recorded beside the numbers."""

    reviews: list[AssumptionReview] = []
    explanations: list[WeighedExplanation] = []
