"""A programme drafted from a form: fields, privacy, rules, indicators, words, and what is told to be left out."""

from pathlib import Path
from typing import Any

import pytest

from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.declarations.lint import lint
from mel_pipeline.starting.draft_lines import draft_lines, error_line
from mel_pipeline.starting.draft_programme import Draft, draft_programme
from mel_pipeline.starting.draft_tables import DraftError
from tests.unit.starting.conftest import WriteExport, WriteForm
from tests.unit.starting.visits import CHILDREN, CHOICES, MAIN, SURVEY, TOYS


@pytest.fixture
def drafted(write_form: WriteForm, write_export: WriteExport, tmp_path: Path) -> tuple[Draft, Programme]:
    form = write_form(SURVEY, CHOICES, [["form_title", "form_id"], ["Home visits", "visits"]])
    data = [write_export("visits.CSV", MAIN), write_export("child.csv", CHILDREN), write_export("toy.csv", TOYS)]
    draft = draft_programme(tmp_path / "new", form, data)
    return draft, load_programme(tmp_path / "new")


def test_the_draft_passes_the_check_without_a_warning(drafted: tuple[Draft, Programme]) -> None:
    assert lint(drafted[1]) == []


def test_every_repeat_is_a_source_and_a_table_of_its_own(drafted: tuple[Draft, Programme]) -> None:
    draft, programme = drafted
    assert draft.sources == {"visits": 3, "visits_child": 2, "visits_toy": 3}
    assert programme.sources["visits"].key == ["submission_key"]
    assert programme.sources["visits_child"].key == ["parent_key", "row_key"]
    assert programme.sources["visits_toy"].key == ["parent_key", "row_key"]
    assert set(programme.marts) == {"fct_visits", "fct_visits_child", "fct_visits_toy"}
    raw = programme.directory / "data" / "raw"
    assert (raw / "visits" / "visits.csv").is_file()
    assert (raw / "visits_child" / "child.csv").is_file()


def test_what_may_tell_who_somebody_is_is_not_read_and_free_text_is_kept_apart(
    drafted: tuple[Draft, Programme],
) -> None:
    draft, programme = drafted
    privacy, names = programme.sources["visits"].privacy, {field.name for field in programme.sources["visits"].fields}
    assert draft.dropped == ["deviceid", "resp_name", "phone", "where"]
    assert set(draft.dropped) <= set(privacy.drop)
    assert not names & set(draft.dropped)
    assert privacy.restricted == privacy.redacted == draft.restricted == ["water_other"]
    assert {"water_other", "resp_name", "phone"}.isdisjoint(programme.marts["fct_visits"].column_types)


def test_who_refuses_consent_leaves_nothing_but_the_refusal_and_the_day(drafted: tuple[Draft, Programme]) -> None:
    consent = drafted[1].sources["visits"].consent
    assert consent is not None
    assert (consent.field, consent.refused, consent.keep) == ("consent", ["no"], ["today"])


def test_conditions_become_rules_and_others_are_listed_with_the_part_in_the_way(
    drafted: tuple[Draft, Programme],
) -> None:
    draft, programme = drafted
    rules = {rule.id: rule for rule in programme.rules["visits"]}
    assert rules["age-constraint"].arguments == {"column": "age", "min_value": 18, "max_value": 99}
    assert (rules["age-constraint"].treatment, rules["age-constraint"].level) == ("quarantine", "answer")
    assert rules["age-constraint"].reason["fr"] == "Adulte"
    assert rules["age-constraint"].reason["ar"].endswith(". >= 18 and . <= 99")
    assert rules["hours-relevant"].treatment == rules["water_choice-constraint"].treatment == "warn"
    assert rules["age-required"].arguments == {"column": "age"}
    assert rules["hours-required"].sql is not None
    assert [(each.question, each.kind, each.part) for each in draft.untranslated] == [
        ("water_tap", "constraint", "once()"),
        ("price", "relevant", "${school}"),
    ]
    head = (programme.directory / "sources" / "visits" / "rules.yml").read_text(encoding="utf-8")
    assert "#   water_tap (constraint): . < once(9)   [once()]" in head


def test_numbers_that_say_there_is_no_answer_are_missing_codes(drafted: tuple[Draft, Programme]) -> None:
    assert drafted[1].settings.missing_codes == {"-999": "no_answer"}


def test_a_question_named_like_the_column_of_a_choice_keeps_its_name(drafted: tuple[Draft, Programme]) -> None:
    source = drafted[1].sources["visits"]
    by_question = {field.question: field.name for field in source.fields}
    assert by_question["about/water_tap"] == "water_tap"
    assert by_question["about/water"] == "water_choice"


def test_one_indicator_for_each_choice_and_number_in_all_languages_of_the_form(
    drafted: tuple[Draft, Programme],
) -> None:
    programme = drafted[1]
    kinds = {code: indicator.type for code, indicator in programme.indicators.items()}
    assert kinds == {
        "consent": "percentage", "age": "mean", "works": "percentage", "hours": "mean", "water": "percentage",
        "water_tap": "mean", "age_child": "mean", "school": "percentage", "price": "mean",
    }  # fmt: skip
    assert programme.settings.languages == ["en", "fr", "ar"]
    assert programme.indicators["age"].title == {"en": "Age of …", "fr": "Âge", "ar": "العمر"}
    categories = programme.dimensions["works"].categories
    assert isinstance(categories, dict)
    assert categories["yes"].label == {"en": "Yes", "fr": "Oui", "ar": "نعم"}
    assert programme.indicators["hours"].coverage.where == "hours_asked"


def test_the_calendar_is_the_shortest_period_with_all_days(drafted: tuple[Draft, Programme]) -> None:
    settings = drafted[1].settings
    assert (settings.calendar.first_quarter, settings.calendar.last_quarter) == ("2025Q1", "2025Q1")
    assert str(settings.as_of) == "2025-03-31"
    assert {indicator.frequency for indicator in drafted[1].indicators.values()} == {"quarter"}


def test_everything_left_out_is_told_in_three_languages(drafted: tuple[Draft, Programme], tmp_path: Path) -> None:
    draft = drafted[0]
    said = {language: draft_lines(draft, tmp_path, language) for language in ("en", "fr", "ar")}
    assert len({len(lines) for lines in said.values()}) == 1
    text = "\n".join(said["en"])
    assert "deviceid, resp_name, phone, where" in text
    assert "water_tap (constraint): . < once(9) [once()]" in text
    assert "weight" in text
    assert f"mel run --programme {tmp_path} --data {tmp_path / 'data'}" in text


@pytest.mark.parametrize(
    ("headers", "title", "is_guessed"),
    [
        (["label::English (en)", "label::Arabic (ar)"], {"en": "Age", "ar": "العمر"}, False),
        (["label::french", "label::Kiswahili (sw)"], {"fr": "Age"}, False),
        (["label", "hint"], {"en": "Age"}, True),
        (["label::Español (es)", "hint"], {"en": "Age"}, True),
        (["label::Arabe", "label::Anglais"], {"en": "العمر", "ar": "Age"}, False),
    ],
)
def test_a_draft_speaks_the_languages_of_the_form_that_the_engine_knows(
    write_form: WriteForm,
    write_export: WriteExport,
    tmp_path: Path,
    headers: list[str],
    title: dict[str, str],
    is_guessed: bool,
) -> None:
    form = write_form([["type", "name", *headers], ["today", "today"], ["integer", "age", "Age", "العمر"]])
    draft = draft_programme(
        tmp_path / "new", form, [write_export("a.csv", [["today", "age", "_uuid"], ["2025-01-01", 3, "x"]])]
    )
    programme = load_programme(tmp_path / "new")
    assert lint(programme) == []
    assert programme.settings.languages == list(title)
    assert programme.indicators["age"].title == title
    assert draft.is_language_guessed == is_guessed


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["colour", "_uuid"], ["red", "x"]], "no_answers"),
        ([["today", "age"], ["2025-01-01", 3], ["2025-01-01", 3]], "no_key"),
        ([["today", "age", "_uuid"], ["soon", 3, "x"]], "no_day"),
    ],
)
def test_data_that_gives_no_programme_is_refused_with_a_reason(
    write_form: WriteForm, write_export: WriteExport, tmp_path: Path, rows: list[list[Any]], code: str
) -> None:
    form = write_form([["type", "name", "label"], ["today", "today"], ["integer", "age", "Age"]])
    with pytest.raises(DraftError) as told:
        draft_programme(tmp_path / "new", form, [write_export("a.csv", rows)])
    assert str(told.value) == code
    assert len({error_line(code, language) for language in ("en", "fr", "ar")}) == 3
    assert not (tmp_path / "new").exists()
