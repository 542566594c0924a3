"""Defects of questionnaires around events: whose they are, of which wave, about which event."""

from mel_example.raw_files.sheets import RawSheet
from tests.defects.declared import Defect
from tests.defects.survey_cases import Outcome, feedback, training

KEY, WAVE, EVENT = "about/participant_key", "about/wave", "about/event_code"


def _codes_written_otherwise(sheet: RawSheet) -> None:
    _, own_post, _, other_post = sheet.rows
    key = str(own_post.cells[KEY])
    own_post.cells[KEY] = f"{key[:2].lower()}-{key[2:]}"
    key = str(other_post.cells[KEY])
    other_post.cells[KEY] = f"{key[:-1]}{(int(key[-1]) + 1) % 10}"


def _variants_are_mended_near_ones_set_aside(found: Outcome) -> None:
    before, after = found.values
    assert before["participant_key"] == after["participant_key"]
    assert (before["wave"], after["wave"]) == ("pre", "post")
    assert found.only("repairs", "SV31")["source_row"] == 3
    assert found.said("SV31").endswith("it was brought to one form")
    listed = found.listed("quarantine", "SV31-NEAR")
    assert [(each["source_row"], each["level"], each["field"]) for each in listed] == [
        (4, "row", "participant_key"),
        (5, "row", "participant_key"),
    ]
    assert listed[0]["reason"].endswith("whether both are one person's is not guessed")
    # A self-made code is about a person: it is shown to officers only.
    assert {each["value"] for each in listed} == {None}
    found.assert_account(read=4, accepted=2, quarantined=2)


def _one_code_of_two_people(sheet: RawSheet) -> None:
    own, _, other, _ = sheet.rows
    assert own.cells[EVENT] == other.cells[EVENT]
    other.cells[KEY] = own.cells[KEY]


def _both_are_set_aside(found: Outcome) -> None:
    assert found.column("wave") == ["post", "post"]
    listed = found.listed("quarantine", "SV32")
    assert [(each["source_row"], each["level"]) for each in listed] == [(2, "row"), (4, "row")]
    assert listed[0]["reason"].startswith("Two people of the training used the same code")
    found.assert_account(read=4, accepted=2, quarantined=2)


def _counterparts_missing(sheet: RawSheet) -> None:
    del sheet.rows[3], sheet.rows[0]


def _both_stay_out_of_the_gain(found: Outcome) -> None:
    assert found.column("wave") == ["post", "pre"]
    warnings = found.listed("warnings", "SV33")
    assert [(each["source_row"], each["value"]) for each in warnings] == [(2, "post"), (3, "pre")]
    assert "the questionnaire stays out of the gain" in warnings[0]["reason"]
    tests = found.seen.table("fct_training_test")
    own = {row["_record_key"] for row in found.values}
    paired = [
        is_paired for is_paired, keys in zip(tests["is_paired"], tests["_record_keys"], strict=True) if own & {*keys}
    ]
    assert paired == [False, False]
    found.assert_account(read=2, accepted=2)


def _last_one_called_first(sheet: RawSheet) -> None:
    before, after = sheet.rows
    assert str(after.cells["today"]) > str(before.cells["today"])
    after.cells[WAVE] = "pre"


def _the_days_tell_the_wave(found: Outcome) -> None:
    assert found.column("wave") == ["pre", "post"]
    assert found.column("wave_as_sent") == ["pre", "pre"]
    repair = found.only("repairs", "SV34")
    assert (repair["source_row"], repair["field"], repair["before"], repair["after"]) == (3, "wave", "pre", "post")
    assert found.said("SV34").endswith("the days allow only the other reading")
    warning = found.only("warnings", "SV34-DATES")
    assert (warning["source_row"], warning["value"]) == (3, "pre")
    assert warning["reason"].startswith("The day contradicts what the questionnaire was called")
    found.assert_account(read=2, accepted=2)


def _old_and_unknown_codes(sheet: RawSheet) -> None:
    old, unknown = sheet.rows
    _, year, number = str(old.cells[EVENT]).split("-")
    old.cells[EVENT] = f"EV-{year[2:]}-{int(number)}"
    unknown.cells[EVENT] = "EV-2025-987"


def _one_is_mended_the_other_set_aside(found: Outcome) -> None:
    (row,) = found.values
    assert (row["_source_row"], row["event_code"]) == (2, "EV-2025-001")
    repair = found.only("repairs", "SV36-SPELLING")
    assert (repair["source_row"], repair["before"], repair["after"]) == (2, "EV-25-1", "EV-2025-001")
    listed = found.only("quarantine", "SV36")
    assert (listed["source_row"], listed["level"], listed["value"]) == (3, "row", "EV-2025-987")
    assert listed["reason"] == "The code of the event is not in the register of events"
    found.assert_account(read=2, accepted=1, quarantined=1)


SURVEY_TRAININGS: tuple[Defect, ...] = (
    training("SV31", 5, count=2).defect(_codes_written_otherwise, _variants_are_mended_near_ones_set_aside),
    training("SV32", 2, count=2).defect(_one_code_of_two_people, _both_are_set_aside),
    training("SV33", 29, count=2).defect(_counterparts_missing, _both_stay_out_of_the_gain),
    training("SV34", 14).defect(_last_one_called_first, _the_days_tell_the_wave),
    feedback("SV36", 0).defect(_old_and_unknown_codes, _one_is_mended_the_other_set_aside),
)
