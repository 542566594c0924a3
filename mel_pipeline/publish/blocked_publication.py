"""Whether anything may be published now: rules with `blocks: publication` say so.

What such a rule looks for is declared in the programme; what is published belongs to `pages.py`.
"""

from pathlib import Path

from mel_pipeline.database import attach_read_only, connect
from mel_pipeline.publish.facts import Programme


def is_publication_blocked(programme: Programme, database: Path) -> bool:
    """Whether a rule that blocks publication fails for some file, or could not be run."""
    blocking = {
        (source, rule.id) for source, rules in programme.rules.items() for rule in rules if rule.blocks == "publication"
    }
    if not blocking:
        return False
    with connect() as connection:
        attach_read_only(connection, database, "mel")
        failed = connection.execute(
            "select distinct source, rule_id from mel.quality_results"
            " where success = false or reason like 'Did not run:%'"
        ).fetchall()
    return bool(blocking & set(failed))
