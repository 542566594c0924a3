"""Faults of sources and rules: each breaks the real programme in one way."""

import pytest

ATTENDANCE, SURVEY, RULES = (
    "sources/event_attendance/source.yml",
    "sources/member_annual/source.yml",
    "sources/event_attendance/rules.yml",
)
SUPPORT = "sources/hub_support/source.yml"
ACTIVITIES = "sources/hub_activities/rules.yml"
MEMBERS = "sources/member_annual/rules.yml"

TRAININGS = "sources/training_prepost/rules.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        (RULES, "select _record_key from {batch}", "select _record_key from {batch}, event_session", "sql:",
         "rule AT07 `sql` reads an unknown source: found 'event_session', expected one of"),
        (TRAININGS, "indicators: [OCM-01]", "indicators: [OCM-1]", "indicators",
         "rule SV35 `indicators` names an unknown indicator: found 'OCM-1', expected one of"),
        (TRAININGS, "  indicators: [OCM-01]\n", "", "blocks",
         "rule SV35 `indicators` goes with `blocks: indicator`: found one without the other"),
        (ACTIVITIES, "within: {scope: hub,", "within: {scope: hubs,", "within",
         "rule AT39-BLOCK `within` names an unknown scope: found 'hubs', expected one of"),
        (ACTIVITIES, "day: end_on}", "day: ended_on}", "within",
         "rule AT39-BLOCK `within` names an unknown field: found 'ended_on', expected one of"),
        (ACTIVITIES, "  indicators: [OUT-01, OUT-02, OUT-05, OUT-06, MEM-04]\n  within:", "  within:", "within",
         "rule AT39-BLOCK `within` has no effect: found no indicators, expected `blocks: indicator` and some."),
        (ATTENDANCE, "person_names: {name_raw:", "person_names: {nom:", "person_names",
         "source event_attendance `privacy` names an unknown field: found 'nom', expected one of"),
        (ATTENDANCE, "minors: {age: age,", "minors: {age: years,", "minors",
         "source event_attendance `privacy` names an unknown field: found 'years', expected one of"),
        (ATTENDANCE, "forget: [name_raw,", "forget: [organisation,", "minors",
         "source event_attendance `privacy` `minors` forgets what is not restricted: found 'organisation'"),
        (ATTENDANCE, "source: event_attendance", "source: attendance", None,
         "source event_attendance has another name than its folder: found 'attendance', expected 'event_attendance'."),
        (ATTENDANCE, "key: [event_code, session_no, source_format, person_key, join_at]",
         "key: [event_code, session_no, source_format, person_ky, join_at]", None,
         "source event_attendance `key` names an unknown field: found 'person_ky', expected one of"),
        (ATTENDANCE, "supersedes_by: [event_code, session_no, source_format]",
         "supersedes_by: [event_code, session_number, source_format]", None,
         "source event_attendance `supersedes_by` names an unknown field: found 'session_number'"),
        (SURVEY, "latest_by: submitted_at", "latest_by: submited_at", None,
         "source member_annual `latest_by` names an unknown field: found 'submited_at'"),
        (SURVEY, "  v2024-1:", "  v2023-1: {renamed: {cap/cap_3: cap/cap_3}}\n  v2024-1:", "v2023-1",
         "source member_annual `versions` names an unknown question: found 'cap/cap_3', expected one of"),
        (SURVEY, "  v2024-1:", "  v2023-1: {recoded: {mem/res_used: {a: b}}}\n  v2024-1:", "v2023-1",
         "source member_annual `versions` maps a question of several choices: found 'mem/res_used', expected one"),
        (ATTENDANCE, "\nprivacy:", "\nversions: {v1: {}}\nprivacy:", "versions:",
         "source event_attendance declares versions, but no field reads them: found no field with question"),
        (SURVEY, "period: answered_on}", "period: answered}", None,
         "source member_annual `due` names an unknown field: found 'answered', expected one of"),
        ("sources/hub_reports/source.yml", "by: hub, period", "by: grant, period", None,
         "source hub_reports `due` names an unknown scope: found 'grant', expected hub."),
        (ATTENDANCE, "city_code: {from: organisation,", "city_code: {from: organization,", None,
         "source event_attendance `resolve` names an unknown field: found 'organization', expected one of"),
        (ATTENDANCE, "register: cities", "register: city", None,
         "source event_attendance `resolve` names an unknown source: found 'city', expected one of"),
        (ATTENDANCE, "names: [name_en, name_fr, name_ar]", "names: [name_en, name_fr, name_arb]", None,
         "source event_attendance `resolve` names an unknown field of cities: found 'name_arb', expected one of"),
        (ATTENDANCE, "aliases: city_aliases,", "aliases: city_alias,", None,
         "source event_attendance `resolve` names an unknown source: found 'city_alias'"),
        (ATTENDANCE, "shown: [country_code]", "shown: [contry_code]", None,
         "source event_attendance `resolve` names an unknown field of cities: found 'contry_code', expected one of"),
        (ATTENDANCE, "shown: [country_code]", "shown: [country_code], hints: [job]", None,
         "source event_attendance `resolve` names an unknown field: found 'job', expected one of"),
        (ATTENDANCE, "shown: [country_code]", "shown: [country_code], hints: [name_raw]", None,
         "source event_attendance `resolve` names an unknown field: found 'name_raw', expected one of"),
        (SURVEY, "within: country_code", "within: country", None,
         "source member_annual `resolve` names an unknown field: found 'country', expected one of"),
        (ATTENDANCE, "{source: events, match: {event_code: event_code}",
         "{source: event, match: {event_code: event_code}", None,
         "source event_attendance `lookups` names an unknown source: found 'event'"),
        (ATTENDANCE, "take: {registered_event_code: event_code,", "take: {registered_event_code: code,", None,
         "source event_attendance `lookups` names an unknown field of events: found 'code'"),
        (ATTENDANCE, "{source: events, match: {event_code: event_code}",
         "{source: events, match: {event: event_code}", None,
         "source event_attendance `lookups` names an unknown field: found 'event'"),
        (ATTENDANCE, "take: {session_on: session_on,", "take: {session_no: session_on,", None,
         "source event_attendance `lookups` takes a name that is in use: found 'session_no', expected a new name."),
        (ATTENDANCE, "hash: {person_key: [email_raw,", "hash: {person_key: [email,", None,
         "source event_attendance `privacy` names an unknown field: found 'email', expected one of"),
        (ATTENDANCE, "restricted: [name_raw,", "restricted: [names_raw,", None,
         "source event_attendance `privacy` names an unknown field: found 'names_raw', expected one of"),
        (ATTENDANCE, "(?P<event_code>", "(?P<event_cod>", None,
         "source event_attendance `file_name` has no group for a field: found 'event_code', expected one of "
         "event_cod, revision, session_no."),
        (ATTENDANCE, "(?P<event_code>", "((?P<event_code>", None,
         "source event_attendance `file_name` is not a pattern: found"),
        (ATTENDANCE, "male: [homme, h,", "male: [homme, female, h,", None,
         "source event_attendance field sex has overlapping categories: found 'female' in female and male, expected it "
         "in one."),
        (ATTENDANCE, "revision_by: revision", "revision_by: version", None,
         "source event_attendance `revision_by` names an unknown field: found 'version', expected one of"),
        (ATTENDANCE, "shared: {email_raw: ['^(info", "shared: {email_raw: ['^((info", None,
         "source event_attendance `privacy` `email_raw` is no pattern: found '^((info"),
        (SURVEY, "redacted: [change_story,", "redacted: [city_raw,", None,
         "source member_annual `privacy` redacts what is no text of it: found 'city_raw', expected one of"),
        (SUPPORT, "presence: [deliverable]", "presence: [support_type]", None,
         "source hub_support `privacy` tells the presence of what is not restricted: found 'support_type', expected "),
        (SURVEY, "phones: {country: country_code}", "phones: {country: country}", None,
         "source member_annual `privacy` names an unknown field: found 'country'"),
        (ATTENDANCE, "alike: {person_key: {name: name_raw,", "alike: {person_key: {name: nom,", None,
         "source event_attendance `privacy` names an unknown field: found 'nom', expected one of"),
        (ATTENDANCE, "within: [city_code]}}", "within: [city_cod]}}", None,
         "source event_attendance `privacy` names an unknown field: found 'city_cod', expected one of"),
        (ATTENDANCE, "alike: {person_key:", "alike: {person:", None,
         "source event_attendance `privacy` `alike` names no hashed field: found 'person', expected"),
        (SURVEY, "phones: {country: country_code}", "phones: {regions: [JOR]}", None,
         "source member_annual `privacy` `phones` names an unknown region: found 'JOR'"),
        (SURVEY, "consent: {field: consent,", "consent: {field: agreed,", None,
         "source member_annual `consent` names an unknown field: found 'agreed'"),
        (SURVEY, "keep: [form_version, language]", "keep: [poc_name]", None,
         "source member_annual `consent` keeps what tells of a person: found 'poc_name'"),
        (SURVEY, "within: [country_code]", "within: [country]", None,
         "source member_annual `compare` names an unknown field: found 'country', expected one of"),
        (SURVEY, "    plan_status,", "    poc_name,", None,
         "source member_annual `compare` names an unknown field: found 'poc_name', expected one of"),
        (SURVEY, "    plan_status,", "    res_used,", None,
         "source member_annual `compare` names an unknown field: found 'res_used', expected one of"),
        (MEMBERS, "column: _similar_to", "column: _similar", None,
         "rule SV-SIMILAR `column` names an unknown field of member_annual: found '_similar', expected one of"),
        (MEMBERS, "  drop: true\n", "  drop: true\n  also_warn: true\n", "also_warn: true",
         "rule SV20 `also_warn` goes with a repair that keeps the row: found treatment repair and `drop`"),
        (SURVEY, "same_year: answered_on", "same_year: form_version", None,
         "source member_annual `compare` names an unknown field: found 'form_version', expected one of"),
        (ATTENDANCE, "another: [another,", "nonbinary: [another,", None,
         "source event_attendance field sex has a category without label: found 'nonbinary', expected one of another, "
         "female, male, prefer_not_to_say, unknown. Add it to dimensions.yml."),
        (ATTENDANCE, "{name: age, type: integer,", "{name: sex, type: integer,", None,
         "source event_attendance has a field twice: found 'sex' again, expected it once. Rename one."),
        (ATTENDANCE, "{name: age, type: integer,", "{name: age, type: int,", None,
         "source event_attendance `fields.13.type` has a wrong value: found 'int', expected one of"),
        (RULES, "expect: expect_column_values_to_not_be_null", "expect: expect_column_values_not_to_be_null", None,
         "rule AT29 `expect`: found 'expect_column_values_not_to_be_null', expected one of"),
        (RULES, "column: registered_event_code", "column: registred_event_code", None,
         "rule AT24 `column` names an unknown field of event_attendance: found 'registred_event_code', expected one "
         "of"),
        (RULES, "column_B: minutes", "column_B: minuts", None,
         "rule AT38 `column_B` names an unknown field of event_attendance: found 'minuts'"),
        (RULES, "when: registered_event_code is not null", "when: registered_event is not null", None,
         "rule AT25 `when` names an unknown field of event_attendance: found 'registered_event'"),
        (RULES, "when: registered_event_code is not null", "when: sex = 'femal'", None,
         "rule AT25 `when` compares sex with an unknown category: found 'femal', expected one of another, female, "
         "male. Did you mean 'female'?"),
        (RULES, "when: registered_event_code is not null", "when: length(sex) > 2", None,
         "rule AT25 `when` cannot be used: found"),
        (RULES, "fix: session_minutes", "fix: session_minuts", None,
         "rule AT38 `fix` names an unknown field of event_attendance: found 'session_minuts'"),
        (RULES, "fix: session_minutes", "fix: (select 1)", None,
         "rule AT38 `fix` is not one expression: found `(SELECT 1)` in '(select 1)'"),
        (RULES, "  fix: session_minutes\n", "  fix: session_minutes\n  field: minits\n", "field: minits",
         "rule AT38 `field` names an unknown field of event_attendance: found 'minits'"),
        (RULES, "  treatment: warn\n", "  treatment: warn\n  level: answer\n", "level",
         "rule AT25 `level` has no effect: found answer with treatment warn, expected it with quarantine or block "
         "only."),
        (RULES, "  treatment: warn\n", "  treatment: warn\n  blocks: indicator\n", "blocks",
         "rule AT25 `blocks` has no effect: found it with treatment warn, expected it with block only."),
        (RULES, "- id: AT25", "- id: AT24", None,
         "rule 'event_attendance/AT24' is declared twice: found it again here, expected it once "
         "(sources/event_attendance/rules.yml:169)."),
        (RULES, "treatment: warn", "treatment: warm", None,
         "rule AT25 `treatment` has a wrong value: found 'warm', expected one of block, quarantine, repair, warn. "
         "Did you mean 'warn'?"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_line(copy, file, old, new, at, message) -> None:
    line = copy.replace(file, old, new, at)
    found = [fault for fault in copy.faults() if message in fault.message]
    assert [(fault.file, fault.line, fault.severity) for fault in found] == [(file, line, "error")], copy.faults()


@pytest.mark.parametrize("treatment", ["repair", "quarantine"])
def test_an_aggregate_judges_no_rows_and_so_can_treat_none(copy, treatment: str) -> None:
    rule = f"""- id: AT-MEAN
  expect: expect_column_mean_to_be_between
  column: minutes
  max_value: 600
  treatment: {treatment}
  {"fix: minutes" if treatment == "repair" else "level: row"}
  dqa_dimension: validity
  reason: {{en: Long, fr: Long, ar: طويل}}"""
    copy.append(RULES, rule)
    fault = copy.only_fault()
    lines = copy.text(RULES).splitlines()
    assert lines[fault.line - 1] == f"  treatment: {treatment}"
    assert fault.message.startswith("rule AT-MEAN treatment")
    assert "expect_column_mean_to_be_between judges the whole table" in fault.message
    assert treatment in fault.message
    assert "warn or block" in fault.message


def test_an_argument_that_great_expectations_would_drop(copy) -> None:
    copy.replace(RULES, "  or_equal: true\n", "  or_equals: true\n")
    fault = copy.only_fault()
    assert fault.file == RULES
    assert "found 'or_equals', expected one of column_A, column_B, or_equal. Did you mean 'or_equal'?" in fault.message


def test_rules_that_are_not_a_list(copy) -> None:
    copy.write(RULES, "rules:\n  - id: AT24\n")
    fault = copy.only_fault()
    assert (fault.file, fault.line) == (RULES, 1)
    assert fault.message == (
        "file is not a list of rules: found a set of keys, expected lines that begin with '- id:'."
    )
