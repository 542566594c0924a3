"""What the door does with personal data: marks in kept text, remarks about the rest, nothing for others to see."""

from typing import Any

import pytest

FIELDS = [
    {"name": "ref", "type": "code", "headers": ["ref"]},
    {"name": "who", "type": "text", "headers": ["who"]},
    {"name": "role", "type": "code", "headers": ["role"]},
    {"name": "story", "type": "text", "headers": ["story"]},
    {"name": "place", "type": "text", "headers": ["place"]},
    {"name": "consent", "type": "code", "headers": ["consent"]},
    {"name": "score", "type": "integer", "headers": ["score"]},
]
PRIVACY = {"restricted": ["who", "story"], "redacted": ["story"], "phones": {"regions": ["JO"]}}
HEADER = "ref,who,role,story,place,consent,score"


@pytest.fixture(name="people")
def people_fixture(declare: Any) -> Any:
    return declare(fields=FIELDS, key=["ref"], privacy=PRIVACY, rule_ids={"redacted": "SV22", "refused": "SV21"})


def test_kept_text_bears_marks_and_each_is_a_repair_without_content(bench: Any, people: Any) -> None:
    bench.write(
        "people.csv",
        f"{HEADER}\n"
        "p1,Amina Haddad,poc,AMINA HADDAD says call 0791234567,Karak,yes,1\n"
        "p2,,poc,Nothing to see,Karak,yes,1\n"
        "p3,,poc,amina@example.org,Karak,yes,1\n",
    )
    bench.stage(people)
    assert [row["story"] for row in bench.restricted(people)] == [
        "[name] says call [phone]",
        "Nothing to see",
        "[e-mail]",
    ]
    notes = bench.notes(people)
    told = [(each.rule_id, each.source_row, each.field, each.before, each.after) for each in notes.repairs]
    assert told == [("SV22", 2, "story", None, None), ("SV22", 4, "story", None, None)]
    assert sorted(remark.params["kind"] for remark in notes.remarks) == ["email_cells", "name_cells", "phone_cells"]
    for language, word in (("en", "mark"), ("fr", "marque"), ("ar", "بعلامة")):
        assert word in notes.remarks[0].message(language)


def test_a_column_that_nobody_declared_is_told_by_place_and_number_only(bench: Any, people: Any) -> None:
    bench.write(
        "people.csv",
        f"{HEADER},Amina's number,Mobile,Notes\n"
        "p1,,poc,,Karak,yes,1,+962 79 123 4567,791,x\n"
        "p2,,poc,,Karak,yes,1,,792,amina@example.org\n",
    )
    bench.stage(people)
    told = [remark.message() for remark in bench.notes(people).remarks]
    assert len(told) == 3
    for column, found, line in zip("HIJ", (1, 2, 1), told, strict=True):
        assert f"column {column}: " in line
        assert f"(cells: {found})" in line
    on_disk = bench.everything_on_disk(bench.folders.staging) + bench.everything_on_disk(bench.folders.restricted)
    for secret in ("Amina", "123 4567", "example.org"):
        assert secret.encode() not in on_disk


def test_a_column_named_under_drop_is_expected(bench: Any, declare: Any) -> None:
    source = declare(fields=FIELDS, key=["ref"], privacy={**PRIVACY, "drop": ["Mobile"]})
    bench.write("people.csv", f"{HEADER},Mobile\np1,,poc,,Karak,yes,1,+962791234567\n")
    bench.stage(source)
    assert bench.notes(source).remarks == ()


def test_other_text_is_counted_but_a_column_of_addresses_may_hold_addresses(bench: Any, people: Any) -> None:
    rows = "".join(
        f"p{n},n{n}@example.org,poc,,{'call +962791234567' if n == 1 else 'Karak'},yes,1\n" for n in range(4)
    )
    bench.write("people.csv", f"{HEADER}\n{rows}")
    bench.stage(people)
    (remark,) = bench.notes(people).remarks
    assert (remark.code, remark.params["field"], remark.params["found"]) == ("kept_personal_data", "place", 1)
    assert "791234567" not in remark.message()


def test_an_address_is_no_code(bench: Any, people: Any) -> None:
    bench.write("people.csv", f"{HEADER}\np1,,amina@example.org,,Karak,yes,1\np2,,poc,,Karak,yes,1\n")
    bench.stage(people)
    assert [row["role"] for row in bench.rows(people)] == [None, "poc"]
    (cell,) = bench.notes(people).unreadable
    assert (cell.field, cell.source_row) == ("role", 2)


def test_a_workbook_column_is_told_with_its_sheet(bench: Any, people: Any) -> None:
    bench.workbook(
        "people.xlsx", People=[[*HEADER.split(","), "extra"], ["p1", None, "poc", None, "K", "yes", 1, "a@b.org"]]
    )
    bench.stage(people)
    assert "column People!H" in bench.notes(people).remarks[0].message()


@pytest.fixture(name="asking")
def asking_fixture(declare: Any) -> Any:
    return declare(
        fields=FIELDS,
        key=["ref"],
        privacy={**PRIVACY, "hash": {"person_key": ["who"]}},
        consent={"field": "consent", "refused": ["no", "non", "لا"], "keep": ["role"]},
        rule_ids={"redacted": "SV22", "refused": "SV21", "unreadable": "SV25"},
    )


def test_a_refusal_leaves_nothing_but_itself(bench: Any, asking: Any) -> None:
    bench.write(
        "people.csv",
        f"{HEADER}\n"
        "p1,Amina Haddad,poc,her secret story 0791234567,Karak,NON,12 or so\n"
        "p2,Sami Omar,poc,his story,Irbid,yes,3\n"
        "p3,,,,,لا,\n",
    )
    bench.stage(asking)
    refused, answered, silent = bench.rows(asking)
    assert {name: value for name, value in refused.items() if value is not None and name[0] != "_"} == {
        "ref": "p1",
        "role": "poc",
        "consent": "no",
    }
    assert (answered["place"], answered["score"], silent["consent"]) == ("Irbid", 3, "no")
    assert bench.restricted(asking)[0]["who"] is None
    notes = bench.notes(asking)
    assert [(each.rule_id, each.source_row, each.before) for each in notes.repairs] == [("SV21", 2, None)]
    assert notes.unreadable == ()
    on_disk = bench.everything_on_disk(bench.folders.staging) + bench.everything_on_disk(bench.folders.restricted)
    for secret in ("Amina", "secret", "12 or so", "Karak"):
        assert secret.encode() not in on_disk
