"""Defects of lists that contradict what a hub counted: AT39."""

from mel_example.raw_files.report_sheets import ACTIVITIES
from tests.defects.attendance_files import Stay, zoom
from tests.defects.declared import Content, Defect
from tests.defects.hub_report_files import path_of, put, report
from tests.defects.seen import Seen

WB, SEA = path_of("WB", "2024Q2"), path_of("SEA", "2024Q3")
WB_LIST, SEA_LIST = "attendance/at39/EV-2024-009_s1_zoom.csv", "attendance/at39/EV-2024-011_s1_zoom.csv"
SHEETS = ("activities", "advocacy", "changes", "helpdesk", "narratives", "needs", "reports", "resources", "self_totals")
REPORTS = tuple(f"hub_{sheet}" for sheet in (*SHEETS, "support"))
RUN = (
    *(f"{stage}/{source}" for source in ("event_attendance", *REPORTS) for stage in ("staging", "accepted")),
    *("dim_person", "fct_attendance", "fct_event", "fct_hub_report", "fct_member_quarter", "fct_training_completion"),
    *("quality_results", "quarantine", "repairs", "source_files", "warnings"),
    *("indicator_values", "indicator_scores"),
)


def _counted(hub: str, period: str, event_code: str, total: int) -> Content:
    """A report whose one activity had so many participants, all of them women."""
    people = {"participants_total": total, "women": total, "men": 0, "other_unknown": 0, "youth_29": 0}
    return report(hub, period, put(ACTIVITIES, event_code=event_code, **people))


def _reports(wb: int, sea: int) -> dict[str, Content]:
    return {WB: _counted("WB", "2024Q2", "EV-2024-009", wb), SEA: _counted("SEA", "2024Q3", "EV-2024-011", sea)}


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
    assert "differ by more than half" in seen.failed("AT39-BLOCK", SEA)["reason"][0]
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
        {**_reports(14, 24), **LISTS},
        {**_reports(10, 10), **LISTS},
        _both_counts_are_told,
        "a hub's own count",
        RUN,
    ),
)
