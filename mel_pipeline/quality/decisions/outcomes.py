"""What can come of a decision, in words. Finding out which belongs to the modules that apply decisions."""

from typing import Literal

OutcomeCode = Literal[
    "changed",
    "blanked",
    "removed",
    "recorded",
    "released",
    "name_approved",
    "merged",
    "already_so",
    "old_value_not_stated",
    "removed_besides",
    "replaced_by_later",
    "unknown_record",
    "unknown_question",
    "kept_apart",
    "value_has_changed",
    "new_value_unreadable",
    "nothing_to_release",
    "unknown_person",
    "name_set_aside",
    "no_list_of_names",
    "unknown_source",
    "unknown_decision",
    "file_unreadable",
    "no_decisions_found",
]

APPLIED: frozenset[OutcomeCode] = frozenset(
    {
        "changed",
        "blanked",
        "removed",
        "recorded",
        "released",
        "name_approved",
        "merged",
        "already_so",
        "old_value_not_stated",
        "removed_besides",
        "replaced_by_later",
    }
)
"""Outcomes of decisions that hold; all others were not applied, and the rows are as they came."""

SENTENCES: dict[OutcomeCode, dict[str, str]] = {
    "changed": {"en": "The answer was changed.", "fr": "La réponse a été changée.", "ar": "تم تغيير الإجابة."},
    "blanked": {"en": "The answer was emptied.", "fr": "La réponse a été vidée.", "ar": "تم إفراغ الإجابة."},
    "removed": {"en": "The record was removed.", "fr": "L'enregistrement a été supprimé.", "ar": "تم حذف السجل."},
    "recorded": {
        "en": "The decision to change nothing was recorded.",
        "fr": "La décision de ne rien changer a été consignée.",
        "ar": "تم تسجيل قرار عدم التغيير.",
    },
    "released": {
        "en": "The row or answer counts in spite of the rule.",
        "fr": "La ligne ou la réponse compte malgré la règle.",
        "ar": "يُحتسب السطر أو الإجابة رغم القاعدة.",
    },
    "name_approved": {
        "en": "The spelling is now another name of the entry.",
        "fr": "Cette graphie est désormais un autre nom de l'entrée.",
        "ar": "أصبحت هذه الكتابة اسماً آخر للمدخل.",
    },
    "merged": {
        "en": "The two persons count as one.",
        "fr": "Les deux personnes comptent pour une seule.",
        "ar": "يُحتسب الشخصان شخصاً واحداً.",
    },
    "already_so": {
        "en": "The data already say so; nothing had to be done.",
        "fr": "Les données le disent déjà ; rien n'était à faire.",
        "ar": "البيانات تقول ذلك بالفعل؛ لا حاجة إلى أي إجراء.",
    },
    "old_value_not_stated": {
        "en": "Applied, but the old value is not stated: nobody can tell whether it is the one that was looked at.",
        "fr": "Appliqué, mais l'ancienne valeur n'est pas indiquée : on ne sait si c'est celle qui a été examinée.",
        "ar": "طُبِّق، لكن القيمة القديمة غير مذكورة: لا يُعرف إن كانت هي التي فُحصت.",
    },
    "removed_besides": {
        "en": "Applied, but another decision removes the record.",
        "fr": "Appliqué, mais une autre décision supprime l'enregistrement.",
        "ar": "طُبِّق، لكن قراراً آخر يحذف السجل.",
    },
    "replaced_by_later": {
        "en": "Applied, then replaced by a later decision.",
        "fr": "Appliqué, puis remplacé par une décision ultérieure.",
        "ar": "طُبِّق ثم حلّ محله قرار لاحق.",
    },
    "unknown_record": {
        "en": "Not applied: no file holds this record. Check its identifier and the source. "
        "After a change of the hashing key, decide again in the new review workbook.",
        "fr": "Non appliqué : aucun fichier ne contient cet enregistrement. Vérifiez son identifiant et la source. "
        "Après un changement de la clé de hachage, décidez à nouveau dans le nouveau classeur de révision.",
        "ar": "لم يُطبَّق: لا يوجد هذا السجل في أي ملف. تحقق من معرّفه ومن المصدر. "
        "بعد تغيير مفتاح التجزئة، اتخذ القرار من جديد في مصنف المراجعة الجديد.",
    },
    "unknown_question": {
        "en": "Not applied: the source has no such question. Use the name in the form or the column's header.",
        "fr": "Non appliqué : la source n'a pas cette question. Utilisez le nom du formulaire ou l'en-tête de colonne.",
        "ar": "لم يُطبَّق: لا يوجد هذا السؤال في المصدر. استخدم اسم السؤال في النموذج أو عنوان العمود.",
    },
    "kept_apart": {
        "en": "Not applied: this answer is kept apart from the numbers. Correct it in the file itself.",
        "fr": "Non appliqué : cette réponse est tenue à l'écart des chiffres. Corrigez-la dans le fichier même.",
        "ar": "لم يُطبَّق: هذه الإجابة محفوظة بعيداً عن الأرقام. صحّحها في الملف نفسه.",
    },
    "value_has_changed": {
        "en": "Not applied: the value has changed since the decision. Look at the record again.",
        "fr": "Non appliqué : la valeur a changé depuis la décision. Réexaminez l'enregistrement.",
        "ar": "لم يُطبَّق: تغيّرت القيمة منذ القرار. راجع السجل مرة أخرى.",
    },
    "new_value_unreadable": {
        "en": "Not applied: the new value is empty or not of the question's type. Correct it in the log.",
        "fr": "Non appliqué : la nouvelle valeur est vide ou n'est pas du type de la question. Corrigez-la.",
        "ar": "لم يُطبَّق: القيمة الجديدة فارغة أو ليست من نوع السؤال. صحّحها في السجل.",
    },
    "nothing_to_release": {
        "en": "Not applied: the rule sets no such row aside (any more).",
        "fr": "Non appliqué : la règle ne met pas (ou plus) cette ligne à l'écart.",
        "ar": "لم يُطبَّق: القاعدة لا تستبعد هذا السطر (أو لم تعد تستبعده).",
    },
    "unknown_person": {
        "en": "Not applied: no row is about this person. "
        "After a change of the hashing key, decide again in the new review workbook.",
        "fr": "Non appliqué : aucune ligne ne concerne cette personne. "
        "Après un changement de la clé de hachage, décidez à nouveau dans le nouveau classeur de révision.",
        "ar": "لم يُطبَّق: لا يوجد سطر عن هذا الشخص. "
        "بعد تغيير مفتاح التجزئة، اتخذ القرار من جديد في مصنف المراجعة الجديد.",
    },
    "name_set_aside": {
        "en": "Not applied: a rule of the list of names sets this name aside.",
        "fr": "Non appliqué : une règle de la liste des noms met ce nom à l'écart.",
        "ar": "لم يُطبَّق: قاعدة في قائمة الأسماء تستبعد هذا الاسم.",
    },
    "no_list_of_names": {
        "en": "Not applied: the source names no list in which another name could be kept (aliases in source.yml).",
        "fr": "Non appliqué : la source n'a pas de liste d'autres noms (aliases dans source.yml).",
        "ar": "لم يُطبَّق: لا توجد للمصدر قائمة أسماء أخرى (aliases في source.yml).",
    },
    "unknown_source": {
        "en": "Not applied: no source has this name, or none is named. Put the log into corrections/<source>/.",
        "fr": "Non appliqué : source inconnue ou non nommée. Placez le journal dans corrections/<source>/.",
        "ar": "لم يُطبَّق: المصدر غير معروف أو غير مذكور. ضع السجل في corrections/<source>/.",
    },
    "unknown_decision": {
        "en": "Not applied: the decision is none of the list. Choose one from the drop-down list.",
        "fr": "Non appliqué : la décision ne figure pas dans la liste. Choisissez-en une dans la liste déroulante.",
        "ar": "لم يُطبَّق: القرار ليس من القائمة. اختر واحداً من القائمة المنسدلة.",
    },
    "file_unreadable": {
        "en": "The file could not be read. Save it as CSV (UTF-8) or XLSX and drop it again.",
        "fr": "Le fichier n'a pas pu être lu. Enregistrez-le en CSV (UTF-8) ou XLSX et déposez-le à nouveau.",
        "ar": "تعذرت قراءة الملف. احفظه بصيغة CSV (UTF-8) أو XLSX وأعد وضعه.",
    },
    "no_decisions_found": {
        "en": "The file holds no decision: no row has the columns of a cleaning log, or none is filled.",
        "fr": "Le fichier ne contient aucune décision : pas les colonnes d'un journal, ou rien n'est rempli.",
        "ar": "لا يحتوي الملف على أي قرار: لا أعمدة لسجل تنظيف، أو لم يُملأ شيء.",
    },
}
"""Each outcome in words for the officer."""


def message(code: OutcomeCode, language: str = "en") -> str:
    """The sentence of an outcome; English where the language is not known."""
    return SENTENCES[code].get(language, SENTENCES[code]["en"])
