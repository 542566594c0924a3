"""Defects of lists that contradict what a hub counted: AT39."""

from collections.abc import Callable
from pathlib import Path

from mel_example.raw_files.sheets import RawFile
from tests.defects.attendance_files import Stay, zoom
from tests.defects.declared import Defect
from tests.defects.example_files import from_example, sheet_of
from tests.defects.seen import Seen

WB, SEA = "hub_reports/2024Q2/WB_2024Q2.xlsx", "hub_reports/2024Q3/SEA_2024Q3.xlsx"
WB_LIST, SEA_LIST = "attendance/at39/EV-2024-009_s1_zoom.csv", "attendance/at39/EV-2024-011_s1_zoom.csv"
SHEETS = ("activities", "advocacy", "changes", "helpdesk", "narratives", "needs", "reports", "resources", "self_totals")
REPORTS = tuple(f"hub_{sheet}" for sheet in (*SHEETS, "support"))
TABLES = (
    "dim_person",
    "fct_attendance",
    "fct_event",
    "fct_hub_report",
    "fct_member_quarter",
    "fct_training_completion",
)
FINDINGS = ("quality_results", "quarantine", "repairs", "source_files", "warnings")
RUN = (
    *(f"{stage}/{source}" for source in ("event_attendance", *REPORTS) for stage in ("staging", "accepted")),
    *TABLES,
    *FINDINGS,
    "indicator_values",
    "indicator_scores",
)


def _counting(path: str, total: int) -> Callable[[Path], None]:
    """A report whose one activity had so many participants, all of them women."""

    def change(file: RawFile) -> None:
        (activity,) = sheet_of(file, "hub_activities").rows
        activity.cells |= {"participants_total": total, "women": total, "men": 0, "other_unknown": 0, "youth_29": 0}
        sheet_of(file, "hub_self_totals").rows.clear()

    return from_example(path, change)


def _ten(case: str, day: str) -> str:
    return zoom(
        *(Stay(f"Person {at} - Tuzla", f"{case}.{at}@example.org", f"{day} 10:00", f"{day} 11:30") for at in range(10))
    )


LISTS = {WB_LIST: _ten("at39.a", "2024-05-29"), SEA_LIST: _ten("at39.b", "2024-07-14")}


def _both_counts_are_told(seen: Seen) -> None:
    """Ten of 14 people warn; ten of 24 also take the status from what was recounted for this hub since then.

    The numbers of the whole programme rest on many events, and keep their status.
    """
    for path, total, rules in ((WB, 14, ["AT39"]), (SEA, 24, ["AT39", "AT39-BLOCK"])):
        assert seen.accepted("hub_activities", path)["participants_total"].tolist() == [total]
        warnings = seen.table("warnings", source_file=path).sort_values("rule_id")
        assert warnings["rule_id"].tolist() == rules
        assert set(warnings["value"]) == {str(total)}
        assert "more than a tenth more or fewer than the hub counted" in warnings["reason"].iloc[0]
    assert len(seen.table("fct_attendance", event_code="EV-2024-009")) == 10
    assert "differ by more than half" in seen.output
    assert seen.exit_code == 1
    blocked = seen.table("indicator_scores", status_reason="blocked")
    assert set(blocked["status"]) == {"not_assessable"}
    assert set(zip(blocked["scope_type"], blocked["scope_code"], strict=True)) == {("hub", "SEA")}
    assert {("OUT-01", "2024Q3-ytd"), ("OUT-01", "2024Q4-ytd")} <= set(
        zip(blocked["indicator_code"], blocked["period"], strict=True)
    )
    assert not set(blocked["period"]) & {"2024Q2-ytd", "2025Q1-ytd"}


COUNTS = (
    Defect(
        "AT39",
        {WB: _counting(WB, 14), SEA: _counting(SEA, 24), **LISTS},
        {WB: _counting(WB, 10), SEA: _counting(SEA, 10), **LISTS},
        _both_counts_are_told,
        "a hub's own count",
        RUN,
    ),
)
