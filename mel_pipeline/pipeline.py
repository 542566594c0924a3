"""What the pipeline of one programme consists of: its steps, what each reads, and which are out of date.

A step makes one table, or one source's staged or accepted rows, or the publications. Here is the order of
things; how a step does its work belongs to the rooms, when it runs to `assets` and `cli`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Source
from mel_pipeline.declarations.periods import quarters
from mel_pipeline.folders import DataFolder
from mel_pipeline.honesty.build import ALWAYS_READ, TABLE, marts_read, sources_read
from mel_pipeline.indicators.values import tables_read
from mel_pipeline.intake.raw_files import META_SUFFIX, identify
from mel_pipeline.intake.staged import MANIFEST, staging_folder
from mel_pipeline.intake.staging import definition_hash, matching_files
from mel_pipeline.marts.build import place_of
from mel_pipeline.marts.declared import DECLARED
from mel_pipeline.marts.findings import CORRECTIONS, FINDINGS
from mel_pipeline.marts.lineage import inputs_of
from mel_pipeline.quality import dependencies
from mel_pipeline.quality.decisions.reading import ReadLog, correction_files, read_logs
from mel_pipeline.quality.decisions.routing import decisions_for

Key = tuple[str, ...]

STAGES = ("intake", "quality", "marts", "indicators", "scoring", "assembly", "publications")
DATABASE: Key = ("mel",)
PAGES: Key = ("donor_pages",)
REVIEW: Key = ("review_workbooks",)
OF_DONORS = ("dim_donor", "dim_grant", "dim_grant_scope")
"""Declared tables that rest on the donors' declarations alone."""


@dataclass(frozen=True)
class Step:
    """One thing the pipeline makes.

    Attributes:
        key: name of the asset; a table's name, or `staging`/`accepted` with the source's.
        reads: keys of the steps whose results it uses.
        definition: hash of the declarations, code and raw files that decide the result.
        outputs: files that exist when the step was done.
    """

    key: Key
    stage: str
    reads: tuple[Key, ...]
    definition: str
    outputs: tuple[Path, ...]


def _ignore(step: Step) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Pipeline:
    """A programme, the data folder it works on, the day as of which it is told, and who watches."""

    programme: Programme
    folders: DataFolder
    as_of: date
    on_done: Callable[[Step], None] = _ignore

    @cached_property
    def report_period(self) -> str:
        """The last quarter that had ended: the one that the pages are about."""
        calendar = self.programme.settings.calendar
        ended = [each for each in quarters(calendar.first_quarter, calendar.last_quarter) if each.end <= self.as_of]
        return ended[-1].code if ended else calendar.first_quarter

    @cached_property
    def steps(self) -> dict[Key, Step]:
        """Every step by its key, each after the steps it reads; raw files are hashed here, once."""
        return {step.key: step for step in in_order({step.key: step for step in self._steps()})}

    @cached_property
    def pages(self) -> tuple[Path, ...]:
        """Where the draft pages of the report period lie, one per donor and language."""
        return tuple(
            self.folders.preview / self.report_period / donor.donor_code / f"page.{language}.html"
            for donor in self.programme.donors.values()
            if "page" in donor.products
            for language in donor.languages or self.programme.settings.languages
        )

    def _steps(self) -> Iterator[Step]:
        yield from self._source_steps()
        yield from self._table_steps()
        tables = [
            *FINDINGS,
            *DECLARED,
            *(table for table, contract in self.programme.marts.items() if not contract.restricted),
            "indicator_values",
            "indicator_scores",
            "toc_node_scores",
            "toc_link_verdicts",
            TABLE,
        ]
        yield Step(DATABASE, "assembly", tuple((table,) for table in tables), self._hash(), (self.folders.database,))
        judged = (*(("accepted", name) for name in self.programme.sources), ("indicator_scores",))
        review = (self.folders.restricted / "review.xlsx",)
        logs = self._decision_files()
        yield Step(REVIEW, "publications", judged, self._hash(self.as_of, logs), review)
        yield Step(PAGES, "publications", (DATABASE,), self._hash(self.as_of), self.pages)

    def _source_steps(self) -> Iterator[Step]:
        programme, folders = self.programme, self.folders
        logs = read_logs(folders)
        for name, source in programme.sources.items():
            folder = programme.directory / "sources" / name
            raw = [
                (path.relative_to(folders.raw).as_posix(), file_hash(path), file_hash(meta_of(path)))
                for path in matching_files(source, folders.raw)
            ]
            read_as = definition_hash(programme.settings, source, folder, folders)
            yield Step(
                ("staging", name),
                "intake",
                (),
                digest(raw, read_as),
                (staging_folder(folders, name) / MANIFEST,),
            )
            needed = dependencies(source, programme.rules.get(name, []))
            yield Step(
                ("accepted", name),
                "quality",
                (("staging", name), *((each,) if each in DECLARED else ("accepted", each) for each in needed)),
                digest(
                    code_version(),
                    source.model_dump_json(),
                    [r.model_dump_json() for r in programme.rules.get(name, [])],
                    self._decided(source, logs),
                ),
                (folders.accepted_rows(name), *(folders.findings(name, table) for table in FINDINGS)),
            )

    def _decided(self, source: Source, logs: list[ReadLog]) -> list[tuple[object, ...]]:
        """What people decided about the rows of a source, and how its missing answers are coded."""
        decisions = decisions_for(source, self.programme.sources, logs)
        codes = sorted(self.programme.settings.missing_codes.items()) if decisions else []
        return [*(astuple(decision) for decision in decisions), *codes]

    def _decision_files(self) -> list[tuple[str, str | None, str | None]]:
        files = correction_files(self.folders)
        return [
            (path.relative_to(self.folders.raw).as_posix(), file_hash(path), file_hash(meta_of(path))) for path in files
        ]

    def _table_steps(self) -> Iterator[Step]:
        programme = self.programme
        accepted = tuple(("accepted", name) for name in programme.sources)
        for table in FINDINGS:
            logs = self._decision_files() if table == CORRECTIONS else []
            yield self._table(table, "quality", accepted, digest(code_version(), logs))
        said = [donor.model_dump_json() for donor in programme.donors.values()]
        donors = digest(code_version(), said, programme.settings.languages)
        for table in DECLARED:
            # Rules may read grants: only a change of donors has to renew what they judged.
            yield self._table(table, "marts", (), donors if table in OF_DONORS else self._hash(self.as_of))
        for table, contract in programme.marts.items():
            inputs = inputs_of(programme.mart_sql[table])
            reads = (*(("accepted", each) for each in inputs.sources), *((each,) for each in inputs.tables))
            definition = digest(code_version(), programme.mart_sql[table], contract.model_dump_json())
            yield Step((table,), "marts", reads, definition, (place_of(contract, self.folders),))
        read_by_measures = tuple((table,) for table in tables_read(programme))
        yield self._table("indicator_values", "indicators", read_by_measures, self._hash())
        scopes = tuple((f"dim_{scope}",) for scope in programme.settings.scopes)
        scored = (("indicator_values",), ("quality_results",), *scopes, *self._blocked_in_parts())
        yield self._table("indicator_scores", "scoring", scored, self._hash(self.as_of))
        yield self._table("toc_node_scores", "scoring", (("indicator_scores",),), self._hash(self.as_of))
        judged = (*scored, ("indicator_scores",), ("toc_node_scores",))
        yield self._table("toc_link_verdicts", "scoring", judged, self._hash(self.as_of))
        looked_at = ((table,) for table in (*ALWAYS_READ, *marts_read(programme)))
        told = (("accepted", source) for source in sources_read(programme))
        yield self._table(TABLE, "scoring", (*looked_at, *told), self._hash(self.as_of))

    def _blocked_in_parts(self) -> tuple[Key, ...]:
        """What tells which parts of the programme a rule blocks: its findings, and the rows they are about."""
        judged = [name for name, rules in self.programme.rules.items() if any(rule.within for rule in rules)]
        return (("warnings",), *(("accepted", name) for name in judged)) if judged else ()

    def _table(self, name: str, stage: str, reads: tuple[Key, ...], definition: str) -> Step:
        return Step((name,), stage, reads, definition, (self.folders.table(name),))

    def _hash(self, *parts: object) -> str:
        """Hash of the code, of every declared file of the programme, and of further parts."""
        return digest(code_version(), programme_hash(self.programme.directory), *parts)


def resolve_as_of(option: date | None, programme: Programme, folders: DataFolder) -> date:
    """The day as of which everything is told: the option, else the programme's, else the latest file received.

    Raises:
        UnknownDayError: none of the three says a day.
    """
    if option or programme.settings.as_of:
        return option or programme.settings.as_of  # type: ignore[return-value]
    received = [
        file.received_on
        for source in programme.sources.values()
        for path in matching_files(source, folders.raw)
        if (file := identify(path, folders.raw)).received_on
    ]
    if not received:
        raise UnknownDayError(
            "The day as of which to report is not known: found none in programme.yml (as_of) nor in any "
            "<file>.meta.yml (received_on). Say it with --as-of 2025-01-31, or write as_of into programme.yml."
        )
    return max(received)


class UnknownDayError(Exception):
    """Nothing says as of which day to report; the message says what to do."""


def in_order(steps: dict[Key, Step]) -> Iterator[Step]:
    """Steps so that each comes after those it reads; declarations that go in circles are a fault found earlier."""
    done: set[Key] = set()

    def visit(step: Step) -> Iterator[Step]:
        if step.key in done:
            return
        done.add(step.key)
        for key in step.reads:
            yield from visit(steps[key])
        yield step

    for step in steps.values():
        yield from visit(step)


def meta_of(raw_file: Path) -> Path:
    """The file that says who sent a raw file, and when."""
    return raw_file.with_name(raw_file.name + META_SUFFIX)


def file_hash(path: Path) -> str | None:
    """SHA-256 of a file's content; None where there is no such file."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(*parts: object) -> str:
    """Hash of values that print the same whenever they are the same."""
    return hashlib.sha256(json.dumps(parts, default=str, ensure_ascii=False).encode()).hexdigest()


def folder_hash(files: Iterable[Path], root: Path) -> str:
    """Hash of files by their path below a root and their content."""
    return digest([(path.relative_to(root).as_posix(), file_hash(path)) for path in sorted(files)])


@cache
def code_version() -> str:
    """Hash of the library itself: another version of the code makes every result out of date."""
    root = Path(__file__).parent
    return folder_hash((path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"), root)


def programme_hash(directory: Path) -> str:
    """Hash of every declared file of a programme."""
    return folder_hash(
        (path for path in directory.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))), directory
    )
