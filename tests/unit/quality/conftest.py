"""A small bench for quality: declared sources, raw tables, and what judging them leaves on disk."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations.models import Rule, Settings, Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staging import stage_source
from mel_pipeline.quality import Judgement, judge_source
from mel_pipeline.quality.findings import set_aside_values
from mel_pipeline.quality.register import suggestions

SETTINGS = Settings.model_validate(
    {
        "programme": "test",
        "title": {"en": "Test"},
        "subtitle": {"en": "Of quality"},
        "languages": ["en"],
        "calendar": {"first_quarter": "2024Q1", "last_quarter": "2025Q4"},
    }
)


@dataclass
class Bench:
    """Declares sources, writes their raw tables, judges them, and reads what was written."""

    folders: DataFolder
    directory: Path
    sources: dict[str, Source] = field(default_factory=dict)
    settings: Settings = SETTINGS

    def declare(self, name: str, columns: dict[str, str], **declared: Any) -> Source:
        """A source of CSV tables `<name>*.csv`: fields by name and type, all headers as the fields."""
        fields = [{"name": column, "type": type_, "headers": [column]} for column, type_ in columns.items()]
        usual = {
            "source": name,
            "kind": "reference",
            "title": {"en": name},
            "format": "table",
            "key": list(columns)[:1],
        }
        self.sources[name] = Source.model_validate({**usual, "files": [f"{name}*.csv"], "fields": fields, **declared})
        return self.sources[name]

    def write(self, file: str, header: str, *rows: str, received_on: str | None = None) -> None:
        """A raw table, and beside it when it was received."""
        path = self.folders.raw / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        if received_on:
            path.with_name(f"{path.name}.meta.yml").write_text(f"received_on: {received_on}\n", encoding="utf-8")

    def rule(self, rule_id: str, expect: str, treatment: str = "quarantine", **more: Any) -> Rule:
        """A rule, with what every rule needs filled in."""
        usual = {"dqa_dimension": "validity", "reason": {"fr": f"Motif {rule_id}", "en": f"Reason {rule_id}"}}
        return Rule.model_validate({"id": rule_id, "expect": expect, "treatment": treatment, **usual, **more})

    def judge(self, name: str, *rules: Rule) -> Judgement:
        source = self.sources[name]
        stage_source(SETTINGS, source, self.directory / "sources" / name, self.folders)
        return judge_source(self, source, list(rules), self.folders)

    def accepted(self, name: str) -> list[dict[str, Any]]:
        return rows_of(self.folders.accepted_rows(name))

    def found(self, name: str, table: str) -> list[dict[str, Any]]:
        return rows_of(self.folders.findings(name, table))

    def kept_apart(self, name: str) -> list[dict[str, Any]]:
        return rows_of(set_aside_values(self.folders, name))

    def open_names(self, name: str) -> list[dict[str, Any]]:
        return rows_of(suggestions(self.folders, name))

    def status(self, name: str) -> dict[str, str]:
        return {row["source_file"]: row["file_status"] for row in self.found(name, "source_files")}


def rows_of(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(DataFolder(tmp_path / "data"), tmp_path / "programme")
