"""Which rows stay when files and records come more than once."""

from typing import Any

from mel_pipeline import database
from mel_pipeline.quality import files_that_do_not_add_up

REPORT = {"hub": "code", "period": "code", "submitted_on": "date", "activity": "code", "people": "integer"}


def declare_reports(bench: Any, **more: Any) -> None:
    declared = {"key": ["hub", "period", "activity"], "supersedes_by": ["hub", "period"], **more}
    bench.declare(
        "reports", REPORT, later_by="submitted_on", rule_ids={"superseded": "HR05", "copied": "AT21"}, **declared
    )


HEADER = ",".join(REPORT)


def test_a_report_sent_again_replaces_every_row_of_the_earlier_one(bench: Any) -> None:
    declare_reports(bench)
    bench.write("reports_b.csv", HEADER, "MENA,2024Q1,2024-04-10,A1,20", "MENA,2024Q1,2024-04-10,A2,30")
    bench.write("reports_a.csv", HEADER, "MENA,2024Q1,2024-04-20,A1,25")
    judgement = bench.judge("reports")
    assert [(row["activity"], row["people"]) for row in bench.accepted("reports")] == [("A1", 25)]
    assert bench.status("reports") == {"reports_a.csv": "accepted", "reports_b.csv": "superseded"}
    repairs = bench.found("reports", "repairs")
    assert [(row["rule_id"], row["source_file"], row["source_row"]) for row in repairs] == [
        ("HR05", "reports_b.csv", 2),
        ("HR05", "reports_b.csv", 3),
    ]
    assert (judgement.n_rows, judgement.n_accepted, judgement.n_dropped) == (3, 1, 2)


def test_only_what_a_later_file_covers_is_superseded(bench: Any) -> None:
    declare_reports(bench)
    bench.write("reports_a.csv", HEADER, "MENA,2024Q1,2024-04-10,A1,20", "WB,2024Q1,2024-04-10,B1,7")
    bench.write("reports_b.csv", HEADER, "MENA,2024Q1,2024-04-20,A1,25")
    bench.judge("reports")
    assert sorted(row["people"] for row in bench.accepted("reports")) == [7, 25]
    assert bench.status("reports")["reports_a.csv"] == "accepted"


def test_the_day_of_receipt_decides_where_nothing_is_stated(bench: Any) -> None:
    bench.declare("reports", REPORT, key=["hub", "period", "activity"], supersedes_by=["hub", "period"])
    bench.write("reports_a.csv", HEADER, "MENA,2024Q1,,A1,20", received_on="2024-05-02")
    bench.write("reports_b.csv", HEADER, "MENA,2024Q1,,A1,25", received_on="2024-05-01")
    bench.judge("reports")
    assert [row["people"] for row in bench.accepted("reports")] == [20]
    assert bench.found("reports", "repairs")[0]["rule_id"] == "SUPERSEDED"


def test_a_row_that_does_not_say_what_it_is_about_supersedes_nothing(bench: Any) -> None:
    declare_reports(bench)
    bench.write("reports_a.csv", HEADER, "MENA,,2024-04-10,A1,20")
    bench.write("reports_b.csv", HEADER, "MENA,,2024-04-20,A2,25")
    bench.judge("reports")
    assert len(bench.accepted("reports")) == 2


def test_of_two_rows_with_one_key_the_latest_stays(bench: Any) -> None:
    columns = {"uuid": "code", "sent_at": "datetime", "score": "integer"}
    bench.declare("answers", columns, latest_by="sent_at", rule_ids={"duplicate": "SV05"})
    rows = ("u1,2024-10-02T10:00:00,4", "u1,2024-10-01T10:00:00,3", "u2,2024-10-01T10:00:00,5")
    bench.write("answers.csv", ",".join(columns), *rows)
    bench.judge("answers")
    assert [(row["uuid"], row["score"]) for row in bench.accepted("answers")] == [("u1", 4), ("u2", 5)]
    repairs = bench.found("answers", "repairs")
    assert [(row["rule_id"], row["source_row"], row["field"]) for row in repairs] == [("SV05", 3, None)]


def test_a_key_with_a_gap_is_its_own_key_unless_the_whole_row_is_the_same(bench: Any) -> None:
    bench.declare("visits", {"person": "code", "joined": "code", "age": "integer"}, key=["person", "joined"])
    bench.write("visits.csv", "person,joined,age", "p1,,30", "p1,,31", "p1,,30", "p2,a,40", "p2,a,41")
    bench.judge("visits")
    ages = [row["age"] for row in bench.accepted("visits")]
    assert ages == [31, 30, 41]


def test_an_identical_file_counts_once(bench: Any) -> None:
    declare_reports(bench)
    for name in ("reports_a.csv", "reports_b.csv"):
        bench.write(name, HEADER, "MENA,2024Q1,2024-04-10,A1,20", "MENA,2024Q1,2024-04-10,A2,30")
    bench.judge("reports")
    assert len(bench.accepted("reports")) == 2
    files = {row["source_file"]: row for row in bench.found("reports", "source_files")}
    assert sorted(row["file_status"] for row in files.values()) == ["accepted", "copy"]
    copy = next(row for row in files.values() if row["file_status"] == "copy")
    assert (copy["n_rows"], copy["n_dropped"], copy["n_accepted"]) == (2, 2, 0)
    told = [(row["rule_id"], row["source_file"], row["source_row"]) for row in bench.found("reports", "repairs")]
    assert told == [("AT21", "reports_b.csv", 1)]


def declare_lists(bench: Any) -> None:
    lists = {"event": "code", "person": "code", "version": "code"}
    bench.declare(
        "lists",
        lists,
        key=["event", "person"],
        supersedes_by=["event"],
        revision_by="version",
        rule_ids={"superseded": "AT22", "united": "AT20"},
    )


def test_two_reports_of_one_meeting_add_up_and_it_is_written_down(bench: Any) -> None:
    declare_lists(bench)
    bench.write("lists_a.csv", "event,person,version", "E1,p1,", "E2,p1,", received_on="2024-05-01")
    bench.write("lists_b.csv", "event,person,version", "E1,p2,", "E1,p3,", received_on="2024-05-02")
    bench.judge("lists")
    assert len(bench.accepted("lists")) == 4
    told = [(row["rule_id"], row["source_file"], row["source_row"]) for row in bench.found("lists", "repairs")]
    assert told == [("AT20", "lists_b.csv", 2)]


def test_a_corrected_version_replaces_what_came_before_it_and_not_what_came_after(bench: Any) -> None:
    declare_lists(bench)
    bench.write("lists_a.csv", "event,person,version", "E1,p1,", received_on="2024-05-01")
    bench.write("lists_b.csv", "event,person,version", "E1,p2,v2", received_on="2024-05-02")
    bench.write("lists_c.csv", "event,person,version", "E1,p3,", received_on="2024-05-03")
    bench.judge("lists")
    assert [row["person"] for row in bench.accepted("lists")] == ["p2", "p3"]
    told = [(row["rule_id"], row["source_file"]) for row in bench.found("lists", "repairs")]
    assert sorted(told) == [("AT20", "lists_c.csv"), ("AT22", "lists_a.csv")]


def test_rows_of_every_file_add_up(bench: Any) -> None:
    declare_reports(bench)
    bench.write("reports_a.csv", HEADER, "MENA,2024Q1,2024-04-10,A1,20", "WB,2024Q1,2024-04-10,B1,7")
    bench.write("reports_b.csv", HEADER, "MENA,2024Q1,2024-04-20,A1,25", "MENA,2024Q1,2024-04-20,A1,26")
    bench.write("reports_c.csv", "nothing,of,this", "1,2,3")
    bench.judge("reports")
    with database.connect() as connection:
        assert files_that_do_not_add_up(connection, bench.folders.findings("reports", "source_files")) == []
    assert bench.status("reports")["reports_c.csv"] == "unreadable"
    told = next(row for row in bench.found("reports", "source_files") if row["source_file"] == "reports_c.csv")
    assert "reports_c.csv" in told["message"]


def test_rows_that_do_not_add_up_are_told(bench: Any) -> None:
    path = bench.folders.root / "source_files.parquet"
    with database.connect() as connection:
        query = "select 'reports' as source, 'a.csv' as source_file, 5 as n_rows, 3 as n_accepted, 1 as n_quarantined,"
        database.write_parquet(connection, f"{query} 0 as n_dropped", path)
        told = files_that_do_not_add_up(connection, path)
    assert len(told) == 1
    assert "found 3 accepted + 1 set aside + 0 dropped, expected 5 rows" in told[0]


def test_a_source_without_files_has_its_columns_and_empty_findings(bench: Any) -> None:
    declare_reports(bench)
    judgement = bench.judge("reports")
    assert bench.accepted("reports") == []
    assert judgement.n_files == 0
    with database.connect() as connection:
        accepted = database.read_parquet(bench.folders.accepted_rows("reports"))
        described = connection.execute(f"describe select * from {accepted}").fetchall()
    types = {row[0]: row[1] for row in described}
    assert types["people"] == "BIGINT"
    assert types["submitted_on"] == "DATE"
    assert all(bench.found("reports", table) == [] for table in ("quality_results", "quarantine", "repairs"))
