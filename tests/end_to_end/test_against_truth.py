"""The pipeline against the truth of the synthetic example, which is computed without it."""

import csv

import pandas as pd
import pytest

from mel_pipeline import database
from tests.end_to_end.conftest import Finished

KEYS = ["indicator_code", "period_type", "period", "scope_type", "scope_code", "dimension", "category"]
FIGURES = ["value", "numerator", "denominator", "n", "coverage"]
COUNTS = ["ACT-01", "ACT-03", "ACT-05", "ACT-06", "ACT-07", "ACT-08", "MEM-05", "OCM-04", "OCM-09"]
COUNTS += ["OUT-01", "OUT-02", "OUT-03", "OUT-05", "OUT-06", "OUT-07"]


def read_truth(finished: Finished, name: str) -> pd.DataFrame:
    return pd.read_csv(
        finished.truth / name, dtype={"period": str, "category": str}, keep_default_na=False, low_memory=False
    )


def test_the_run_ends_well_and_names_the_pages(finished: Finished) -> None:
    assert finished.exit_code == 0, finished.output
    for donor in ("EU-FPI", "DNK"):
        for language in ("en", "fr", "ar"):
            page = finished.folders.preview / "2026Q3" / donor / f"page.{language}.html"
            assert page.exists()
            assert str(page) in finished.output


def test_all_values_of_all_indicators_equal_the_truth(finished: Finished) -> None:
    truth = read_truth(finished, "indicator_values.csv")
    values = finished.table("select * from indicator_values")
    assert len(truth) > 15000
    both = truth.merge(values, on=KEYS, how="outer", suffixes=("_true", ""), indicator=True)
    assert both.loc[both["_merge"] != "both", [*KEYS, "_merge"]].empty
    for figure in FIGURES:
        true = pd.to_numeric(both[f"{figure}_true"], errors="coerce")
        assert (true.isna() == both[figure].isna()).all(), figure
        exact = both["indicator_code"].isin(COUNTS) & (figure != "coverage")
        difference = (true - both[figure]).abs().fillna(0)
        assert (difference[exact] == 0).all(), figure
        assert (difference <= 1e-9).all(), figure


# Worked out from the example's raw files by hand, not from the pipeline or its truth: trainings counted in
# registers/events.csv; people of 2024Q1 counted on the lists of three of its trainings (both signatures of EV-2024-001:
# 20, of EV-2024-004: 21, the one of EV-2024-011: 26); contacts and members counted in their registers on 31 December;
# cities of approved answers with consent counted in the survey's exports, less the one that is no member, tests, and
# those whose city is not known or lies in another country; members with a day of acceptance until 31 December; rows of
# the help desk, of resources and of support read in the hubs' workbooks of 2024, requests counted on a calendar by the
# weekend of the hub (HD-MENA-24Q3-02 came on Tuesday 6 August, was due on the 20th and answered on the 21st).
BY_HAND = [
    ("ACT-05", "2024Q1", "all", "all", "total", "total", 4),
    ("ACT-05", "2024Q4", "all", "all", "total", "total", 8),
    ("ACT-05", "2025Q3", "all", "all", "total", "total", 6),
    ("ACT-05", "2026Q3", "all", "all", "total", "total", 8),
    ("ACT-05", "2024Q2", "hub", "GLOBAL", "total", "total", 2),
    ("ACT-05", "2024Q1", "hub", "SAS", "total", "total", 1),
    ("ACT-05", "2024Q3", "all", "all", "mode", "in_person", 6),
    ("ACT-05", "2024Q4", "all", "all", "mode", "online", 3),
    ("ACT-05", "2024Q4", "all", "all", "theme", "T4", 2),
    ("OUT-02", "2024Q1-ytd", "hub", "MENA", "total", "total", 20),
    ("OUT-02", "2024Q1-ytd", "hub", "WB", "total", "total", 21),
    ("OUT-02", "2024Q1-ytd", "hub", "ESA", "total", "total", 26),
    ("MEM-03", "2024Q4", "all", "all", "total", "total", 100 * 212 / 240),
    ("MEM-03", "2024Q4", "hub", "ESA", "total", "total", 100 * 30 / 32),
    ("MEM-03", "2024Q4", "hub", "MENA", "total", "total", 100 * 31 / 35),
    ("MEM-03", "2024Q4", "all", "all", "income_group", "lower_middle", 100 * 76 / 85),
    ("MEM-02", "2024Q4", "all", "all", "total", "total", 100 * 224 / 240),
    ("MEM-02", "2024Q4", "all", "all", "acceptance", "unknown", 0),
    ("MEM-06", "2024Q2-ytd", "hub", "ESA", "total", "total", 100 * 2 / 30),
    ("ACT-02", "2024Q3", "hub", "MENA", "total", "total", 0),
    ("ACT-02", "2024Q4", "hub", "MENA", "total", "total", 100 * 2 / 3),
    ("ACT-03", "2024Q1", "hub", "ESA", "total", "total", 1),
    ("OUT-03", "2024Q1-ytd", "hub", "ESA", "total", "total", 1),
    ("OUT-03", "2024Q1-ytd", "hub", "ESA", "support_type", "small_grant", 1),
    ("MEM-05", "2024", "all", "all", "total", "total", 100 * (116 - 2) / 239),
    ("MEM-05", "2025", "all", "all", "total", "total", 100 * (141 - 4) / 242),
]


@pytest.mark.parametrize(
    ("code", "period", "scope_type", "scope_code", "dimension", "category", "value"),
    BY_HAND,
    ids=lambda part: str(part) if isinstance(part, str) else "",
)
def test_values_worked_out_by_hand(
    finished: Finished,
    code: str,
    period: str,
    scope_type: str,
    scope_code: str,
    dimension: str,
    category: str,
    value: float,
) -> None:
    found = finished.table(
        f"select value from indicator_values where indicator_code = '{code}' and period = '{period}' "
        f"and scope_type = '{scope_type}' and scope_code = '{scope_code}' "
        f"and dimension = '{dimension}' and category = '{category}'"
    )
    assert found["value"].tolist() == [pytest.approx(value, abs=1e-9)]


def test_what_was_set_aside_flagged_and_repaired_is_exactly_what_was_planted(finished: Finished) -> None:
    columns = ["source", "source_file", "source_sheet", "source_row", "rule_id", "treatment"]
    planted = read_truth(finished, "defects.csv")[columns]
    found = finished.table(
        " union all ".join(
            f"select source, source_file, coalesce(source_sheet, '') as source_sheet, source_row, rule_id, treatment "
            f"from {table}"
            for table in ("quarantine", "warnings", "repairs")
        )
    )
    assert sorted(map(tuple, found.to_numpy().tolist())) == sorted(map(tuple, planted.to_numpy().tolist()))
    assert len(set(planted["rule_id"])) >= 39


def test_rows_of_every_file_add_up_and_equal_the_truth(finished: Finished) -> None:
    keys, counts = ["source", "source_file"], ["n_rows", "n_accepted", "n_quarantined", "n_dropped"]
    truth = read_truth(finished, "files.csv")
    found = finished.table("select * from source_files")
    assert (found["n_rows"] == found["n_accepted"] + found["n_quarantined"] + found["n_dropped"]).all()
    both = truth.merge(found, on=keys, how="outer", suffixes=("_true", ""), indicator=True)
    assert (both["_merge"] == "both").all()
    for count in counts:
        assert (both[f"{count}_true"] == both[count]).all(), count


def test_every_declared_rule_ran_or_had_no_rows(finished: Finished) -> None:
    not_run = finished.table("select * from quality_results where reason like 'Did not run:%'")
    assert not_run.empty
    assert len(finished.table("select distinct source, rule_id from quality_results")) > 20


CONTRACTED = {
    "indicator_values": """indicator_code period_type period period_start period_end scope_type scope_code dimension
        category value numerator denominator n ci_low ci_high interval_method coverage dqa_grade stale_since""",
    "indicator_scores": """indicator_code period_type period scope_type scope_code scoring_profile baseline target
        is_target_inherited final_target actual performance performance_low performance_high progress status certainty
        status_reason is_exceeded original_status coverage dqa_grade""",
    "toc_node_scores": """node_id period_type period scope_type scope_code score score_low score_high assessed_share
        status weakest_indicator n_indicators n_assessable""",
    "quality_results": """source source_file rule_id expectation dqa_dimension treatment n_tested n_failed success
        reason""",
    "quarantine": "source source_file source_row record_key level rule_id field value is_restricted reason",
    "repairs": "rule_id source source_file source_row record_key field before after is_restricted",
    "source_files": """source source_file sha256 received_on n_rows n_accepted n_quarantined n_dropped file_status
        message""",
}


@pytest.mark.parametrize("table", CONTRACTED)
def test_tables_that_others_rely_on_have_their_columns(finished: Finished, table: str) -> None:
    present = set(finished.table(f"describe {table}")["column_name"])
    assert set(CONTRACTED[table].split()) <= present


def test_declared_tables_are_there(finished: Finished) -> None:
    for table in ("dim_indicator", "dim_toc_node", "dim_toc_link", "dim_target", "dim_period"):
        assert finished.table(f"select count(*) as n from {table}")["n"].item() > 0


@pytest.fixture(scope="module")
def people(finished: Finished) -> set[str]:
    """Names and e-mails as they stand in the raw lists."""
    found: set[str] = set()
    for path in (finished.folders.raw / "attendance").rglob("*.csv"):
        content = path.read_bytes()
        is_teams = content.startswith(b"\xff\xfe")
        lines = content.decode("utf-16" if is_teams else "utf-8-sig").splitlines()
        for cells in csv.reader(lines, delimiter="\t" if is_teams else ","):
            if len(cells) > 4 and " - " in cells[0] and "(" not in cells[0]:
                found |= {cells[0].split(" - ")[0]} | {cell for cell in cells if "@" in cell}
    contacts = pd.read_csv(finished.folders.raw / "registers" / "contacts.csv")
    found |= set(contacts["name"].dropna()) | set(contacts["email"].dropna())
    assert len(found) > 300
    return found


def test_no_name_or_address_reaches_the_database(finished: Finished, people: set[str]) -> None:
    for table in finished.table("select table_name from duckdb_tables() where database_name = 'mel'")["table_name"]:
        texts = finished.table(f"select * from {table}").select_dtypes(include=["object", "string"])
        told = {str(text) for column in texts for text in texts[column].dropna().astype(str)}
        assert not people & told, table
        assert "@example.org" not in "\n".join(told), table


def test_no_name_or_address_reaches_records_pages_or_messages(finished: Finished, people: set[str]) -> None:
    """Dagster's records, the built tables, the pages and all that was printed are searched byte by byte."""
    folders = finished.folders
    searched = [
        path
        for folder in (folders.dagster_home, folders.build, folders.marts, folders.preview)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".parquet"
    ]
    assert any(path.suffix == ".db" for path in searched)
    for content in (finished.output.encode(), *(path.read_bytes() for path in searched)):
        assert b"@example.org" not in content
        for person in people:
            if " " in person:
                assert person.encode() not in content, person


def test_no_name_or_address_is_in_accepted_or_staged_rows(finished: Finished) -> None:
    """What officers need of persons lies apart, in the restricted folder."""
    with database.connect() as connection:
        for path in (*finished.folders.accepted.glob("*.parquet"), *finished.folders.staging.rglob("*.parquet")):
            rows = connection.execute(f"select * from {database.read_parquet(path)}").df()
            assert "@example.org" not in rows.to_csv(), path.name
            apart = {"name_raw", "email_raw", "poc_name", "poc_email", "change_story", "best_part", "improve"}
            assert not apart & set(rows.columns)
