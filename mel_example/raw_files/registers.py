"""The registers as CSV files: cities, members, contacts, hubs, events, and the small tables beside them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from mel_example.quarters import AS_OF
from mel_example.raw_files.sheets import CsvFile, RawRow, RawSheet, csv_cell
from mel_example.register_records import Membership, Session
from mel_example.world import World

_RENAMED = {
    "city_aliases": {"is_valid": "valid"},
    "contacts": {"is_bounced": "bounced"},
    "events": {"is_eligible_for_me3": "eligible_for_me3"},
}
"""Headers that differ from the names of the world's records, by source and field."""


def register_files(world: World) -> list[CsvFile]:
    """One CSV per register, as the central team keeps them at the end of the example."""
    hubs = [_without(asdict(hub), "time_zone", "utc_offset") for hub in world.hubs]
    return [
        _register("cities", world.cities, map(asdict, world.cities)),
        _register("city_aliases", world.aliases, map(asdict, world.aliases)),
        _register("memberships", world.memberships, map(_membership, world.memberships)),
        _register("contacts", world.contacts, map(asdict, world.contacts)),
        _register("hubs", world.hubs, hubs),
        _register("hub_countries", world.hub_countries, map(asdict, world.hub_countries)),
        _register("hub_priorities", world.hub_priorities, map(asdict, world.hub_priorities)),
        _register("events", world.events, map(asdict, world.events)),
        _register("event_sessions", world.sessions, map(_session, world.sessions)),
        _register("isc_members", world.steering_members, map(asdict, world.steering_members)),
        _register("former_country_codes", world.former_country_codes, map(asdict, world.former_country_codes)),
        _register("answer_keys", world.answer_keys, map(asdict, world.answer_keys)),
        _register("application_examples", world.application_examples, map(asdict, world.application_examples)),
        _register("survey_invitations", world.survey_invitations, map(asdict, world.survey_invitations)),
    ]


def _register(source: str, records: Iterable[object], cells: Iterable[dict[str, Any]]) -> CsvFile:
    renamed = _RENAMED.get(source, {})
    rows = [
        RawRow({renamed.get(name, name): csv_cell(value) for name, value in row.items()}, record)
        for record, row in zip(records, cells, strict=True)
    ]
    sheet = RawSheet(list(rows[0].cells), rows)
    return CsvFile(source, f"registers/{source}.csv", AS_OF, "central team", [sheet])


def _without(cells: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in cells.items() if name not in names}


def _membership(member: Membership) -> dict[str, Any]:
    return {
        "city_code": member.city_code,
        "joined_on": member.joined_on,
        "left_on": member.left_on,
        "status": "left" if member.left_on else "active",
        "principles_accepted": member.principles_accepted_on is not None,
        "principles_accepted_on": member.principles_accepted_on,
        "engagement_level": member.engagement_level,
    }


def _session(session: Session) -> dict[str, Any]:
    return asdict(session) | {
        "starts_at": session.starts_at.strftime("%H:%M"),
        "ends_at": session.ends_at.strftime("%H:%M"),
    }
