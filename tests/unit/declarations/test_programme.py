"""Reading a programme folder: nothing in it raises, and what can be read is read."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.lint import lint


def test_an_empty_folder_tells_what_a_programme_needs(tmp_path: Path) -> None:
    programme = load_programme(tmp_path)
    assert [str(fault) for fault in lint(programme)] == [
        "dimensions.yml:1 file is missing: found none, expected the labels of the categories by which values are "
        "broken down. Write it.",
        "programme.yml:1 file is missing: found none, expected the name, languages, calendar and scopes of the "
        "programme. Write it.",
        "theory_of_change.yml:1 file is missing: found none, expected the nodes and links of the theory of change. "
        "Write it.",
    ]
    assert programme.settings.programme == tmp_path.name
    assert (programme.indicators, programme.targets, programme.marts) == ({}, [], {})


def test_a_folder_that_does_not_exist_is_told_like_an_empty_one(tmp_path: Path) -> None:
    assert len(load_programme(tmp_path / "nowhere").faults) == 3


def test_an_entry_with_faults_is_left_out_and_the_others_are_read(copy) -> None:
    copy.replace("indicators/membership.yml", "direction: increase", "direction: up")
    programme = load_programme(copy.directory)
    assert "MEM-01" not in programme.indicators
    assert {"MEM-04", "ACT-05", "OUT-02", "OCM-03"} <= set(programme.indicators)
    assert "MEM-01" in programme.names("indicator")


def test_a_file_that_is_not_yaml_is_told_once(copy) -> None:
    copy.write("donors.yml", "donors:\n  - donor_code: DNK\n   name: Denmark\n")
    faults = [fault for fault in copy.faults() if fault.file == "donors.yml"]
    assert [(fault.line, fault.message.split(":")[0]) for fault in faults] == [(3, "YAML cannot be read")]


def test_a_key_written_twice_is_a_fault(copy) -> None:
    line = copy.replace("indicators/output.yml", "    type: count\n", "    type: count\n    type: count\n", "type:")
    fault = copy.only_fault()
    assert (fault.file, fault.line) == ("indicators/output.yml", line)
    assert fault.message.startswith("key 'type' is written twice")


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("donors.yml", "donors: Denmark\n",
         "file `donors` is not a list: found 'Denmark', expected lines that begin with '- '."),
        ("donors.yml", "- Denmark\n", "file is not a set of keys: found a list, expected `donors:`. Begin with it."),
        ("donors.yml", "donors: []\ndonor: []\n",
         "file has an unknown key `donor`: found 'donor', expected donors. Did you mean 'donors'?"),
        ("donors.yml", "donors:\n  - Denmark\n",
         "donor is not a set of keys: found 'Denmark', expected lines of `key: value`."),
        ("dimensions.yml", "dimensions: [sex]\n",
         "file `dimensions` is not a set of names: found a list, expected `name:` lines below it."),
        ("theory_of_change.yml", "# nothing yet\n",
         "file is empty: found nothing, expected the nodes and links of the theory of change. Write it."),
        ("learning.yml", "a: 'open\n", "YAML cannot be read: found a quotation mark or bracket that is never closed"),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_says_what_is_expected(copy, file: str, text: str, message: str) -> None:
    copy.write(file, text)
    assert [fault.file for fault in load_programme(copy.directory).faults if message in fault.message] == [file]


def test_unknown_theories_do_not_make_every_reference_to_them_a_fault(copy) -> None:
    copy.write("theory_of_change.yml", "nodes: 'open\n")
    assert [fault.file for fault in copy.faults()] == ["theory_of_change.yml"]


def test_a_place_is_found_by_kind_name_and_key(copy) -> None:
    programme = load_programme(copy.directory)
    file, line = programme.locate("indicator", "OUT-02", "measure", "where")
    assert copy.text(file).splitlines()[line - 1] == "      where: completed_share >= 0.75"
    file, line = programme.locate("grant", "DK-2024", "scope")
    assert copy.text(file).splitlines()[line - 1] == "        scope: {hubs: [MENA, WB]}"


def test_a_grant_knows_its_donor(programme_directory: Path) -> None:
    funded = load_programme(programme_directory).grants["EU-STRIVE-2023"]
    assert (funded.donor.donor_code, funded.grant.scope.hubs) == ("EU-FPI", ["ESA", "MENA"])


_FILES = ("programme.yml", "theory_of_change.yml", "dimensions.yml", "donors.yml", "targets.csv",
          "indicators/output.yml", "sources/events/source.yml", "sources/events/rules.yml",
          "marts/dim_hub.yml", "marts/dim_hub.sql")  # fmt: skip
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab1-:", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdeinorst_", max_size=9), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(_FILES), value=_VALUES, cut=st.floats(0, 1))
def test_no_content_raises(tmp_path_factory, programme_directory: Path, file: str, value: object, cut: float) -> None:
    directory = tmp_path_factory.mktemp("programme") / "programme"
    shutil.copytree(programme_directory, directory)
    content = (directory / file).read_bytes()
    kept = content[: int(len(content) * cut)]
    (directory / file).write_bytes(kept + b"\n" + repr(value).encode())
    assert all(fault.line >= 1 and fault.message for fault in lint(load_programme(directory)))
