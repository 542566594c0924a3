"""Words that name nobody but are easily found again, and the raw files of an example spiked with them.

Each stands where people's data stand in practice, or where a fault brings them.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl

from mel_pipeline.folders import DataFolder

KEPT_APART = {
    "name on a list": "Zénaïde Quartermain",
    "address on a list": "zq.canary02@mail.example",
    "name before a renaming": "Ottoline Bramblewick",
    "name of a device": "iPhone de Théophraste Vandermolen",
    "name in Arabic": "أُمَيْمَة القَرَنْفُلِيّ",
    "name instead of a time": "Cosmo Fairweather Quill",
    "name instead of a function": "Balthazar Nightingale",
    "phrase in a title": "the blue lantern of quarrel street",
    "name instead of a number": "Euphemia Goldsworthy",
    "name instead of a code": "Dorothea Blackthorne",
    "name instead of a city": "Ottavio Brackenridge",
    "contact in a survey": "Leocadia Winterbourne",
    "address in a survey": "leocadia.canary19@mail.example",
    "phrase in a story": "seven copper kettles by the gate",
    "contact in a register": "Barnabas Quickenden",
    "address in a register": "bq.canary23@mail.example",
    "name instead of a day": "Tancredi Holloway",
    "own key of a participant": "canarykey77zz",
    "author of a report": "Ignatius Larkspur",
    "narrative": "purple heron over the mill",
}
"""What officers need: it may stand in the restricted folder, and where the source declares such a field."""

NEVER_KEPT = {
    "phone in an unexpected column": "+962 79 555 0104",
    "unexpected header": "Peregrine Thistlewood",
    "organiser of a meeting": "Wilhelmina Oakhanger",
    "phone in a dropped column": "+33 6 44 55 01 10",
    "note below a table": "Hyacinth Merriweather",
    "title above a table": "Septimus Drakeford",
    "answer after a refusal": "seventeen silver herons said no",
    "phone in a story": "+962 79 123 4599",
    "text of another kind of file": "Isidora Plumtree",
    "row too long for its header": "Fortunato Silverlake",
    "list without a header": "Ambrose Kettlewell",
    "list in another encoding": "Anaïs Léonarde",
    "reason of a decision": "Rosamund Everdeen",
    "value of a decision": "Eustace Pomfrey",
    "address as a role": "role.canary30@mail.example",
}
"""What nobody needs: it stands in the raw file and nowhere else."""

Rows = list[list[str]]


def plant(folders: DataFolder) -> None:
    """Spike the raw files of an example."""
    lists = sorted((folders.raw / "attendance").rglob("*_zoom*.csv"))
    _csv(lists[0], _spike_zoom)
    _csv(sorted((folders.raw / "attendance").rglob("*_teams*.csv"))[0], _spike_teams)
    _signin(sorted((folders.raw / "attendance").rglob("*_signin*.xlsx"))[0])
    _report(sorted((folders.raw / "hub_reports").rglob("*.xlsx"))[-1])
    _csv(folders.raw / "surveys" / "member_annual_2025_en.csv", _spike_survey)
    _csv(folders.raw / "surveys" / "training_prepost_2025_en.csv", _spike_test)
    _csv(folders.raw / "registers" / "contacts.csv", _spike_contacts)
    _unreadable(lists[0])
    _decisions(folders)


def _csv(path: Path, spike: Callable[[Rows], None]) -> None:
    content = path.read_bytes()
    encoding = "utf-16" if content.startswith(b"\xff\xfe") else "utf-8-sig"
    text = content.decode(encoding)
    delimiter = max("\t;,", key=lambda each: text.splitlines()[-1].count(each))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    spike(rows)
    told = io.StringIO()
    csv.writer(told, delimiter=delimiter).writerows(rows)
    path.write_bytes(told.getvalue().encode(encoding))


def _spike_zoom(rows: Rows) -> None:
    header = next(number for number, row in enumerate(rows) if len(row) > 5 and "@" not in " ".join(row))
    for number, row in enumerate(rows[header:]):
        row += [NEVER_KEPT["unexpected header"] if number == 0 else ""]
    people = rows[header + 1 :]
    people[0][:2] = [f"{KEPT_APART['name on a list']} - Karak", KEPT_APART["address on a list"]]
    people[0][-1] = NEVER_KEPT["phone in an unexpected column"]
    people[1][:2] = [f"Mayor ({KEPT_APART['name before a renaming']})", "renamed@mail.example"]
    people[2][:2] = [KEPT_APART["name of a device"], ""]
    people[3][2] = KEPT_APART["name instead of a time"]


def _spike_teams(rows: Rows) -> None:
    rows[1] = [rows[1][0], f"Meeting of {NEVER_KEPT['organiser of a meeting']}"]
    rows[-1][0] = KEPT_APART["name in Arabic"]


def _signin(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = next(row[0].row for row in sheet.iter_rows() if sum(cell.value is not None for cell in row) > 6)
    sheet.cell(2, 1, f"Set up by {NEVER_KEPT['title above a table']}")
    sheet.cell(header + 1, 8, NEVER_KEPT["phone in a dropped column"])
    sheet.cell(header + 2, 3, KEPT_APART["name instead of a function"])
    sheet.cell(sheet.max_row + 1, 1, f"Note: {NEVER_KEPT['note below a table']} left early")
    book.save(path)


def _report(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cover, narrative, activities = book.worksheets[:3]
    for row in cover.iter_rows():
        if row[0].value == "prepared_by" or row[0].row == 4:
            row[1].value = KEPT_APART["author of a report"]
    narrative.cell(2, 2, KEPT_APART["narrative"])
    activities.append([cell.value for cell in activities[2]])
    last = activities.max_row
    activities.cell(2, 3, KEPT_APART["phrase in a title"])
    activities.cell(2, 6, KEPT_APART["name instead of a number"])
    activities.cell(last, 1, "SPIKED-01")
    activities.cell(last, 2, KEPT_APART["name instead of a code"])
    book.save(path)


def _spike_survey(rows: Rows) -> None:
    places = {name: place for place, name in enumerate(rows[0])}
    consent, story = places["Do you agree to take part?"], places["What has changed?"]
    first, second, third = rows[1:4]
    for row in (first, second, third):
        row[consent] = "Yes"
        row[places["Name of the point of contact"]] = KEPT_APART["contact in a survey"]
        row[places["E-mail of the point of contact"]] = KEPT_APART["address in a survey"]
    first[story] = (
        f"{KEPT_APART['contact in a survey'].upper()} told of {KEPT_APART['phrase in a story']}, "
        f"call {NEVER_KEPT['phone in a story']}"
    )
    second[places["City"]] = KEPT_APART["name instead of a city"]
    third[consent] = "No"
    third[story] = NEVER_KEPT["answer after a refusal"]


def _spike_test(rows: Rows) -> None:
    place = next(place for place, name in enumerate(rows[0]) if name.endswith("participant_key"))
    rows[1][place] = KEPT_APART["own key of a participant"]


def _spike_contacts(rows: Rows) -> None:
    places = {name: place for place, name in enumerate(rows[0])}
    rows[1][places["name"]] = KEPT_APART["contact in a register"]
    rows[1][places["email"]] = KEPT_APART["address in a register"]
    rows[2][places["valid_from"]] = KEPT_APART["name instead of a day"]


def _unreadable(beside: Path) -> None:
    event = beside.name.partition("_")[0]
    header = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
    files = {
        "s7": f"%PDF-1.7\n({NEVER_KEPT['text of another kind of file']}) Tj\n".encode(),
        "s8": f"{header}{NEVER_KEPT['row too long for its header']},,,,10,No,,,more\n".encode(),
        "s9": f"{NEVER_KEPT['list without a header']},x@mail.example,1,2,3\n".encode(),
        "s6": f"{header}{NEVER_KEPT['list in another encoding']},,,,10,No\n".encode("cp500"),
    }
    for session, content in files.items():
        beside.with_name(f"{event}_{session}_zoom.csv").write_bytes(content)


def _decisions(folders: DataFolder) -> None:
    log = folders.raw / "corrections" / "member_annual" / "log.csv"
    log.parent.mkdir(parents=True)
    value, reason = NEVER_KEPT["value of a decision"], NEVER_KEPT["reason of a decision"]
    log.write_text(
        "uuid,question,old_value,new_value,issue,change_type,reason,decided_by_role\n"
        f"{value},cap_02,{value},{value},{value},change_response,{reason},{NEVER_KEPT['address as a role']}\n"
        f"x,{value},1,2,{value},{value},{reason},officer\n"
        f",person_key,{value},{value},,merge_persons,{reason},officer\n",
        encoding="utf-8",
    )
