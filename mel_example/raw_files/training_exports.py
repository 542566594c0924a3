"""The questionnaires before and after trainings as KoboToolbox exports them.

The English exports hold codes and paths, the others words in their language.
"""

from collections.abc import Sequence
from datetime import date

from mel_example.answers import TrainingTest
from mel_example.form import TRAINING_PREPOST
from mel_example.quarters import AS_OF, YEARS
from mel_example.raw_files.kobo import CODES, Answers, all_headers, cells_of
from mel_example.raw_files.sheets import CsvFile, RawRow, RawSheet
from mel_example.world import LANGUAGES, World

SOURCE = "training_prepost"


def training_test_files(world: World) -> list[CsvFile]:
    """Three exports a year, by the year of the training and the language of the answers."""
    year_of = {event.event_code: event.end_on.year for event in world.events}
    grouped: dict[tuple[int, str], list[TrainingTest]] = {}
    for test in world.training_tests:
        grouped.setdefault((year_of[test.event_code], test.language), []).append(test)
    return [
        _export(year, language, grouped[year, language])
        for year in YEARS
        for language in LANGUAGES
        if (year, language) in grouped
    ]


def words_of(language: str) -> str:
    """How the export in a language is written: the English ones in codes."""
    return CODES if language == "en" else language


def _export(year: int, language: str, tests: Sequence[TrainingTest]) -> CsvFile:
    written = words_of(language)
    rows = [
        RawRow(cells_of(test, test.form_version, TRAINING_PREPOST, _answers(test), written), test) for test in tests
    ]
    return CsvFile(
        source=SOURCE,
        path=f"surveys/{SOURCE}_{year}_{language}.csv",
        received_on=min(date(year + 1, 1, 15), AS_OF),
        received_from="central team",
        sheets=[RawSheet(all_headers(TRAINING_PREPOST, written), rows, language=written)],
        delimiter="," if language == "en" else ";",
    )


def _answers(test: TrainingTest) -> Answers:
    return {
        "consent": "yes",
        "about/language": test.language,
        "about/event_code": test.event_code,
        "about/wave": test.wave,
        "about/participant_key": test.participant_key,
        "about/sex": test.sex or "",
        "about/age_band": test.age_band or "",
        "about/role": test.role or "",
        **_numbered("test/k", test.knowledge),
        **_numbered("conf/c", test.confidence),
        **_numbered("then/rt_c", test.looking_back),
        **_numbered("sat/sat", test.satisfaction),
    }


def _numbered(prefix: str, answers: Sequence[str | int | None]) -> dict[str, str]:
    return {
        f"{prefix}_{number:02d}": "" if answer is None else str(answer)
        for number, answer in enumerate(answers, start=1)
    }
