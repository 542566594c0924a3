"""The pages as a browser shows them: drawn, offline, without errors, in the right direction."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

TOO_WIDE = """() => [...document.querySelectorAll('.theory g')].flatMap(card => {
  const inside = card.querySelector('.box').getBBox().width - 20;
  return [...card.querySelectorAll('text.label')].filter(text => text.getComputedTextLength() > inside);
}).map(text => text.textContent)"""

CLIPPED = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
  });
}).map(text => text.textContent)"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_is_drawn_offline_without_an_error(
    browser: Browser, pages: dict[tuple[str, str], Path], language: str
) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1180, "height": 900})
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    file = pages["EU-FPI", language].as_uri()
    page.goto(file)
    page.wait_for_selector('html[data-ready="1"]', timeout=30_000)
    assert [url for url in requests if not url.startswith(("data:", "blob:"))] == [file]
    assert complaints == []
    assert page.locator(".main-svg").count() >= 3
    assert page.evaluate("document.dir") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CLIPPED) == []
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_narrow_screen_does_not_scroll_sideways(
    browser: Browser, pages: dict[tuple[str, str], Path], language: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(pages["EU-FPI", language].as_uri())
    page.wait_for_selector('html[data-ready="1"]', timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
