"""Invented names of people, and texts they might write. No real person is meant.

Word lists only (the names stand in `data/people_names.csv`); who gets which is drawn in `generate/`.
"""

import itertools
import random
import string
from collections.abc import Iterator

from mel_example.data import data_rows

STORIES = {
    "en": (
        "The council opened a prevention desk after the workshop.",
        "Two departments now share their weekly notes.",
        "We copied the local network of another member city.",
    ),
    "fr": (
        "La mairie a ouvert une cellule de prévention après l'atelier.",
        "Deux services échangent désormais leurs notes chaque semaine.",
        "Nous avons repris le réseau local d'une autre ville membre.",
    ),
    "ar": (
        "افتتحت البلدية مكتبا للوقاية بعد ورشة العمل.",
        "أصبحت إدارتان تتبادلان ملاحظاتهما كل أسبوع.",
        "استفدنا من تجربة الشبكة المحلية في مدينة أخرى.",
    ),
}

BEST_PARTS = {
    "en": ("Talking with other cities.", "The exercise on the second day.", "Clear examples from practice."),
    "fr": ("Les échanges avec d'autres villes.", "L'exercice du deuxième jour.", "Des exemples concrets."),
    "ar": ("الحديث مع مدن أخرى.", "تمرين اليوم الثاني.", "أمثلة واضحة من الواقع."),
}
IMPROVEMENTS = {
    "en": ("More time for questions.", "Send the agenda earlier.", "Fewer slides."),
    "fr": ("Plus de temps pour les questions.", "Envoyer le programme plus tôt.", "Moins de diapositives."),
    "ar": ("وقت أطول للأسئلة.", "إرسال جدول الأعمال مبكرا.", "شرائح أقل."),
}


def shuffled_names(hub_code: str, rng: random.Random) -> Iterator[str]:
    """Names that people of a hub's region may bear, each once, in a drawn order, without end.

    In MENA some people write their name in Arabic script, always the same way. When all have been given, they
    come again with initials between first and last name.
    """
    parts = {(row["region"], row["part"]): row["names"].split() for row in data_rows("people_names.csv")}
    regions = [region for region, part in parts if part == "first" and region.startswith(hub_code)]
    pairs = [pair for region in regions for pair in itertools.product(parts[region, "first"], parts[region, "last"])]
    rng.shuffle(pairs)
    for length in itertools.count():
        for initials in itertools.product(string.ascii_uppercase, repeat=length):
            between = "".join(f"{letter}. " for letter in initials)
            for first, last in pairs:
                yield f"{first} {between}{last}"
