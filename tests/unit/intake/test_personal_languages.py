"""The same person met in English, French and Arabic: in stories, unexpected columns and display names."""

from typing import Any

import pytest

STORIES = {
    "en": ("Please write to amina.haddad@example.org or call +962 79 123 4567, said Mrs Haddad.", "Please write to"),
    "fr": ("Écrivez à amina.haddad@example.org ou appelez le 06 12 34 56 78, dit Mme Haddad.", "Écrivez à"),
    "ar": ("راسلوا amina.haddad@example.org أو اتصلوا على ٠٧٩ ١٢٣ ٤٥٦٧، قالت السيدة حداد", "راسلوا"),
}
HEADERS = {
    "en": ["Mobile phone", "Email address", "Full name"],
    "fr": ["Téléphone", "Adresse e-mail", "Nom et prénom"],
    "ar": ["رقم الهاتف", "البريد الإلكتروني", "الاسم الكامل"],
}
SAID = {
    "en": ["telephone numbers", "e-mail addresses", "names of people"],
    "fr": ["numéros de téléphone", "adresses électroniques", "noms de personnes"],
    "ar": ["أرقام هواتف", "عناوين بريد إلكتروني", "أسماء أشخاص"],
}
DISPLAYED = {
    "en": "Mayor Haddad - Karak (Amina Haddad)",
    "fr": "Mme la maire - Ville de Karak (Amina Haddad)",
    "ar": "رئيسة البلدية - الكرك (أمينة حداد)",
}
REAL_NAME = {"en": "Amina Haddad", "fr": "Amina Haddad", "ar": "أمينة حداد"}


@pytest.fixture(name="stories")
def stories_fixture(declare: Any) -> Any:
    fields = [
        {"name": "ref", "type": "code", "headers": ["ref"]},
        {"name": "story", "type": "text", "headers": ["story"]},
    ]
    privacy = {"restricted": ["story"], "redacted": ["story"], "phones": {"regions": ["JO", "FR"]}}
    return declare(fields=fields, key=["ref"], privacy=privacy)


@pytest.mark.parametrize("language", STORIES)
def test_address_number_and_name_become_marks(bench: Any, stories: Any, language: str) -> None:
    story, beginning = STORIES[language]
    bench.write("people.csv", f'ref,story\np1,"{story}"\n')
    bench.stage(stories)
    (row,) = bench.restricted(stories)
    assert row["story"].startswith(beginning)
    assert [mark for mark in ("[e-mail]", "[phone]", "[name]") if row["story"].count(mark) != 1] == []
    notes = bench.notes(stories)
    assert {remark.params["kind"] for remark in notes.remarks} == {"email_cells", "phone_cells", "name_cells"}
    on_disk = bench.everything_on_disk(bench.folders.staging)
    assert b"example.org" not in on_disk


@pytest.mark.parametrize("language", HEADERS)
def test_columns_that_nobody_expects_are_told_in_the_officers_language(bench: Any, stories: Any, language: str) -> None:
    titles = ",".join(HEADERS[language])
    bench.write("people.csv", f"ref,story,{titles}\np1,x,795551234,amina@example.org,Amina\np2,x,,,\n")
    bench.stage(stories)
    told = [remark.message(language) for remark in bench.notes(stories).remarks]
    for line, column, kind in zip(told, "CDE", SAID[language], strict=True):
        assert column in line
        assert kind in line
        assert " 1)" in line or "(1 " in line
        assert "795551234" not in line
    on_disk = bench.everything_on_disk(bench.folders.staging) + bench.everything_on_disk(bench.folders.restricted)
    for secret in (b"795551234", b"example.org", *(title.encode() for title in HEADERS[language])):
        assert secret not in on_disk


@pytest.mark.parametrize("language", DISPLAYED)
def test_names_in_display_names_are_kept_apart_only(bench: Any, declare: Any, language: str) -> None:
    text = {"type": "text", "from_reader": True}
    fields = [
        *({"name": name, **text} for name in ("name_raw", "original_name", "email_raw", "organisation")),
        {"name": "minutes", "type": "integer", "from_reader": True},
    ]
    lists = declare(
        kind="attendance",
        format="zoom",
        fields=fields,
        key=["person_key"],
        privacy={
            "hash": {"person_key": ["email_raw", ["name_raw", "organisation"]]},
            "restricted": ["name_raw", "original_name", "email_raw"],
        },
    )
    header = "Name (Original Name),User Email,Total Duration (Minutes),Guest"
    bench.write("people.csv", f"{header}\n{DISPLAYED[language]},amina@example.org,50,No\n")
    bench.stage(lists)
    (row,), (apart,) = bench.rows(lists), bench.restricted(lists)
    assert apart["original_name"] == REAL_NAME[language]
    assert len(row["person_key"]) == 32
    for secret in (REAL_NAME[language], apart["name_raw"], "amina@example.org"):
        assert secret not in str(row)
        assert secret.encode() not in bench.everything_on_disk(bench.folders.staging)
