"""How faults are worded and ordered."""

from mel_pipeline.declarations.faults import Fault, in_order, nearest, one_of, unknown_name


def test_a_fault_reads_as_file_line_message() -> None:
    assert str(Fault("donors.yml", 4, "grant X ends early.")) == "donors.yml:4 grant X ends early."


def test_faults_stand_in_the_order_of_files_and_lines_and_each_once() -> None:
    first, second, third = Fault("a.yml", 9, "m"), Fault("a.yml", 10, "m"), Fault("b.yml", 1, "m")
    assert in_order([third, second, first, second]) == [first, second, third]


def test_nearest_name_overlooks_case_and_slips_of_the_pen() -> None:
    assert nearest("fct_trainig_completion", ["fct_event", "fct_training_completion"]) == "fct_training_completion"
    assert nearest("op2", ["OP2", "OC2"]) == "OP2"
    assert nearest("zebra", ["OP2", "OC2"]) is None


def test_a_long_list_of_valid_names_is_cut() -> None:
    assert one_of(f"N{n:02}" for n in range(20)) == f"one of {', '.join(f'N{n:02}' for n in range(12))} and 8 more"
    assert one_of(["only"]) == "only"
    assert one_of([]) == "nothing (none is declared)"


def test_an_unknown_name_without_a_near_one_says_what_else_to_do() -> None:
    assert unknown_name("link L1 names an unknown node", "zebra", ["OP1", "OP2"], "Declare the node.") == (
        "link L1 names an unknown node: found 'zebra', expected one of OP1, OP2. Declare the node."
    )
