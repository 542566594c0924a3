"""The annual survey as KoboToolbox exports it.

Labels are in the language of each export; one row is one submission.
"""

from datetime import date

from mel_example.form import MEMBER_ANNUAL
from mel_example.quarters import WHOLE_YEARS
from mel_example.raw_files.kobo import Answers, all_headers, cells_of, header
from mel_example.raw_files.sheets import CsvFile, RawRow, RawSheet
from mel_example.world import LANGUAGES, SurveyAnswer, World

SOURCE = "member_annual"


def survey_files(world: World) -> list[CsvFile]:
    """Three exports a year that share no submission; the French and Arabic ones are separated by semicolons."""
    return [_export(year, language, world) for year in WHOLE_YEARS for language in LANGUAGES]


def _export(year: int, language: str, world: World) -> CsvFile:
    answers = [answer for answer in world.answers if (answer.answered_on.year, answer.language) == (year, language)]
    return CsvFile(
        source=SOURCE,
        path=f"surveys/member_annual_{year}_{language}.csv",
        received_on=date(year, 12, 5),
        received_from="central team",
        sheets=[RawSheet(all_headers(MEMBER_ANNUAL, language), list(map(row_of, answers)), language=language)],
        delimiter="," if language == "en" else ";",
    )


def row_of(answer: SurveyAnswer) -> RawRow:
    """The row of one submission in the export of its language."""
    cells = cells_of(answer, MEMBER_ANNUAL.version, MEMBER_ANNUAL, _answers(answer), answer.language)
    return RawRow(cells, answer)


def question_header(path: str, language: str) -> str:
    """The header of a question of the annual survey."""
    return header(MEMBER_ANNUAL, path, language)


def item_header(item: int, language: str) -> str:
    """The header of a capacity item, counted from 0."""
    return question_header(f"cap/cap_{item + 1:02d}", language)


def shared_items_header(language: str) -> str:
    """The header of the number of items shared with the hub."""
    return question_header("mem/hub_shared_items", language)


def _answers(answer: SurveyAnswer) -> Answers:
    """What was answered, by question path, in codes."""
    items = {f"cap/cap_{number:02d}": str(item) for number, item in enumerate(answer.items, start=1)}
    items |= {f"res/res_{number:02d}": str(item) for number, item in enumerate(answer.resilience, start=1)}
    return {
        **items,
        **answer.others,
        "consent": "yes",
        "intro/language": answer.language,
        "intro/country": answer.country_code,
        "intro/city": answer.city_code,
        "intro/respondent_role": answer.respondent_role,
        "mem/poc_name": answer.poc_name or "",
        "mem/poc_email": answer.poc_email or "",
        "mem/res_used": answer.resources_used,
        "mem/hub_shared_items": str(answer.hub_shared_items),
        "open/change_story": answer.change_story or "",
    }
