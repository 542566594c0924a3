"""What the exports of the questionnaires around trainings hold; `questionnaires.py` writes them."""

from collections.abc import Sequence

from mel_example.answers import TrainingTest
from mel_example.form import TRAINING_PREPOST
from mel_example.raw_files.kobo import Answers
from mel_example.raw_files.questionnaires import questionnaire_files
from mel_example.raw_files.sheets import CsvFile
from mel_example.world import World

SOURCE = TRAINING_PREPOST.form_id


def training_test_files(world: World) -> list[CsvFile]:
    """Three exports a year, by the year of the training and the language of the answers."""
    return questionnaire_files(TRAINING_PREPOST, world.training_tests, _answers, world)


def follow_up_files(world: World) -> list[CsvFile]:
    """Three exports a year of what was asked six months later, by the year of the training and the language."""
    return questionnaire_files(TRAINING_PREPOST, world.follow_ups, _answers, world, "_followup", handed_in=(8, 15))


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
        "after/applied": test.applied or "",
        "after/applied_how": test.applied_how or "",
        "after/applied_barrier": test.applied_barrier or "",
    }


def _numbered(prefix: str, answers: Sequence[str | int | None]) -> dict[str, str]:
    return {
        f"{prefix}_{number:02d}": "" if answer is None else str(answer)
        for number, answer in enumerate(answers, start=1)
    }
