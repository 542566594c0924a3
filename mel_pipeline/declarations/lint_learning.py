"""Faults of what is recorded about assumptions and links: tests of assumptions, and `learning.yml`."""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import Assumption
from mel_pipeline.declarations.programme import Programme


def learning_faults(programme: Programme) -> Iterator[Fault]:
    """What tests of assumptions name, and what reviews and weighed explanations are about.

    Where the theory itself could not be read, nothing is known to compare with.
    """
    for assumption in programme.theory.assumptions:
        yield from _test_faults(programme, assumption)
    for number, review in enumerate(programme.learning.reviews, start=1):
        known = programme.names("assumption")
        if known and review.assumption not in known:
            thing = f"review {number} names an unknown assumption"
            message = unknown_name(thing, review.assumption, known, "Name one of them.")
            yield programme.fault("review", str(number), message, "assumption")
    for number, weighed in enumerate(programme.learning.explanations, start=1):
        known = programme.names("link")
        if known and weighed.link not in known:
            message = unknown_name(
                f"explanation {number} names an unknown link", weighed.link, known, "Name one of them."
            )
            yield programme.fault("explanation", str(number), message, "link")


def _test_faults(programme: Programme, assumption: Assumption) -> Iterator[Fault]:
    """A test has one cut, and an indicator that is no evidence for the ends of the links it is to judge."""
    test = assumption.test
    if test is None:
        return
    name, known = assumption.id, programme.names("indicator")
    if (test.at_least is None) == (test.at_most is None):
        found = "both" if test.at_least is not None else "none"
        message = (
            f"assumption {name} `test` has not one cut: found {found}, expected `at_least` or `at_most`. Keep one."
        )
        yield programme.fault("assumption", name, message, "test")
    if test.indicator not in known:
        thing = f"assumption {name} `test` names an unknown indicator"
        message = unknown_name(thing, test.indicator, known, "Declare the indicator.")
        yield programme.fault("assumption", name, message, "test", "indicator")
        return
    indicator = programme.indicators.get(test.indicator)
    if indicator is None or not indicator.weighs:
        return
    for link in programme.theory.links:
        if name in link.assumptions and indicator.nodes[0] in (link.from_node, link.to_node):
            message = (
                f"assumption {name} `test` judges link {link.id} by its own evidence: found {indicator.code}, which "
                f"weighs in {indicator.nodes[0]}, expected an indicator that weighs in neither end. Choose another."
            )
            yield programme.fault("assumption", name, message, "test", "indicator")
