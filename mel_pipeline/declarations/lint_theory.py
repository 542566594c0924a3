"""Faults of the theory of change: references, cycles, and nodes that nothing measures."""

from collections.abc import Iterable, Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import Link
from mel_pipeline.declarations.programme import Programme


def theory_faults(programme: Programme) -> Iterator[Fault]:
    """What the parts of the theory of change say about each other, and about the indicators."""
    yield from _link_faults(programme)
    yield from _assumption_faults(programme)
    yield from _priority_faults(programme)
    yield from _cycle_faults(programme)
    yield from _unmeasured_nodes(programme)
    yield from _same_evidence_at_both_ends(programme)


def references(
    programme: Programme, kind: str, name: str, path: tuple[str | int, ...], found: Iterable[str], wanted: str
) -> Iterator[Fault]:
    """A fault for each name in a list that no entry of the wanted kind carries."""
    known = programme.names(wanted)
    for position, reference in enumerate(found):
        if reference not in known:
            thing = f"{kind} {name} names an unknown {wanted}"
            message = unknown_name(thing, reference, known, f"Declare the {wanted} or remove the name.")
            yield programme.fault(kind, name, message, *path, position)


def _link_faults(programme: Programme) -> Iterator[Fault]:
    nodes = programme.names("node")
    for link in programme.theory.links:
        for key, node in (("from", link.from_node), ("to", link.to_node)):
            if node not in nodes:
                message = unknown_name(f"link {link.id} names an unknown node", node, nodes, "Declare the node.")
                yield programme.fault("link", link.id, message, key)
        yield from references(programme, "link", link.id, ("assumptions",), link.assumptions, "assumption")


def _assumption_faults(programme: Programme) -> Iterator[Fault]:
    """An assumption and its links name each other; one side alone would be lost on the page."""
    links = {link.id: link for link in programme.theory.links}
    for assumption in programme.theory.assumptions:
        yield from references(programme, "assumption", assumption.id, ("links",), assumption.links, "link")
        for position, name in enumerate(assumption.links):
            if name in links and assumption.id not in links[name].assumptions:
                message = (
                    f"assumption {assumption.id} is not named by its link: found '{name}', expected a link whose "
                    f"`assumptions` hold {assumption.id}. Add it to link {name} or remove the link here."
                )
                yield programme.fault("assumption", assumption.id, message, "links", position)
    of_links = {assumption.id: assumption.links for assumption in programme.theory.assumptions}
    for link in programme.theory.links:
        for position, name in enumerate(link.assumptions):
            if name in of_links and link.id not in of_links[name]:
                message = (
                    f"link {link.id} is not named by its assumption: found '{name}', expected an assumption whose "
                    f"`links` hold {link.id}. Add it to assumption {name} or remove the assumption here."
                )
                yield programme.fault("link", link.id, message, "assumptions", position)


def _priority_faults(programme: Programme) -> Iterator[Fault]:
    for node in programme.theory.nodes:
        yield from references(programme, "node", node.id, ("priorities",), node.priorities, "priority")
    for theme in programme.theory.themes:
        yield from references(programme, "theme", theme.id, ("near_priorities",), theme.near_priorities, "priority")
    for modality in programme.theory.modalities:
        known = programme.names("modality")
        if modality.part_of is not None and modality.part_of not in known:
            thing = f"modality {modality.id} is part of an unknown modality"
            message = unknown_name(thing, modality.part_of, known, "Declare the modality.")
            yield programme.fault("modality", modality.id, message, "part_of")


def _cycle_faults(programme: Programme) -> Iterator[Fault]:
    """Each cycle once, at the link that closes it."""
    onward: dict[str, list[Link]] = {}
    for link in programme.theory.links:
        path = _path(onward, link.to_node, link.from_node)
        if path is None:
            onward.setdefault(link.from_node, []).append(link)
            continue
        circle = " -> ".join([link.from_node, *path])
        message = (
            f"link {link.id} closes a circle: found {circle}, expected links that lead from activities to impact. "
            "Remove or turn round one of these links."
        )
        yield programme.fault("link", link.id, message, "to")


def _path(onward: dict[str, list[Link]], start: str, end: str) -> list[str] | None:
    """Nodes from start to end along links, or None where no way leads there."""
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop(0)
        if path[-1] == end:
            return path
        steps = [link.to_node for link in onward.get(path[-1], []) if link.to_node not in seen]
        seen.update(steps)
        paths += [[*path, step] for step in steps]
    return None


def _unmeasured_nodes(programme: Programme) -> Iterator[Fault]:
    measured = {node for indicator in programme.indicators.values() for node in indicator.nodes}
    for node in programme.theory.nodes:
        if node.id not in measured:
            message = (
                f"node {node.id} has no indicator: found none, expected at least one that names it. Links at this "
                "node cannot be judged until an indicator does."
            )
            yield programme.fault("node", node.id, message, "id", severity="warning")


def _same_evidence_at_both_ends(programme: Programme) -> Iterator[Fault]:
    """A link whose ends share an indicator would confirm itself."""
    for link in programme.theory.links:
        for indicator in programme.indicators.values():
            if {link.from_node, link.to_node} <= set(indicator.nodes):
                message = (
                    f"indicator {indicator.code} stands at both ends of link {link.id}: found {link.from_node} and "
                    f"{link.to_node} in `nodes`, expected one of them. Keep the node where it is evidence."
                )
                yield programme.fault("indicator", indicator.code, message, "nodes")
