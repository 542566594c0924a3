"""Faults of `honesty.yml`: each slip is told at its line, and no file at all is no fault."""

import pytest

from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.models import Honesty

FILE = "honesty.yml"
HEAPING = "{table: hub_activities, number: participants_total, by: hub_code"


def test_a_programme_without_the_file_declares_nothing(copy) -> None:
    (copy.directory / FILE).unlink()
    assert copy.faults() == []
    assert load_programme(copy.directory).honesty == Honesty()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("parts: {}", "parts: {indicators: [ACT-50]}",
         "honesty check `parts` names an unknown indicator: found 'ACT-50'"),
        ("parts: {}", "partes: {}", "honesty checks `partes` is an unknown key"),
        ("minimum_share: 0.9", "minimum_share: 1.9", "found '1.9', expected at most 1"),
        (HEAPING, HEAPING.replace("hub_activities", "hub_activites"), "Did you mean 'hub_activities'?"),
        (HEAPING, HEAPING.replace("participants_total", "participants"),
         "honesty check `digit_heaping` reads an unknown column of hub_activities: found 'participants'"),
        (HEAPING, HEAPING.replace("participants_total", "period"),
         "honesty check `digit_heaping` reads a column of another type: found period quarter"),
        (HEAPING, HEAPING.replace("by: hub_code", "by: title_raw"),
         "honesty check `digit_heaping` would show free text: found title_raw"),
        ("indicator: OCM-03", "indicator: OCM-30", "honesty check `panel` names an unknown indicator: found 'OCM-30'"),
        ("indicator: OCM-03", "indicator: OCM-04",
         "honesty check `panel` follows an indicator whose rows have no figure of their own: found first_crossing"),
        ("indicator: OCM-03, entity: city_code", "indicator: OCM-03, entity: city",
         "honesty check `panel` reads an unknown column of fct_member_survey: found 'city'"),
        ("table: fct_survey_invitation", "table: fct_survey_invitations",
         "honesty check `drift` names an unknown table: found 'fct_survey_invitations'"),
        ("answered: has_answered", "answered: answered", "honesty check `drift` reads an unknown column of"),
        ("dimensions: [population_band", "dimensions: [is_member, population_band",
         "honesty check `drift` names an unknown dimension: found 'is_member'"),
        ("where: is_member", "where: is_membr", "honesty check `drift` reads an unknown column of"),
        ("where: is_member", "where: select 1", "honesty check `drift` is not one expression: found"),
        ("source: hub_self_totals", "source: hub_self_total", "Did you mean 'hub_self_totals'?"),
        ("total: self_total\n", "total: note\n",
         "honesty check `self_totals` reads a column of another type: found note text"),
        ("scope: hub\n", "scope: region\n", "honesty check `self_totals` names an unknown scope: found 'region'"),
        ("indicators: [ACT-05]", "indicators: [ACT-50]",
         "honesty check `self_totals` names an unknown indicator: found 'ACT-50'"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_line(copy, old: str, new: str, message: str) -> None:
    line = copy.replace(FILE, old, new)
    faults = copy.faults()
    assert {(fault.file, fault.line, fault.severity) for fault in faults} == {(FILE, line, "error")}
    assert any(message in fault.message for fault in faults), faults
