"""What a drop-down list of a workbook may hold: spreadsheets split it at commas and take no long ones."""

from collections.abc import Sequence

from mel_pipeline.quality.decisions.names_and_persons import NAME_FOLLOWS

LONGEST_LIST = 255


def entries(suggested: Sequence[object]) -> tuple[str, ...]:
    """Suggested entries to choose from, without commas; codes alone where names make the list too long."""
    choices = tuple(str(each).replace(",", ";") for each in suggested)
    return choices if fit_a_list(choices) else tuple(each.split(NAME_FOLLOWS)[0] for each in choices)


def fit_a_list(choices: Sequence[str]) -> bool:
    """Whether a list can hold the choices, and there are any."""
    return 0 < sum(map(len, choices)) + len(choices) <= LONGEST_LIST
