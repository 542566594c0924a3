"""The small programmes that the benchmarks run on: three sources with their rules, and seeded files for them.

Only declarations and data belong here. Names are made of numbers; nobody is meant. About one row in two hundred
has a cell that needs a repair, is a missing code, or breaks a rule.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import openpyxl
import yaml

SETTINGS = {
    "programme": "benchmark",
    "title": {"en": "Benchmark"},
    "subtitle": {"en": "Generated"},
    "languages": ["en"],
    "calendar": {"first_quarter": "2024Q1", "last_quarter": "2025Q4"},
    "missing_codes": {"-98": "dont_know", "-99": "refused"},
}
LIKERT = [f"cap_{number:02}" for number in range(1, 16)]
OPTIONS = ["guide", "training", "visit", "grant", "network", "none_used"]
ROLES = {"mayor": "Mayor", "official": "Local official", "civil": "Civil society", "youth": "Youth representative"}
REASON = {"en": "Stands for a rule of a programme"}


@dataclass(frozen=True)
class Bench:
    """A source of the benchmark: its declaration, its rules, and the SQL of its rows as they come in files.

    Attributes:
        columns: by header, SQL of the cell of row `i`.
        types: by header, the type with which DuckDB reads the column.
    """

    source: dict[str, object]
    rules: list[dict[str, object]]
    columns: dict[str, str]
    types: dict[str, str]
    timestamp_format: str | None = None


def _rule(rule_id: str, expect: str, treatment: str, **more: object) -> dict[str, object]:
    usual = {"dqa_dimension": "validity", "reason": REASON}
    return {"id": rule_id, "expect": expect, "treatment": treatment, **more, **usual}


def _likert(place: int) -> str:
    answer = f"case when hash(i, {place}) % 50 = 0 then '-98' else (1 + hash(i, {place}, 1) % 5)::varchar end"
    odd = "case hash(i, 3) % 4 when 0 then '٤' when 1 then '9' when 2 then chr(8207) || '3' else 'four' end"
    return f"case when hash(i, {place}, 2) % 3000 = 0 then {odd} else {answer} end"


def survey() -> Bench:
    """A survey of 40 columns as KoboToolbox exports it: labels, multiple choice, scales, free text."""
    stamp = "timestamp '2025-01-01 08:00:00' + to_seconds((hash(i, {0}) % 28000000)::bigint)"
    moment = "strftime(" + stamp.format(1) + ", '%Y-%m-%dT%H:%M:%S.000+03:00')"
    words = " || ' ' || ".join(f"['we','city','plan','meets','young','people','often','in','spring','council'][{1} + (hash(i, {k}) % 10)::int]" for k in range(20, 30))  # fmt: skip # noqa: E501
    roles = ", ".join(f"'{label}'" for label in ROLES.values())
    columns = {
        "_uuid": "'uuid:' || substr(md5(i::varchar), 1, 32)",
        "_submission_time": "strftime(" + stamp.format(1) + ", '%Y-%m-%dT%H:%M:%S')",
        "start": moment,
        "end": moment,
        "today": "strftime(" + stamp.format(1) + ", '%Y-%m-%d')",
        "consent": "case when hash(i, 4) % 400 = 0 then 'no' else 'yes' end",
        "intro/language": "['en','fr','ar'][1 + (hash(i, 5) % 3)::int]",
        "intro/country": "['JOR','LBN','TUN','KEN','SEN','MLI'][1 + (hash(i, 6) % 6)::int]",
        "intro/city": "'City ' || (hash(i, 7) % 250)",
        "intro/role": f"[{roles}][1 + (hash(i, 8) % {len(ROLES)})::int]",
        "intro/sex": "case when hash(i, 9) % 200 = 0 then 'Femme' else ['male','female'][1 + (hash(i) % 2)::int] end",
        "intro/age": "case when hash(i, 10) % 500 = 0 then '340' else (16 + hash(i, 10) % 70)::varchar end",
        **{f"mem/used/{option}": f"(hash(i, {30 + place}) % 2)::varchar" for place, option in enumerate(OPTIONS)},
        **{f"cap/{name}": _likert(40 + place) for place, name in enumerate(LIKERT)},
        "cost/budget": "case when hash(i, 60) % 400 = 0 then '1250,5' else (hash(i, 61) % 90000 / 10)::varchar end",
        "cost/spent": "case when hash(i, 59) % 200 = 0 then '99999' else (hash(i, 61) % 90000 // 11)::varchar end",
        "cost/staff": "(hash(i, 62) % 40)::varchar",
        "open/story": f"{words} || ', ' || {words}",
        "_weight": "(0.5 + hash(i, 63) % 1000 / 1000)::varchar",
        "_validation_status": "case when hash(i, 64) % 20 = 0 then 'approved' end",
        "__version__": "'v' || (1 + hash(i, 65) % 3)",
    }
    return Bench(_survey_source(), _survey_rules(), columns, _survey_types(columns))


def _survey_source() -> dict[str, object]:
    plain = {
        "submission_uuid": ("code", "_uuid"), "submitted_at": ("datetime", "_submission_time"),
        "started_at": ("datetime", "start"), "ended_at": ("datetime", "end"), "answered_on": ("date", "today"),
        "consent": ("code", "consent"), "language": ("code", "intro/language"), "country": ("code", "intro/country"),
        "city_raw": ("code", "intro/city"), "role": ("code", "intro/role"), "age": ("integer", "intro/age"),
        "used": ("choices", "mem/used"), "budget": ("number", "cost/budget"), "spent": ("number", "cost/spent"),
        "staff": ("integer", "cost/staff"), "story": ("text", "open/story"), "weight": ("number", "_weight"),
        "validation": ("code", "_validation_status"), "version": ("code", "__version__"),
        **{name: ("integer", f"cap/{name}") for name in LIKERT},
    }  # fmt: skip
    fields: list[dict[str, object]] = [
        {"name": name, "type": kind, "question": question} for name, (kind, question) in plain.items()
    ]
    fields[0]["required"] = True
    values = {"female": ["female"], "male": ["male"], "another": ["another"]}
    repaired = {"SEX": {"female": ["femme"], "male": ["homme"]}}
    sex = {"name": "sex", "type": "category", "question": "intro/sex", "values": values, "repaired_values": repaired}
    return {
        "source": "survey",
        "kind": "survey",
        "title": {"en": "Survey"},
        "files": ["survey*.csv"],
        "format": "kobo",
        "fields": [*fields, sex],
        "key": ["submission_uuid"],
        "latest_by": "submitted_at",
        "consent": {"field": "consent", "refused": ["no"], "keep": ["version", "language"]},
        "privacy": {"restricted": ["story"]},
    }


def _survey_rules() -> list[dict[str, object]]:
    between = "expect_column_values_to_be_between"
    pair = "expect_column_pair_values_a_to_be_greater_than_b"
    return [
        _rule("R01", "unexpected_rows", "repair", sql="select _record_key from {batch} where staff > 38", field="staff",
              fix="38"),
        _rule("R02", "unexpected_rows", "repair", drop=True,
              sql="select _record_key from {batch} where validation = 'rejected'"),
        _rule("R03", "expect_column_values_to_not_be_null", "quarantine", column="answered_on"),
        *(_rule(f"R04-{name}", between, "quarantine", column=name, min_value=1, max_value=5, level="answer")
          for name in LIKERT[:4]),
        _rule("R05", between, "quarantine", column="age", min_value=15, max_value=110, level="answer"),
        _rule("R06", pair, "warn", column_A="budget", column_B="spent", or_equal=True),
        _rule("R07", "expect_column_values_to_match_regex", "warn", column="language", regex="^(en|fr|ar)$"),
        _rule("R08", "expect_column_values_to_be_in_set", "quarantine", column="role", value_set=list(ROLES),
              level="answer"),
        _rule("R09", "unexpected_rows", "quarantine",
              sql="select _record_key from {batch} where ended_at < started_at"),
        _rule("R10", "expect_column_values_to_be_unique", "block", column="submission_uuid", blocks="source"),
    ]  # fmt: skip


def _survey_types(columns: dict[str, str]) -> dict[str, str]:
    times = {"_submission_time": "timestamp", "start": "timestamptz", "end": "timestamptz", "today": "date"}
    numbers = dict.fromkeys(("cost/budget", "cost/spent", "_weight"), "double")
    whole = [name for name in columns if name.startswith(("cap/", "mem/")) or name in ("intro/age", "cost/staff")]
    return {name: {**times, **numbers, **dict.fromkeys(whole, "bigint")}.get(name, "varchar") for name in columns}


def attendance() -> Bench:
    """Lists of participants as Zoom writes them: names and addresses, of which only hashes are kept."""
    person = "(hash(i, 1) % 200000)"
    join = "timestamp '2025-03-01 09:00:00' + to_seconds((hash(i, 2) % 25000000)::bigint)"
    clock = "strftime({0}, '%m/%d/%Y %I:%M:%S %p')"
    columns = {
        "Name (Original Name)": f"'First' || {person} || ' Family' || ({person} % 999) || case when hash(i, 3) % 3 = 0"
        f" then ' - City ' || (hash(i, 4) % 250) when hash(i, 3) % 100 = 1 then ' (Other Name)' else '' end",
        "User Email": f"case when hash(i, 5) % 10 = 0 then null else 'first' || {person} || '@example.org' end",
        "Join Time": clock.format(join),
        "Leave Time": clock.format(f"{join} + to_minutes((hash(i, 6) % 180)::bigint)"),
        "Duration (Minutes)": "case when hash(i, 7) % 1000 = 0 then '٤٥' else (hash(i, 6) % 180)::varchar end",
        "Guest": "['Yes','No'][1 + (hash(i, 8) % 2)::int]",
        "In Waiting Room": "case when hash(i, 9) % 200 = 0 then 'Yes' else 'No' end",
    }
    kinds = ["varchar", "varchar", "timestamp", "timestamp", "bigint", "varchar", "varchar"]
    types = dict(zip(columns, kinds, strict=True))
    return Bench(_attendance_source(), _attendance_rules(), columns, types, "%m/%d/%Y %I:%M:%S %p")


def _attendance_source() -> dict[str, object]:
    kinds = {
        "name_raw": "text", "original_name": "text", "email_raw": "text", "organisation": "text", "join_at": "datetime",
        "leave_at": "datetime", "join_at_swapped": "datetime", "leave_at_swapped": "datetime", "is_waiting": "flag",
        "minutes": "integer", "source_format": "code", "mode": "code",
    }  # fmt: skip
    fields = [{"name": name, "type": kind, "from_reader": True} for name, kind in kinds.items()]
    event = {"name": "event_code", "type": "code", "from_file_name": True, "required": True}
    return {
        "source": "attendance",
        "kind": "attendance",
        "title": {"en": "Attendance"},
        "files": ["attendance/*.csv"],
        "format": "zoom",
        "file_name": r"(?P<event_code>EV-\d{4}-\d{3,})",
        "fields": [event, *fields],
        "key": ["event_code", "person_key", "join_at"],
        "privacy": {
            "hash": {"person_key": ["email_raw", ["name_raw", "organisation"]]},
            "shared": {"email_raw": ["^(info|contact|office)@"]},
            "restricted": ["name_raw", "original_name", "email_raw"],
        },
    }


def _attendance_rules() -> list[dict[str, object]]:
    between = "expect_column_values_to_be_between"
    pair = "expect_column_pair_values_a_to_be_greater_than_b"
    return [
        _rule("A01", "unexpected_rows", "repair", sql="select _record_key from {batch} where is_waiting",
              field="is_waiting", drop=True),
        _rule("A02", "unexpected_rows", "repair", sql="select _record_key from {batch} where minutes > 175",
              field="minutes", fix="175"),
        _rule("A03", "expect_column_values_to_not_match_regex", "repair", column="name_raw", drop=True,
              regex="(?i)(otter\\.ai|read\\.ai|note ?taker)"),
        _rule("A04", "expect_column_values_to_not_be_null", "quarantine", column="person_key"),
        _rule("A05", "expect_column_values_to_not_be_null", "quarantine", column="join_at"),
        _rule("A06", between, "quarantine", column="minutes", min_value=0, max_value=600, level="answer"),
        _rule("A07", pair, "quarantine", column_A="leave_at", column_B="join_at", or_equal=True),
        _rule("A08", "unexpected_rows", "warn", sql="select _record_key from {batch} where minutes < 1"),
        _rule("A09", "expect_column_values_to_be_in_set", "warn", column="source_format", value_set=["zoom"]),
        _rule("A10", "expect_column_values_to_not_be_null", "block", column="event_code", blocks="file"),
    ]  # fmt: skip


def write_programme(bench: Bench, directory: Path) -> None:
    """Write the programme of one source; the survey gets its form."""
    folder = directory / "sources" / str(bench.source["source"])
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in {
        directory / "programme.yml": SETTINGS,
        folder / "source.yml": bench.source,
        folder / "rules.yml": bench.rules,
    }.items():
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    if bench.source["format"] == "kobo":
        _write_form(folder / "form.xlsx")


def _write_form(path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    survey = book.create_sheet("survey")
    survey.append(["type", "name", "label::English (en)"])
    groups = {
        "intro": [("select_one role", "role", "Role")],
        "mem": [("select_multiple used", "used", "Used")],
        "cap": [("integer", name, name) for name in LIKERT],
    }
    for group, questions in groups.items():
        survey.append(["begin_group", group, group])
        for question in questions:
            survey.append(list(question))
        survey.append(["end_group", "", ""])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label::English (en)"])
    for code, label in ROLES.items():
        choices.append(["role", code, label])
    for code in OPTIONS:
        choices.append(["used", code, code.title()])
    book.save(path)


def write_rows(bench: Bench, first: int, count: int, path: Path) -> None:
    """Write a CSV file with the rows that bear some numbers; the same numbers give the same rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = ", ".join(f'({sql})::varchar as "{header}"' for header, sql in bench.columns.items())
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select {cells} from range({first}, {first + count}) as numbers(i)) to '{path.as_posix()}'"
            " (format csv, header, delimiter ',')"
        )
