"""What all declared entries share: texts in several languages, short codes, and strictness about unknown keys."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

Words = dict[str, str]
"""One text in every declared language, by language code."""

Code = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
"""A short code; YAML reads a bare 2024 as a number, which is a code all the same."""


class Declared(BaseModel):
    """What every declared entry shares: unknown keys are faults, and an entry does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
