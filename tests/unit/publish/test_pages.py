"""The donor pages as files: which are written, what they say, and what they never say."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import plotly.graph_objects as go
import pytest

from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.publish import write_donor_pages
from mel_pipeline.publish.facts import UnknownPeriodError

AS_OF = date(2025, 1, 31)
LANGUAGES = ("en", "fr", "ar")
Pages = dict[tuple[str, str], Path]
NUMBER = re.compile(r'<data value="([^"]+)">|data-value="([^"]+)"')


def written_from(example: Any, programme: Programme, folder: Path, is_synthetic: bool = True) -> dict[str, str]:
    """HTML of the pages made from an example, by path below the preview."""
    folder.mkdir()
    folders = DataFolder(folder / "data")
    paths = write_donor_pages(programme, example.write(folder), folders, "2024Q4", AS_OF, is_synthetic)
    return {path.relative_to(folders.preview).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def charts_of(page: Path) -> dict[str, Any]:
    found = re.search(r'id="charts">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    charts: dict[str, Any] = json.loads(found[1])
    return charts


def test_each_promised_donor_gets_a_page_in_each_language_and_no_other(pages: Pages) -> None:
    in_all = {(donor, language) for donor in ("EU-FPI", "DNK") for language in LANGUAGES}
    assert set(pages) == in_all | {("US-STATE", "en"), ("GBR", "en"), ("CAN", "en"), ("CAN", "fr")}


@pytest.mark.parametrize(
    ("language", "draft", "synthetic"),
    [
        ("en", "DRAFT", "Synthetic example data"),
        ("fr", "PROVISOIRE", "Données fictives d’exemple"),
        ("ar", "مسودة", "بيانات اصطناعية للتوضيح"),
    ],
)
def test_the_page_says_in_its_language_that_it_is_a_synthetic_draft(
    pages: Pages, language: str, draft: str, synthetic: str
) -> None:
    html = pages["EU-FPI", language].read_text(encoding="utf-8")
    assert f'<span class="badge draft">{draft}</span>' in html
    assert f'<span class="badge">{synthetic}</span>' in html


def test_real_data_are_not_called_synthetic(everyday: Callable[[], Any], programme: Programme, tmp_path: Path) -> None:
    html = written_from(everyday(), programme, tmp_path / "a", is_synthetic=False)["2024Q4/DNK/page.en.html"]
    assert '<span class="badge">' not in html
    assert "All data on this page are synthetic." not in html
    assert "DRAFT" in html


def test_the_headline_and_what_is_behind_come_from_the_scores(pages: Pages) -> None:
    html = re.sub(r"<[^>]+>", "", pages["EU-FPI", "en"].read_text(encoding="utf-8").split("<main", 1)[1])
    assert "3 of 5 results that can be judged are on track." in html
    assert "Off track: Members taking part in at least one event in the year, 58.1% against a target of 78%" in html


def test_the_three_languages_tell_the_same_numbers_in_the_same_order(pages: Pages) -> None:
    for donor in ("EU-FPI", "DNK"):
        told = [NUMBER.findall(pages[donor, language].read_text(encoding="utf-8")) for language in LANGUAGES]
        assert len(told[0]) > 100
        assert told[0] == told[1] == told[2]


def test_the_charts_of_the_three_languages_draw_the_same_numbers(pages: Pages) -> None:
    def drawn(language: str) -> dict[str, Any]:
        charts = charts_of(pages["EU-FPI", language])
        return {name: [(trace["x"], trace["y"]) for trace in chart["data"]] for name, chart in charts.items()}

    assert drawn("en") == drawn("fr") == drawn("ar")
    assert drawn("en")["trend-EU-STRIVE-2023"][1] == ([0, 1, 2, 3], [34, 66, 96, 135])


def test_plotly_knows_every_property_of_the_charts(pages: Pages) -> None:
    charts = charts_of(pages["EU-FPI", "ar"])
    assert set(charts) == {"trend-EU-STRIVE-2023", "reached-EU-STRIVE-2023", "by-hub"}
    for chart in charts.values():
        assert go.Figure(chart).data


def test_every_figure_has_its_numbers_in_a_table(pages: Pages) -> None:
    html = pages["EU-FPI", "en"].read_text(encoding="utf-8")
    figures = re.findall(r"<figure.*?</figure>", html, re.DOTALL)
    assert len(figures) == 3
    assert all("<details>" in figure and "<th scope=" in figure for figure in figures)


def test_equal_input_gives_equal_bytes(everyday: Callable[[], Any], programme: Programme, tmp_path: Path) -> None:
    first = written_from(everyday(), programme, tmp_path / "a")
    assert first == written_from(everyday(), programme, tmp_path / "b")


def test_a_hidden_number_leaves_no_trace(everyday: Callable[[], Any], programme: Programme, tmp_path: Path) -> None:
    """Whatever the hidden numbers are, the bytes of all pages are the same."""
    first, other = everyday(), everyday()
    for row in other.values:
        if row["category"] == "under_18":
            row["value"] = 2.0
        if (row["indicator_code"], row["scope_code"]) == ("OCM-03", "DK-2024"):
            row.update(value=11.75, n=4, ci_low=9.5, ci_high=13.25)
    for row in other.scores:
        if (row["indicator_code"], row["scope_code"]) == ("OCM-03", "DK-2024"):
            row.update(actual=11.75, performance=0.01, status="on_track", certainty="certain", is_exceeded=True)
    pages = written_from(first, programme, tmp_path / "a")
    assert pages == written_from(other, programme, tmp_path / "b")
    assert "hidden: small group" in pages["2024Q4/DNK/page.en.html"]
    assert "Age is not shown: ※ hidden: small group." in pages["2024Q4/EU-FPI/page.en.html"]


def test_a_hidden_total_is_hidden_in_cards_trend_and_table(
    everyday: Callable[[], Any], programme: Programme, tmp_path: Path
) -> None:
    def of_size(size: float) -> Any:
        example = everyday()
        for row in [*example.values, *example.scores]:
            if (row["indicator_code"], row["scope_code"]) == ("OUT-02", "DK-2024"):
                row["value" if "value" in row else "actual"] = size
        return example

    assert written_from(of_size(1), programme, tmp_path / "a") == written_from(of_size(4), programme, tmp_path / "b")


def test_pages_of_donors_and_languages_no_longer_declared_are_removed(
    programme: Programme, example_database: Path, tmp_path: Path
) -> None:
    folders = DataFolder(tmp_path)
    old = [folders.preview / place for place in ("2024Q3/GONE/page.en.html", "2024Q4/DNK/page.de.html")]
    kept = [folders.preview / place for place in ("2024Q3/DNK/page.en.html", "2024Q4/DNK/iptt.xlsx")]
    for path in [*old, *kept]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    write_donor_pages(programme, example_database, folders, "2024Q4", AS_OF, True)
    assert not any(path.exists() for path in old)
    assert not old[0].parent.exists()
    assert all(path.read_text() == "before" for path in kept)


def test_a_period_the_database_does_not_hold_is_named(
    programme: Programme, example_database: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnknownPeriodError, match="2031Q1 is not known"):
        write_donor_pages(programme, example_database, DataFolder(tmp_path), "2031Q1", AS_OF, True)


def test_an_empty_database_still_makes_pages_that_say_so(
    everyday: Callable[[], Any], programme: Programme, tmp_path: Path
) -> None:
    example = everyday()
    example.values, example.scores, example.nodes = [], [], []
    html = written_from(example, programme, tmp_path / "a")["2024Q4/DNK/page.en.html"]
    assert "No result can be judged against a target in this period." in html


def test_a_donor_with_several_grants_sees_each_apart(
    programme: Programme, example_database: Path, tmp_path: Path
) -> None:
    one, other = programme.donors["EU-FPI"], programme.donors["DNK"]
    both = one.model_copy(update={"grants": [*one.grants, *other.grants], "languages": ["en"]})
    changed = replace(programme, donors={"EU-FPI": both})
    (path,) = write_donor_pages(changed, example_database, DataFolder(tmp_path), "2024Q4", AS_OF, True)
    html = path.read_text(encoding="utf-8")
    ids = re.findall(r' id="([^"]+)"', html.split("<script", 1)[0])
    assert len(ids) == len(set(ids))
    assert len(charts_of(path)) == 5
    assert html.count('<ul class="cards">') == 3


def test_nothing_is_loaded_from_elsewhere(pages: Pages) -> None:
    for path in pages.values():
        html = path.read_text(encoding="utf-8")
        own = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
        assert not re.search(r"https?:", own)
        assert not re.search(r"<(link|img|iframe)|<script[^>]+src=", own)
        assert "default-src &#39;none&#39;" in own
        assert path.stat().st_size < 2_000_000


def test_no_page_is_written_and_none_is_left_while_a_rule_blocks_the_publication(
    programme: Programme, everyday: Callable[[], Any], tmp_path: Path
) -> None:
    folders = DataFolder(tmp_path / "data")
    old = folders.preview / "2024Q4" / "EU-FPI" / "page.en.html"
    old.parent.mkdir(parents=True)
    old.write_text("a draft from before", encoding="utf-8")
    (tmp_path / "example").mkdir()
    database = everyday().write(tmp_path / "example")
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "insert into quality_results by name select 'hub_narratives' as source, 'validity' as dqa_dimension,"
            " 6 as n_tested, 1 as n_failed, false as success, 'HR36' as rule_id, 'A case was told' as reason"
        )
    assert write_donor_pages(programme, database, folders, "2024Q4", AS_OF, is_synthetic=True) == []
    assert not list(folders.preview.glob("*/*/page.*.html"))
