"""The hubs' quarterly reports: what stands on the cover, in the narrative and in the table of activities."""

from mel_example.raw_files.sheets import Cell, HubReportBook, RawRow, RawSheet
from mel_example.world import ActivityRow, HubReport, World

TEMPLATE_VERSION = "2.1"
_HEADERS = {
    "activity_ref": ("activity_ref", "Référence", "المرجع"),
    "event_code": ("event_code", "Code de l'événement", "رمز الفعالية"),
    "title": ("title", "Titre", "العنوان"),
    "start_date": ("start_date", "Date de début", "تاريخ البداية"),
    "end_date": ("end_date", "Date de fin", "تاريخ النهاية"),
    "participants_total": ("participants_total", "Total des participants", "مجموع المشاركين"),
    "women": ("women", "Femmes", "النساء"),
    "men": ("men", "Hommes", "الرجال"),
    "other_unknown": ("other_unknown", "Autre ou inconnu", "آخر أو غير معروف"),
    "youth_29": ("youth_29", "Jeunes (29 ans ou moins)", "الشباب (29 سنة أو أقل)"),
    "cities": ("cities", "Villes", "المدن"),
    "national_gov_present": ("national_gov_present", "Gouvernement national présent", "حضور الحكومة الوطنية"),
    "grant_codes": ("grant_codes", "Codes de subvention", "رموز المنح"),
}
_PLACE = {"en": 0, "fr": 1, "ar": 2}
_SHEET_NAMES = {"en": "Activities", "fr": "Activités", "ar": "الأنشطة"}
_YES_NO = {"en": ("yes", "no"), "fr": ("oui", "non"), "ar": ("نعم", "لا")}
_NARRATIVES = {
    "en": {
        "achievements": "The planned activities took place.",
        "challenges": "Two dates had to be moved.",
        "lessons": "Shorter sessions keep more people until the end.",
    },
    "fr": {
        "réalisations": "Les activités prévues ont eu lieu.",
        "difficultés": "Deux dates ont dû être déplacées.",
        "enseignements": "Des séances plus courtes retiennent plus de monde.",
    },
    "ar": {
        "الإنجازات": "نفذت الأنشطة المخططة.",
        "التحديات": "اضطررنا إلى تغيير موعدين.",
        "الدروس": "الجلسات القصيرة تحافظ على عدد أكبر من الحضور.",
    },
}


def header(column: str, language: str) -> str:
    """The header of a column of the activities sheet in a language; the English ones are the codes."""
    return _HEADERS[column][_PLACE[language]]


def hub_report_files(world: World) -> list[HubReportBook]:
    """One workbook per report that has arrived."""
    return [hub_report_book(report) for report in world.reports]


def hub_report_book(report: HubReport, revision: str = "") -> HubReportBook:
    """The workbook of a report; `revision` ends the file name."""
    rows = [RawRow(_cells(row, report.language), row) for row in report.rows]
    sheet = RawSheet(
        headers=[header(column, report.language) for column in _HEADERS],
        rows=rows,
        name=_SHEET_NAMES[report.language],
        language=report.language,
    )
    return HubReportBook(
        source="hub_activities",
        path=f"hub_reports/{report.period}/{report.hub_code}_{report.period}{revision}.xlsx",
        received_on=report.submitted_on,
        received_from=f"hub {report.hub_code}",
        sheets=[sheet],
        cover={
            "hub_code": report.hub_code,
            "period": report.period,
            "submitted_on": report.submitted_on,
            "prepared_by": f"hub {report.hub_code}",
            "language": report.language,
            "template_version": TEMPLATE_VERSION,
        },
        narrative=_NARRATIVES[report.language],
    )


def _cells(row: ActivityRow, language: str) -> dict[str, Cell]:
    yes, no = _YES_NO[language]
    cells: dict[str, Cell] = {
        "activity_ref": row.activity_ref,
        "event_code": row.event_code,
        "title": row.title,
        "start_date": row.start_on,
        "end_date": row.end_on,
        "participants_total": row.participants_total,
        "women": row.women,
        "men": row.men,
        "other_unknown": row.other_unknown,
        "youth_29": row.youth_29,
        "cities": ";".join(row.cities),
        "national_gov_present": yes if row.is_national_government_present else no,
        "grant_codes": ";".join(row.grant_codes) or None,
    }
    return {header(column, language): value for column, value in cells.items()}
