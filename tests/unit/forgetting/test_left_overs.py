"""What earlier runs left of a person: gone from accepted rows, also of a source that is blocked, and from questions."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.forgetting.left_overs import remove_left_overs
from mel_pipeline.forgetting.people import Found, FoundRow
from mel_pipeline.quality.open_rows import open_findings
from mel_pipeline.quality.same_persons import open_persons

PEOPLE = Source.model_validate(
    {
        "source": "people",
        "kind": "attendance",
        "title": {"en": "People"},
        "files": ["*.csv"],
        "fields": [{"name": "email", "type": "text", "headers": ["email"]}],
        "key": ["email"],
        "privacy": {"hash": {"person_key": ["email"]}, "restricted": ["email"]},
    }
)


def test_only_the_persons_accepted_rows_go_and_the_file_says_the_same_of_itself(tmp_path: Path) -> None:
    folders = DataFolder(tmp_path)
    rows = {"_record_key": ["r1", "r2", "r3", "r4"], "person_key": ["p1", "p2", None, "p1"], "n": [1, 2, 3, 4]}
    accepted = folders.accepted_rows("people")
    accepted.parent.mkdir(parents=True)
    pq.write_table(pa.table(rows).replace_schema_metadata({"hash_key": "abc"}), accepted)
    waiting, review = open_findings(folders, "people"), folders.restricted / "review_MENA.xlsx"
    waiting.parent.mkdir(parents=True)
    pairs = open_persons(folders, "people")
    for path in (waiting, pairs, review):
        path.write_bytes(b"names")
    found = Found(
        rows=(FoundRow("people", "people.csv", ("", 2), "r2"),),
        keys=frozenset({"p1", "p9"}),
        addresses=frozenset(),
        names=frozenset(),
        spellings=frozenset(),
        identifiers=frozenset(),
    )
    remove_left_overs({"people": PEOPLE}, folders, found)
    assert pq.read_table(accepted)["n"].to_pylist() == [3]
    assert pq.read_metadata(accepted).metadata[b"hash_key"] == b"abc"
    assert not waiting.exists()
    assert not pairs.exists()
    assert not review.exists()
