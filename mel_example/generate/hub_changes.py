"""Draws the changes that hubs report over several quarters: how they come about, stall, fall back, are proved late."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mel_example.hub_records import Change
from mel_example.quarters import QUARTERS, Quarter

CATEGORIES = ("peer_learning", "multi_actor", "youth_engagement", "national_local", "global_crises")
Step = tuple[int, int, int, int]
"""Quarters after the first report, stage, evidence level, contribution."""

_CROSSING: Sequence[tuple[Step, ...]] = (
    ((0, 2, 1, 2), (1, 3, 2, 2), (2, 4, 3, 2)),
    ((0, 1, 0, 1), (1, 3, 2, 3)),
    ((0, 2, 1, 2), (1, 3, 3, 2), (3, 4, 3, 2), (4, 2, 2, 2), (5, 4, 3, 2)),
    ((0, 1, 1, 2), (1, 5, 2, 2)),
)
"""Histories in which the second report says for the first time that a change was adopted, and shows it."""
_OTHER: Sequence[tuple[Step, ...]] = (
    ((0, 1, 0, 1), (2, 2, 1, 2)),
    ((0, 3, 1, 2), (1, 3, 1, 2), (3, 4, 3, 2)),
    ((0, 2, 1, 1), (1, 3, 2, 1), (2, 4, 2, 1)),
    ((0, 0, 0, 1),),
    ((0, 2, 2, 2), (1, 1, 2, 2)),
)
"""Histories that never reach the mark, or are proved only quarters later."""
_CROSSINGS = (1, 2, 3, 2, 2, 2, 3, 3, 3, 3, 4)
"""Changes that are to be adopted in each quarter, near what was planned."""
_STATEMENTS = {
    "en": (
        "The council agreed on a plan for prevention.",
        "Youth workers now meet the police every month.",
        "A budget line pays for two mediators.",
        "Schools invite former members of gangs to speak.",
        "The mayor answers hate speech in public.",
        "Neighbouring municipalities share one training calendar.",
        "Social services write referrals down in common forms.",
        "Imams and priests opened a shared helpline.",
        "Libraries lend games against disinformation.",
        "Families of prisoners receive counselling at home.",
        "Football clubs train referees to stop insults.",
        "Street lighting was repaired where residents felt unsafe.",
    ),
    "fr": (
        "Le conseil a approuvé un plan de prévention.",
        "Les éducateurs rencontrent la police chaque mois.",
        "Une ligne budgétaire finance deux médiateurs.",
        "Des écoles invitent d'anciens membres de bandes.",
        "Le maire répond publiquement aux discours haineux.",
        "Les communes voisines partagent un calendrier de formation.",
        "Les services sociaux consignent leurs orientations.",
        "Imams et prêtres ont ouvert une ligne d'écoute.",
        "Les bibliothèques prêtent des jeux contre la désinformation.",
        "Les familles de détenus reçoivent un soutien à domicile.",
        "Les clubs de football forment leurs arbitres.",
        "L'éclairage public a été réparé près des gares.",
    ),
    "ar": (
        "وافق المجلس على خطة للوقاية.",
        "يلتقي العاملون مع الشباب بالشرطة شهريا.",
        "يمول بند في الميزانية وسيطين محليين.",
        "تستضيف المدارس أعضاء سابقين في العصابات.",
        "يرد رئيس البلدية علنا على خطاب الكراهية.",
        "تتقاسم البلديات المجاورة تقويما تدريبيا واحدا.",
        "تسجل الخدمات الاجتماعية الإحالات في استمارات موحدة.",
        "افتتح رجال دين خطا هاتفيا مشتركا للإصغاء.",
        "تعير المكتبات ألعابا تواجه التضليل.",
        "تتلقى أسر السجناء إرشادا نفسيا منزليا.",
        "تدرب أندية الكرة حكامها لوقف الشتائم.",
        "أصلحت الإنارة العامة قرب المحطات.",
    ),
}
"""What cities did: a hub uses each of them once before it begins anew, and no two share half of their words."""
_ACTORS = {"en": "City council", "fr": "Conseil municipal", "ar": "المجلس البلدي"}


def draw_changes(
    homes: Mapping[str, Sequence[str]], languages: Mapping[str, str], rng: random.Random
) -> tuple[Change, ...]:
    """All reports of changes, by reference and day.

    Args:
        homes: codes of the cities of each hub that reports.
        languages: the language of each hub's free text.
        rng: the stream of the part.
    """
    hubs = sorted(homes)
    changes: list[Change] = []
    for place, planned in enumerate(_CROSSINGS):
        for number in range(planned):
            hub = hubs[(place + 3 * number) % len(hubs)]
            history = _CROSSING[len(changes) % len(_CROSSING)] if place else ((0, 3, 2, 2), (1, 4, 3, 2))
            first = max(0, place - 1)
            changes += _reports(len(changes), hub, rng.choice(homes[hub]), first, history, languages[hub], rng)
        hub = rng.choice(hubs)
        history = _OTHER[place % len(_OTHER)]
        changes += _reports(len(changes), hub, rng.choice(homes[hub]), place, history, languages[hub], rng)
    told = sorted(changes, key=lambda change: (change.change_ref, change.changed_on))
    return tuple(_in_own_words(told, languages))


def _in_own_words(changes: Sequence[Change], languages: Mapping[str, str]) -> Iterator[Change]:
    """The changes, each with a statement of its own within its hub, the same in all its reports."""
    places: dict[str, dict[str, int]] = {}
    for change in changes:
        own = places.setdefault(change.hub_code, {})
        place = own.setdefault(change.change_ref, len(own))
        statements = _STATEMENTS[languages[change.hub_code]]
        yield replace(change, statement=statements[place % len(statements)])


def _reports(
    number: int,
    hub_code: str,
    city_code: str,
    first: int,
    history: Sequence[Step],
    language: str,
    rng: random.Random,
) -> Iterator[Change]:
    """One change as reported quarter by quarter; what would come after the example is left out."""
    category, is_positive = rng.choice(CATEGORIES), rng.random() < 0.9
    priorities = tuple(sorted(rng.sample(("SP1", "SP2", "SP3", "SP4", "SP5"), rng.choice((1, 1, 2)))))
    for after, stage, evidence, contribution in history:
        if first + after >= len(QUARTERS):
            return
        yield Change(
            change_ref=f"CH-{hub_code}-{number:03d}",
            hub_code=hub_code,
            city_code=city_code,
            changed_on=_day(QUARTERS[first + after], rng),
            category=category,
            priorities=priorities,
            actor=_ACTORS[language],
            statement="",
            stage=stage,
            contribution=contribution,
            evidence_level=evidence,
            evidence_document=f"DOC-{number:03d}-{after}" if evidence else None,
            is_positive=is_positive,
        )


def _day(quarter: Quarter, rng: random.Random) -> date:
    return quarter.start + timedelta(days=rng.randint(3, 80))
