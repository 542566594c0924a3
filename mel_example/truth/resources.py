"""ACT-03: resources that first appeared in two of Arabic, English and French."""

from mel_example.hub_records import Resource
from mel_example.world import World


def first_editions(world: World) -> list[Resource]:
    """Each resource as it was first published; translations and revisions are left out."""
    reports = sorted(world.reports, key=lambda report: report.period)
    told = [(report.hub_code, each) for report in reports for each in report.resources]
    first: dict[tuple[str, str], Resource] = {}
    for hub_code, each in sorted(told, key=lambda row: row[1].published_on):
        first.setdefault((hub_code, each.resource_ref), each)
    return list(first.values())
