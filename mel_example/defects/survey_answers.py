"""Defects of single answers to the annual survey: impossible, contradicting, in words, in other digits, with marks."""

from collections.abc import Callable
from datetime import timedelta

from mel_example.defects.survey_rows import Found, SurveyRows, answer_of, speaks
from mel_example.form import MEMBER_ANNUAL
from mel_example.raw_files.kobo import choice_header, labels
from mel_example.raw_files.sheets import RawRow
from mel_example.raw_files.survey_exports import item_header, question_header, shared_items_header
from mel_example.world import SurveyAnswer

_IMPOSSIBLE = ("7", "0", "55")
_ARABIC_NUMBERS = 4
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LOCAL_NUMBERS = ("1 250", "12,0")
_IN_WORDS = ("environ 20", "une dizaine")
_MULTIPLE = {
    "SV11": ("mem/res_used", "resources"),
    "SV11-TOOLS": ("mem/contrib_tools", "tools"),
    "SV11-DEEPDIVE": ("mem/deepdive", "deepdives"),
}
_ALWAYS = 3
_TEXTS_WITH_ADDRESS = {
    "en": "We changed our plan; write to jo.archer@example.org for details.",
    "fr": "Le plan a changé ; écrire à jo.archer@example.org pour en savoir plus.",
    "ar": "تغيرت الخطة؛ اكتبوا إلى jo.archer@example.org للتفاصيل.",
}


def plant_answers(survey: SurveyRows) -> None:
    """SV11, SV13, SV14, SV22, SV23, SV24, SV25, SV30 and SV40."""
    _arabic_digits(survey)
    _local_numbers(survey)
    _numbers_in_words(survey)
    _impossible_answers(survey)
    _none_and_others(survey)
    _always_the_same(survey)
    _contradictions(survey)
    _marks_in_codes(survey)
    _personal_data(survey)


def _shared_items(found: Found) -> str:
    return shared_items_header(found[1].language)


def _arabic_digits(survey: SurveyRows) -> None:
    """SV23: a number typed with Arabic-Indic digits in the Arabic export."""
    for found in survey.draw(_ARABIC_NUMBERS, speaks("ar")):
        cells, header = found[2].cells, _shared_items(found)
        cells[header] = str(cells[header]).translate(_ARABIC_DIGITS)
        survey.note(found, "SV23", "repair")


def _local_numbers(survey: SurveyRows) -> None:
    """SV24: a space between thousands, a decimal comma."""
    found_rows = survey.draw(len(_LOCAL_NUMBERS), speaks("fr"))
    for number, found in zip(_LOCAL_NUMBERS, found_rows, strict=True):
        found[2].cells[_shared_items(found)] = number
        survey.note(found, "SV24", "repair")


def _numbers_in_words(survey: SurveyRows) -> None:
    """SV25: words where a number belongs."""
    for words, found in zip(_IN_WORDS, survey.draw(len(_IN_WORDS), speaks("fr")), strict=True):
        found[2].cells[_shared_items(found)] = words
        survey.note(found, "SV25", "quarantine")


def _impossible_answers(survey: SurveyRows) -> None:
    """SV13: a capacity item answered with a number that is not on the scale."""

    def has_items_to_lose(row: RawRow) -> bool:
        return sum(item in range(1, 6) for item in answer_of(row).items) >= 8

    for value, found in zip(_IMPOSSIBLE, survey.draw(len(_IMPOSSIBLE), has_items_to_lose), strict=True):
        answer = answer_of(found[2])
        place = survey.planting.rng.choice([p for p, item in enumerate(answer.items) if item in range(1, 6)])
        found[2].cells[item_header(place, found[1].language)] = value
        survey.planting.losses.items.add((answer.submission_uuid, place))
        survey.note(found, "SV13", "quarantine")


def _none_and_others(survey: SurveyRows) -> None:
    """SV11: "none" is ticked together with another choice."""
    for rule_id, (path, choice_list) in _MULTIPLE.items():
        (found,) = survey.draw(1, _chose_something(path))
        language = found[1].language
        none = labels(MEMBER_ANNUAL, choice_list, language)["none"]
        header = question_header(path, language)
        found[2].cells[header] = f"{found[2].cells[header]} {none}"
        found[2].cells[choice_header(MEMBER_ANNUAL, path, "none", language)] = "1"
        survey.note(found, rule_id, "repair")
        survey.note(found, rule_id, "warn")


def _chose_something(path: str) -> Callable[[RawRow], bool]:
    def chosen(answer: SurveyAnswer) -> str | tuple[str, ...]:
        return answer.resources_used if path == "mem/res_used" else answer.others[path]

    return lambda row: bool(told := chosen(answer_of(row))) and "none" not in told


def _always_the_same(survey: SurveyRows) -> None:
    """SV14: the same answer to every statement, in less time than most take."""
    (found,) = survey.draw(1)
    answer = answer_of(found[2])
    scales = ("nlc/", "inf/", "yth/yth_0")
    others = {path: str(_ALWAYS) if path.startswith(scales) else told for path, told in answer.others.items()}
    survey.answer_otherwise(
        found,
        ended_at=answer.started_at + timedelta(minutes=14),
        items=(_ALWAYS,) * len(answer.items),
        resilience=(_ALWAYS,) * len(answer.resilience),
        others=others,
    )
    survey.note(found, "SV14", "warn")


def _contradictions(survey: SurveyRows) -> None:
    """SV40: a framework in use, but not even the beginning of a plan."""
    (found,) = survey.draw(1)
    stages = {"sys/plan_status": "0", "sys/framework_status": "5"}
    survey.answer_otherwise(found, others={**answer_of(found[2]).others, **stages})
    survey.note(found, "SV40", "warn")


def _marks_in_codes(survey: SurveyRows) -> None:
    """SV30: the city's code with an invisible mark that says in which direction it is read."""
    for mark in ("\u200e", "\u200f"):
        (found,) = survey.draw(1)
        survey.write(found, "intro/city", answer_of(found[2]).city_code + mark)
        survey.note(found, "SV30", "repair")


def _personal_data(survey: SurveyRows) -> None:
    """SV22: an address in a story, and the name of the contact in another one."""
    (with_address,) = survey.draw(1)
    survey.write(with_address, "open/change_story", _TEXTS_WITH_ADDRESS[with_address[1].language])
    (with_name,) = survey.draw(1, lambda row: bool(answer_of(row).poc_name))
    survey.write(with_name, "open/change_story", f"{answer_of(with_name[2]).poc_name} +")
    for found in (with_address, with_name):
        survey.note(found, "SV22", "repair")
