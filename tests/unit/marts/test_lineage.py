"""What a mart reads is found in its SQL, whatever its CTEs are called."""

from mel_pipeline.marts.lineage import Inputs, inputs_of


def test_sources_and_marts_are_told_apart() -> None:
    sql = (
        "with events as (select * from accepted.events), cities as (select * from dim_city) "
        "select * from events, cities"
    )
    assert inputs_of(sql) == Inputs(("events",), ("dim_city",))


def test_a_cte_is_not_a_table_though_it_bears_the_name_of_one() -> None:
    sql = "with dim_city as (select * from accepted.cities), final as (select * from dim_city) select * from final"
    assert inputs_of(sql) == Inputs(("cities",), ())


def test_tables_inside_conditions_count() -> None:
    sql = "select * from fct_event where exists (select 1 from bridge_event_grant)"
    assert inputs_of(sql) == Inputs((), ("bridge_event_grant", "fct_event"))
