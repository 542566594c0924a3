"""The hubs' quarterly reports as workbooks of ten sheets, in the hub's language.

What stands in the cells of a sheet belongs to `report_sheets.py`, how a workbook is laid out to `workbooks.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mel_example.raw_files import report_sheets
from mel_example.raw_files.report_sheets import ACTIVITIES, COVER, NARRATIVE, SheetKind
from mel_example.raw_files.sheets import HubReportBook, RawRow, RawSheet
from mel_example.world import HubReport, World

TEMPLATE_VERSION = "2.1"
_NARRATIVES = {
    "en": {
        "achievements": "The planned activities took place.",
        "challenges": "Two dates had to be moved.",
        "context": "Elections were prepared in several cities.",
        "do no harm": "No incident was reported.",
        "lessons": "Shorter sessions keep more people until the end.",
        "adjustments": "Sessions were shortened.",
    },
    "fr": {
        "réalisations": "Les activités prévues ont eu lieu.",
        "difficultés": "Deux dates ont dû être déplacées.",
        "contexte": "Des élections se préparaient dans plusieurs villes.",
        "ne pas nuire": "Aucun incident n'a été signalé.",
        "enseignements": "Des séances plus courtes retiennent plus de monde.",
        "ajustements": "Les séances ont été raccourcies.",
    },
    "ar": {
        "الإنجازات": "نفذت الأنشطة المخططة.",
        "التحديات": "اضطررنا إلى تغيير موعدين.",
        "السياق": "جرى التحضير لانتخابات في عدة مدن.",
        "عدم الإضرار": "لم يبلغ عن أي حادث.",
        "الدروس": "الجلسات القصيرة تحافظ على عدد أكبر من الحضور.",
        "التعديلات": "اختصرت الجلسات.",
    },
}


@dataclass(frozen=True)
class _Cover:
    hub_code: str
    period: str
    submitted_on: date
    prepared_by: str
    language: str
    template_version: str


@dataclass(frozen=True)
class _Section:
    section: str
    text: str


def header(column: str, language: str) -> str:
    """The header of a column of the activities sheet in a language."""
    return ACTIVITIES.header(column, language)


def hub_report_files(world: World) -> list[HubReportBook]:
    """One workbook per report that has arrived."""
    return [hub_report_book(report) for report in world.reports]


def hub_report_book(report: HubReport, revision: str = "") -> HubReportBook:
    """The workbook of a report; `revision` ends the file name."""
    language = report.language
    sections = [_Section(*section) for section in _NARRATIVES[language].items()]
    cover = _Cover(
        report.hub_code, report.period, report.submitted_on, f"hub {report.hub_code}", language, TEMPLATE_VERSION
    )
    cover_sheet = RawSheet(
        headers=COVER.headers(language),
        rows=[RawRow(COVER.cells(cover, language), report)],
        name=COVER.name(language),
        header_row=0,
        language=language,
        source=COVER.source,
        is_form=True,
    )
    tables: list[tuple[SheetKind, Iterable[object]]] = [
        (NARRATIVE, sections),
        (ACTIVITIES, report.rows),
        (report_sheets.HELP_DESK, report.requests),
        (report_sheets.SUPPORT, report.support),
        (report_sheets.CHANGES, report.changes),
        (report_sheets.ADVOCACY, report.advocacy),
        (report_sheets.RESOURCES, report.resources),
        (report_sheets.NEEDS, report.needs),
        (report_sheets.SELF_TOTALS, report.self_totals),
    ]
    return HubReportBook(
        source=ACTIVITIES.source,
        path=f"hub_reports/{report.period}/{report.hub_code}_{report.period}{revision}.xlsx",
        received_on=report.submitted_on,
        received_from=f"hub {report.hub_code}",
        sheets=[cover_sheet, *(_table(kind, records, language) for kind, records in tables)],
        template_version=TEMPLATE_VERSION,
    )


def _table(kind: SheetKind, records: Iterable[object], language: str) -> RawSheet:
    return RawSheet(
        headers=kind.headers(language),
        rows=[RawRow(kind.cells(record, language), record) for record in records],
        name=kind.name(language),
        language=language,
        source=kind.source,
    )
