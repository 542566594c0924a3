"""What starts by itself: only what depends on a change of content, and nothing before it was switched on."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from assets.definitions import build_definitions
from mel_pipeline.declarations import load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.freshness import mark_done
from mel_pipeline.pipeline import Pipeline, resolve_as_of

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = ROOT / "programme"
EXAMPLE = ROOT / "data" / "raw"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose record says that every step was done; the outputs are there but empty."""
    shutil.copytree(EXAMPLE, tmp_path / "raw")
    programme, folders = load_programme(PROGRAMME), DataFolder(tmp_path)
    pipeline = Pipeline(programme, folders, resolve_as_of(None, programme, folders))
    for step in pipeline.steps.values():
        for output in step.outputs:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.touch()
        mark_done(pipeline, step.key)
    return tmp_path


def asked_by_sensor(data: Path) -> set[str] | str:
    (sensor,) = build_definitions(PROGRAMME, data).sensors or []
    return asked(sensor(dg.build_sensor_context()))


def asked_by_schedule(data: Path) -> set[str] | str:
    (schedule,) = build_definitions(PROGRAMME, data).schedules or []
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2025, 4, 1, 6, tzinfo=UTC))
    return asked(schedule(context))


def asked(answer: object) -> set[str] | str:
    """Names of the assets that were requested, or why none was."""
    if isinstance(answer, dg.SkipReason):
        return str(answer.skip_message)
    requests = answer.run_requests if isinstance(answer, dg.SensorResult) else [answer]
    (request,) = requests or []
    assert isinstance(request, dg.RunRequest)
    return {"/".join(key.path) for key in request.asset_selection or []}


def a_list(data: Path) -> Path:
    return min(path for path in (data / "raw" / "attendance").rglob("*.csv"))


@pytest.mark.parametrize("ask", [asked_by_sensor, asked_by_schedule])
class TestOnlyWhatDependsOnTheChange:
    def test_nothing_changed_asks_for_nothing(self, data: Path, ask: Callable[[Path], set[str] | str]) -> None:
        assert ask(data) == "Nothing is out of date."

    def test_a_touched_file_asks_for_nothing(self, data: Path, ask: Callable[[Path], set[str] | str]) -> None:
        os.utime(a_list(data), (1, 1))
        assert ask(data) == "Nothing is out of date."

    @pytest.mark.parametrize("change", ["other content", "deleted", "new file"])
    def test_a_change_asks_for_its_source_and_what_reads_it(
        self, data: Path, ask: Callable[[Path], set[str] | str], change: str
    ) -> None:
        file = a_list(data)
        if change == "other content":
            file.write_text(file.read_text(encoding="utf-8-sig") + "\n", encoding="utf-8")
        elif change == "deleted":
            file.unlink()
        else:
            shutil.copy(file, file.with_name("EV-2024-001_s9.csv"))
        found = ask(data)
        assert isinstance(found, set)
        assert {"staging/event_attendance", "accepted/event_attendance", "fct_attendance", "mel"} <= found
        untouched = {"staging/member_annual", "accepted/member_annual", "accepted/events", "fct_event", "dim_target"}
        assert not (found & untouched - {"fct_event"})
        assert not any(name.startswith("staging/") and name != "staging/event_attendance" for name in found)


def test_the_sensor_does_not_ask_twice_for_the_same_change(data: Path) -> None:
    a_list(data).unlink()
    (sensor,) = build_definitions(PROGRAMME, data).sensors or []
    first = sensor(dg.build_sensor_context())
    assert isinstance(first, dg.SensorResult)
    again = sensor(dg.build_sensor_context(cursor=first.cursor))
    assert isinstance(again, dg.SkipReason)


def test_sensor_and_schedule_are_off_until_switched_on(data: Path) -> None:
    definitions = build_definitions(PROGRAMME, data)
    (sensor,), (schedule,) = definitions.sensors or [], definitions.schedules or []
    assert isinstance(sensor, dg.SensorDefinition)
    assert sensor.default_status == dg.DefaultSensorStatus.STOPPED
    assert isinstance(schedule, dg.ScheduleDefinition)
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert schedule.cron_schedule == "0 6 1 1,4,7,10 *"
