"""Faults of indicators and their measures: each breaks the real programme in one way."""

import pytest

from mel_pipeline.declarations import load_programme

OUTPUT, ACTIVITY = "indicators/output.yml", "indicators/activity.yml"
MEMBERSHIP, OUTCOME = "indicators/membership.yml", "indicators/outcome.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        (OUTPUT, "direction: increase", "directon: increase", None,
         "indicator OUT-01 `directon` is an unknown key: found 'directon', expected one of"),
        (OUTPUT, "from: fct_training_completion", "from: fct_trainig_completion", None,
         "indicator OUT-02 `measure.from` names an unknown table: found 'fct_trainig_completion', expected one of "
         "bridge_city_grant, "),
        (OUTPUT, "from: fct_training_completion", "from: fct_trainig_completion", None,
         ". Did you mean 'fct_training_completion'?"),
        (OUTPUT, "where: completed_share >= 0.75", "where: complete_share >= 0.75", None,
         "indicator OUT-02 `measure.where` reads an unknown column of fct_training_completion: found 'complete_share'"),
        (OUTPUT, "where: completed_share >= 0.75", "where: completed_share + 1", None,
         "indicator OUT-02 `measure.where` is not a condition: found 'completed_share + 1', expected yes or no"),
        (OUTPUT, "where: completed_share >= 0.75", "where: completed_share", None,
         "indicator OUT-02 `measure.where` reads a column of another type: found completed_share DOUBLE, expected "
         "BOOLEAN."),
        (OUTPUT, "where: completed_share >= 0.75", 'where: "true; drop table fct_event"', None,
         "indicator OUT-02 `measure.where` is not one expression: found 'true; drop table fct_event', expected one "
         "expression"),
        (OUTPUT, "where: completed_share >= 0.75", "where: person_key in (select person_key from dim_person)", None,
         "is not one expression: found `(SELECT person_key FROM dim_person)` in"),
        (OUTPUT, "count_distinct: person_key", "count_distinct: persn_key", None, "Did you mean 'person_key'?"),
        (OUTPUT, "count_distinct: person_key", "share: completed_share > 0.5", None,
         "indicator OUT-02 of type count has a verb that does not fit: found share, expected one of count, "
         "count_distinct, sql, sum. Change type or verb."),
        (OUTPUT, "      count_distinct: person_key\n", "", "measure:",
         "indicator OUT-02 `measure` does not have one verb: found none, expected exactly one of all_of, count, "),
        (OUTPUT, "      count_distinct: person_key\n", "", "measure:", ". Write one of them."),
        (OUTPUT, "count_distinct: person_key", "count_distinct: person_key\n      count: true", "measure:",
         "indicator OUT-02 `measure` does not have one verb: found count, count_distinct, expected exactly one of"),
        (OUTPUT, "disaggregate_by: [sex,", "disaggregate_by: [sexe,", None,
         "indicator OUT-02 `disaggregate_by` names an unknown dimension: found 'sexe', expected one of"),
        (OUTPUT, "disaggregate_by: [sex,", "disaggregate_by: [income_group,", None,
         "indicator OUT-02 `disaggregate_by.1` reads an unknown column of fct_training_completion: found "
         "'income_group'"),
        (OUTPUT, "disaggregate_by: [sex,", "disaggregate_by: [hub_code,", None,
         "indicator OUT-02 `disaggregate_by` names a scope: found 'hub_code', expected a dimension. Remove it."),
        (OUTPUT, "disaggregate_by: [sex,", "disaggregate_by: [mode,", None,
         "indicator OUT-02 `disaggregate_by` repeats a dimension: found 'mode' again, expected it once. Remove one."),
        (OUTPUT, "counts_people: true", "counts_people: true\n    disaggregate_numerator_by: [mode]",
         "disaggregate_numerator_by",
         "indicator OUT-02 has no numerator to break down: found `disaggregate_numerator_by`, expected it with "
         "`share` or `all_of` of rows only."),
        (OUTPUT, "counts_people: true", "counts_people: true\n    scopes: [all, hubs]", "scopes",
         "indicator OUT-02 names an unknown scope: found 'hubs', expected one of all, grant, hub. Did you mean 'hub'?"),
        (OUTPUT, 'period: "2023"', 'period: "2023Q9"', None,
         "indicator OUT-01 has a baseline of an unknown period: found '2023Q9', expected a code such as 2025Q4"),
        (OUTPUT, "nodes: [OP2]", "nodes: [OP2, OP22]", None,
         "indicator OUT-02 names an unknown node: found 'OP22', expected one of A1"),
        (OUTPUT, "received: has_attendance_list", "received: has_attendance", None,
         "indicator OUT-02 `coverage.received` reads an unknown column of fct_event: found 'has_attendance'"),
        (OUTPUT, "coverage: {from: fct_event, where: status = 'delivered' and activity_line = 'training', "
         "received: has_attendance_list}", "coverage: {from: dim_city, received: population > 0}", None,
         "indicator OUT-02 `coverage.from` cannot be told by grant: found dim_city, expected a mart that can be "
         "divided by grant as fct_training_completion can. Choose another, or leave the scope out of `scopes`."),
        (OUTPUT, "coverage: {from: fct_event", "coverage: {from: fct_evnt", None,
         "indicator OUT-02 `coverage.from` names an unknown table: found 'fct_evnt'"),
        (ACTIVITY, "status = 'delivered' and activity_line = 'training'\n",
         "status = 'deliverd' and activity_line = 'training'\n", None,
         "indicator ACT-05 `measure.where` compares status with an unknown category: found 'deliverd', expected one of "
         "active, cancelled, delivered, left, planned, suspended. Did you mean 'delivered'?"),
        (ACTIVITY, "from: fct_event\n", "from: dim_city\n", None,
         "indicator ACT-05 `measure.from` names a table without time: found dim_city, expected one with `period_on` "
         "or `snapshot_on`."),
        (MEMBERSHIP, "disaggregate_numerator_by: [mode, modality]", "disaggregate_numerator_by: [mode, language]", None,
         "indicator MEM-04 `disaggregate_numerator_by.2` reads an unknown column of fct_member_quarter: found "
         "'language'"),
        (MEMBERSHIP, "disaggregate_numerator_by: [mode, modality]", "disaggregate_numerator_by: [mode, is_active]",
         None, "indicator MEM-04 `disaggregate_numerator_by.2` reads a column of another type: found is_active "
         "BOOLEAN, expected VARCHAR or VARCHAR[] or BIGINT. Choose another."),
        (MEMBERSHIP, "share: has_participated", "share: has_particpated", None, "Did you mean 'has_participated'?"),
        (OUTCOME, "reverse: [cap_07]", "reverse: [cap_77]", None,
         "indicator OCM-03 reverses an unknown item: found 'cap_77', expected one of cap_01, cap_02, cap_03, cap_04, "
         "cap_05, cap_06, cap_07, cap_08, cap_09, cap_10, cap_11, cap_12. Did you mean 'cap_07'?"),
        (OUTCOME, "cap_11, cap_12]", "cap_11, cap_13]", None,
         "indicator OCM-03 `measure.index.items.12` reads an unknown column of fct_member_survey"),
        (OUTCOME, "cap_11, cap_12]", "cap_11, cap_11]", None,
         "indicator OCM-03 repeats an item: found 'cap_11' again, expected it once."),
        (OUTCOME, "cap_11, cap_12]", "cap_11, language]", None,
         "reads a column of another type: found language VARCHAR, expected BIGINT or INTEGER or DOUBLE."),
        (OUTCOME, "minimum_items: 8", "minimum_items: 13", None,
         "indicator OCM-03 asks for more items than it has: found minimum_items 13, expected at most 12. Lower it."),
        (OUTCOME, "item_scale: [1, 5]", "item_scale: [5, 1]", None,
         "indicator OCM-03 `item_scale` has no width: found 5 to 1, expected lowest, then highest value."),
        (OUTCOME, "score: score", "score: scores", None,
         "indicator OCM-01 `measure.paired_change.score` reads an unknown column of fct_training_test: found 'scores'"),
        (OUTCOME, "score: score", "score: theme", None,
         "indicator OCM-01 `measure.paired_change.score` reads a column of another type: found theme VARCHAR[], "
         "expected BIGINT or INTEGER or DOUBLE."),
        (OUTCOME, "before: pre", "before: pe", None,
         "indicator OCM-01 `measure.paired_change.before` names an unknown wave: found 'pe', expected one of "
         "followup6m, post, pre. Did you mean 'pre'?"),
        (OUTCOME, "after: post", "after: pre", None,
         "indicator OCM-01 compares a wave with itself: found 'pre' before and after, expected two waves."),
        (OUTCOME, "pair_by: [event_code, participant_no]", "pair_by: [event_code, participant]", None,
         "indicator OCM-01 `measure.paired_change.pair_by.2` reads an unknown column of fct_training_test: found "
         "'participant'"),
        (OUTCOME, "from: fct_training_test\n", "from: fct_training_test\n      per_entity: event_code\n", "per_entity",
         "indicator OCM-01 names what one figure is about twice: found `per_entity` beside `paired_change`"),
        (OUTCOME, "per_entity: city_code", "per_entity: city", None,
         "reads an unknown column of fct_member_survey: found 'city'"),
        (OUTCOME, "population: {from: fct_member_quarter, where: is_active}",
         "population: {from: fct_member_quarter, where: is_activ}", None,
         "indicator OCM-03 `measure.population.where` reads an unknown column of fct_member_quarter: found 'is_activ'"),
        (OUTCOME, "population: {from: fct_member_quarter, where: is_active}",
         "population: {form: fct_member_quarter}", None,
         "indicator OCM-03 `measure.population.form` is an unknown key: found 'form', expected one of from, where. "
         "Did you mean 'from'?"),
        (OUTCOME, "population: {from: fct_member_quarter, where: is_active}", "population: cencus", None,
         "indicator OCM-03 `measure.population` has a wrong value: found 'cencus', expected census or a set of keys. "
         "Did you mean 'census'?"),
    ],
)  # fmt: skip
def test_a_slip_in_an_indicator_is_told_at_its_line(copy, file, old, new, at, message) -> None:
    line = copy.replace(file, old, new, at)
    found = [fault for fault in copy.faults() if message in fault.message]
    assert [(fault.file, fault.line, fault.severity) for fault in found] == [(file, line, "error")], copy.faults()


def test_a_percentage_needs_a_denominator(copy) -> None:
    text = copy.text(MEMBERSHIP)
    start, end = text.index("    denominator:"), text.index("    data_source:")
    copy.write(MEMBERSHIP, text[:start] + text[end:])
    fault = copy.only_fault()
    code_line = text.count("\n", 0, text.index("- code: MEM-01")) + 1
    assert (fault.file, fault.line) == (MEMBERSHIP, code_line)
    assert fault.message == (
        "indicator MEM-01 is a percentage without denominator: found none, expected who or what 100 % is. "
        "Add `denominator:` in every language."
    )


def test_a_verb_that_does_not_fit_the_type_is_told_at_the_verb(copy) -> None:
    copy.replace(ACTIVITY, "type: count", "type: ratio")
    [fault] = [fault for fault in copy.faults() if fault.file == ACTIVITY]
    assert fault.line == copy.text(ACTIVITY)[: copy.text(ACTIVITY).index("count: true")].count("\n") + 1
    assert fault.message == (
        "indicator ACT-05 of type ratio has a verb that does not fit: found count, expected one of mean, median, "
        "ratio, sql. Change type or verb."
    )


def test_an_indicator_with_faults_is_told_once_and_not_again_by_its_targets(copy) -> None:
    copy.replace(OUTPUT, "frequency: quarter", "frequency: weekly")
    faults = [fault for fault in copy.faults() if fault.severity == "error"]
    assert [fault.message for fault in faults] == [
        "indicator OUT-01 `frequency` has a wrong value: found 'weekly', expected one of half_year, quarter, year. "
        "Correct the value."
    ]


def test_two_indicators_may_not_share_a_code(copy) -> None:
    line = copy.replace(ACTIVITY, "- code: ACT-05", "- code: OUT-02")
    messages = {fault.message: fault.line for fault in copy.faults() if fault.file == OUTPUT}
    first = f"{ACTIVITY}:{line}"
    assert (
        f"indicator 'OUT-02' is declared twice: found it again here, expected it once ({first}). Rename one."
        in messages
    )


def test_a_reference_sheet_with_gaps_is_told(copy) -> None:
    text = copy.text("indicators/output_survey.yml")
    begins, ends = text.index("    rationale:"), text.index("    unit:")
    copy.write("indicators/output_survey.yml", text[:begins] + text[ends:])
    fault = copy.only_fault()
    assert (fault.file, fault.severity) == ("indicators/output_survey.yml", "warning")
    assert fault.message == (
        "indicator OUT-04 has an incomplete reference sheet: found no rationale, responsible, expected collection, "
        "rationale, responsible in every language. Write what is missing."
    )


def test_every_indicator_of_the_example_has_its_whole_reference_sheet(programme_directory) -> None:
    for code, indicator in load_programme(programme_directory).indicators.items():
        for sheet in (indicator.collection, indicator.rationale, indicator.responsible):
            assert sorted(sheet) == ["ar", "en", "fr"], code
