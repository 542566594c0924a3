"""Sensitive details in narratives: taken out at the door, and nothing is published until somebody has read the rest."""

import pandas as pd

from mel_example.raw_files.report_sheets import NARRATIVE
from tests.defects.declared import Defect
from tests.defects.hub_report_files import path_of, put, report
from tests.defects.seen import Seen

WORLD = "sensitive"
PATH = path_of("SAS", "2024Q1")
SELECT = (
    *("staging/hub_narratives", "accepted/hub_narratives", "staging/hub_reports", "accepted/hub_reports"),
    *("quarantine", "repairs", "warnings", "quality_results", "source_files", "mel", "donor_pages"),
)
TOLD = "The council met. Amina B., a victim of the attack in case no. 12/2024, spoke to us. Two dates had to be moved."


def _nothing_is_published(seen: Seen) -> None:
    # The sentence is nowhere: neither in the restricted text nor in any finding.
    (staged,) = (seen.folders.restricted / "staging" / "hub_narratives").glob("*.parquet")
    texts = pd.read_parquet(staged)["narrative"].tolist()
    assert texts[1] == "The council met. [sensitive] Two dates had to be moved."
    assert texts[0] == "The planned activities took place."
    (repaired,) = seen.findings("repairs", "HR36", PATH).to_dict("records")
    assert (repaired["source_row"], repaired["field"], repaired["is_restricted"]) == (3, "narrative", True)
    assert pd.isna(repaired["before"])
    (found,) = seen.findings("warnings", "HR36", PATH).to_dict("records")
    assert (found["treatment"], found["source_row"], found["value"]) == ("block", 3, "challenges")
    assert found["reason"].startswith("The text told of a victim, a suspect or a case; the sentence was taken out")
    # The row is accepted, and no donor gets a page.
    assert seen.accepted("hub_narratives", PATH)["section"].tolist()[1] == "challenges"
    assert not list(seen.folders.preview.glob("*/*/page.*.html"))
    assert seen.exit_code == 1
    said = " ".join(seen.output.split())
    assert f"HR36, {PATH}: The text told of a victim" in said
    assert "Draft pages: none" in said
    assert "Amina" not in seen.output


SENSITIVE: tuple[Defect, ...] = (
    Defect(
        "HR36",
        broken={PATH: report("SAS", "2024Q1", put(NARRATIVE, 1, text=TOLD))},
        clean={PATH: report("SAS", "2024Q1")},
        check=_nothing_is_published,
        world=WORLD,
        select=SELECT,
    ),
)
