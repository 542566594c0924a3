"""Writes down which answers to a multiple choice came as one text of several choices and were taken apart.

`select_multiple_from_file` is exported so whatever the settings of the export. How a text is taken apart belongs to
`multiple_choices.py`.
"""

from collections.abc import Collection, Mapping, Sequence

from mel_pipeline.intake.coded import Coded, Rows
from mel_pipeline.intake.layout import choice_column
from mel_pipeline.intake.staged import Repair


def summaries(choices: Mapping[str, Collection[str]], columns: Mapping[str, Coded]) -> dict[str, Coded]:
    """The columns of questions that have none for their options.

    Args:
        choices: codes of the options by field.
        columns: cells by field, and by option where the file has columns of options.
    """
    return {
        field: columns[field]
        for field, codes in choices.items()
        if field in columns and not any(choice_column(field, code) in columns for code in codes)
    }


def split_answers(
    rule_id: str,
    texts: Mapping[str, Coded],
    choices: Mapping[str, Collection[str]],
    columns: Mapping[str, Coded],
    numbers: Sequence[int] | Rows,
) -> list[Repair]:
    """One repair for each text of several choices.

    Args:
        rule_id: under which they are written down.
        texts: what `summaries` gave before the texts were taken apart.
        choices: codes of the options by field.
        columns: cells by option, as they are now.
        numbers: number of each row as a spreadsheet shows it.
    """
    repairs = []
    for field, cells in texts.items():
        ticks = {code: columns[choice_column(field, code)] for code in choices[field]}
        listed = [
            [code for code, ticked in ticks.items() if ticked.distinct[place] == 1] for place in range(cells.n_distinct)
        ]
        several = cells.flags(place for place, each in enumerate(listed) if len(each) > 1)
        for row in cells.rows_with(several).tolist():
            chosen = ", ".join(listed[int(cells.places[row])])
            repairs.append(Repair(rule_id, "", int(numbers[row]), None, field, str(cells[row]).strip(), chosen))
    return repairs
