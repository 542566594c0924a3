"""Which of the declared spellings a template shows in a language, and the few words of its own.

Headers, labels and values are declared in a source; of each, the first spellings are the template's.
"""

import unicodedata
from collections.abc import Sequence

from babel import Locale

from mel_pipeline.declarations.models import Words

TEXTS: dict[str, Words] = {
    "fill": {
        "en": "Fill in the yellow cells. Choose from the lists where there are any; write dates as dates.",
        "fr": "Remplir les cellules jaunes. Choisir dans les listes ; saisir les dates comme des dates.",
        "ar": "املأ الخلايا الصفراء. اختر من القوائم حيثما وُجدت، واكتب التواريخ كتواريخ.",
    },
    "keep": {
        "en": "Do not rename sheets or headers, and add no totals: they are worked out.",
        "fr": "Ne renommer ni feuilles ni en-têtes et n'ajouter aucun total : ils sont calculés.",
        "ar": "لا تغير أسماء الأوراق أو العناوين ولا تضف مجاميع: فهي تُحسب.",
    },
    "file_name": {
        "en": "Save the file under a name like {name}",
        "fr": "Enregistrer le fichier sous un nom tel que {name}",
        "ar": "احفظ الملف باسم مثل {name}",
    },
    "per_day": {
        "en": "One sheet per day. Each person signs on each day: X in the last column.",
        "fr": "Une feuille par jour. Chaque personne signe chaque jour : X dans la dernière colonne.",
        "ar": "ورقة لكل يوم. يوقع كل شخص في كل يوم: علامة X في العمود الأخير.",
    },
    "day": {"en": "Day {n}", "fr": "Jour {n}", "ar": "اليوم {n}"},
    "yes": {"en": "yes", "fr": "oui", "ar": "نعم"},
    "no": {"en": "no", "fr": "non", "ar": "لا"},
    "not_in_list": {
        "en": "Please choose from the list",
        "fr": "Merci de choisir dans la liste",
        "ar": "يرجى الاختيار من القائمة",
    },
    "not_a_date": {
        "en": "Please write a date, such as 2025-03-31",
        "fr": "Merci de saisir une date, par exemple 2025-03-31",
        "ar": "يرجى كتابة تاريخ، مثل 2025-03-31",
    },
    "not_a_number": {
        "en": "Please write a whole number, without words or signs",
        "fr": "Merci de saisir un nombre entier, sans mots ni signes",
        "ar": "يرجى كتابة عدد صحيح دون كلمات أو رموز",
    },
}


def said(key: str, language: str, **values: object) -> str:
    """A text of the templates."""
    words = TEXTS[key]
    return words.get(language, words["en"]).format(**values)


def is_right_to_left(language: str) -> bool:
    """Whether lines of a language run from right to left."""
    return bool(Locale.parse(language).text_direction == "rtl")


def spelling(options: Sequence[str], language: str, languages: Sequence[str]) -> str:
    """The spelling that a template shows: of those in the script of the language, the one in its place.

    Args:
        options: declared spellings, those of the template first.
        language: of the template.
        languages: of the programme; spellings stand in their order.
    """
    direction = is_right_to_left(language)
    fitting = [each for each in options if _runs_right_to_left(each) == direction] or list(options)
    place = [each for each in languages if is_right_to_left(each) == direction].index(language)
    return fitting[place] if place < len(fitting) else fitting[0]


def _runs_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
