"""Why a file contributes no rows, or what an officer should know about one that does: in plain words.

Codes, their parameters and their sentences in English, French and Arabic. Finding the problems belongs to
the modules that read files.
"""

from dataclasses import dataclass, field

from mel_pipeline.intake.kind_words import WORDS
from mel_pipeline.intake.problem_words import SENTENCES

Value = str | int | list[str]

PERSONAL_DATA = "_personal_data"
"""Ends the codes of remarks about personal data that was found where none is expected."""


@dataclass(frozen=True)
class Problem:
    """One problem: a code, and what fills the gaps of its sentence.

    A parameter is a text, a number, or a list of texts; a list is joined as the language does it. A text
    that is a key of `WORDS` (a kind of file) is translated.
    """

    code: str
    params: dict[str, Value] = field(default_factory=dict)

    def message(self, language: str = "en") -> str:
        """The sentence for an officer; English where the language is not known."""
        spoken = language if language in SENTENCES[self.code] else "en"
        filled = {name: _spoken(value, spoken) for name, value in self.params.items()}
        return SENTENCES[self.code][spoken].format(**filled)


class Refused(Exception):  # noqa: N818 -- not an error of ours: the file is refused, the run goes on
    """Raised inside intake when a file cannot be read; carries the problem to tell."""

    def __init__(self, code: str, **params: Value) -> None:
        """Name the problem; the file's own name is added where the file is known."""
        super().__init__(code)
        self.code = code
        self.params = params

    def problem(self, file: str) -> Problem:
        """The problem, told about a file."""
        return Problem(self.code, {"file": file, **self.params})


def _spoken(value: Value, language: str) -> str:
    if isinstance(value, list):
        joint = "، " if language == "ar" else ", "
        return joint.join(_spoken(part, language) for part in value) or WORDS["nothing"][language]
    words = WORDS.get(str(value))
    return words[language] if words else str(value)
