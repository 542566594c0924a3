"""Faults of a sample's design: a share of the real programme is given weights and clusters, with one slip."""

import pytest

OUTPUT = "indicators/output.yml"
SHARE = "      share: useful >= 4\n"


def test_a_share_may_have_a_design(copy) -> None:
    copy.replace(
        OUTPUT, SHARE, SHARE + "      weight: learned_new\n      stratum: hub_code\n      cluster: event_code\n"
    )
    assert copy.faults() == []


def test_published_tables_may_ask_for_their_interval_and_break_the_numerator_down(copy) -> None:
    copy.replace(OUTPUT, SHARE, SHARE + "      weight: learned_new\n      interval: symmetric\n")
    copy.replace(
        OUTPUT,
        "    disaggregate_by: [event_type, language, sex, role]\n",
        "    disaggregate_numerator_by: [language, role]\n",
    )
    assert copy.faults() == []


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ("      weight: learned_nw\n", "weight` reads an unknown column of fct_event_feedback: found 'learned_nw'"),
        ("      weight: learned_nw\n", "Did you mean 'learned_new'?"),
        ("      weight: sex\n", "weight` reads a column of another type: found sex VARCHAR"),
        ("      stratum: hub_cod\n", "stratum` reads an unknown column of fct_event_feedback: found 'hub_cod'"),
        ("      cluster: event_cod\n", "cluster` reads an unknown column of fct_event_feedback: found 'event_cod'"),
        ("      cluster: event_code\n      population: census\n", "found it beside `population: census`"),
        ("      cluster: event_code\n      population: {from: fct_member_quarter}\n",
         "cluster` reads an unknown column of fct_member_quarter: found 'event_code'"),
        ("      stratum: hub_code\n      per_entity: event_code\n", "found it beside `per_entity`"),
        ("      stratum: language\n      population: {from: fct_member_quarter}\n",
         "stratum` reads an unknown column of fct_member_quarter: found 'language'"),
        ("      interval: symmetric\n", "interval` is for the share of a sample with `weight`, `stratum` or `cluster`"),
    ],
)  # fmt: skip
def test_a_slip_in_a_design_is_told(copy, slip: str, message: str) -> None:
    copy.replace(OUTPUT, SHARE, SHARE + slip)
    assert [fault.file for fault in copy.faults() if message in fault.message] == [OUTPUT], copy.faults()
