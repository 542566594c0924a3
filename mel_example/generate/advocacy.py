"""Draws forums in which leaders spoke, and texts that hubs tell of again until they are adopted and verified.

What else stands on the advocacy sheets is drawn in `hub_sheets.py`; here it only gets its second reader.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mel_example.hub_records import Advocacy
from mel_example.quarters import QUARTERS, Quarter
from mel_example.world import HubReport

Report = tuple[str, str]
"""Hub and quarter of a report."""
Step = tuple[int, str, bool, bool]
"""Quarters after the adoption was expected, status, whether cities are quoted, whether somebody read it again."""

_FORUMS = (1, 1, 3, 3)
"""Forums by place of the quarter: the General Assembly is in the third, the network's summit in the fourth."""
_TEXTS = (0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1)
"""Texts that may be adopted in each quarter."""
_HISTORIES: Sequence[tuple[Step, ...]] = (
    ((-1, "draft", True, False), (0, "adopted", True, True), (1, "adopted", True, True)),
    ((-2, "draft", False, False), (-1, "proposed", True, False), (0, "adopted", True, True)),
    ((0, "adopted", True, False), (1, "adopted", True, True), (2, "adopted", True, True)),
    ((-1, "proposed", True, False), (0, "adopted", False, True)),
)
"""Adopted and verified at once, with an early draft, verified a quarter later, and adopted without naming cities."""
_VERIFIED = 0.6
_TITLES = {
    "en": ("Statement of mayors", "Resolution on the role of cities"),
    "fr": ("Déclaration des maires", "Résolution sur le rôle des villes"),
    "ar": ("بيان رؤساء البلديات", "قرار بشأن دور المدن"),
}


def with_forums_and_texts(reports: Sequence[HubReport], rng: random.Random) -> tuple[HubReport, ...]:
    """The reports with their records verified or not, and with more forums and texts."""
    languages = {(report.hub_code, report.period): report.language for report in reports}
    added = _forums(languages, rng)
    for report, record in _texts(languages, rng):
        added.setdefault(report, []).append(record)
    return tuple(
        replace(
            report,
            advocacy=(
                *(replace(record, is_verified=rng.random() < _VERIFIED) for record in report.advocacy),
                *added.get((report.hub_code, report.period), ()),
            ),
        )
        for report in reports
    )


def _forums(languages: Mapping[Report, str], rng: random.Random) -> dict[Report, list[Advocacy]]:
    """A few hubs of each quarter bring leaders to a forum."""
    drawn: dict[Report, list[Advocacy]] = {}
    for quarter in QUARTERS:
        arrived = sorted(report for report in languages if report[1] == quarter.code)
        for report in rng.sample(arrived, min(_FORUMS[quarter.place], len(arrived))):
            level = rng.choice(("global", "regional"))
            short = f"{report[0]}-{quarter.code[2:4]}{quarter.code[4:]}"
            drawn[report] = [
                Advocacy(
                    advocacy_ref=f"AD-{short}-F1",
                    forum="un" if level == "global" else "regional",
                    level=level,
                    held_on=_day(quarter, rng),
                    leaders_speaking=rng.randint(3, 8),
                    text_title=_TITLES[languages[report]][0],
                    adoption_status="draft",
                    is_adopted=False,
                    is_city_reference_quoted=False,
                )
            ]
    return drawn


def _texts(languages: Mapping[Report, str], rng: random.Random) -> Iterator[tuple[Report, Advocacy]]:
    """Texts by hub, told again in the reports that arrived; nobody speaks because a text is told again."""
    hubs = sorted({hub for hub, _ in languages})
    for number, place in enumerate(place for place, count in enumerate(_TEXTS) for _ in range(count)):
        hub, level = rng.choice(hubs), rng.choice(("global", "regional", "national"))
        for after, status, is_quoted, is_verified in _HISTORIES[number % len(_HISTORIES)]:
            quarter = QUARTERS[place + after] if 0 <= place + after < len(QUARTERS) else None
            if quarter is None or (hub, quarter.code) not in languages:
                continue
            yield (
                (hub, quarter.code),
                Advocacy(
                    advocacy_ref=f"AD-{hub}-T{number + 1:02d}",
                    forum={"global": "un", "regional": "regional", "national": "national"}[level],
                    level=level,
                    held_on=_day(quarter, rng),
                    leaders_speaking=0,
                    text_title=_TITLES[languages[hub, quarter.code]][1],
                    adoption_status=status,
                    is_adopted=status == "adopted",
                    is_city_reference_quoted=is_quoted,
                    is_verified=is_verified,
                ),
            )


def _day(quarter: Quarter, rng: random.Random) -> date:
    return quarter.start + timedelta(days=rng.randint(2, 80))
