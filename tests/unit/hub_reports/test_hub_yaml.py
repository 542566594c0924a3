"""A report as YAML is read by the same sources as the workbook, with the same rules."""

from datetime import date
from typing import Any

import pytest

from tests.unit.hub_reports.conftest import SHEETS

REPORT = """\
hub: MENA
period: T1 2024
template_version: 2.1
submitted_on: 2024-04-10
activities:
  - {ref: MENA-24Q1-03, event_code: EV-2024-001, title: "حوار وطني محلي", start: 2024-02-14, end: 2024-02-15,
     modality: M1, event_type: national_local, theme: [T2], priorities: [SP2, SP 3], mode: in_person,
     participants: {total: 37, women: 12, men: 23, unknown: 2}, cities: [Karak, Irbid, الزرقاء],
     national_gov_present: true, grants: [G1]}
  - ref: MENA-24Q1-04
    event_code: EV-2030-001
    start: 2024-02-20
    end: 2024-02-20
    participants: {total: ~40, women: 20, men: 20}
narrative:
  achievements: The planned activities took place.
  challenges: A victim spoke. Two dates were moved.
changes:
  - {change_ref: C-1, city: Karak, date: 2024-02-01, category: peer learning, who: Council, what: A plan, stage: 2,
     contribution: 2, evidence_level: 2, positive: true}
needs: []
"""


def write(reports: Any, text: str | bytes, name: str = "2024Q1/MENA_2024Q1.yml") -> None:
    path = reports.folders.raw / "hub_reports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_activities_have_the_values_of_the_file_and_the_numbers_of_their_lines(reports: Any) -> None:
    write(reports, REPORT.replace("~40", '"~40"'))
    (kept,) = reports.judge("hub_activities")
    assert (kept["hub_code"], kept["period"], kept["template_version"]) == ("MENA", "2024Q1", "2.1")
    assert (kept["start_on"], kept["end_on"]) == (date(2024, 2, 14), date(2024, 2, 15))
    counts = ("participants_total", "women", "men", "other_unknown")
    assert [kept[name] for name in counts] == [37, 12, 23, 2]
    assert kept["cities"] == ["Karak", "Irbid", "الزرقاء"]
    assert (kept["theme"], kept["priority"], kept["grant_codes"]) == (["T2"], ["SP2", "SP3"], ["G1"])
    assert (kept["modality"], kept["mode"], kept["national_gov_present"]) == ("M1", "in_person", True)
    assert kept["_source_row"] == 6
    assert reports.everything_found("hub_activities") == {
        ("repairs", "HR04", 6),
        ("repairs", "HR04", 10),
        ("repairs", "HR22", 6),
        ("quarantine", "HR19", 10),
        ("warnings", "HR12", 10),
    }


def test_other_lists_and_the_sections_of_the_narrative_are_the_other_sheets(reports: Any) -> None:
    write(reports, REPORT)
    (change,) = reports.judge("hub_changes")
    assert (change["city_code"], change["stage"], change["evidence_level"]) == ("C1", 2, 1)
    assert ("repairs", "HR32", 19) in reports.everything_found("hub_changes")
    assert [row["section"] for row in reports.judge("hub_narratives")] == ["achievements", "challenges"]
    assert ("warnings", "HR36", 17) in reports.everything_found("hub_narratives")


def test_a_list_that_is_empty_or_left_out_is_a_sheet_without_rows(reports: Any) -> None:
    write(reports, REPORT)
    for source in sorted(set(SHEETS) - {"hub_activities", "hub_changes", "hub_narratives"}):
        assert reports.judge(source) == []
        (notes,) = reports.notes(source)
        assert notes.problem is None
    (cover,) = reports.judge("hub_reports")
    assert (cover["hub_code"], cover["submitted_on"]) == ("MENA", date(2024, 4, 10))


def test_a_report_without_activities_or_without_its_cover_is_refused(reports: Any) -> None:
    write(reports, "hub: MENA\nperiod: 2024Q1\nsubmitted_on: 2024-04-10\n", "2024Q1/a.yml")
    write(reports, REPORT.replace("submitted_on", "sent"), "2024Q1/b.yaml")
    assert reports.judge("hub_reports") == []
    assert [notes.problem.code for notes in reports.notes("hub_reports")] == ["missing_sheet", "missing_cover_value"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hub: MENA\nactivities: [\n", 3),
        ("- hub: MENA\n", 1),
        ("hub: MENA\nactivities:\n  - {ref: A-1}\n  - just words\n", 4),
        ("hub: !!python/object/apply:os.system [ls]\n", 1),
        ("a: &a [x]\n" + "b: [" + ", ".join(["*a"] * 3000) + "]\n", 2),
    ],
)
def test_what_is_no_report_is_told_with_its_line(reports: Any, text: str, line: int) -> None:
    write(reports, text)
    assert reports.judge("hub_activities") == []
    (notes,) = reports.notes("hub_activities")
    assert notes.problem.code == "unreadable_yaml"
    assert notes.problem.message().startswith(
        f"hub_reports/2024Q1/MENA_2024Q1.yml cannot be read as a report in YAML: found something wrong at line {line},"
    )
