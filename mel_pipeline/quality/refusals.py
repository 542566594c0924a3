"""Rows in which consent is refused: accepted as refusals, judged by no rule.

Intake emptied them already (`intake/consent.py`); an empty row would break rules about answers nobody may ask for.
"""

from mel_pipeline.database import literal, quote
from mel_pipeline.quality.case import JUDGED, Case

_REFUSED = "_refused"


def take_refusals_out(case: Case) -> None:
    """Take refusing rows out of the judged ones."""
    consent = case.source.consent
    if consent is None or consent.field not in case.columns():
        return
    condition = _refuses(case)
    case.connection.execute(f"create or replace temp table {_REFUSED} as select * from {JUDGED} where {condition}")
    case.connection.execute(f"delete from {JUDGED} where {condition}")


def put_refusals_back(case: Case) -> None:
    """Put refusing rows back, behind the judged ones; columns that judging added stay empty."""
    consent = case.source.consent
    if consent is None or consent.field not in case.columns():
        return
    case.connection.execute(f"insert into {JUDGED} by name from {_REFUSED} order by _row")


def _refuses(case: Case) -> str:
    """SQL of a refusal; its spelling is the first of the declared ones, as intake writes it."""
    consent = case.source.consent
    if consent is None:
        return "false"
    field = case.source.field(consent.field)
    name = quote(consent.field)
    if field is not None and field.type == "flag":
        return f"coalesce(not {name}, false)"
    return f"coalesce({name} = {literal(consent.refused[0])}, false)"
