"""The words of cleaning logs and review workbooks in each language: what is decided, why, and column names.

Workbooks are written with these words and read by them, so that nobody has to type a code.
"""

from mel_pipeline.intake.words import fold_header

CHANGE_TYPES: dict[str, dict[str, str]] = {
    "change_response": {"en": "change response", "fr": "changer la réponse", "ar": "تغيير الإجابة"},
    "blank_response": {"en": "blank response", "fr": "vider la réponse", "ar": "إفراغ الإجابة"},
    "remove_survey": {"en": "remove record", "fr": "supprimer l'enregistrement", "ar": "حذف السجل"},
    "no_action": {"en": "no action", "fr": "ne rien changer", "ar": "بدون إجراء"},
    "release": {"en": "release", "fr": "débloquer", "ar": "إفراج"},
    "approve_alias": {"en": "approve name", "fr": "approuver le nom", "ar": "اعتماد الاسم"},
    "merge_persons": {"en": "merge persons", "fr": "fusionner les personnes", "ar": "دمج الأشخاص"},
    "explain_deviation": {"en": "explain deviation", "fr": "expliquer l'écart", "ar": "تفسير الانحراف"},
}
"""What a person can decide, as the field's cleaning logs name it, and as the drop-down lists do."""

REASONS: dict[str, dict[str, str]] = {
    "typing_error": {"en": "typing error", "fr": "faute de saisie", "ar": "خطأ في الإدخال"},
    "confirmed_at_source": {"en": "confirmed at the source", "fr": "confirmé à la source", "ar": "مؤكَّد من المصدر"},
    "duplicate": {"en": "duplicate", "fr": "doublon", "ar": "مكرر"},
    "test_entry": {"en": "test or pilot entry", "fr": "saisie d'essai", "ar": "إدخال تجريبي"},
    "consent_withdrawn": {"en": "consent withdrawn", "fr": "consentement retiré", "ar": "سُحبت الموافقة"},
    "not_plausible": {"en": "not plausible", "fr": "non plausible", "ar": "غير معقول"},
}
"""Reasons that tell nothing about anybody; any other text is kept in the restricted folder only."""

COLUMNS: dict[str, dict[str, str]] = {
    "change_type": {"en": "Decision", "fr": "Décision", "ar": "القرار"},
    "new_value": {"en": "New value", "fr": "Nouvelle valeur", "ar": "القيمة الجديدة"},
    "reason": {"en": "Reason", "fr": "Motif", "ar": "السبب"},
    "old_value": {"en": "Value found", "fr": "Valeur trouvée", "ar": "القيمة الموجودة"},
    "question": {"en": "Question", "fr": "Question", "ar": "السؤال"},
    "issue": {"en": "What is wrong", "fr": "Ce qui ne va pas", "ar": "المشكلة"},
    "source_file": {"en": "File", "fr": "Fichier", "ar": "الملف"},
    "source_sheet": {"en": "Sheet", "fr": "Feuille", "ar": "الورقة"},
    "source_row": {"en": "Row", "fr": "Ligne", "ar": "السطر"},
    "decided_by_role": {"en": "Decided by (role)", "fr": "Décidé par (fonction)", "ar": "صاحب القرار (الصفة)"},
    "decided_on": {"en": "Decided on (date)", "fr": "Décidé le (date)", "ar": "تاريخ القرار"},
}
"""Columns that people read and fill. Those in which only the machine is interested bear their plain names."""

SPECIAL_COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "spelling": ("old_value", {"en": "Spelling found", "fr": "Graphie trouvée", "ar": "الكتابة الموجودة"}),
    "entry": ("new_value", {"en": "Entry meant", "fr": "Entrée visée", "ar": "المدخل المقصود"}),
    "explanation": (
        "new_value",
        {
            "en": "Explanation, and what will be done",
            "fr": "Explication et mesures prévues",
            "ar": "التفسير وما سيُتخذ من إجراء",
        },
    ),
}
"""Columns of review workbooks that say in their own words what an old or new value is; by the column they stand for."""

OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "record": ("record_key", "uuid", "_uuid", "x_uuid", "submission_uuid", "instanceid", "meta/instanceid"),
    "question": ("questions", "question_name", "variable", "column", "field"),
    "old_value": ("old.value", "old value", "before"),
    "new_value": ("new.value", "new value", "after"),
    "change_type": ("change.type", "change type", "action"),
    "reason": ("reason for change", "comment"),
    "issue": ("issues", "problem"),
    "source": ("source", "instrument", "dataset"),
    "rule_id": ("rule_id", "check_id"),
}
"""What cleaning logs of the field call these columns besides."""


def _names(table: dict[str, dict[str, str]]) -> dict[str, str]:
    plain = {fold_header(name): name for name in table}
    return plain | {fold_header(word): name for name, words in table.items() for word in words.values()}


_CHANGE_TYPES, _REASONS = _names(CHANGE_TYPES), _names(REASONS)
_COLUMNS = (
    _names(COLUMNS)
    | {fold_header(other): name for name, others in OTHER_NAMES.items() for other in others}
    | {fold_header(word): name for name, words in SPECIAL_COLUMNS.values() for word in words.values()}
)


def column_of(header: str) -> str | None:
    """The column that a header means, in any language; None for one that tells nothing about a decision."""
    folded = fold_header(header).rpartition("feff.")[2]
    return _COLUMNS.get(folded)


def change_type_of(text: str) -> str | None:
    """The kind of decision that a cell means, in any language."""
    return _CHANGE_TYPES.get(fold_header(text))


def reason_of(text: str) -> str | None:
    """The listed reason that a cell means; None for words of one's own."""
    return _REASONS.get(fold_header(text))
