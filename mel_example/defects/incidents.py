"""A defect of the figures of incidents in the annual survey; it has a stream of its own, so that no other moves."""

from dataclasses import replace

from mel_example.defects.planting import Planting
from mel_example.defects.survey_rows import SurveyRows, answer_of
from mel_example.raw_files.sheets import RawRow
from mel_example.world import SurveyAnswer, World

_SIGNIFICANT, _IN_TIME = "inc/significant", "inc/first72h"


def plant_incident_defects(planting: Planting, world: World) -> None:
    """SV40: more incidents answered within 72 hours than there were significant ones; the city's figures are lost."""
    survey = SurveyRows(planting, world)
    for found in planting.draw_up_to(
        "member_annual", 1, lambda _f, _s, row: row.verdict == "accepted" and _gives_figures(row)
    ):
        others = answer_of(found[2]).others
        survey.write(found, _IN_TIME, str(int(str(others[_SIGNIFICANT])) + 3))
        survey.planting.losses.changed_answers[answer_of(found[2]).submission_uuid] = _without_response(found[2])
        survey.note(found, "SV40-INCIDENTS", "quarantine")


def _gives_figures(row: RawRow) -> bool:
    return _IN_TIME in answer_of(row).others


def _without_response(row: RawRow) -> SurveyAnswer:
    answer = answer_of(row)
    return replace(answer, others={**answer.others, _IN_TIME: ""})
