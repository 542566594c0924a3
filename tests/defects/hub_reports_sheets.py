"""Defects of the other sheets: requests, support, changes and advocacy."""

from datetime import date

import pandas as pd

from mel_example.raw_files.report_sheets import ADVOCACY, CHANGES, HELP_DESK, SUPPORT
from tests.defects.declared import Defect, Files
from tests.defects.hub_report_files import add, all_of, city, path_of, put, report
from tests.defects.hub_reports_activities import defect, set_aside
from tests.defects.seen import Seen


def _counts_without_a_city(seen: Seen, path: str) -> None:
    (kept,) = seen.accepted("hub_changes", path).to_dict("records")
    assert pd.isna(kept["city_code"])
    assert kept["city_raw"] == "Kenya (5 counties)"
    (found,) = seen.findings("warnings", "HR18", path).to_dict("records")
    assert (found["field"], found["source_row"], found["is_restricted"]) == ("city_raw", 2, True)
    assert found["reason"].startswith("The city is not in the register, or could be several")


def _value_without_currency(seen: Seen, path: str) -> None:
    first, second, third = seen.accepted("hub_support", path).to_dict("records")
    for row in (first, second):
        assert pd.isna(row["support_value"])
        assert row["support_value_missing_reason"] == "quarantined"
    assert (third["support_value"], third["currency"]) == (7000, "EUR")
    found = seen.findings("quarantine", "HR26", path)
    assert found[["level", "field", "value"]].values.tolist() == [
        ["answer", "support_value", "4000.0"],
        ["answer", "support_value", "5000.0"],
    ]
    assert set(found["reason"]) == {"The value has no currency, or one that is not a code of three letters"}


def _answered_too_early(seen: Seen, path: str) -> None:
    reason = "The request was answered before it was received"
    set_aside(seen, "HR28", path, source_row=2, field="answered_on", value="2025-10-02", reason=reason)


def _no_outcome(seen: Seen, path: str) -> None:
    found = seen.findings("quarantine", "HR30", path)
    assert found[["source_row", "field", "value"]].values.tolist() == [
        [2, "change_ref", "CH-SAS-26Q1-01"],
        [3, "change_ref", "CH-SAS-26Q1-02"],
    ]
    assert set(found["reason"]) == {"The change has no city, no date or nobody who acted: it is not an outcome"}
    assert seen.accepted("hub_changes", path)["change_ref"].tolist() == ["CH-SAS-26Q1-03"]


def _stages(seen: Seen) -> None:
    later = path_of("SAS", "2026Q3")
    found = seen.findings("warnings", "HR31", later)
    assert found[["source_row", "field", "value"]].values.tolist() == [[2, "stage", "5"], [3, "stage", "2"]]
    assert found["reason"][0].startswith("The stage falls, or jumps by more than two")
    assert seen.accepted("hub_changes", later)["stage"].tolist() == [5, 2]
    facts = seen.table("fct_change", hub_code="SAS", period="2026Q3").sort_values("change_ref")
    assert facts[["stage_before", "stage", "is_regress"]].values.tolist() == [[1, 5, False], [4, 2, True]]


def _history(later: tuple[int, int]) -> Files:
    first, second = {"change_ref": "CH-SAS-A"}, {"change_ref": "CH-SAS-B"}
    return {
        path_of("SAS", period): report(
            "SAS",
            period,
            put(CHANGES, stage=stages[0], **first),
            add(CHANGES, stage=stages[1], city_code=city("SAS", period, 1)["name_en"], **second),
        )
        for period, stages in (("2026Q2", (1, 4)), ("2026Q3", later))
    }


def _status_decides(seen: Seen, path: str) -> None:
    (kept,) = seen.accepted("hub_advocacy", path).to_dict("records")
    assert (kept["adoption_status"], kept["is_adopted"]) == ("draft", False)
    (found,) = seen.findings("repairs", "HR35", path).to_dict("records")
    assert (found["field"], found["before"], found["after"]) == ("is_adopted", "true", "false")


SHEETS: tuple[Defect, ...] = (
    defect("HR18", "SAS", "2024Q1", put(CHANGES, city_code="Kenya (5 counties)"), _counts_without_a_city),
    defect(
        "HR26",
        "SAS",
        "2025Q3",
        all_of(put(SUPPORT, currency=None), put(SUPPORT, 1, currency="€ or $")),
        _value_without_currency,
        add(SUPPORT, support_ref="SU-SAS-25Q3-02", support_value=5000),
        add(SUPPORT, support_ref="SU-SAS-25Q3-03", support_value=7000),
    ),
    defect("HR28", "SAS", "2025Q4", put(HELP_DESK, answered_on=date(2025, 10, 2)), _answered_too_early),
    defect(
        "HR30",
        "SAS",
        "2026Q1",
        all_of(put(CHANGES, city_code=None), put(CHANGES, 1, actor=None)),
        _no_outcome,
        add(CHANGES, change_ref="CH-SAS-26Q1-02", category="youth engagement"),
        add(CHANGES, change_ref="CH-SAS-26Q1-03", category="national-local dialogue"),
    ),
    Defect("HR31", broken=_history((5, 2)), clean=_history((3, 4)), check=_stages),
    defect(
        "HR35",
        "WB",
        "2024Q1",
        put(ADVOCACY, is_adopted="yes"),
        _status_decides,
        put(ADVOCACY, adoption_status="draft", is_adopted="no"),
    ),
)
