"""`versions` and `moved_columns` in `source.yml` of a survey: how each version of its form is read, or why not."""

from pydantic import Field

from mel_pipeline.declarations.models.base import Code, Declared


class FormVersion(Declared):
    """One version of the form, as `__version__` of an export names it; one that is not declared is not read.

    `renamed` gives, for headers of that version, the question that they are today. `recoded` gives, by question of
    today, the code that each code of that version is today; words in place of codes say by themselves what they mean.
    `scales` is the fingerprint of the codes and labels of the numbered choices of that version: where the form
    beside `source.yml` has others, answers to this version are not read until `recoded` says what became of them.
    """

    renamed: dict[str, str] = {}
    recoded: dict[str, dict[Code, Code]] = {}
    scales: Code | None = None


class MovedColumns(Declared):
    """From which share of unreadable answers in one column on a file is taken for one whose columns have moved.

    A column with fewer than `minimum_unreadable` such answers says nothing about its file.
    """

    unreadable_share: float = Field(default=0.5, gt=0, le=1)
    minimum_unreadable: int = Field(default=3, ge=1)
