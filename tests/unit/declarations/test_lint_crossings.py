"""Faults of the verb `first_crossing`: an indicator of the real programme becomes a milestone with one slip."""

import pytest

OUTPUT = "indicators/output.yml"
PEOPLE = "unit: {en: people, fr: personnes, ar: أشخاص}\n    type: "
TYPE = (f"{PEOPLE}count", f"{PEOPLE}milestone")
FROM = "      from: fct_training_completion\n"
VERB = (
    "      count_distinct: person_key\n",
    "      first_crossing: {stage: completed_share, at_least: 0.5, entity: event_code}\n",
)


@pytest.fixture
def milestone(copy):
    copy.replace(OUTPUT, *TYPE)
    copy.replace(OUTPUT, *VERB)
    return copy


def test_a_milestone_counts_first_crossings(milestone) -> None:
    assert milestone.faults() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("stage: completed_share", "stage: completd_share",
         "indicator OUT-02 `measure.first_crossing.stage` reads an unknown column of fct_training_completion: found "
         "'completd_share', expected one of"),
        ("stage: completed_share", "stage: completd_share", ". Did you mean 'completed_share'?"),
        ("stage: completed_share", "stage: sex",
         "indicator OUT-02 `measure.first_crossing.stage` reads a column of another type: found sex VARCHAR, expected "
         "BIGINT or INTEGER or DOUBLE. Choose another."),
        ("entity: event_code", "entity: event_cod",
         "indicator OUT-02 `measure.first_crossing.entity` reads an unknown column of fct_training_completion: found "
         "'event_cod'"),
        ("at_least: 0.5", "at_least: high",
         "indicator OUT-02 `measure.first_crossing.at_least` has a wrong value: found 'high'"),
        ("at_least: 0.5, ", "", "indicator OUT-02 `measure.first_crossing.at_least` is missing"),
        (FROM, "      from: fct_member_quarter\n",
         "indicator OUT-02 `measure.from` names a table of snapshots: found fct_member_quarter, expected one with "
         "`period_on`, by which the first row is told. Choose another."),
        (FROM, "      from: dim_city\n",
         "indicator OUT-02 `measure.from` names a table without time: found dim_city, expected one with `period_on`"),
        (FROM, "      per_entity: event_code\n" + FROM,
         "indicator OUT-02 names what one figure is about twice: found `per_entity` beside `first_crossing`, expected "
         "`entity` alone. Remove `per_entity`."),
    ],
)  # fmt: skip
def test_a_slip_in_a_crossing_is_told_at_its_line(milestone, old, new, message) -> None:
    line = milestone.replace(OUTPUT, old, new)
    if not new:
        line = milestone.text(OUTPUT).partition("first_crossing")[0].count("\n") + 1
    found = [fault for fault in milestone.faults() if message in fault.message]
    assert [(fault.file, fault.line, fault.severity) for fault in found] == [(OUTPUT, line, "error")], (
        milestone.faults()
    )


def test_a_count_is_no_milestone(copy) -> None:
    copy.replace(OUTPUT, *TYPE)
    [fault] = [fault for fault in copy.faults() if fault.severity == "error"]
    assert fault.message == (
        "indicator OUT-02 of type milestone has a verb that does not fit: found count_distinct, expected one of "
        "first_crossing, sql. Change type or verb."
    )
