"""Defects of places in the annual survey: cities written in, in another country, outside, or invited by mistake."""

from mel_example.defects.survey_rows import Found, SurveyRows, answer_of
from mel_example.form import MEMBER_ANNUAL
from mel_example.places import SAME_NAME
from mel_example.raw_files.kobo import labels
from mel_example.raw_files.sheets import RawRow
from mel_example.raw_files.survey_exports import SOURCE
from mel_example.register_records import SurveyInvitation

_INVITATIONS = "survey_invitations"
_UNKNOWN_CITY = "Nouvelle-Ville-sur-Colline"


def plant_places(survey: SurveyRows) -> None:
    """SV18, SV19, SV37 and invitations of cities that are no members."""
    _from_outside(survey)
    _written_in(survey)
    _in_another_country(survey)


def _from_outside(survey: SurveyRows) -> None:
    """SV37: cities that were never members are invited and answer; the world holds them already."""
    members = {member.city_code for member in survey.world.memberships}
    for file, sheet, row in survey.planting.rows(SOURCE):
        if answer_of(row).city_code not in members:
            survey.planting.keep(row)
            survey.note((file, sheet, row), "SV37", "warn")
    for file, sheet, row in survey.planting.rows(_INVITATIONS):
        if isinstance(row.subject, SurveyInvitation) and row.subject.city_code not in members:
            survey.note((file, sheet, row), "RF-INVITED-MEMBER", "warn")


def _written_in(survey: SurveyRows) -> None:
    """SV18: the city was not found in the list; what is written instead is an approved other name, or nobody's."""
    other_names = {alias.city_code: alias.alias for alias in survey.world.aliases if alias.is_valid}
    (known,) = survey.draw(1, lambda row: answer_of(row).city_code in set(other_names) - set(SAME_NAME))
    (unknown,) = survey.draw(1, lambda row: answer_of(row).city_code not in SAME_NAME)
    _write_in(survey, known, other_names[answer_of(known[2]).city_code])
    _write_in(survey, unknown, _UNKNOWN_CITY)
    _set_aside(survey, unknown, "SV18")


def _write_in(survey: SurveyRows, found: Found, text: str) -> None:
    survey.choose(found, "intro/city", "cities", "other")
    survey.write(found, "intro/city_other", text)
    survey.note(found, "SV18-OTHER", "repair")


def _set_aside(survey: SurveyRows, found: Found, rule_id: str) -> None:
    found[2].verdict = "quarantined"
    survey.lose(found)
    survey.note(found, rule_id, "quarantine")


def _in_another_country(survey: SurveyRows) -> None:
    """SV19: a city of the register with the wrong country beside it."""

    def bears_its_name_alone(row: RawRow) -> bool:
        return answer_of(row).city_code not in SAME_NAME

    (found,) = survey.draw(1, bears_its_name_alone)
    country = answer_of(found[2]).country_code
    others = [code for code in labels(MEMBER_ANNUAL, "countries", found[1].language) if code != country]
    survey.choose(found, "intro/country", "countries", survey.planting.rng.choice(others))
    _set_aside(survey, found, "SV19")
