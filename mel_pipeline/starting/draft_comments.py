"""The comments on top of drafted files: what is a decision of the draft, and what to look at first."""

from collections.abc import Iterable

from mel_pipeline.starting.draft_rules import Untranslated

ABOUT_SETTINGS = (
    "Drafted from a survey form. What the numbers are about, and for whom, only people can say: begin with the titles.",
    "`as_of` is the end of the period in which the data was collected; later rounds need a later day.",
)
ABOUT_THEORY = ("One step for all questions. Write your own theory of change, and give each indicator its step.",)
ABOUT_DIMENSIONS = (
    "The form's choices: a percentage by choice takes its labels here. `unknown` stands for no answer.",
)
ABOUT_INDICATORS = (
    "One indicator per question: the percentage of each choice among all answers, or the mean of a number. The code is",
    "the question's name. Keep those that say something, give them baselines and targets, and delete the others.",
)
ABOUT_SOURCES = (
    "Drafted from a survey form. Below `privacy`: answers under `drop` are never stored; free text is kept apart for",
    "officers, with marks in place of addresses and numbers. Take a name out only when nobody can be found by it.",
)


def about_rules(untranslated: Iterable[Untranslated]) -> list[str]:
    """The head of a rules file, with every condition of the form that is no rule here."""
    lines = ["What the form asks of answers, for data that came another way. `relevant`: when a question is asked."]
    left_out = list(untranslated)
    if left_out:
        lines.append("Conditions that could not be translated, and the part in the way; write them as rules yourself:")
    for each in left_out:
        condition = " ".join(each.condition.split())
        lines.append(f"  {each.question} ({each.kind}): {condition}   [{each.part}]")
    return lines
