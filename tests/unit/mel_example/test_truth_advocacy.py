"""OUT-07 and OCM-09 on worlds that can be counted by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

from mel_example.hub_records import Advocacy
from mel_example.truth.advocacy import platform_values, text_values
from mel_example.world import HubReport


def record(ref: str, on: date, **changes: Any) -> Advocacy:
    whole = Advocacy(ref, "un", "global", on, 3, "a text", "adopted", True, True, True)
    return replace(whole, **changes)


def world(tiny: Any, *records: Advocacy, hub: str = "NORTH") -> Any:
    return tiny.world(reports=(HubReport(hub, "2024Q1", date(2024, 4, 9), "en", (), advocacy=records),))


def test_a_text_counts_once_when_it_is_first_adopted_quoted_and_verified(tiny, look_up) -> None:
    told = look_up(
        text_values(
            world(
                tiny,
                record("T1", date(2024, 8, 1)),
                record("T1", date(2024, 2, 1), is_verified=False),
                record("T1", date(2025, 2, 1)),
                record("T2", date(2024, 3, 1), adoption_status="proposed"),
                record("T3", date(2024, 3, 1), is_city_reference_quoted=False),
                record("T4", date(2024, 3, 1), level="national"),
            )
        )
    )
    assert [told(half).value for half in ("2024H1", "2024H2", "2025H1")] == [1, 1, 0]
    assert told("2024H1", category="text_level/national").value == 1
    assert told("2024H2", category="text_level/multilateral").value == 1
    assert not told.has("2024H1", "all/all", "text_level/multilateral")
    assert not told.has("2024Q1", "all/all", "total/total")
    assert told("2024H1").coverage == 0.25  # one report came of the four that two hubs owe


def test_a_text_belongs_to_the_hub_that_tells_of_it_and_to_grants_on_their_days(tiny, look_up) -> None:
    texts = (record("T1", date(2024, 7, 1)), record("T2", date(2024, 10, 1)))
    told = look_up(text_values(world(tiny, *texts)))
    assert (told("2024H2", "hub/NORTH").value, told("2024H2", "hub/SOUTH").value) == (2, 0)
    assert told("2024H2", "grant/G1").value == 1
    elsewhere = look_up(text_values(world(tiny, *texts, hub="SOUTH")))
    assert elsewhere("2024H2", "grant/G1").value == 0


def test_speakers_add_up_over_forums_beyond_the_country(tiny, look_up) -> None:
    forums = (
        record("F1", date(2024, 2, 1), leaders_speaking=4),
        record("F2", date(2024, 5, 1), leaders_speaking=5, level="regional"),
        record("F3", date(2024, 5, 1), leaders_speaking=6, level="national"),
        record("F4", date(2024, 6, 1), leaders_speaking=0),
    )
    told = look_up(platform_values(world(tiny, *forums)))
    assert [told(f"2024Q{number}-ytd").value for number in (1, 2, 3)] == [4, 9, 9]
    assert (told("2024Q2-ytd").n, told("2024Q2-ytd").denominator) == (3, None)
    assert told("2024Q2-ytd", category="forum_level/multilateral").value == 4
    assert told("2024Q1-ytd", "hub/SOUTH").value == 0
