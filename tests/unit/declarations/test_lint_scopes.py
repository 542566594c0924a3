"""Faults of calendar, scopes, donors and grants: each breaks the real programme in one way."""

import pytest

SETTINGS, DONORS = "programme.yml", "donors.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        (SETTINGS, "first_quarter: 2024Q1", "first_quarter: 2024-01", None,
         "programme `calendar.first_quarter` is not a quarter: found '2024-01', expected a code such as 2024Q1."),
        (SETTINGS, "hub: hub_code", "hub: hub_cod", None,
         "scope hub has a column that no mart uses: found 'hub_cod', expected hub_code. Did you mean 'hub_code'?"),
        (SETTINGS, "events: bridge_event_grant", "events: bridge_events_grant", None,
         "scope grant names an unknown bridge for events: found 'bridge_events_grant', expected one of"),
        (SETTINGS, "  hub: hub_code", "  hub: hub_code\n  all: hub_code", "all:",
         "scope 'all' is declared: found it in `scopes`, expected other names."),
        (SETTINGS, "disclosure: {minimum_cell: 5}", "disclosure: {minimum_cel: 5}", None,
         "programme `disclosure.minimum_cel` is an unknown key: found 'minimum_cel', expected minimum_cell. Did you "
         "mean 'minimum_cell'?"),
        (SETTINGS, "as_of: 2026-10-31", "as_of: 31.10.2026", None,
         "programme `as_of` has a wrong value: found '31.10.2026', expected a date such as 2024-12-31. Correct the "
         "value."),
        (SETTINGS, "review: {by: hub,", "review: {by: grant,", None,
         "review is by a scope without a column: found 'grant', expected hub."),
        (SETTINGS, "register: hubs,", "register: hub,", None,
         "review names an unknown register: found 'hub', expected one of"),
        (SETTINGS, "language: language}", "language: languages}", None,
         "source hubs has no field for the language of reviews: found 'languages', expected one of"),
        (SETTINGS, "fiscal_years: {US: 10,", "fiscal_years: {US: 13,", None,
         "fiscal year US begins in no month: found 13, expected a number from 1 (January) to 12. Correct it."),
        (SETTINGS, "fiscal_years: {US: 10,", "fiscal_years: {NZ-gov: 7, US: 10,", None,
         "programme `fiscal_years` has a name that is no prefix: found 'NZ-gov', expected capital letters such as US."),
        (DONORS, "fiscal_year: GB", "fiscal_year: GBR", None,
         "counts in an unknown fiscal year: found 'GBR', expected one of AU, GB, US. Did you mean 'GB'?"),
        ("marts/bridge_event_grant.yml", "key: [event_code, grant_code]", "key: [event_code]", None,
         "mart bridge_event_grant is a bridge without unique keys: found key event_code, expected also grant_code. "
         "Add it to `key`."),
        ("marts/bridge_city_grant.yml", "key: [city_code, grant_code, valid_from]", "key: [grant_code, valid_from]",
         None,
         "mart bridge_city_grant is a bridge without unique keys: found key grant_code, valid_from, expected also "
         "city_code."),
        ("marts/bridge_event_grant.yml", "families: {events: event_code}", "families: {event: event_code}", "families",
         "mart bridge_event_grant does not serve the family of scope grant: found 'events', expected event. Did you "
         "mean 'event'?"),
        ("marts/fct_attendance.yml", "scopes: {hub: hub_code}", "scopes: {hubs: hub_code}", None,
         "mart fct_attendance names an unknown scope: found 'hubs', expected one of grant, hub. Did you mean 'hub'?"),
        ("marts/fct_attendance.yml", "families: {events: event_code}", "families: {event: event_code}", None,
         "mart fct_attendance names an unknown family: found 'event', expected one of cities, events, hubs. Did you "
         "mean 'events'?"),
        (DONORS, "ends_on: 2025-12-31", "ends_on: 2022-12-31", None,
         "grant EU-STRIVE-2023 ends before it starts: found 2022-12-31, expected a day after 2023-01-01."),
        (DONORS, "scope: {hubs: [ESA, MENA]}", "scope: {hubs: [ESA, MENA], themes: [T9]}", None,
         "grant EU-STRIVE-2023 names an unknown theme: found 'T9', expected one of T1, T2, T3, T4, T5, T6."),
        (DONORS, "scope: {hubs: [ESA, MENA]}", "scope: {hubs: []}", None,
         "donor EU-FPI `grants.1.scope.hubs` has a wrong value: found an empty list, expected at least 1 entry."),
        (DONORS, "products: [page]", "products: [pages]", None,
         "donor EU-FPI `products.1` has a wrong value: found 'pages', expected page. Did you mean 'page'?"),
        (DONORS, "grant_code: NO-2024", "grant_code: EU-STRIVE-2023", "- grant_code",
         "grant 'EU-STRIVE-2023' is declared twice: found it again here, expected it once (donors.yml:13). Rename "
         "one."),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_line(copy, file, old, new, at, message) -> None:
    line = copy.replace(file, old, new, at)
    found = [fault for fault in copy.faults() if message in fault.message]
    assert [(fault.file, fault.line, fault.severity) for fault in found] == [(file, line, "error")], copy.faults()


def test_a_fiscal_year_that_begins_within_a_quarter_is_a_warning(copy) -> None:
    line = copy.replace(SETTINGS, "GB: 4", "GB: 5")
    fault = copy.only_fault()
    assert (fault.line, fault.severity) == (line, "warning")
    assert fault.message == (
        "fiscal year GB begins within a quarter: found month 5, expected 1, 4, 7 or 10. Values fall due at the ends "
        "of quarters, so that no indicator is told for it."
    )


def test_a_programme_may_not_end_before_it_begins(copy) -> None:
    copy.replace(SETTINGS, "first_quarter: 2024Q1, last_quarter: 2026Q4", "first_quarter: 2026Q4, last_quarter: 2024Q1")
    assert (
        "programme ends before it begins: found last quarter 2024Q1, expected 2026Q4 or later. Correct `calendar`."
        in [fault.message for fault in copy.faults()]
    )


def test_a_scope_needs_a_table_of_its_codes(copy) -> None:
    copy.replace("marts/dim_hub.yml", "{name: active_to,", "{name: ends_on,")
    messages = [fault.message for fault in copy.faults() if fault.file == "marts/dim_hub.yml"]
    assert messages == [
        "mart dim_hub cannot tell the codes of scope hub: found no active_to, expected the columns hub_code, "
        "active_from, active_to. Add them."
    ]


def test_a_scope_without_any_table_of_its_codes(copy) -> None:
    line = copy.replace(SETTINGS, "  hub: hub_code", "  hub: hub_code\n  zone: hub_code", "zone")
    messages = {fault.message: fault.line for fault in copy.faults()}
    assert all(found == line for found in messages.values())
    assert any(message.startswith("scope zone has no table of its codes: found 'dim_zone'") for message in messages)


def test_a_grant_that_never_runs_in_the_programme_is_a_warning(copy) -> None:
    text = copy.text(DONORS)
    copy.write(
        DONORS,
        text.replace(
            "starts_on: 2024-04-01\n        ends_on: 2027-03-31", "starts_on: 2020-07-01\n        ends_on: 2020-09-30"
        ),
    )
    fault = copy.only_fault()
    assert fault.severity == "warning"
    assert fault.message == (
        "grant NO-2024 never runs during the programme: found 2020-07-01 to 2020-09-30, expected days between "
        "2024-01-01 and 2026-12-31. Correct the dates or remove the grant."
    )


def test_faults_of_the_settings_do_not_set_off_others(copy) -> None:
    line = copy.replace(SETTINGS, "languages: [en, fr, ar]", "language: [en, fr, ar]")
    first_key = copy.text(SETTINGS).splitlines().index("programme: strong-cities") + 1
    assert [(fault.line, fault.message) for fault in copy.faults()] == [
        (first_key, "programme `languages` is missing: found nothing, expected a value. Add `languages: …`."),
        (line, "programme `language` is an unknown key: found 'language', expected one of as_of, calendar, contact, "
               "disclosure, fiscal_years, languages, licence, missing_codes, programme, review, scopes, subtitle and "
               "2 more. Did you mean 'languages'?"),
    ]  # fmt: skip
