"""Faults of donors and grants: languages, dates, themes and how they overlap with the programme."""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.lint_theory import references
from mel_pipeline.declarations.models import Donor, Grant
from mel_pipeline.declarations.periods import parse_period
from mel_pipeline.declarations.programme import Programme


def donor_faults(programme: Programme) -> Iterator[Fault]:
    """Donors that ask for what the programme does not have, and grants that never run."""
    for donor in programme.donors.values():
        yield from _language_faults(programme, donor)
        yield from _fiscal_year_faults(programme, donor)
        for grant in donor.grants:
            yield from _date_faults(programme, grant)
            yield from _share_faults(programme, grant)
            if programme.names("theme"):
                path = ("scope", "themes")
                yield from references(programme, "grant", grant.grant_code, path, grant.scope.themes, "theme")


def _language_faults(programme: Programme, donor: Donor) -> Iterator[Fault]:
    for position, language in enumerate(donor.languages):
        if language not in programme.settings.languages:
            thing = f"donor {donor.donor_code} asks for an unknown language"
            message = unknown_name(thing, language, programme.settings.languages, "Declare it in programme.yml.")
            yield programme.fault("donor", donor.donor_code, message, "languages", position)
    if donor.products and not donor.languages:
        message = (
            f"donor {donor.donor_code} receives products in no language: found none, expected one of "
            f"{', '.join(programme.settings.languages)}. Add `languages: [{programme.settings.languages[0]}]`."
        )
        yield programme.fault("donor", donor.donor_code, message, "products")


def _fiscal_year_faults(programme: Programme, donor: Donor) -> Iterator[Fault]:
    known = programme.settings.fiscal_years
    if donor.fiscal_year is not None and donor.fiscal_year not in known:
        thing = f"donor {donor.donor_code} counts in an unknown fiscal year"
        message = unknown_name(thing, donor.fiscal_year, known, "Declare it as `fiscal_years` in programme.yml.")
        yield programme.fault("donor", donor.donor_code, message, "fiscal_year")


def _date_faults(programme: Programme, grant: Grant) -> Iterator[Fault]:
    code = grant.grant_code
    if grant.ends_on < grant.starts_on:
        message = (
            f"grant {code} ends before it starts: found {grant.ends_on}, expected a day after {grant.starts_on}. "
            "Correct one of the dates."
        )
        yield programme.fault("grant", code, message, "ends_on")
        return
    try:
        whole = parse_period("programme", programme.settings.calendar)
    except ValueError:  # told by calendar_faults
        return
    if grant.ends_on < whole.start or grant.starts_on > whole.end:
        message = (
            f"grant {code} never runs during the programme: found {grant.starts_on} to {grant.ends_on}, expected "
            f"days between {whole.start} and {whole.end}. Correct the dates or remove the grant."
        )
        yield programme.fault("grant", code, message, "starts_on", severity="warning")


def _share_faults(programme: Programme, grant: Grant) -> Iterator[Fault]:
    """Money that is given away twice, or to a hub that the grant does not fund."""
    code, shares = grant.grant_code, grant.scope.shares
    for hub in sorted(set(shares) - set(grant.scope.hubs)):
        thing = f"grant {code} gives a share to a hub outside its scope"
        message = unknown_name(thing, hub, grant.scope.hubs, "Name it in `hubs` or remove the share.")
        yield programme.fault("grant", code, message, "scope", "shares", hub)
    total = round(sum(shares.values()), 6)
    if total > 1:
        message = (
            f"grant {code} gives away more than it has: found shares that add up to {total:g}, expected at most 1. "
            "Correct the shares."
        )
        yield programme.fault("grant", code, message, "scope", "shares")
