"""What a correct pipeline must find, counted in plain Python from the world and the planted defects.

Nothing here may import the pipeline or a database: the truth is the second opinion. One module per
family of indicators, `write.py` for the files.
"""

from mel_example.truth.acceptance import acceptance_values, mandatory_values
from mel_example.truth.activities import activity_values
from mel_example.truth.advocacy import platform_values, text_values
from mel_example.truth.assumption_shares import assumption_values
from mel_example.truth.capacity import capacity_values, resilience_values
from mel_example.truth.changes import change_values
from mel_example.truth.dialogues import dialogue_values
from mel_example.truth.engaged_cities import engaged_city_values
from mel_example.truth.follow_ups import application_values
from mel_example.truth.gains import gain_values
from mel_example.truth.incidents import incident_values
from mel_example.truth.member_deeds import (
    contribution_values,
    deep_dive_values,
    exchange_values,
    sharing_values,
)
from mel_example.truth.members import contact_values, participation_values
from mel_example.truth.reports import report_values
from mel_example.truth.requests import request_values
from mel_example.truth.resources import publication_values
from mel_example.truth.responses import response_values
from mel_example.truth.support import support_values
from mel_example.truth.survey_means import cooperation_values, influence_values
from mel_example.truth.survey_shares import framework_values, resource_use_values, youth_mechanism_values
from mel_example.truth.training import training_values
from mel_example.truth.usefulness import usefulness_values
from mel_example.truth.values import IndicatorValue
from mel_example.truth.young_people import young_people_values
from mel_example.world import World

__all__ = ["IndicatorValue", "indicator_values"]


def indicator_values(world: World) -> list[IndicatorValue]:
    """All values of the example's indicators, in a fixed order; `world` is what survives the defects."""
    return sorted(
        [
            *activity_values(world),
            *report_values(world),
            *change_values(world),
            *platform_values(world),
            *text_values(world),
            *engaged_city_values(world),
            *training_values(world),
            *dialogue_values(world),
            *young_people_values(world),
            *acceptance_values(world),
            *mandatory_values(world),
            *request_values(world),
            *publication_values(world),
            *support_values(world),
            *sharing_values(world),
            *contribution_values(world),
            *exchange_values(world),
            *deep_dive_values(world),
            *contact_values(world),
            *participation_values(world),
            *capacity_values(world),
            *resilience_values(world),
            *assumption_values(world),
            *response_values(world),
            *gain_values(world),
            *application_values(world),
            *usefulness_values(world),
            *resource_use_values(world),
            *framework_values(world),
            *cooperation_values(world),
            *youth_mechanism_values(world),
            *influence_values(world),
            *incident_values(world),
        ]
    )
