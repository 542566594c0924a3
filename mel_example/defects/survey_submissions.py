"""Defects of whole submissions to the annual survey: repeated, copied, tests, refused, on hold, at a wrong time."""

from dataclasses import replace
from datetime import datetime, timedelta

from mel_example.defects.survey_rows import Found, SurveyRows, answer_of, clock, speaks
from mel_example.form import MEMBER_ANNUAL, questions
from mel_example.raw_files.kobo import SUBMISSION_TIME, VALIDATION_STATUS, header_of, question_headers
from mel_example.raw_files.sheets import RawRow
from mel_example.raw_files.survey_exports import shared_items_header
from mel_example.world import SurveyAnswer

_SENT_TWICE = 2
_CLICKED_TWICE = 2
_TESTS = {"en": "Test", "ar": "تجربة"}
_STATUSES = ("On Hold", "Not Approved")
_KEPT_OF_A_REFUSAL = ("consent", "intro/language")
_HASTY = 2


def plant_submissions(survey: SurveyRows) -> None:
    """SV05, SV06, SV07, SV15, SV16, SV20, SV21, SV39 and nearly equal answers."""
    _submissions_sent_twice(survey)
    _clicked_twice(survey)
    _two_people_of_one_city(survey)
    _nearly_equal_answers(survey)
    _tests(survey)
    _refusals(survey)
    _not_approved(survey)
    _hasty(survey)
    _wrong_clocks(survey)


def _submissions_sent_twice(survey: SurveyRows) -> None:
    """SV05: a first version of a submission, with another number, stands in the same file."""
    for found in survey.draw(_SENT_TWICE):
        file, sheet, row = found
        answer = answer_of(row)
        cells = row.cells | {
            "_id": str(answer.submission_number - 1000),
            SUBMISSION_TIME: _sent(answer.submitted_at - timedelta(minutes=4)),
            shared_items_header(sheet.language): str(answer.hub_shared_items + 1),
        }
        first_version = RawRow(cells, answer, verdict="dropped")
        place = next(place for place, candidate in enumerate(sheet.rows) if candidate is row)
        sheet.rows.insert(place, first_version)
        survey.planting.keep(first_version)
        survey.note((file, sheet, first_version), "SV05", "repair")


def _sent(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _clicked_twice(survey: SurveyRows) -> None:
    """SV07: the same answers a few seconds later under another number."""
    for found in survey.draw(_CLICKED_TWICE):
        answer = answer_of(found[2])
        copy = survey.add(found, replace(answer, submitted_at=answer.submitted_at + timedelta(seconds=4)))
        copy[2].verdict = "dropped"
        survey.note(copy, "SV07", "repair")


def _two_people_of_one_city(survey: SurveyRows) -> None:
    """SV06: somebody else of the city answers two days later, and sees things the other way round.

    Where the point of contact answered, the second answer does not count, else it counts instead of the first.
    """
    for is_contact in (True, False):
        (found,) = survey.draw(1, _is_contact if is_contact else lambda row: not _is_contact(row))
        second = survey.add(found, _seen_otherwise(answer_of(found[2])))
        survey.planting.losses.added_answers.append(answer_of(second[2]))
        survey.note(second if is_contact else found, "SV06", "warn")


def _is_contact(row: RawRow) -> bool:
    return answer_of(row).respondent_role == "poc"


def _seen_otherwise(answer: SurveyAnswer) -> SurveyAnswer:
    later = timedelta(days=2, minutes=7)
    return replace(
        answer,
        respondent_role="officer",
        started_at=answer.started_at + later,
        ended_at=answer.ended_at + later,
        submitted_at=answer.submitted_at + later,
        items=_turned(answer.items),
        resilience=_turned(answer.resilience),
        poc_name=None,
        poc_email=None,
        change_story=None,
    )


def _turned(items: tuple[int | None, ...]) -> tuple[int | None, ...]:
    return tuple(item % 5 + 1 if item in range(1, 6) else item for item in items)  # type: ignore[operator]


def _nearly_equal_answers(survey: SurveyRows) -> None:
    """Answers taken over from another city of the country: all but one are equal."""

    def is_complete(row: RawRow) -> bool:
        answer = answer_of(row)
        is_first = not any(_comes_before(other, answer) for other in survey.world.answers)
        return is_first and min(item or 0 for item in (*answer.items, *answer.resilience)) > 0

    (model,) = survey.draw(1, lambda row: is_complete(row) and bool(_followers(survey, row)))
    first = answer_of(model[2])
    (found,) = survey.draw(1, lambda row: answer_of(row) in _followers(survey, model[2]))
    items = (first.items[0] % 5 + 1 if first.items[0] else None, *first.items[1:])
    survey.answer_otherwise(found, items=items, resilience=first.resilience, others=first.others)
    survey.note(found, "SV-SIMILAR", "warn")


def _followers(survey: SurveyRows, row: RawRow) -> list[SurveyAnswer]:
    """Answers of other cities of the country that came later in the same year and are still whole."""
    return [
        answer_of(other)
        for _, _, other in survey.planting.rows("member_annual")
        if survey.planting.is_whole(other) and _comes_before(answer_of(row), answer_of(other))
    ]


def _comes_before(one: SurveyAnswer, other: SurveyAnswer) -> bool:
    is_same_wave = (one.country_code, one.answered_on.year) == (other.country_code, other.answered_on.year)
    return is_same_wave and one.submitted_at < other.submitted_at


def _tests(survey: SurveyRows) -> None:
    """SV20: the questionnaire was tried out before the wave began, under the name of no city."""
    for language, word in _TESTS.items():
        (found,) = survey.draw(1, speaks(language))
        answer = answer_of(found[2])
        earlier = answer.started_at - datetime(answer.answered_on.year, 9, 28, 10)
        test = survey.add(
            found,
            replace(
                answer,
                started_at=answer.started_at - earlier,
                ended_at=answer.ended_at - earlier,
                submitted_at=answer.submitted_at - earlier,
                poc_name=word,
                poc_email=None,
                change_story=None,
            ),
        )
        survey.choose(test, "intro/city", "cities", "other")
        survey.write(test, "intro/city_other", word)
        test[2].verdict = "dropped"
        survey.note(test, "SV20", "repair")


def _refusals(survey: SurveyRows) -> None:
    """SV21: consent is refused, but the answers came along; another refusal came as it should, without answers."""
    with_answers, without = survey.draw(2)
    for found in (with_answers, without):
        survey.choose(found, "consent", "yes_no", "no")
        survey.lose(found)
    survey.note(with_answers, "SV21", "repair")
    _empty(without)


def _empty(found: Found) -> None:
    _, sheet, row = found
    kept = {header_of(question, sheet.language) for question in questions() if question.path in _KEPT_OF_A_REFUSAL}
    row.cells |= {header: "" for header in question_headers(MEMBER_ANNUAL, sheet.language) if header not in kept}


def _not_approved(survey: SurveyRows) -> None:
    """SV39: somebody who looked through the submissions kept one back and refused another."""
    for status, found in zip(_STATUSES, survey.draw(len(_STATUSES)), strict=True):
        found[2].cells[VALIDATION_STATUS] = status
        found[2].verdict = "dropped"
        survey.lose(found)
        survey.note(found, "SV39", "repair")


def _hasty(survey: SurveyRows) -> None:
    """SV15: forty seconds for the whole questionnaire."""
    for found in survey.draw(_HASTY):
        answer = answer_of(found[2])
        found[2].cells["end"] = clock(answer)(answer.started_at + timedelta(seconds=40))
        survey.note(found, "SV15", "warn")


def _wrong_clocks(survey: SurveyRows) -> None:
    """SV16: an interview that ends before it begins, and a device that believes it is 1970."""
    reversed_times, reset = survey.draw(2)
    cells = reversed_times[2].cells
    cells["start"], cells["end"] = cells["end"], cells["start"]
    answer = answer_of(reset[2])
    begun = datetime(1970, 1, 1, 0, 3)
    reset[2].cells |= {
        "start": clock(answer)(begun),
        "end": clock(answer)(begun + (answer.ended_at - answer.started_at)),
        "today": begun.date().isoformat(),
    }
    sent = answer.submitted_at
    survey.planting.losses.changed_answers[answer.submission_uuid] = replace(answer, started_at=sent, ended_at=sent)
    for found in (reversed_times, reset):
        survey.note(found, "SV16", "warn")
    survey.note(reset, "SV16-DAY", "repair")
