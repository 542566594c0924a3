"""Which steps are out of date, and the record of what was done.

A step's fingerprint is a hash of its definition and of the fingerprints of all it reads, so that one
comparison answers for everything behind it. The record lies in the data folder: deleting it costs one run.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staged import write_whole
from mel_pipeline.pipeline import Key, Pipeline, Step, digest


def record_path(folders: DataFolder) -> Path:
    """Where the fingerprints of finished steps are kept."""
    return folders.build / "fingerprints.json"


def read_record(folders: DataFolder) -> dict[str, str]:
    """Fingerprint of each finished step by its name; empty before the first run."""
    path = record_path(folders)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def fingerprints(pipeline: Pipeline) -> dict[Key, str]:
    """What each step's fingerprint would be if everything were done now."""
    found: dict[Key, str] = {}
    for step in pipeline.steps.values():
        found[step.key] = digest(step.definition, [found[key] for key in step.reads])
    return found


def out_of_date(pipeline: Pipeline) -> list[Step]:
    """Steps to do, in order: never done, done from other inputs, or their result is gone."""
    record, wanted = read_record(pipeline.folders), fingerprints(pipeline)
    return [step for step in pipeline.steps.values() if not _is_current(step, record, wanted)]


def _is_current(step: Step, record: Mapping[str, str], wanted: Mapping[Key, str]) -> bool:
    return record.get(name_of(step.key)) == wanted[step.key] and all(path.exists() for path in step.outputs)


def name_of(key: Key) -> str:
    """A step's key as one word."""
    return "/".join(key)


def mark_done(pipeline: Pipeline, key: Key) -> str:
    """Write down that a step was done from the inputs that are there now, and return its fingerprint.

    The fingerprint rests on what was recorded for the steps it read: one that read an old result stays
    out of date.
    """
    record = read_record(pipeline.folders)
    step = next(step for step in pipeline.steps.values() if step.key == key)
    fingerprint = digest(step.definition, [record.get(name_of(read)) for read in step.reads])
    record[name_of(key)] = fingerprint
    write_whole(record_path(pipeline.folders), json.dumps(record, indent=1, sort_keys=True) + "\n")
    return fingerprint
