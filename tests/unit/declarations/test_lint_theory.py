"""Faults of the theory of change: each breaks the real programme in one way."""

import pytest

FILE = "theory_of_change.yml"


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("from: A2", "from: A22", None,
         "link L02 names an unknown node: found 'A22', expected one of A1, A2, A3, A4, A5, A6, A7, A8, IM1, IM2, IM3, "
         "OC1 and 13 more. Did you mean 'A2'?"),
        ("    to: OP2", "    to: zebra", None, "found 'zebra', expected one of A1"),
        ("priorities: [SP3, SP4]", "priorities: [SP3, SP9]", None,
         "node A2 names an unknown priority: found 'SP9', expected one of SP1, SP2, SP3, SP4, SP5."),
        ("near_priorities: [SP4]", "near_priorities: [PS4]", None,
         "theme T4 names an unknown priority: found 'PS4', expected one of SP1, SP2, SP3, SP4, SP5. Did you mean "
         "'SP4'?"),
        ("part_of: M2", "part_of: M22", None,
         "modality M2b is part of an unknown modality: found 'M22', expected one of M1"),
        ("  - id: OP2\n    level: output", "  - id: OP2\n    level: ouput", "level: ouput",
         "node OP2 `level` has a wrong value: found 'ouput', expected one of activity, impact, outcome, output. "
         "Did you mean 'output'?"),
        ("lag_quarters: 0", "lag_quarters: -1", None,
         "link L01 `lag_quarters` has a wrong value: found '-1', expected at least 0. Correct the value."),
        ("    status: stated", "    staus: stated\n    status: stated", "staus",
         "link L01 `staus` is an unknown key: found 'staus', expected one of"),
        ("  - id: A2\n", "  - id: A1\n", None,
         "node 'A1' is declared twice: found it again here, expected it once (theory_of_change.yml:9). Rename one."),
    ],
)  # fmt: skip
def test_a_slip_in_the_theory_of_change_is_told_at_its_line(copy, old, new, at, message) -> None:
    line = copy.replace(FILE, old, new, at)
    found = [fault for fault in copy.faults() if message in fault.message]
    assert [(fault.file, fault.line, fault.severity) for fault in found] == [(FILE, line, "error")]


def test_an_assumption_that_nothing_declares(copy) -> None:
    line = copy.replace(FILE, "assumptions: [AS15]", "assumptions: [AS15, AS99]")
    fault = copy.only_fault()
    assert fault.line == line
    assert "link L16 names an unknown assumption: found 'AS99'" in fault.message


def test_an_assumption_and_its_link_name_each_other(copy) -> None:
    line = copy.replace(FILE, "assumptions: [AS15]", "assumptions: []")
    copy_line = copy.text(FILE).count("\n", 0, copy.text(FILE).index("links: [L16]")) + 1
    fault = copy.only_fault()
    assert line < fault.line == copy_line
    assert fault.message == (
        "assumption AS15 is not named by its link: found 'L16', expected a link whose `assumptions` hold AS15. "
        "Add it to link L16 or remove the link here."
    )


def test_a_link_names_an_assumption_that_does_not_know_it(copy) -> None:
    line = copy.replace(FILE, "assumptions: [AS15]", "assumptions: [AS15, AS20]")
    fault = copy.only_fault()
    assert fault.line == line
    assert fault.message.startswith(
        "link L16 is not named by its assumption: found 'AS20', expected an assumption whose"
    )


def test_links_that_lead_in_a_circle(copy) -> None:
    line = copy.replace(FILE, "    from: OC2\n    to: IM1", "    from: OC2\n    to: OP5", "to: OP5")
    fault = copy.only_fault()
    assert fault.line == line
    assert fault.message == (
        "link L24 closes a circle: found OC2 -> OP5 -> OC6 -> OC2, expected links that lead from activities to "
        "impact. Remove or turn round one of these links."
    )


def test_a_link_from_a_node_to_itself(copy) -> None:
    line = copy.replace(FILE, "    from: OC4\n    to: IM1", "    from: OC4\n    to: OC4", "to: OC4")
    (fault,) = (each for each in copy.faults() if "found OC4 -> OC4" in each.message)
    assert fault.line == line


def test_a_node_without_indicator_is_a_warning(copy) -> None:
    copy.replace("indicators/activity.yml", "nodes: [A2]", "nodes: [A3]")
    fault = copy.only_fault()
    assert fault.severity == "warning"
    assert fault.file == FILE
    assert fault.message == (
        "node A2 has no indicator: found none, expected at least one that names it. Links at this node cannot be "
        "judged until an indicator does."
    )


def test_an_indicator_may_not_stand_at_both_ends_of_a_link(copy) -> None:
    line = copy.replace("indicators/output.yml", "nodes: [OP2]", "nodes: [OP2, OC1]")
    fault = copy.only_fault()
    assert (fault.file, fault.line) == ("indicators/output.yml", line)
    assert fault.message == (
        "indicator OUT-02 stands at both ends of link L12: found OP2 and OC1 in `nodes`, expected one of them. "
        "Keep the node where it is evidence."
    )
