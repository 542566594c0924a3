"""The small programme that `mel new` writes: a copy of the folder `starter`, with its synthetic data.

What the programme declares stands in that folder, as an officer would write it.
"""

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

from mel_pipeline.declarations.models import Words

_LINES: dict[str, Words] = {
    "done": {
        "en": "A small programme with synthetic data in {folder}: each file begins with what may stand in it",
        "fr": "Un petit programme à données synthétiques dans {folder} : chaque fichier s'ouvre sur son mode d'emploi",
        "ar": "برنامج صغير ببيانات اصطناعية في {folder}: يبدأ كل ملف بشرح ما يمكن أن يتضمنه",
    },
}


def write_starter(directory: Path) -> None:
    """Write the programme and its synthetic data into a folder."""
    with as_file(files("mel_pipeline.starting") / "starter") as folder:
        copytree(folder, directory, dirs_exist_ok=True)


def starter_line(directory: Path, language: str) -> str:
    """What was written, in one sentence."""
    words = _LINES["done"]
    return words.get(language, words["en"]).format(folder=directory)
