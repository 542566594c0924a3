"""Attendance lists: Zoom participants and sign-in workbooks in three languages."""

from datetime import datetime
from typing import Any

import pytest

SEX = {"female": ["f", "femme", "female", "أنثى", "2"], "male": ["m", "homme", "male", "ذكر", "1"]}
FIELDS = [
    {"name": "event_code", "type": "code", "from_file_name": True, "required": True},
    {"name": "session_no", "type": "integer", "from_file_name": True, "from_reader": True, "required": True},
    {"name": "source_format", "type": "code", "from_reader": True},
    {"name": "mode", "type": "code", "from_reader": True},
    {
        "name": "name_raw",
        "type": "text",
        "headers": ["Nom et prénom", "Full name", "الاسم الكامل"],
        "from_reader": True,
    },
    {"name": "email_raw", "type": "text", "headers": ["E-mail", "البريد الإلكتروني"], "from_reader": True},
    {
        "name": "organisation",
        "type": "text",
        "headers": ["Institution / Ville", "Organisation / City", "الجهة / المدينة"],
        "from_reader": True,
    },
    {"name": "sex", "type": "category", "headers": ["Sexe", "Sex", "الجنس"], "values": SEX},
    {"name": "age", "type": "integer", "headers": ["Âge", "Age", "العمر"]},
    {"name": "is_signed", "type": "flag", "headers": ["Signature", "التوقيع"]},
    {"name": "join_at", "type": "datetime", "headers": ["Join Time"], "from_reader": True},
    {"name": "leave_at", "type": "datetime", "headers": ["Leave Time"], "from_reader": True},
    {"name": "minutes", "type": "integer", "headers": ["Duration (Minutes)"], "from_reader": True},
]


@pytest.fixture
def attendance(declare: Any) -> Any:
    return declare(
        source="event_attendance",
        kind="attendance",
        files=["attendance/**/*.csv", "attendance/**/*.xlsx"],
        file_name=r"(?P<event_code>EV-\d{4}-\d{3})(?:_s(?P<session_no>\d+))?",
        fields=FIELDS,
        key=["event_code", "session_no", "source_format", "person_key", "join_at"],
        privacy={
            "hash": {"person_key": ["email_raw", ["name_raw", "organisation"]]},
            "drop": ["Téléphone", "Phone", "الهاتف"],
            "restricted": ["name_raw", "email_raw"],
        },
    )


ZOOM = (
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\r\n"
    "Amina Haddad - Karak,amina@example.org,03/14/2024 09:58:00 AM,03/14/2024 11:01:10 AM,64,No\r\n"
    "Amina Haddad - Karak,amina@example.org,03/14/2024 12:05:00 PM,03/14/2024 01:01:10 PM,57,No\r\n"
    "iPhone (Brian),,03/14/2024 12:00:00 AM,03/14/2024 01:01:10 AM,62,Yes\r\n"
)


def test_zoom_participants_with_their_stays(bench: Any, attendance: Any) -> None:
    bench.write("attendance/2024Q1/EV-2024-013_s2_zoom.csv", ZOOM.encode("utf-8-sig"))
    bench.stage(attendance)
    first, again, guest = bench.rows(attendance)
    assert (first["event_code"], first["session_no"]) == ("EV-2024-013", 2)
    assert (first["source_format"], first["mode"]) == ("zoom", "online")
    assert (first["organisation"], first["minutes"]) == ("Karak", 64)
    assert first["join_at"] == datetime(2024, 3, 14, 9, 58)
    assert again["join_at"] == datetime(2024, 3, 14, 12, 5)
    assert guest["join_at"] == datetime(2024, 3, 14, 0, 0)
    assert first["person_key"] == again["person_key"] != guest["person_key"]
    assert [row["_source_row"] for row in (first, again, guest)] == [2, 3, 4]
    assert [row["name_raw"] for row in bench.restricted(attendance)] == ["Amina Haddad", "Amina Haddad", "iPhone"]


def test_the_byte_order_mark_of_zoom_is_no_repair(bench: Any, attendance: Any) -> None:
    bench.write("attendance/EV-2024-013_s1_zoom.csv", ZOOM.encode("utf-8-sig"))
    bench.stage(attendance)
    assert [repair.rule_id for repair in bench.notes(attendance).repairs] == ["AT15"]
    assert bench.notes(attendance).format == "zoom"


def test_zoom_with_unique_users_below_a_meeting_block(bench: Any, attendance: Any) -> None:
    bench.write(
        "attendance/EV-2024-013_s1.csv",
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,\r\n"
        "1,Reunion,03/14/2024 09:58:00 AM,03/14/2024 11:01:10 AM,host@example.org,75,3,\r\n\r\n"
        "Name (Original Name),User Email,Total Duration (Minutes),Guest\r\n"
        "Amina Haddad,a@example.org,64,No\r\nSami - Irbid,,12,Yes\r\n",
    )
    bench.stage(attendance)
    rows = bench.rows(attendance)
    assert [(row["minutes"], row["_source_row"]) for row in rows] == [(64, 5), (12, 6)]
    [remark] = bench.notes(attendance).remarks
    assert remark.code == "fewer_rows_than_announced"
    assert "found 2 people, expected 3" in remark.message()


def test_zoom_in_french(bench: Any, attendance: Any) -> None:
    bench.write(
        "attendance/EV-2024-013_s1.csv",
        "Nom (nom d'origine);E-mail de l'utilisateur;Heure d'arrivée;Heure de départ;Durée (minutes);Invité\n"
        "Amina Haddad - Karak;amina@example.org;2024-03-14 09:58:00;2024-03-14 11:01:10;64;Non\n",
    )
    bench.stage(attendance)
    [row] = bench.rows(attendance)
    assert (row["minutes"], row["organisation"]) == (64, "Karak")


FRENCH_SHEET = [
    ["Atelier régional"],
    [None],
    ["Liste de présence", None, "12 mars 2024"],
    [None],
    ["N°", "Nom et prénom", "Fonction", "Institution / Ville", "Sexe", "Âge", "E-mail", "Téléphone", "Signature"],
    [1, "Amina Haddad", "Maire", "Karak", "F", 41, "amina@example.org", "+962 7 0000 0000", "X"],
    [2, "Sami Nasser", None, "Irbid", "homme", "٣٥", None, None, "signé"],
    [3, None, None, None, None, None, None, None, None],
    ["Total 24"],
]


def test_a_sign_in_workbook_with_a_sheet_for_each_day(bench: Any, attendance: Any) -> None:
    second_day = [*FRENCH_SHEET[:6], ["Total", 24]]
    bench.workbook("attendance/EV-2024-004_signin.xlsx", Jour__1=FRENCH_SHEET, Jour__2=second_day)
    bench.stage(attendance)
    rows = bench.rows(attendance)
    assert [(row["_source_sheet"], row["_source_row"], row["session_no"]) for row in rows] == [
        ("Jour 1", 6, 1),
        ("Jour 1", 7, 1),
        ("Jour 2", 6, 2),
    ]
    assert [row["sex"] for row in rows] == ["female", "male", "female"]
    assert [row["age"] for row in rows] == [41, 35, 41]
    assert [row["is_signed"] for row in rows] == [True, True, True]
    assert {(row["source_format"], row["mode"]) for row in rows} == {("signin", "in_person")}
    assert rows[0]["person_key"] == rows[2]["person_key"]
    notes = bench.notes(attendance)
    assert [(row.source_sheet, row.source_row, row.rule_id) for row in notes.dropped] == [
        ("Jour 1", 8, "AT28"),
        ("Jour 1", 9, "AT27"),
        ("Jour 2", 7, "AT27"),
    ]
    assert notes.n_rows == notes.n_staged + len(notes.dropped) == 6
    assert [repair.rule_id for repair in notes.repairs] == ["SV23"]


def test_an_arabic_sign_in_sheet(bench: Any, attendance: Any) -> None:
    header = ["الرقم", "الاسم الكامل", "المنصب", "الجهة / المدينة", "الجنس", "البريد الإلكتروني", "التوقيع"]
    sheet = [
        ["قائمة الحضور"],
        header,
        ["١", "أمينة حداد", "رئيس البلدية", "الكرك", "أنثى", None, "تم"],
        ["٢", None, None, None, None, None, None],
        ["المجموع", "٢٤"],
    ]
    bench.workbook("attendance/EV-2024-004.xlsx", اليوم__٢=sheet)
    bench.stage(attendance)
    [row] = bench.rows(attendance)
    assert (row["session_no"], row["sex"], row["is_signed"], row["organisation"]) == (2, "female", True, "الكرك")
    assert [dropped.rule_id for dropped in bench.notes(attendance).dropped] == ["AT28", "AT27"]
    told = [(repair.rule_id, repair.before, repair.after) for repair in bench.notes(attendance).repairs]
    assert ("AT25", "اليوم ٢", "2") in told


def test_days_without_numbers_are_counted(bench: Any, attendance: Any) -> None:
    bench.workbook("attendance/EV-2024-004.xlsx", Lundi=FRENCH_SHEET[:6], Mardi=FRENCH_SHEET[:6])
    bench.stage(attendance)
    assert [row["session_no"] for row in bench.rows(attendance)] == [1, 2]
    assert [repair.rule_id for repair in bench.notes(attendance).repairs].count("AT25") == 2


def test_ordinals_tell_the_day(bench: Any, attendance: Any) -> None:
    bench.workbook("attendance/EV-2024-004.xlsx", اليوم__الثاني=FRENCH_SHEET[:6], اليوم__الأول=FRENCH_SHEET[:6])
    bench.stage(attendance)
    assert [row["session_no"] for row in bench.rows(attendance)] == [2, 1]


def test_the_file_name_tells_the_session_of_a_workbook_with_one_day(bench: Any, attendance: Any) -> None:
    bench.workbook("attendance/EV-2024-004_s3.xlsx", Feuil1=FRENCH_SHEET)
    bench.stage(attendance)
    assert bench.rows(attendance)[0]["session_no"] == 3


def test_a_sign_in_list_saved_as_csv(bench: Any, attendance: Any) -> None:
    text = "\ufeffListe de présence;;\nN°;Nom et prénom;Institution / Ville\n1;Amina Haddad;Karak\n2;;\nTotal;1;\n"
    bench.write("attendance/EV-2024-004_s2.csv", text)
    bench.stage(attendance)
    [row] = bench.rows(attendance)
    assert (row["session_no"], row["mode"], row["organisation"], row["_source_row"]) == (2, "in_person", "Karak", 3)
    assert [dropped.rule_id for dropped in bench.notes(attendance).dropped] == ["AT28", "AT27"]


def test_a_note_under_the_table_is_no_person(bench: Any, attendance: Any) -> None:
    sheet = [*FRENCH_SHEET[:6], ["NB : liste à compléter"]]
    bench.workbook("attendance/EV-2024-004.xlsx", Jour__1=sheet)
    bench.stage(attendance)
    assert len(bench.rows(attendance)) == 1
    assert [row.rule_id for row in bench.notes(attendance).dropped] == ["AT27"]


def test_a_person_called_like_a_total_stays(bench: Any, attendance: Any) -> None:
    sheet = [*FRENCH_SHEET[:5], [1, "Somme Total Diallo", None, "Karak"]]
    bench.workbook("attendance/EV-2024-004.xlsx", Jour__1=sheet)
    bench.stage(attendance)
    assert len(bench.rows(attendance)) == 1


def test_a_sheet_without_people_is_remarked_and_a_day_without_header_refused(bench: Any, attendance: Any) -> None:
    bench.workbook("attendance/EV-2024-004.xlsx", Jour__1=FRENCH_SHEET, Notes=[["Merci de signer"]])
    bench.workbook("attendance/EV-2024-005.xlsx", Jour__1=FRENCH_SHEET, Jour__2=[["Amina", "Karak"]])
    bench.stage(attendance)
    [remark] = bench.notes(attendance, "attendance/EV-2024-004.xlsx").remarks
    assert (remark.code, remark.params["sheet"]) == ("sheet_ignored", "Notes")
    problem = bench.notes(attendance, "attendance/EV-2024-005.xlsx").problem
    assert problem.code == "header_not_found"
    assert "Jour 2" in problem.message()
    assert "Amina" not in problem.message()


def test_a_name_without_event_code_is_refused_with_an_example(bench: Any, attendance: Any) -> None:
    bench.write("attendance/zoom march.csv", ZOOM)
    bench.stage(attendance)
    problem = bench.notes(attendance).problem
    assert problem.code == "file_name_pattern"
    assert "EV-0000-000" in problem.message()
    assert "zoom march.csv" in problem.message("fr")


def test_no_name_or_address_leaves_the_restricted_folder(bench: Any, attendance: Any) -> None:
    bench.write("attendance/EV-2024-013_s1_zoom.csv", ZOOM.encode("utf-8-sig"))
    bench.workbook("attendance/EV-2024-004_signin.xlsx", Jour__1=FRENCH_SHEET)
    bench.stage(attendance)
    staged = bench.everything_on_disk(bench.folders.staging)
    apart = bench.everything_on_disk(bench.folders.restricted)
    assert not set(bench.columns(attendance)) & {"name_raw", "email_raw"}
    for row in bench.rows(attendance):
        told = " ".join(str(value) for value in row.values())
        assert not any(secret in told for secret in ("Amina", "Sami", "amina@example.org", "0000 0000"))
    assert b"Amina" not in staged
    assert "amina@example.org" in str(bench.restricted(attendance))
    assert b"0000 0000" not in staged + apart
