"""Defects in how a tool or a clerk writes a whole list: AT01 to AT04, AT16 and AT26."""

from openpyxl import Workbook

from tests.defects.attendance_files import SIGN_IN, WORLD, Stay, signature, signin, teams, zoom
from tests.defects.declared import Defect
from tests.defects.seen import Seen


def _two(case: str, day: str) -> tuple[Stay, Stay]:
    return (
        Stay("Amina Haddad - Karak", f"{case}.a@example.org", f"{day} 10:05", f"{day} 11:05"),
        Stay("Bruno Keller - Irbid", f"{case}.b@example.org", f"{day} 10:10", f"{day} 11:00"),
    )


def _in_words(stay: Stay, minutes: str) -> Stay:
    return Stay(stay.name, stay.email, stay.join, stay.leave, minutes)


def _both_stayed(seen: Seen, path: str) -> None:
    accepted = seen.accepted("event_attendance", path)
    assert accepted["minutes"].tolist() == [60, 50]
    assert accepted["join_at"].dt.strftime("%H:%M").tolist() == ["10:05", "10:10"]
    assert accepted["city_code"].tolist() == ["SCN-C-0019", "SCN-C-0021"]
    account = seen.file(path)
    assert (account["n_rows"], account["n_accepted"], account["file_status"]) == (2, 2, "accepted")


def _blocked(seen: Seen, path: str, *words: str) -> None:
    account = seen.file(path)
    assert (account["n_rows"], account["n_accepted"], account["file_status"]) == (0, 0, "unreadable")
    assert seen.exit_code == 1
    for word in (path, *words):
        assert word in account["message"]
        assert word in seen.output.replace("\n  ", " ")


AT01 = "attendance/at01/EV-2024-003_s1_teams.csv"
AT01_STAYS = _two("at01", "2024-02-05")
AT01_WRITTEN = [_in_words(stay, text) for stay, text in zip(AT01_STAYS, ("1h 0m 0s", "50m 0s"), strict=True)]


def _utf16_is_read(seen: Seen) -> None:
    _both_stayed(seen, AT01)
    (repair,) = seen.findings("repairs", "AT01", AT01).to_dict("records")
    assert (repair["before"], repair["after"]) == ("UTF-16", "UTF-8")


AT02 = "attendance/at02/EV-2024-007_s1_teams.csv"
AT02_CUT = "attendance/at02/EV-2024-007_s2_teams.csv"
AT02_STAYS, AT02_LATER = _two("at02", "2024-05-14"), _two("at02", "2024-05-15")


def _sections_are_told_apart(seen: Seen) -> None:
    """The participants stand in two sections, and each counts once."""
    _both_stayed(seen, AT02)
    assert seen.findings("repairs", "AT02", AT02)["source_row"].tolist() == [1]
    _blocked(seen, AT02_CUT, "2. Participants", "First Join")


AT03 = "attendance/at03/EV-2024-004_s1_zoom.csv"
AT03_UNKNOWN = "attendance/at03/EV-2024-006_s1_zoom.csv"
FRENCH = "Nom (nom d'origine),Adresse e-mail,Heure d'arrivée,Heure de départ,Durée (minutes),Invité,En salle d'attente"
UNKNOWN = "Namn (ursprungligt namn),E-postadress,Anslöt,Lämnade,Längd (minuter),Gäst,I väntrum"
AT03_STAYS, AT03_OTHERS = _two("at03", "2024-02-27"), _two("at03", "2024-04-27")


def _french_is_known(seen: Seen) -> None:
    _both_stayed(seen, AT03)
    assert seen.findings("repairs", "AT03", AT03)["source_row"].tolist() == [1]
    _blocked(seen, AT03_UNKNOWN, "no header row found in CSV", "expected a row with names such as")


AT04 = "attendance/at04/EV-2024-008_s1_zoom.csv"
AT04_STAYS = _two("at04", "2024-05-18")
BLOCK = (
    ("Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"),
    ("990000001", "Meeting", "05/18/2024 10:00:00 AM", "05/18/2024 11:10:00 AM", "host@example.org", "70", "2"),
    ("",),
)


def _the_block_is_no_person(seen: Seen) -> None:
    _both_stayed(seen, AT04)
    assert seen.accepted("event_attendance", AT04)["_source_row"].tolist() == [5, 6]
    assert seen.findings("repairs", "AT04", AT04)["source_row"].tolist() == [1]
    assert seen.accepted("event_attendance", AT04)["source_format"].tolist() == ["zoom", "zoom"]


AT16 = "attendance/at16/EV-2026-003_s2_teams.csv"
_DAY = "2026-02-22"
AT16_STAYS = (
    Stay("Amina Haddad - Karak", "at16.a@example.org", f"{_DAY} 10:00", f"{_DAY} 11:13", "1 h 13 min"),
    Stay("Bruno Keller - Irbid", "at16.b@example.org", f"{_DAY} 10:00", f"{_DAY} 11:13", "1 godz. 13 min"),
    Stay("Chadi Nasser - Zarqa", "at16.c@example.org", f"{_DAY} 10:00", f"{_DAY} 11:13", "a good hour"),
)


def _durations_are_read(seen: Seen) -> None:
    """What no grammar reads is set aside; the minutes of the stay itself are known by its times."""
    accepted = seen.accepted("event_attendance", AT16)
    assert accepted["minutes"].tolist()[:2] == [73, 73]
    assert accepted["minutes"].isna().tolist() == [False, False, True]
    assert seen.findings("repairs", "AT16", AT16)["field"].tolist() == ["minutes"]
    (aside,) = seen.table("quarantine", source_file=AT16).to_dict("records")
    assert (aside["level"], aside["field"], aside["source_row"]) == ("answer", "minutes", accepted["_source_row"][2])
    assert "does not hold what its column asks for" in aside["reason"]
    credited = seen.table("fct_attendance", event_code="EV-2026-003", session_no=2)
    assert credited["credited_minutes"].tolist() == [73, 73, 73]


AT26 = "attendance/at26/EV-2024-005_signin.xlsx"
AT26_LOST = "attendance/at26/EV-2024-012_signin.xlsx"
AT26_ROWS = [
    signature(1, "Amina Haddad", "Karak", "at26.a@example.org"),
    signature(2, "Bruno Keller", "Irbid", "at26.b@example.org", "M"),
]

AT26_OTHERS = [signature(1, "Chadi Nasser", "Zarqa", "at26.c@example.org")]


def _titles_and_merged_cells(workbook: Workbook) -> None:
    """Titles above, a header of two lines whose cells are merged, and one organisation for both people."""
    sheet = workbook.worksheets[0]
    sheet["D2"] = "Feuille de présence"
    sheet.merge_cells("D2:L2")
    sheet.insert_rows(12)
    for column in "DEFGHIJKL":
        sheet.merge_cells(f"{column}11:{column}12")


def _the_header_is_found(seen: Seen) -> None:
    accepted = seen.accepted("event_attendance", AT26)
    assert accepted["_source_row"].tolist() == [13, 14]
    assert accepted["city_code"].tolist() == ["SCN-C-0019", "SCN-C-0021"]
    assert accepted["sex"].tolist() == ["female", "male"]
    assert accepted["is_signed"].tolist() == [True, True]
    _blocked(seen, AT26_LOST, "no header row found in Jour 1", "Full name")


REPORTS = (
    Defect("AT01", {AT01: teams(*AT01_WRITTEN)}, {AT01: zoom(*AT01_STAYS)}, _utf16_is_read, WORLD),
    Defect(
        "AT02",
        {AT02: teams(*AT02_STAYS), AT02_CUT: teams(*AT02_LATER, sections=(1, 3))},
        {AT02: zoom(*AT02_STAYS), AT02_CUT: zoom(*AT02_LATER)},
        _sections_are_told_apart,
        WORLD,
    ),
    Defect(
        "AT03",
        {AT03: zoom(*AT03_STAYS, header=FRENCH), AT03_UNKNOWN: zoom(*AT03_OTHERS, header=UNKNOWN)},
        {AT03: zoom(*AT03_STAYS), AT03_UNKNOWN: zoom(*AT03_OTHERS)},
        _french_is_known,
        WORLD,
    ),
    Defect("AT04", {AT04: zoom(*AT04_STAYS, above=BLOCK)}, {AT04: zoom(*AT04_STAYS)}, _the_block_is_no_person, WORLD),
    Defect(
        "AT16",
        {AT16: teams(*AT16_STAYS)},
        {AT16: zoom(*(_in_words(stay, "73") for stay in AT16_STAYS))},
        _durations_are_read,
        WORLD,
    ),
    Defect(
        "AT26",
        {
            AT26: signin({"Jour 1": AT26_ROWS}, corner="D11", change=_titles_and_merged_cells),
            AT26_LOST: signin({"Jour 1": AT26_OTHERS}, header=["" for _ in SIGN_IN]),
        },
        {AT26: signin({"Jour 1": AT26_ROWS}), AT26_LOST: signin({"Jour 1": AT26_OTHERS})},
        _the_header_is_found,
        WORLD,
    ),
)
