"""The sheets of a hub's report: their names, headers and words in three languages, and the cells of a record.

Which sheets a report has and how the workbook is put together belongs to `hub_reports.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mel_example import places
from mel_example.raw_files.sheets import Cell

_PLACE = {"en": 0, "fr": 1, "ar": 2}
_YES_NO = {"en": ("yes", "no"), "fr": ("oui", "non"), "ar": ("نعم", "لا")}
_CITY = ("city", "Ville", "المدينة")


@dataclass(frozen=True)
class SheetKind:
    """One table of the template.

    Attributes:
        source: under which name its rows are read.
        names: of the sheet, in English, French and Arabic.
        columns: headers in the three languages, by the record's field.
    """

    source: str
    names: tuple[str, str, str]
    columns: Mapping[str, tuple[str, str, str]]

    def name(self, language: str) -> str:
        """The sheet's name in a language."""
        return self.names[_PLACE[language]]

    def headers(self, language: str) -> list[str]:
        """All headers in a language, in order."""
        return [texts[_PLACE[language]] for texts in self.columns.values()]

    def header(self, column: str, language: str) -> str:
        """The header of one column in a language."""
        return self.columns[column][_PLACE[language]]

    def cells(self, record: object, language: str) -> dict[str, Cell]:
        """The cells of a record by header, as the hub writes them in its language."""
        return {
            texts[_PLACE[language]]: _cell(column, getattr(record, column), language)
            for column, texts in self.columns.items()
        }


def _cell(column: str, value: object, language: str) -> Cell:
    if value is None or value == ():
        return None
    if column == "city_code":
        return next(city.name(language) for city in places.cities() if city.city_code == value)
    if column == "country_code":
        return next((each.name(language) for each in places.countries() if each.country_code == value), None)
    if isinstance(value, bool):
        return _YES_NO[language][0 if value else 1]
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, str):
        return WORDS[value][_PLACE[language]] if value in WORDS else value
    return value if isinstance(value, (int, date)) else str(value)


WORDS: Mapping[str, tuple[str, str, str]] = {
    "online": ("online", "en ligne", "عبر الإنترنت"),
    "in_person": ("in person", "en présentiel", "حضوريا"),
    "hybrid": ("hybrid", "hybride", "مختلط"),
    "solved": ("solved", "résolu", "محلول"),
    "referred": ("referred", "orienté", "محال"),
    "open": ("open", "ouvert", "مفتوح"),
    "action_plan": ("action plan", "plan d'action", "خطة عمل"),
    "training_material": ("training material", "matériel de formation", "مواد تدريبية"),
    "legal_question": ("legal question", "question juridique", "سؤال قانوني"),
    "peer_contact": ("contact with another city", "contact avec une autre ville", "اتصال بمدينة أخرى"),
    "communication": ("communication", "communication", "تواصل"),
    "technical_advice": ("technical advice", "conseil technique", "مشورة تقنية"),
    "small_grant": ("small grant", "petite subvention", "منحة صغيرة"),
    "study_visit": ("study visit", "visite d'étude", "زيارة دراسية"),
    "done": ("done", "terminé", "منجز"),
    "ongoing": ("ongoing", "en cours", "جار"),
    "peer_learning": ("peer learning", "apprentissage entre pairs", "التعلم من الأقران"),
    "multi_actor": ("multi-actor collaboration", "collaboration multi-acteurs", "تعاون متعدد الأطراف"),
    "youth_engagement": ("youth engagement", "participation des jeunes", "مشاركة الشباب"),
    "national_local": ("national-local dialogue", "dialogue national-local", "حوار وطني محلي"),
    "global_crises": ("global crises, local impacts", "crises mondiales, impacts locaux", "أزمات عالمية وآثار محلية"),
    "guide": ("guide", "guide", "دليل"),
    "toolkit": ("toolkit", "boîte à outils", "مجموعة أدوات"),
    "case_study": ("case study", "étude de cas", "دراسة حالة"),
    "policy": ("policy or programme", "politique ou programme", "سياسة أو برنامج"),
    "un": ("United Nations", "Nations Unies", "الأمم المتحدة"),
    "association": ("association of cities", "association de villes", "رابطة مدن"),
    "global": ("global", "mondial", "عالمي"),
    "regional": ("regional", "régional", "إقليمي"),
    "national": ("national", "national", "وطني"),
    "draft": ("draft", "projet", "مسودة"),
    "proposed": ("proposed", "proposé", "مقترح"),
    "adopted": ("adopted", "adopté", "معتمد"),
    "low": ("low", "faible", "منخفض"),
    "medium": ("medium", "moyenne", "متوسط"),
    "high": ("high", "élevée", "مرتفع"),
}
"""How codes are written in the three languages; a code without an entry is written as it is."""

COVER = SheetKind(
    "hub_reports",
    ("Cover", "Couverture", "الغلاف"),
    {
        "hub_code": ("hub_code", "Code du pôle", "رمز المركز"),
        "period": ("period", "Période", "الفترة"),
        "submitted_on": ("submitted_on", "Date d'envoi", "تاريخ الإرسال"),
        "prepared_by": ("prepared_by", "Préparé par", "أعده"),
        "language": ("language", "Langue", "اللغة"),
        "template_version": ("template_version", "Version du modèle", "إصدار النموذج"),
    },
)
NARRATIVE = SheetKind(
    "hub_narratives",
    ("Narrative", "Récit", "السرد"),
    {"section": ("section", "Rubrique", "القسم"), "text": ("text", "Texte", "النص")},
)
ACTIVITIES = SheetKind(
    "hub_activities",
    ("Activities", "Activités", "الأنشطة"),
    {
        "activity_ref": ("activity_ref", "Référence", "المرجع"),
        "event_code": ("event_code", "Code de l'événement", "رمز الفعالية"),
        "title": ("title", "Titre", "العنوان"),
        "start_on": ("start_date", "Date de début", "تاريخ البداية"),
        "end_on": ("end_date", "Date de fin", "تاريخ النهاية"),
        "participants_total": ("participants_total", "Total des participants", "مجموع المشاركين"),
        "women": ("women", "Femmes", "النساء"),
        "men": ("men", "Hommes", "الرجال"),
        "other_unknown": ("other_unknown", "Autre ou inconnu", "آخر أو غير معروف"),
        "youth_29": ("youth_29", "Jeunes (29 ans ou moins)", "الشباب (29 سنة أو أقل)"),
        "cities": ("cities", "Villes", "المدن"),
        "is_national_government_present": (
            "national_gov_present",
            "Gouvernement national présent",
            "حضور الحكومة الوطنية",
        ),
        "grant_codes": ("grant_codes", "Codes de subvention", "رموز المنح"),
        "modality": ("modality", "Modalité", "أسلوب العمل"),
        "event_type": ("event_type", "Type d'événement", "نوع الفعالية"),
        "themes": ("themes", "Thèmes", "المواضيع"),
        "priorities": ("priorities", "Priorités", "الأولويات"),
        "country_code": ("country", "Pays", "البلد"),
        "mode": ("mode", "Forme", "طريقة المشاركة"),
    },
)
HELP_DESK = SheetKind(
    "hub_helpdesk",
    ("HelpDesk", "Assistance", "مكتب المساعدة"),
    {
        "request_ref": ("request_ref", "Référence", "المرجع"),
        "city_code": _CITY,
        "received_on": ("received", "Reçue le", "تاريخ الاستلام"),
        "answered_on": ("answered", "Répondue le", "تاريخ الرد"),
        "topic": ("topic", "Sujet", "الموضوع"),
        "result": ("result", "Résultat", "النتيجة"),
    },
)
SUPPORT = SheetKind(
    "hub_support",
    ("Support", "Appui", "الدعم"),
    {
        "support_ref": ("support_ref", "Référence", "المرجع"),
        "city_code": _CITY,
        "support_type": ("type", "Type", "النوع"),
        "need_ref": ("need_ref", "Besoin", "مرجع الاحتياج"),
        "start_on": ("start", "Début", "البداية"),
        "end_on": ("end", "Fin", "النهاية"),
        "status": ("status", "Statut", "الحالة"),
        "deliverable": ("deliverable", "Livrable", "المخرج"),
        "support_value": ("value", "Valeur", "القيمة"),
        "currency": ("currency", "Monnaie", "العملة"),
    },
)
CHANGES = SheetKind(
    "hub_changes",
    ("Changes", "Changements", "التغييرات"),
    {
        "change_ref": ("change_ref", "Référence", "المرجع"),
        "city_code": _CITY,
        "changed_on": ("date", "Date", "التاريخ"),
        "category": ("category", "Catégorie", "الفئة"),
        "priorities": ("priorities", "Priorités", "الأولويات"),
        "actor": ("who", "Qui", "من"),
        "statement": ("what", "Quoi", "ماذا"),
        "stage": ("stage", "Étape", "المرحلة"),
        "contribution": ("contribution", "Contribution", "المساهمة"),
        "evidence_level": ("evidence_level", "Niveau de preuve", "مستوى الدليل"),
        "evidence_document": ("evidence_document", "Document", "الوثيقة"),
        "is_positive": ("positive", "Positif", "إيجابي"),
    },
)
ADVOCACY = SheetKind(
    "hub_advocacy",
    ("Advocacy", "Plaidoyer", "المناصرة"),
    {
        "advocacy_ref": ("ref", "Référence", "المرجع"),
        "forum": ("forum", "Enceinte", "المنتدى"),
        "level": ("level", "Niveau", "المستوى"),
        "held_on": ("date", "Date", "التاريخ"),
        "leaders_speaking": ("leaders_speaking", "Élus intervenants", "القادة المتحدثون"),
        "text_title": ("text_title", "Titre du texte", "عنوان النص"),
        "adoption_status": ("adoption_status", "Statut d'adoption", "حالة الاعتماد"),
        "is_adopted": ("adopted", "Adopté", "معتمد"),
        "is_city_reference_quoted": ("city_reference_quoted", "Villes citées", "ذكر المدن"),
        "is_verified": ("verified", "Vérifié", "تم التحقق"),
    },
)
RESOURCES = SheetKind(
    "hub_resources",
    ("Resources", "Ressources", "الموارد"),
    {
        "resource_ref": ("ref", "Référence", "المرجع"),
        "title": ("title", "Titre", "العنوان"),
        "resource_type": ("type", "Type", "النوع"),
        "languages": ("languages", "Langues", "اللغات"),
        "theme": ("theme", "Thème", "الموضوع"),
        "published_on": ("published_on", "Publiée le", "تاريخ النشر"),
        "city_code": ("source_city", "Ville d'origine", "مدينة المصدر"),
    },
)
NEEDS = SheetKind(
    "hub_needs",
    ("Needs", "Besoins", "الاحتياجات"),
    {
        "need_ref": ("need_ref", "Référence", "المرجع"),
        "city_code": _CITY,
        "priority": ("priority", "Priorité", "الأولوية"),
        "theme": ("theme", "Thème", "الموضوع"),
        "urgency": ("urgency", "Urgence", "الإلحاح"),
        "identified_on": ("date", "Date", "التاريخ"),
    },
)
SELF_TOTALS = SheetKind(
    "hub_self_totals",
    ("SelfTotals", "Totaux du pôle", "مجاميع المركز"),
    {
        "indicator_code": ("indicator", "Indicateur", "المؤشر"),
        "total": ("total", "Valeur", "القيمة"),
    },
)
