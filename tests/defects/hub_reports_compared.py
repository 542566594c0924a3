"""Defects that only comparing tells: between two hubs, two quarters, the rows of one hub, and its own totals."""

from mel_example.raw_files.report_sheets import ACTIVITIES, CHANGES, HELP_DESK, SELF_TOTALS
from tests.defects.declared import Defect, Files
from tests.defects.hub_report_files import BookChange, add, all_of, city, events_of, path_of, put, report
from tests.defects.hub_reports_activities import another, defect
from tests.defects.seen import Seen

TOGETHER_Q1, TOGETHER_Q2 = path_of("SEA", "2024Q1"), path_of("SEA", "2024Q2")
FORUM = "Forum of mayors on prevention"
OPEN, NEXT = path_of("NAM", "2025Q1"), path_of("NAM", "2025Q2")
TOLD, RETOLD = path_of("NAM", "2026Q2"), path_of("NAM", "2026Q3")


def _two_hubs(event: str, title: str) -> Files:
    return {
        path_of("NAM", "2024Q1"): report("NAM", "2024Q1"),
        TOGETHER_Q1: report("SEA", "2024Q1", put(ACTIVITIES, event_code=event)),
        path_of("NAM", "2024Q2"): report("NAM", "2024Q2", put(ACTIVITIES, title=FORUM, country_code="Mexico")),
        TOGETHER_Q2: report("SEA", "2024Q2", put(ACTIVITIES, title=title, country_code="Mexico")),
    }


def _one_event(seen: Seen) -> None:
    event = events_of("NAM")[0]
    assert seen.accepted("hub_activities", TOGETHER_Q1).empty
    (host,) = seen.accepted("hub_activities", path_of("NAM", "2024Q1")).to_dict("records")
    assert (host["event_code"], host["hub_code"]) == (event, "NAM")
    (dropped,) = seen.findings("repairs", "HR20", TOGETHER_Q1).to_dict("records")
    assert (dropped["source_sheet"], dropped["source_row"]) == ("Activities", 2)
    assert seen.file(TOGETHER_Q1, "hub_activities")["n_dropped"] == 1
    # Nearly the same under another code: a person decides.
    (similar,) = seen.findings("quarantine", "HR20-SIMILAR", TOGETHER_Q2).to_dict("records")
    assert (similar["source_row"], similar["field"], similar["value"]) == (2, "event_code", events_of("SEA")[0])
    assert similar["reason"].endswith("Decide whether it is one event")
    assert seen.accepted("hub_activities", TOGETHER_Q2).empty
    assert len(seen.accepted("hub_activities", path_of("NAM", "2024Q2"))) == 1


def _ticked_everywhere(seen: Seen, path: str) -> None:
    assert [list(each) for each in seen.accepted("hub_activities", path)["priority"]] == [
        ["SP1", "SP2", "SP3", "SP4", "SP5"],
        ["SP1", "SP2", "SP3", "SP4"],
    ]
    found = seen.findings("warnings", "HR23", path)
    assert found[["source_row", "field", "value"]].values.tolist() == [
        [2, "priority", "[SP1, SP2, SP3, SP4, SP5]"],
        [3, "priority", "[SP1, SP2, SP3, SP4]"],
    ]
    assert found["reason"][0].startswith("Every activity of the report names more than three priorities")


def _open_request(*later: BookChange) -> Files:
    return {
        OPEN: report("NAM", "2025Q1", put(HELP_DESK, answered_on=None, result="open")),
        NEXT: report("NAM", "2025Q2", *later),
    }


def _vanished(seen: Seen) -> None:
    (kept,) = seen.accepted("hub_helpdesk", OPEN).to_dict("records")
    assert (kept["request_ref"], kept["result"]) == ("HD-NAM-25Q1-01", "open")
    (found,) = seen.findings("warnings", "HR29", OPEN).to_dict("records")
    assert (found["field"], found["value"]) == ("request_ref", "HD-NAM-25Q1-01")
    assert found["reason"] == "The request was open and is missing in the hub's next report: ask what became of it"
    assert seen.findings("warnings", "HR29", NEXT).empty


def _evidence_is_capped(seen: Seen, path: str) -> None:
    assert seen.accepted("hub_changes", path)["evidence_level"].tolist() == [1, 1, 3]
    repaired = seen.findings("repairs", "HR32", path)
    assert repaired[["source_row", "field", "before", "after"]].values.tolist() == [
        [2, "evidence_level", "2", "1"],
        [3, "evidence_level", "3", "1"],
    ]
    found = seen.findings("warnings", "HR32", path)
    assert found["source_row"].tolist() == [2, 3]
    assert found["reason"][0].startswith("Evidence of this level needs the id of a document")
    facts = seen.table("fct_change", hub_code="NAM", period="2026Q1").sort_values("change_ref")
    assert facts["evidence_level"].tolist() == [1, 1, 3]


def _told_in(later: str) -> Files:
    name = city("NAM", "2026Q2")["name_en"]
    first = put(CHANGES, statement="The city council adopted a plan for preventing extremism", city_code=name)
    return {
        TOLD: report("NAM", "2026Q2", first),
        RETOLD: report("NAM", "2026Q3", put(CHANGES, statement=later, city_code=name)),
    }


def _a_person_decides(seen: Seen) -> None:
    (found,) = seen.findings("quarantine", "HR33", RETOLD).to_dict("records")
    assert (found["source_row"], found["field"], found["value"]) == (2, "change_ref", "CH-NAM-26Q3-01")
    assert found["reason"].endswith("Decide whether it is the same")
    assert seen.accepted("hub_changes", RETOLD).empty
    assert seen.accepted("hub_changes", TOLD)["change_ref"].tolist() == ["CH-NAM-26Q2-01"]
    assert seen.table("fct_change", change_ref="CH-NAM-26Q3-01").empty


def _always_the_highest(seen: Seen, path: str) -> None:
    assert seen.accepted("hub_changes", path)["contribution"].tolist() == [3] * 5
    found = seen.findings("warnings", "HR34", path)
    assert found["source_row"].tolist() == [2, 3, 4, 5, 6]
    assert set(found["value"]) == {"3"}
    assert found["reason"][0].startswith("The hub gives each of its changes the highest contribution")


def _totals(seen: Seen, path: str) -> None:
    (kept,) = seen.accepted("hub_self_totals", path).to_dict("records")
    assert (kept["indicator_code"], kept["self_total"]) == ("OCM-04", 14)
    (found,) = seen.findings("warnings", "HR37", path).to_dict("records")
    assert (found["source_row"], found["field"], found["value"]) == (2, "self_total", "14.0")
    assert found["reason"] == "The hub's own total is not what its accepted rows give; the rows count"
    (asked,) = seen.findings("warnings", "HR37-NOTE", path).to_dict("records")
    assert asked["reason"].endswith("by more than 20 % and no note says why: ask for one")
    # The total is compared and never counted: the one accepted change is.
    assert len(seen.table("fct_change", hub_code="SEA", period="2025Q1")) == 1


def _changes(hub: str, period: str, number: int) -> BookChange:
    """More changes of a report."""
    ref = f"CH-{hub}-{period[2:]}"
    return all_of(*(add(CHANGES, change_ref=f"{ref}-{place:02d}") for place in range(2, number + 2)))


COMPARED: tuple[Defect, ...] = (
    Defect(
        "HR20",
        broken=_two_hubs(events_of("NAM")[0], f"{FORUM} 2024"),
        clean=_two_hubs(events_of("SEA")[0], "Training of trainers"),
        check=_one_event,
    ),
    defect(
        "HR23",
        "NAM",
        "2024Q3",
        put(ACTIVITIES, 1, priorities="SP1;SP2;SP3;SP4"),
        _ticked_everywhere,
        another("NAM", "2024Q3"),
        put(ACTIVITIES, priorities="SP1;SP2;SP3;SP4;SP5"),
    ),
    Defect(
        "HR29",
        broken=_open_request(),
        clean=_open_request(add(HELP_DESK, request_ref="HD-NAM-25Q1-01")),
        check=_vanished,
    ),
    defect(
        "HR32",
        "NAM",
        "2026Q1",
        all_of(
            put(CHANGES, evidence_document=None),
            put(CHANGES, 1, evidence_document="https://example.sharepoint.com/:w:/s/net/letter.docx"),
        ),
        _evidence_is_capped,
        _changes("NAM", "2026Q1", 2),
        put(CHANGES, evidence_level=2),
        put(CHANGES, 1, evidence_level=3),
        put(CHANGES, 2, evidence_level=3),
    ),
    Defect(
        "HR33",
        broken=_told_in("Council of the city has approved its plan against extremism"),
        clean=_told_in("Five schools opened evening clubs for teenagers"),
        check=_a_person_decides,
    ),
    defect(
        "HR34",
        "GLOBAL",
        "2024Q1",
        put(CHANGES, 4, contribution=3),
        _always_the_highest,
        _changes("GLOBAL", "2024Q1", 4),
        all_of(*(put(CHANGES, row, contribution=3) for row in range(4))),
    ),
    defect("HR37", "SEA", "2025Q1", put(SELF_TOTALS, total=14), _totals),
)
