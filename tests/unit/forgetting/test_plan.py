"""Which cells go: the person's, and nobody else's, also where two people have one name."""

from mel_pipeline.forgetting.people import Found, FoundRow
from mel_pipeline.forgetting.plan import plan_data, plan_decisions, traces_of
from mel_pipeline.intake.grids import Grid, Line
from mel_pipeline.intake.words import fold

RECORD, PERSON, OTHER = "a" * 32, "b" * 32, "c" * 32


def found(*words: str) -> Found:
    return Found(
        rows=(FoundRow("people", "people.csv", ("", 5), RECORD),),
        keys=frozenset({PERSON}),
        addresses=frozenset(fold(word) for word in words if "@" in word),
        names=frozenset(fold(word) for word in words if "@" not in word),
        spellings=frozenset(words),
        identifiers=frozenset({RECORD, PERSON, "uuid-1"}),
    )


def sheet(*rows: list[object]) -> list[Grid]:
    return [Grid("", [Line(number, list(cells)) for number, cells in enumerate(rows, 1)])]  # type: ignore[arg-type]


TRACES = traces_of(found("Amina Haddad", "Amina.H@example.org"))


def test_the_persons_rows_go_and_those_that_only_list_them() -> None:
    listed = sheet(
        ["Participants", "3"],
        ["AMINA  HADDAD - Karak", "amina.h@example.org"],
        ["Amina Haddad", "another.amina@example.org"],
        ["Name", "Email"],
        ["iPhone", None],
        ["Amina Haddadi", None],
        ["Amina Haddad", None],
    )
    changes = plan_data(listed, erased={("", 5)}, records={("", 5), ("", 6), ("", 7)}, traces=TRACES)
    assert changes == {("", 2): None, ("", 5): None}


def test_an_address_in_somebody_elses_record_goes_with_the_name_beside_it() -> None:
    survey = sheet(["city", "Amina Haddad", "amina.h@example.org", "write to AMINA.H@example.org, or x@example.org."])
    changes = plan_data(survey, erased=set(), records={("", 1)}, traces=TRACES)
    assert changes == {("", 1): {1: "", 2: "", 3: "write to , or x@example.org."}}


def test_a_longer_address_is_another_one() -> None:
    survey = sheet(["xamina.h@example.org", "amina.h@example.org.jo", "amina.h@example.org-x"])
    assert plan_data(survey, erased=set(), records={("", 1)}, traces=TRACES) == {}


def test_decisions_about_the_person_or_their_records_go() -> None:
    log = sheet(
        ["record_key", "question", "old_value", "change_type"],
        [RECORD, "city", "Karak", "release"],
        ["uuid-1", "city", "Karak", "release"],
        [None, "person_key", OTHER, PERSON],
        [OTHER, "name_raw", "Amina Haddad", "release"],
        [OTHER, "name_raw", "Sami", "release"],
        [None, "name_raw", "Amina Haddad", "approve name"],
        [OTHER, "email_raw", "amina.h@example.org", "release"],
    )
    changes = plan_decisions(log, TRACES)
    assert changes == {("", 2): None, ("", 3): None, ("", 4): None, ("", 7): None, ("", 8): {2: ""}}


def test_a_single_record_is_erased_without_looking_for_words() -> None:
    alone = traces_of(found())
    listed = sheet(["Amina Haddad", "amina.h@example.org"], ["x", "y"])
    assert plan_data(listed, erased={("", 2)}, records={("", 2)}, traces=alone) == {("", 2): None}
