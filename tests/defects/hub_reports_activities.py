"""Defects of single activities: told again, outside of the quarter, not yet done, and sums that do not add up."""

from datetime import date
from typing import Any

import pandas as pd

from mel_example.raw_files.report_sheets import ACTIVITIES
from mel_example.raw_files.sheets import HubReportBook
from tests.defects.declared import Defect
from tests.defects.hub_report_files import BookChange, add, all_of, events_of, path_of, put, report
from tests.defects.seen import Seen

SOURCE = "hub_activities"


def defect(id_: str, hub: str, period: str, wrong: BookChange, check: Any, *both: BookChange) -> Defect:
    """A case of one report; changes of `both` stand in the clean twin, too."""
    path = path_of(hub, period)
    return Defect(
        id_,
        broken={path: report(hub, period, *both, wrong)},
        clean={path: report(hub, period, *both)},
        check=lambda seen: check(seen, path),
    )


def another(hub: str, period: str, **cells: Any) -> BookChange:
    """A second activity of the report, of another event."""
    ref = f"{hub}-{period[2:]}-02"
    return add(ACTIVITIES, **{"activity_ref": ref, "event_code": events_of(hub)[1], "title": "Training"} | cells)


def set_aside(seen: Seen, rule_id: str, path: str, **expected: Any) -> None:
    """One row is set aside under the rule with these values, and only that row is missing among the accepted ones."""
    (found,) = seen.findings("quarantine", rule_id, path).to_dict("records")
    assert {name: found[name] for name in expected} == expected
    assert found["source_row"] not in seen.accepted(found["source"], path)["_source_row"].tolist()
    account = seen.file(path, found["source"])
    assert (account["n_quarantined"], account["n_rows"]) == (1, account["n_accepted"] + 1)


def warned(seen: Seen, rule_id: str, path: str, **expected: Any) -> None:
    """One row is warned of under the rule with these values, and accepted."""
    (found,) = seen.findings("warnings", rule_id, path).to_dict("records")
    assert {name: found[name] for name in expected} == expected
    assert found["source_row"] in seen.accepted(found["source"], path)["_source_row"].tolist()


def _told_again(seen: Seen, path: str) -> None:
    set_aside(
        seen,
        "HR07",
        path,
        source_row=3,
        field="activity_ref",
        value="ESA-24Q3-01",
        reason="The activity was already reported in an earlier quarter",
    )
    assert seen.accepted(SOURCE, path)["activity_ref"].tolist() == ["ESA-24Q4-01"]
    assert seen.accepted(SOURCE, path_of("ESA", "2024Q3"))["activity_ref"].tolist() == ["ESA-24Q3-01"]


def _counts_in_its_own_quarter(seen: Seen, path: str) -> None:
    reason = "The activity is not of the quarter of the report; it counts in its own quarter"
    warned(seen, "HR08", path, field="start_on", value="2024-12-30", reason=reason)
    (kept,) = seen.accepted(SOURCE, path).to_dict("records")
    assert (str(kept["start_on"])[:10], kept["period"]) == ("2024-12-30", "2025Q1")


def _was_planned(seen: Seen, path: str) -> None:
    reason = "The activity ends after the report was sent: it was planned, not done"
    set_aside(seen, "HR09", path, source_row=2, reason=reason)
    assert seen.accepted(SOURCE, path).empty


def _sums(seen: Seen, path: str) -> None:
    reason = "Women, men and others together are more than the total"
    set_aside(seen, "HR10", path, source_row=2, field="participants_total", value="37", reason=reason)
    (kept,) = seen.accepted(SOURCE, path).to_dict("records")
    assert (kept["participants_total"], kept["women"], kept["men"], kept["other_unknown"]) == (37, 12, 23, 2)
    (gap,) = seen.findings("repairs", "HR10-GAP", path).to_dict("records")
    assert (gap["field"], gap["before"], gap["after"]) == ("other_unknown", "0", "2")
    warned(seen, "HR10-GAP", path, source_row=3)


def _too_many_young(seen: Seen, path: str) -> None:
    set_aside(seen, "HR11", path, source_row=2, reason="There are more young people than participants")


def _lower_bounds(seen: Seen, path: str) -> None:
    first, second = seen.accepted(SOURCE, path).to_dict("records")
    assert (first["participants_total"], first["participants_total_is_estimate"]) == (40, True)
    assert (second["women"], second["women_is_estimate"], second["participants_total_is_estimate"]) == (12, True, False)
    found = seen.findings("warnings", "HR12", path)
    assert found[["source_row", "field", "value"]].values.tolist() == [
        [2, "participants_total_is_estimate", "true"],
        [3, "women_is_estimate", "true"],
    ]
    assert set(found["reason"]) == {"The number is an estimate; it counts as a lower bound"}


def _cities_are_split(seen: Seen, path: str) -> None:
    (kept,) = seen.accepted(SOURCE, path).to_dict("records")
    assert list(kept["cities"]) == ["Karak", "Irbid", "Zarqa", "Amman"]
    (split,) = seen.findings("repairs", "HR17", path).to_dict("records")
    assert (split["field"], split["before"]) == ("cities", "Karak، Irbid; Zarqa\nAmman")


def _unknown_event(seen: Seen, path: str) -> None:
    reason = "The event of the activity is not in the register of events"
    set_aside(seen, "HR19", path, source_row=2, field="event_code", value="EV-2030-001", reason=reason)


def _days_are_merged(seen: Seen, path: str) -> None:
    (kept,) = seen.accepted(SOURCE, path).to_dict("records")
    assert (kept["_source_row"], kept["participants_total"]) == (2, 32)
    (dropped,) = seen.findings("repairs", "HR21", path).to_dict("records")
    assert dropped["source_row"] == 3
    assert seen.file(path, SOURCE)["n_dropped"] == 1


def _codes_of_words(seen: Seen, path: str) -> None:
    first, second = seen.accepted(SOURCE, path).to_dict("records")
    assert (first["mode"], list(first["priority"]), first["modality"]) == ("online", ["SP2", "SP4"], "M2")
    repaired = seen.findings("repairs", "HR22", path)
    assert repaired[["field", "before", "after"]].sort_values("field").values.tolist() == [
        ["modality", "formation", "M2"],
        ["mode", "webinaire", "online"],
        ["priority", "SP 2; SP 4", "SP2;SP4"],
    ]
    # What is no word of any list is set aside, and only that answer.
    assert pd.isna(second["mode"])
    assert second["mode_missing_reason"] == "quarantined"
    (aside,) = seen.findings("quarantine", "HR22", path).to_dict("records")
    assert (aside["level"], aside["field"], aside["source_row"]) == ("answer", "mode", 3)
    assert aside["reason"] == "The words are none of those that the column knows"


def _grant_had_ended(seen: Seen, path: str) -> None:
    reason = "A grant is not known or does not cover the days of the activity; the donor's view leaves the activity out"
    warned(seen, "HR24", path, field="grant_codes", value="[US-DHS-2023]", reason=reason)
    _no_grant_gets_the_event(seen, "US-DHS-2023")


def _other_hub_pays(seen: Seen, path: str) -> None:
    reason = "The activity lies outside the scope of a grant that it names; the donor's view leaves it out"
    warned(seen, "HR25", path, field="grant_codes", value="[DK-2024]", reason=reason)
    _no_grant_gets_the_event(seen, "DK-2024")


def of_2025(book: HubReportBook) -> None:
    """The activity is an event of 2025, after the grant for North America had ended."""
    put(ACTIVITIES, event_code="EV-2025-013")(book)


def _no_grant_gets_the_event(seen: Seen, grant: str) -> None:
    assert seen.table("bridge_event_grant", grant_code=grant).empty


ACTIVITY_ROWS: tuple[Defect, ...] = (
    Defect(
        "HR07",
        broken={
            path_of("ESA", "2024Q3"): report("ESA", "2024Q3"),
            path_of("ESA", "2024Q4"): report("ESA", "2024Q4", another("ESA", "2024Q4", activity_ref="ESA-24Q3-01")),
        },
        clean={
            path_of("ESA", "2024Q3"): report("ESA", "2024Q3"),
            path_of("ESA", "2024Q4"): report("ESA", "2024Q4", another("ESA", "2024Q4")),
        },
        check=lambda seen: _told_again(seen, path_of("ESA", "2024Q4")),
    ),
    defect("HR08", "ESA", "2025Q1", put(ACTIVITIES, start_on=date(2024, 12, 30)), _counts_in_its_own_quarter),
    defect("HR09", "ESA", "2025Q2", put(ACTIVITIES, end_on=date(2025, 8, 4)), _was_planned),
    defect(
        "HR10",
        "ESA",
        "2025Q3",
        all_of(put(ACTIVITIES, women=16), put(ACTIVITIES, row=1, other_unknown=0)),
        _sums,
        put(ACTIVITIES, participants_total=37, women=12, men=23, other_unknown=2),
        another("ESA", "2025Q3"),
    ),
    defect("HR11", "ESA", "2025Q4", put(ACTIVITIES, youth_29=60), _too_many_young),
    defect(
        "HR12",
        "ESA",
        "2026Q1",
        all_of(put(ACTIVITIES, participants_total="~40"), put(ACTIVITIES, row=1, women="12+")),
        _lower_bounds,
        another("ESA", "2026Q1"),
    ),
    defect("HR17", "ESA", "2026Q3", put(ACTIVITIES, cities="Karak، Irbid; Zarqa\nAmman"), _cities_are_split),
    defect("HR19", "SAS", "2024Q2", put(ACTIVITIES, event_code="EV-2030-001"), _unknown_event),
    defect("HR21", "SAS", "2024Q3", add(ACTIVITIES, activity_ref="SAS-24Q3-01b"), _days_are_merged),
    defect(
        "HR22",
        "SAS",
        "2024Q4",
        all_of(
            put(ACTIVITIES, mode="webinaire", priorities="SP 2; SP 4", modality="formation"),
            put(ACTIVITIES, row=1, mode="by pigeon"),
        ),
        _codes_of_words,
        another("SAS", "2024Q4"),
    ),
    defect("HR24", "NAM", "2025Q3", put(ACTIVITIES, grant_codes="US-DHS-2023"), _grant_had_ended, of_2025),
    defect("HR25", "NAM", "2025Q4", put(ACTIVITIES, grant_codes="DK-2024"), _other_hub_pays, of_2025),
)
