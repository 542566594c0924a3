"""A bench for the hubs' workbooks: the programme's own sources, rules and marts on a few hand-made reports."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline import database
from mel_pipeline.declarations.programme import Programme, load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staged import FileNotes, load_manifest, load_notes
from mel_pipeline.intake.staging import stage_source
from mel_pipeline.marts.build import build_mart
from mel_pipeline.quality import judge_source

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"
COVER = {"hub_code": "MENA", "period": "2024Q1", "submitted_on": date(2024, 4, 10), "template_version": "2.1"}
HEADERS = {
    "Activities": ["activity_ref", "event_code", "title", "start_date", "end_date", "participants_total", "women",
                   "men", "other_unknown", "youth_29", "cities", "national_gov_present", "grant_codes", "modality",
                   "themes", "priorities", "mode"],
    "Narrative": ["section", "text"],
    "HelpDesk": ["request_ref", "city", "received", "answered", "topic", "result"],
    "Support": ["support_ref", "city", "type", "need_ref", "start", "end", "status", "deliverable", "value",
                "currency"],
    "Changes": ["change_ref", "city", "date", "category", "priorities", "who", "what", "stage", "contribution",
                "evidence_level", "evidence_document", "positive"],
    "Advocacy": ["ref", "forum", "level", "date", "leaders_speaking", "text_title", "adoption_status", "adopted",
                 "city_reference_quoted", "verified"],
    "Resources": ["ref", "title", "languages", "theme", "published_on", "source_city"],
    "Needs": ["need_ref", "city", "priority", "theme", "urgency", "date"],
    "SelfTotals": ["indicator", "total"],
}  # fmt: skip
SHEETS = {
    "hub_activities": "Activities",
    "hub_narratives": "Narrative",
    "hub_helpdesk": "HelpDesk",
    "hub_support": "Support",
    "hub_changes": "Changes",
    "hub_advocacy": "Advocacy",
    "hub_resources": "Resources",
    "hub_needs": "Needs",
    "hub_self_totals": "SelfTotals",
}
REGISTERS: dict[str, list[dict[str, Any]]] = {
    "hubs": [
        {"hub_code": "MENA", "active_from": date(2021, 3, 1), "active_to": None, "language": "ar"},
        {"hub_code": "WAF", "active_from": date(2025, 1, 1), "active_to": None, "language": "fr"},
        {"hub_code": "OLD", "active_from": date(2020, 1, 1), "active_to": date(2023, 12, 31), "language": "en"},
    ],
    "cities": [
        {"city_code": "C1", "name_en": "Karak", "name_fr": "Karak", "name_ar": "الكرك"},
        {"city_code": "C2", "name_en": "Irbid", "name_fr": "Irbid", "name_ar": "إربد"},
    ],
    "city_aliases": [{"alias": "Kerak", "city_code": "C1", "is_valid": True}],
    "events": [
        {
            "event_code": f"EV-2024-00{number}",
            "hub_code": "MENA",
            "country_code": "JOR",
            "theme": ["T1"],
            "activity_line": "training",
        }
        for number in range(1, 7)
    ],
    "hub_reports": [{"hub_code": "MENA", "period": "2024Q1"}],
    "hub_activities": [
        {"hub_code": "MENA", "period": "2024Q1", "event_code": f"EV-2024-00{number}"} for number in range(1, 5)
    ],
    "hub_changes": [{"hub_code": "MENA", "period": "2023Q4"}],
    "event_attendance": [{"event_code": "EV-2023-001", "person_key": "p1", "stakeholder_type": "other"}],
}
TABLES: dict[str, list[dict[str, Any]]] = {
    "dim_grant": [
        {"grant_code": "G1", "active_from": date(2024, 1, 1), "active_to": date(2024, 12, 31)},
        {"grant_code": "G0", "active_from": date(2022, 1, 1), "active_to": date(2023, 12, 31)},
        {"grant_code": "GX", "active_from": date(2024, 1, 1), "active_to": date(2024, 12, 31)},
    ],
    "dim_grant_scope": [
        {"grant_code": "G1", "hub_code": "MENA", "country_code": "JOR", "theme": None},
        {"grant_code": "G0", "hub_code": "MENA", "country_code": "JOR", "theme": None},
        {"grant_code": "GX", "hub_code": "WB", "country_code": "JOR", "theme": None},
    ],
}


@dataclass
class Reports:
    """Writes workbooks, reads and judges them, and looks at what came of it."""

    folders: DataFolder
    programme: Programme

    def write(self, name: str, cover: dict[str, Any] | None = None, **sheets: list[list[Any]]) -> Path:
        """A workbook with all sheets of the template; the rows given stand below the headers."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        page = book.create_sheet("Cover")
        for line in (COVER | (cover or {})).items():
            page.append(line)
        for title, headers in HEADERS.items():
            sheet = book.create_sheet(title)
            for row in [headers, *sheets.get(title, [])]:
                sheet.append(row)
        path = self.folders.raw / "hub_reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    def judge(self, source: str) -> list[dict[str, Any]]:
        """Reads and judges one source; gives back its accepted rows."""
        declared = self.programme.sources[source]
        stage_source(
            self.programme.settings, declared, self.programme.directory / "sources" / source, self.folders
        )  # fmt: skip
        judgement = judge_source(self.programme, declared, self.programme.rules[source], self.folders)
        assert not judgement.errored
        assert judgement.n_rows == judgement.n_accepted + judgement.n_quarantined + judgement.n_dropped
        return self._rows(self.folders.accepted_rows(source))

    def found(self, source: str, table: str) -> list[tuple[Any, ...]]:
        """Rule and row of each finding, in order."""
        rows = self._rows(self.folders.findings(source, table))
        return sorted((row["rule_id"], row["source_row"]) for row in rows)

    def everything_found(self, source: str) -> set[tuple[str, str, int]]:
        """Table, rule and row of all findings."""
        tables = ("quarantine", "warnings", "repairs")
        return {(table, *found) for table in tables for found in self.found(source, table)}

    def notes(self, source: str) -> list[FileNotes]:
        return [load_notes(self.folders, source, file) for file in load_manifest(self.folders, source)]

    def status(self, source: str) -> dict[str, str]:
        rows = self._rows(self.folders.findings(source, "source_files"))
        return {row["source_file"].rsplit("/", 1)[-1]: row["file_status"] for row in rows}

    def table(self, name: str, rows: list[dict[str, Any]], schema: pa.Schema | None = None) -> None:
        """A built table that others read."""
        self.folders.table(name).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), self.folders.table(name))

    def mart(self, name: str) -> list[dict[str, Any]]:
        build_mart(self.programme.marts[name], self.programme.mart_sql[name], self.folders)
        return self._rows(self.folders.table(name))

    def _rows(self, path: Path) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reports:
    monkeypatch.setenv("MEL_HASH_KEY", "a key for tests only")
    bench = Reports(DataFolder(tmp_path / "data"), load_programme(PROGRAMME))
    for name, rows in REGISTERS.items():
        path = bench.folders.accepted_rows(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist([row | {"_record_key": f"{name}-{n}"} for n, row in enumerate(rows)]), path)
    with database.connect() as connection:
        for name, rows in TABLES.items():
            connection.register("rows", pa.Table.from_pylist(rows))
            cast = (
                "select * replace (theme::varchar as theme) from rows" if "theme" in rows[0] else "select * from rows"
            )
            database.write_parquet(connection, cast, bench.folders.table(name))
            connection.unregister("rows")
    return bench


@pytest.fixture
def activity() -> Any:
    """A row of the activities sheet that nothing is wrong with, with some cells changed."""

    def row(ref: str = "A-1", event: str = "EV-2024-001", **changes: Any) -> list[Any]:
        cells = {
            "activity_ref": ref,
            "event_code": event,
            "title": "Training",
            "start_date": date(2024, 2, 1),
            "end_date": date(2024, 2, 2),
            "participants_total": 20,
            "women": 9,
            "men": 10,
            "other_unknown": 1,
            "youth_29": 5,
            "cities": "Karak;Irbid",
            "national_gov_present": "no",
            "grant_codes": "G1",
            "modality": "M1",
            "themes": "T1",
            "priorities": "SP1",
            "mode": "online",
        }
        return list((cells | changes).values())

    return row


@pytest.fixture
def change() -> Any:
    """A row of the changes sheet that nothing is wrong with, with some cells changed."""

    def row(ref: str = "CH-1", on: date | None = date(2024, 2, 1), stage: int = 1, **changes: Any) -> list[Any]:
        cells = {
            "change_ref": ref,
            "city": "Karak",
            "date": on,
            "category": "peer learning",
            "priorities": "SP1;SP2",
            "who": "City council",
            "what": "It agreed on a plan.",
            "stage": stage,
            "contribution": 2,
            "evidence_level": 2,
            "evidence_document": "DOC-1",
            "positive": "yes",
        }
        return list((cells | changes).values())

    return row
