"""Reports of meeting tools: Teams in several languages, Zoom with renamed people, clocks that could be swapped."""

from datetime import datetime
from typing import Any

import pytest

from mel_pipeline.intake.formats.meetings import read_duration, read_times, split_display_name

FIELDS = [
    {"name": "event_code", "type": "code", "from_file_name": True, "required": True},
    {"name": "session_no", "type": "integer", "from_file_name": True, "from_reader": True},
    {"name": "source_format", "type": "code", "from_reader": True},
    {"name": "name_raw", "type": "text", "from_reader": True},
    {"name": "original_name", "type": "text", "from_reader": True},
    {"name": "email_raw", "type": "text", "from_reader": True},
    {"name": "organisation", "type": "text", "from_reader": True},
    {"name": "is_waiting", "type": "flag", "from_reader": True},
    {"name": "join_at", "type": "datetime", "from_reader": True},
    {"name": "leave_at", "type": "datetime", "from_reader": True},
    {"name": "join_at_swapped", "type": "datetime", "from_reader": True},
    {"name": "leave_at_swapped", "type": "datetime", "from_reader": True},
    {"name": "minutes", "type": "integer", "from_reader": True},
]


@pytest.fixture
def meetings(declare: Any) -> Any:
    return declare(
        source="meetings",
        kind="attendance",
        files=["*.csv"],
        file_name=r"(?P<event_code>EV-\d{4}-\d{3})(?:_s(?P<session_no>\d+))?",
        fields=FIELDS,
        key=["event_code", "session_no", "person_key", "join_at"],
        privacy={
            "hash": {"person_key": ["email_raw", ["name_raw", "organisation"]]},
            "shared": {"email_raw": ["^(info|contact)@"]},
        },
    )


def teams(sections: list[list[list[str]]]) -> bytes:
    lines = ["\t".join(cells) for section in sections for cells in [*section, []]]
    return "\r\n".join(lines).encode("utf-16")


ENGLISH = [
    [["1. Summary"], ["Attended participants", "2"], ["Start time", "5/6/25, 9:00:00 AM"]],
    [
        ["2. Participants"],
        ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"],
        ["Amina Haddad - Karak", "5/6/25, 9:00:00 AM", "5/6/25, 10:13:42 AM", "1h 13m 42s", "a@example.org", "", "x"],
    ],
    [
        ["3. In-Meeting Activities"],
        ["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"],
        [
            "Amina Haddad - Karak",
            "5/6/25, 9:00:00 AM",
            "5/6/25, 10:13:42 AM",
            "1h 13m 42s",
            "a@example.org",
            "Presenter",
        ],
        ["Sami Nasser (Guest)", "5/6/25, 9:05:00 AM", "5/6/25, 9:50:00 AM", "45m", "", "Attendee"],
    ],
]
FRENCH = [
    [["1. Résumé"], ["Participants présents", "1"], ["Heure de début", "20/07/2025 16:30:00"]],
    [
        ["2. Participants"],
        ["Nom", "Première connexion", "Dernière déconnexion", "Durée de la réunion", "E-mail", "ID", "Rôle"],
        ["Awa Diop - Dakar", "20/07/2025 16:30:36", "20/07/2025 17:43:40", "1 h 13 min 4 s", "d@example.org", "", "x"],
    ],
]


def test_teams_in_english(bench: Any, meetings: Any) -> None:
    bench.write("EV-2025-001_s1_teams.csv", teams(ENGLISH))
    bench.stage(meetings)
    first, second = bench.rows(meetings)
    assert (first["source_format"], first["name_raw"], first["organisation"]) == ("teams", "Amina Haddad", "Karak")
    assert (first["minutes"], second["minutes"]) == (73, 45)
    assert second["name_raw"] == "Sami Nasser"
    assert (first["join_at"], first["join_at_swapped"]) == (datetime(2025, 5, 6, 9), datetime(2025, 6, 5, 9))
    assert [row["_source_row"] for row in (first, second)] == [11, 12]
    assert [repair.rule_id for repair in bench.notes(meetings).repairs] == ["AT01", "AT02"]


def test_teams_in_french_without_activities(bench: Any, meetings: Any) -> None:
    bench.write("EV-2025-001_s1_teams.csv", teams(FRENCH))
    bench.stage(meetings)
    [row] = bench.rows(meetings)
    assert (row["minutes"], row["organisation"]) == (73, "Dakar")
    assert (row["join_at"], row["join_at_swapped"]) == (datetime(2025, 7, 20, 16, 30, 36), None)
    assert [repair.rule_id for repair in bench.notes(meetings).repairs] == ["AT01", "AT02", "AT03", "AT16"]


def test_teams_without_its_people_or_with_unknown_names_is_refused(bench: Any, meetings: Any) -> None:
    bench.write("EV-2025-001.csv", teams(ENGLISH[:1]))
    strange = [FRENCH[0], [["2. Participants"], ["Nimi", "Liittyi", "Poistui"], ["Aino", "1", "2"]]]
    bench.write("EV-2025-002.csv", teams(strange))
    bench.stage(meetings)
    assert bench.notes(meetings, "EV-2025-001.csv").problem.code == "header_not_found"
    refused = bench.notes(meetings, "EV-2025-002.csv").problem
    assert refused.code == "missing_header"
    assert "Aino" not in refused.message()


def test_renamed_people_and_waiting_rooms_in_zoom(bench: Any, meetings: Any) -> None:
    bench.write(
        "EV-2025-001_s1.csv",
        "Nome (nome originale),E-mail utente,Ora di ingresso,Ora di uscita,Durata (minuti),Ospite,In sala d'attesa\n"
        "Mayor - Karak (Sara Haddad),s@example.org,03/14/2025 09:58:00 AM,03/14/2025 11:01:10 AM,63,No,No\n"
        "Sami,,03/14/2025 09:40:00 AM,03/14/2025 09:58:00 AM,18,No,Sì\n",
    )
    bench.stage(meetings)
    first, second = bench.rows(meetings)
    assert (first["name_raw"], first["original_name"], first["organisation"]) == ("Mayor", "Sara Haddad", "Karak")
    assert (first["is_waiting"], second["is_waiting"]) == (False, True)
    told = [(repair.rule_id, repair.source_row) for repair in bench.notes(meetings).repairs]
    assert told == [("AT03", 1), ("AT15", 2)]
    assert "Haddad" not in str(bench.notes(meetings))


def test_a_shared_mailbox_tells_nobody_apart(bench: Any, meetings: Any) -> None:
    header = "Name (Original Name),User Email,Total Duration (Minutes),Guest\n"
    text = "Amina - Karak,Info@example.org,60,No\nSami - Karak,info@example.org,60,No\nAmina - Karak,,60,No\n"
    bench.write("EV-2025-001_s1.csv", header + text)
    bench.stage(meetings)
    amina, sami, again = [row["person_key"] for row in bench.rows(meetings)]
    assert amina == again != sami


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1h 13m 42s", 73), ("19m 26s", 19), ("42s", 0), ("1 h 13 min", 73), ("1 godz. 13 min 5 sek.", 73),
        ("2 heures 5 minutes", 125), ("1 ساعة 13 دقيقة", 73), ("١ س ١٣ د", 73), ("1 ora 2 min", 62),
        ("about an hour", "about an hour"), ("1 fortnight", "1 fortnight"), (73, 73),
    ],
)  # fmt: skip
def test_lengths_of_stay_in_the_languages_of_accounts(written: Any, minutes: Any) -> None:
    assert read_duration(written) == minutes


def test_one_time_decides_the_order_of_the_whole_report() -> None:
    read = read_times(
        {"join_at": ["05/06/2025 09:00:00", "05/06/2025 10:00:00"], "leave_at": ["05/13/2025 11:00:00"]}, True
    )
    assert read["join_at"] == [datetime(2025, 5, 6, 9), datetime(2025, 5, 6, 10)]
    assert set(read) == {"join_at", "leave_at"}
    hinted = read_times({"join_at": ["05/06/2025 09:00:00"]}, False, hints=["21/06/2025 09:00:00"])
    assert hinted == {"join_at": [datetime(2025, 6, 5, 9)]}


def test_what_could_be_two_days_keeps_both_readings() -> None:
    read = read_times({"join_at": ["05/06/2025 09:00 PM", None]}, False)
    assert read == {"join_at": [datetime(2025, 5, 6, 21), None], "join_at_swapped": [datetime(2025, 6, 5, 21), None]}
    assert read_times({"join_at": ["05/05/2025 09:00 AM"]}, False) == {"join_at": [datetime(2025, 5, 5, 9)]}


@pytest.mark.parametrize(
    ("shown", "parts"),
    [
        ("Amina Haddad - Karak", ("Amina Haddad", "Karak", None)),
        ("Mayor X (Sara)", ("Mayor X", None, "Sara")),
        ("Jean-Luc Morel", ("Jean-Luc Morel", None, None)),
        (None, (None, None, None)),
    ],
)
def test_display_names(shown: Any, parts: Any) -> None:
    assert split_display_name(shown) == parts
