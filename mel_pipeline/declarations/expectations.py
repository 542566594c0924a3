"""Which expectations of Great Expectations a rule may use, with which arguments, and how empty cells count.

Only names and shapes belong here. Great Expectations drops an unknown name without a word, so everything a
rule may say is written down and compared first; running it belongs to `quality/great_expectations.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from mel_pipeline.declarations.conditions import ConditionError, parse_condition
from mel_pipeline.declarations.faults import unknown_name
from mel_pipeline.declarations.models import Rule

Kind = Literal["column", "pair", "columns", "rows", "aggregate"]
UNEXPECTED_ROWS = "unexpected_rows"


@dataclass(frozen=True)
class Expectation:
    """One expectation a rule may use.

    Attributes:
        kind: what one verdict is about: the cell of a `column`, a `pair` of cells, several `columns` of a
            row, `rows` selected by SQL, or the whole table (`aggregate`).
        required: arguments that must stand in the rule.
        one_of: arguments of which at least one must stand in the rule.
        optional: further arguments that may stand in the rule.
        empty_cells: `tested` when an empty cell is judged; `not tested` when a row with an empty cell in any
            of the columns is left out of the test, neither passed nor failed.
    """

    kind: Kind
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    empty_cells: Literal["tested", "not tested"] = "not tested"

    @property
    def arguments(self) -> list[str]:
        """Every argument a rule may give, besides `columns` as the short form of `column`."""
        return [*self.required, *self.one_of, *self.optional]


_LIMITS: dict[str, Any] = {"one_of": ("min_value", "max_value"), "optional": ("strict_min", "strict_max")}


def _column(*required: str, **more: Any) -> Expectation:
    return Expectation("column", ("column", *required), **more)


def _pair(**more: Any) -> Expectation:
    return Expectation("pair", ("column_A", "column_B"), **more)


def _columns(*required: str) -> Expectation:
    return Expectation("columns", ("column_list", *required))


def _aggregate(*required: str, **more: Any) -> Expectation:
    return Expectation("aggregate", required, **more)


EXPECTATIONS: dict[str, Expectation] = {
    "expect_column_values_to_not_be_null": _column(empty_cells="tested"),
    "expect_column_values_to_be_null": _column(empty_cells="tested"),
    "expect_column_values_to_be_in_set": _column("value_set"),
    "expect_column_values_to_not_be_in_set": _column("value_set"),
    "expect_column_values_to_be_between": _column(**_LIMITS),
    "expect_column_values_to_be_unique": _column(),
    "expect_column_values_to_match_regex": _column("regex"),
    "expect_column_values_to_not_match_regex": _column("regex"),
    "expect_column_values_to_match_like_pattern": _column("like_pattern"),
    "expect_column_values_to_not_match_like_pattern": _column("like_pattern"),
    "expect_column_value_lengths_to_be_between": _column(**_LIMITS),
    "expect_column_value_lengths_to_equal": _column("value"),
    "expect_column_pair_values_a_to_be_greater_than_b": _pair(optional=("or_equal",)),
    "expect_column_pair_values_to_be_equal": _pair(),
    "expect_compound_columns_to_be_unique": _columns(),
    "expect_multicolumn_sum_to_equal": _columns("sum_total"),
    "expect_multicolumn_values_to_be_equal": _columns(),
    "expect_select_column_values_to_be_unique_within_record": _columns(),
    UNEXPECTED_ROWS: Expectation("rows", empty_cells="tested"),
    "expect_table_row_count_to_be_between": _aggregate(one_of=("min_value", "max_value"), empty_cells="tested"),
    "expect_column_mean_to_be_between": _aggregate("column", **_LIMITS),
    "expect_column_median_to_be_between": _aggregate("column", **_LIMITS),
    "expect_column_stdev_to_be_between": _aggregate("column", **_LIMITS),
    "expect_column_sum_to_be_between": _aggregate("column", **_LIMITS),
    "expect_column_min_to_be_between": _aggregate("column", **_LIMITS),
    "expect_column_max_to_be_between": _aggregate("column", **_LIMITS),
    "expect_column_unique_value_count_to_be_between": _aggregate("column", **_LIMITS),
    "expect_column_proportion_of_non_null_values_to_be_between": _aggregate("column", empty_cells="tested", **_LIMITS),
}


def rule_faults(rule: Rule) -> list[str]:
    """Everything that would make a rule be dropped, misread or never run, in plain words."""
    expectation = EXPECTATIONS.get(rule.expect)
    if expectation is None:
        return [unknown_name("`expect`", rule.expect, EXPECTATIONS, "Choose one of these expectations.")]
    return [
        *_argument_faults(rule, expectation),
        *_limit_faults(rule),
        *_when_faults(rule, expectation),
        *_sql_faults(rule, expectation),
        *_treatment_faults(rule, expectation),
    ]


def argument_sets(rule: Rule) -> list[dict[str, Any]]:
    """The arguments of each expectation that a rule stands for: one for each of its `columns`, else one."""
    arguments = rule.arguments
    columns = arguments.pop("columns", None)
    return [arguments] if columns is None else [{"column": column, **arguments} for column in columns]


def argument_columns(arguments: dict[str, Any]) -> list[str]:
    """The columns that the arguments of one expectation name."""
    single = [arguments[name] for name in ("column", "column_A", "column_B") if name in arguments]
    return [*single, *arguments.get("column_list", [])]


def judged_field(rule: Rule, arguments: dict[str, Any]) -> str | None:
    """The field a finding is about: the declared one, else the one that a repair would replace."""
    named = [arguments.get("column_B"), arguments.get("column")]
    return rule.field or next((name for name in named if name), None)


def _argument_faults(rule: Rule, expectation: Expectation) -> list[str]:
    short_form = "columns" in rule.arguments
    given = {"column" if name == "columns" else name for name in rule.arguments}
    faults = [
        unknown_name(f"argument of {rule.expect}", name, expectation.arguments, "Leave it out.")
        for name in sorted(given - set(expectation.arguments))
    ]
    for name in expectation.required:
        if name not in given:
            faults.append(f"rule lacks an argument of {rule.expect}: found none, expected `{name}`. Add it.")
    if expectation.one_of and not given & set(expectation.one_of):
        faults.append(f"rule sets no limit: found none, expected {_either(expectation.one_of)}. Add one.")
    if short_form and ("column" in rule.arguments or not _is_list_of_names(rule.arguments["columns"])):
        faults.append("`columns` is not a list of columns, in place of `column`. Write columns: [a, b].")
    return faults


def _limit_faults(rule: Rule) -> list[str]:
    """Great Expectations accepts a range that nothing can meet."""
    low, high = rule.arguments.get("min_value"), rule.arguments.get("max_value")
    try:
        crossed = low is not None and high is not None and low > high
    except TypeError:
        return [f"limits cannot be compared: found {low!r} and {high!r}, expected one type. Correct them."]
    if not crossed:
        return []
    return [f"limits are crossed: found min_value {low} above max_value {high}, expected below. Exchange them."]


def _when_faults(rule: Rule, expectation: Expectation) -> list[str]:
    if rule.when is None:
        return []
    if expectation.kind == "rows":
        return ["`when` has no effect on unexpected_rows. Write the condition into `sql`."]
    try:
        parse_condition(rule.when)
    except ConditionError as fault:
        return [str(fault)]
    return []


def _sql_faults(rule: Rule, expectation: Expectation) -> list[str]:
    if expectation.kind != "rows":
        return ["`sql` belongs to unexpected_rows only. Remove it."] if rule.sql else []
    sql = rule.sql or ""
    lacking = [part for part in ("{batch}", "_record_key") if part not in sql]
    wanted = "expected a query over {batch} that selects the _record_key of faulty rows"
    return [f"`sql` lacks {part}: found {'another query' if sql else 'none'}, {wanted}. Add it." for part in lacking]


def _treatment_faults(rule: Rule, expectation: Expectation) -> list[str]:
    faults = []
    if expectation.kind == "aggregate" and rule.treatment in ("repair", "quarantine"):
        faults.append(
            f"treatment needs rows, but {rule.expect} judges the whole table: found {rule.treatment}, "
            "expected warn or block. Change it."
        )
    if rule.drop and (rule.treatment != "repair" or rule.fix is not None):
        faults.append(
            f"`drop` takes rows out by a repair without `fix`: found treatment {rule.treatment}"
            f"{' and `fix`' if rule.fix is not None else ''}, expected repair alone. Remove one of them."
        )
    elif (rule.treatment == "repair") != (rule.drop or rule.fix is not None):
        faults.append("`fix` goes with treatment repair: found one without the other. Add or remove `fix`, or `drop`.")
    if rule.also_warn and (rule.treatment != "repair" or rule.drop):
        faults.append(
            f"`also_warn` goes with a repair that keeps the row: found treatment {rule.treatment}"
            f"{' and `drop`' if rule.drop else ''}, expected repair with `fix`. Remove it."
        )
    judged = judged_field(rule, argument_sets(rule)[0]) if not _bad_columns(rule) else "?"
    if judged is None and (rule.fix is not None or rule.level == "answer"):
        faults.append("rule does not say which field it changes: found none, expected `field`. Add it.")
    return faults


def _bad_columns(rule: Rule) -> bool:
    return "columns" in rule.arguments and not _is_list_of_names(rule.arguments["columns"])


def _is_list_of_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(name, str) for name in value)


def _either(names: Iterable[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)
