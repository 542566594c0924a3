"""The donor pages of the finished run: what a donor opens, offline, in three languages."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.conftest import Finished

LANGUAGES = ("en", "fr", "ar")
BADGES = {
    "en": ("DRAFT", "Synthetic example data"),
    "fr": ("PROVISOIRE", "Données fictives d’exemple"),
    "ar": ("مسودة", "بيانات"),
}
DONORS = {"EU-FPI": "EU-STRIVE-2026", "DNK": "DK-2024"}


def page_of(finished: Finished, donor: str, language: str) -> Path:
    return finished.folders.preview / "2026Q3" / donor / f"page.{language}.html"


def numbers_on(page: str) -> list[str]:
    """Every figure of a page, as the machine-readable value beside its words."""
    return re.findall(r'(?:<data value|data-value)="([^"]*)"', page)


@pytest.mark.parametrize("donor", DONORS)
def test_the_three_languages_tell_equal_numbers(finished: Finished, donor: str) -> None:
    english, french, arabic = (
        numbers_on(page_of(finished, donor, language).read_text(encoding="utf-8")) for language in LANGUAGES
    )
    assert len(english) > 100
    assert french == english
    assert arabic == english


@pytest.mark.parametrize("donor", DONORS)
def test_the_page_shows_the_values_of_the_marts(finished: Finished, donor: str) -> None:
    page = page_of(finished, donor, "en").read_text(encoding="utf-8")
    told = {float(number) for number in numbers_on(page) if re.fullmatch(r"-?[0-9.]+", number)}
    values = finished.table(
        f"select actual from indicator_scores inner join dim_period using (period_type, period) "
        f"where scope_code = '{DONORS[donor]}' and is_closed and period_end = date '2026-09-30' and status <> 'context'"
    )["actual"]
    assert len(values) >= 4
    for value in values:
        assert any(abs(value - number) < 1e-6 or abs(value / 100 - number) < 1e-6 for number in told), value


@pytest.mark.browser
@pytest.mark.parametrize("donor", DONORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_opens_offline_without_a_request_or_an_error(
    finished: Finished, browser: Browser, donor: str, language: str
) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1180, "height": 900})
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    address = page_of(finished, donor, language).as_uri()
    page.goto(address)
    page.wait_for_selector('html[data-ready="1"]', timeout=30_000)
    assert [url for url in requests if not url.startswith(("data:", "blob:"))] == [address]
    assert complaints == []
    assert page.evaluate("document.dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("figure details table").count() == page.locator("figure").count() >= 3
    badges = page.locator("header").inner_text()
    for word in BADGES[language]:
        assert word in badges
    page.close()


def test_the_pages_of_two_donors_do_not_name_each_other(finished: Finished) -> None:
    for donor, other in (("EU-FPI", "DK-2024"), ("DNK", "EU-STRIVE-2023")):
        for language in LANGUAGES:
            assert other not in page_of(finished, donor, language).read_text(encoding="utf-8")


def test_a_small_group_of_people_is_on_no_page(finished: Finished) -> None:
    """Every break-down of people that has a cell of 1 to 4 is missing as a whole."""
    small = finished.table(
        """
        select distinct scope_code, dimension from indicator_values
        where indicator_code = 'OUT-02' and period = '2026Q3-ytd' and scope_type = 'grant'
        and dimension <> 'total' and not contains(dimension, '*') and value between 1 and 4
        """
    )
    assert not small.empty
    labels = {
        "sex": "Sex",
        "stakeholder_type": "Group",
        "country_code": "Country",
        "age_band": "Age",
        "mode": "Form of participation",
    }
    for donor, grant in DONORS.items():
        page = page_of(finished, donor, "en").read_text(encoding="utf-8")
        for dimension in small.loc[small["scope_code"] == grant, "dimension"]:
            assert f"{labels[dimension]} is not shown" in page, (donor, dimension)


def test_what_tests_an_assumption_is_no_result_of_a_grant(finished: Finished) -> None:
    page = page_of(finished, "DNK", "en").read_text(encoding="utf-8")
    cards = re.findall(r'<li class="card"><span class="name">([^<]+)</span>', page)
    assert "Training activities delivered" in cards
    assert "Planned grants that are active" not in cards
    assert "Planned grants that are active" in page
