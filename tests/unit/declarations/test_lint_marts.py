"""Faults of the marts' contracts and queries: each breaks the real programme in one way."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        ("marts/dim_person.yml", "table: dim_person", "table: dim_persons", None,
         "mart dim_person has another name than its file: found 'dim_persons', expected 'dim_person'. Rename one."),
        ("marts/dim_person.yml", "key: [person_key]", "key: [persn_key]", None,
         "mart dim_person `key` names an unknown column: found 'persn_key', expected one of"),
        ("marts/fct_hub_report.yml", "period_on: quarter_end_on", "period_on: quarter_ends_on", None,
         "mart fct_hub_report `period_on` names an unknown column: found 'quarter_ends_on'"),
        ("marts/fct_hub_report.yml", "period_on: quarter_end_on", "period_on: period", None,
         "mart fct_hub_report `period_on` is not a date: found period VARCHAR, expected a DATE."),
        ("marts/fct_hub_report.yml", "period_on: quarter_end_on",
         "period_on: quarter_end_on\nsnapshot_on: quarter_end_on", "snapshot_on",
         "mart fct_hub_report has two times: found period_on and snapshot_on, expected one of them."),
        ("marts/fct_hub_report.yml", "scopes: {hub: hub_code}", "scopes: {hub: hub}", None,
         "mart fct_hub_report `scopes` names an unknown column: found 'hub', expected one of"),
        ("marts/bridge_city_grant.yml", "valid_between: [valid_from, valid_to]",
         "valid_between: [valid_from, valid_until]", None,
         "mart bridge_city_grant `valid_between` names an unknown column: found 'valid_until'"),
        ("marts/dim_city.yml", "name: population, type: BIGINT", "name: population, type: BIGNT", None,
         "mart dim_city column population has an unknown type: found 'BIGNT', expected one of BIGINT"),
        ("marts/dim_city.yml", "meaning: Name in French", "meaning: Name, in French", None,
         "mart dim_city `columns.3.in French` is an unknown key: found 'in French', expected one of meaning, name, "
         "required, type, unit. A text with a comma needs quotation marks inside { }."),
        ("marts/dim_hub.sql", "accepted.hubs", "accepted.hub", None,
         "mart dim_hub reads an unknown table: found 'accepted.hub', expected one of accepted.answer_keys"),
        ("marts/dim_person.sql", "select * from dim_city", "select * from dim_cities", None,
         "mart dim_person reads an unknown table: found 'dim_cities', expected one of"),
        ("marts/dim_hub.sql", "select * from accepted.hubs", "select * from read_csv('hubs.csv')", None,
         "mart dim_hub reads an unknown table: found"),
        ("marts/dim_hub.sql", "    from hubs", "    frm hubs hubs", None, "mart dim_hub cannot be read as SQL: found"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_line(copy, file, old, new, at, message) -> None:
    line = copy.replace(file, old, new, at)
    found = [fault for fault in copy.faults() if message in fault.message]
    assert [(fault.file, fault.line, fault.severity) for fault in found] == [(file, line, "error")], copy.faults()


def test_a_column_twice_in_a_contract(copy) -> None:
    copy.replace("marts/dim_city.yml", "{name: name_fr,", "{name: name_en,")
    line = copy.text("marts/dim_city.yml").count("\n", 0, copy.text("marts/dim_city.yml").rindex("name_en")) + 1
    told = {fault.message: fault.line for fault in copy.faults() if fault.file == "marts/dim_city.yml"}
    assert told == {"mart dim_city has a column twice: found 'name_en' again, expected it once. Remove one.": line}


def test_a_query_selects_the_columns_of_its_contract(copy) -> None:
    copy.replace("marts/dim_hub.sql", "        name_ar,\n", "        name_ar as arabic_name,\n")
    assert {fault.message for fault in copy.faults()} == {
        "mart dim_hub does not select a column of its contract: found 'name_ar', expected one of _record_keys, "
        "active_from, active_to, arabic_name, hub_code, language, launched_on, name_en, name_fr, weekend_days. "
        "Did you mean 'name_fr'?",
        "mart dim_hub selects a column that its contract lacks: found 'arabic_name', expected one of _record_keys, "
        "active_from, active_to, hub_code, language, launched_on, name_ar, name_en, name_fr, weekend_days. Declare it.",
    }


def test_two_statements_are_not_one_query(copy) -> None:
    copy.write("marts/dim_hub.sql", copy.text("marts/dim_hub.sql") + ";\ndrop table dim_city\n")
    fault = copy.only_fault()
    assert fault.message == (
        "mart dim_hub is not one query: found 2 statements or no select, expected one select. Split it."
    )


def test_marts_that_wait_for_each_other(copy) -> None:
    copy.replace("marts/dim_city.sql", "accepted.cities", "dim_person")
    fault = copy.only_fault()
    assert (fault.file, fault.severity) == ("marts/dim_city.sql", "error")
    assert fault.message == (
        "mart dim_city reads itself: found dim_city -> dim_person -> dim_city, expected marts that build on earlier "
        "ones. Break the circle."
    )


def test_a_contract_without_query_and_a_query_without_contract(copy) -> None:
    (copy.directory / "marts/fct_hub_report.sql").rename(copy.directory / "marts/fct_report.sql")
    told = {(fault.file, fault.line): fault.message for fault in copy.faults()}
    assert told == {
        ("marts/fct_hub_report.yml", 1): (
            "mart fct_hub_report has no query: found no marts/fct_hub_report.sql, expected it beside the contract. "
            "Write it."
        ),
        ("marts/fct_report.sql", 1): (
            "mart fct_report has no contract: found no marts/fct_report.yml, expected it beside the query. Write it."
        ),
    }


def test_only_a_restricted_mart_reads_what_is_confidential(copy) -> None:
    copy.replace(
        "marts/fct_member_survey.sql", "answers.framework_status,", "answers.inc_reported as framework_status,"
    )
    assert copy.only_fault().message == (
        "mart fct_member_survey reads a confidential field of member_annual: found inc_reported, expected it in a mart "
        "with `restricted: true` alone. Leave it out, or restrict the mart."
    )


def test_an_open_mart_reads_no_restricted_one(copy) -> None:
    copy.replace("marts/dim_city.yml", "key: [city_code]", "restricted: true\nkey: [city_code]")
    told = {fault.file: fault.message for fault in copy.faults()}
    assert told["marts/dim_person.sql"] == (
        "mart dim_person reads a restricted mart: found dim_city, expected one that everybody may read, or "
        "`restricted: true` in its own contract. Leave it out, or restrict the mart."
    )


def test_a_confidential_field_is_a_field(copy) -> None:
    line = copy.replace("sources/member_annual/source.yml", "confidential: [inc_reported,", "confidential: [inc_told,")
    fault = next(fault for fault in copy.faults() if "inc_told" in fault.message)
    assert (fault.file, fault.line) == ("sources/member_annual/source.yml", line)
