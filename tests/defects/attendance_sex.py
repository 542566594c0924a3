"""Defects of what lists say about sex: AT31 and AT32."""

from tests.defects.attendance_files import SIGN_IN, WORLD, Cell, signature, signin
from tests.defects.declared import Content, Defect
from tests.defects.seen import Seen


def _list(case: str, *written: str) -> list[list[Cell]]:
    """A list whose people gave these answers."""
    return [
        signature(at, f"Person {case} {at}", "Karak", f"{case}.{at}@example.org", sex)
        for at, sex in enumerate(written, start=1)
    ]


AT31 = "attendance/at31/EV-2025-001_signin.xlsx"
_WRITTEN = ("F", "femme", "أنثى", "2", "Homme", "", "oui")
_MEANT = ("female", "female", "female", "female", "male", None, None)


def _words_for_sex_are_read(seen: Seen) -> None:
    """What is not stated stays unknown, and so does a word that means no sex, which is set aside."""
    accepted = seen.accepted("event_attendance", AT31)
    assert accepted["sex"].astype(object).where(accepted["sex"].notna(), None).tolist() == list(_MEANT)
    repairs = seen.findings("repairs", "AT31", AT31)
    assert list(zip(repairs["before"], repairs["after"], strict=True)) == [
        ("femme", "female"),
        ("2", "female"),
        ("Homme", "male"),
    ]
    (aside,) = seen.table("quarantine", source_file=AT31).to_dict("records")
    assert (aside["level"], aside["field"], aside["source_row"]) == ("answer", "sex", 8)


AT32 = "attendance/at32/EV-2024-001_signin.xlsx"
AT32_TOLD = "attendance/at32/EV-2024-018_signin.xlsx"
AT32_OTHERS = "attendance/at32/EV-2024-020_signin.xlsx"
_ASKED = ("F", "M", "F", "M", "")
_FULL = ("F", "M") * 20
_OPEN = ("F", "M") * 19 + ("", "F")
_OTHERS = signin({"Jour 1": _list("at32.c", *(_ASKED * 6))})


def _stated_by(*who: str) -> list[list[Cell]]:
    rows = _list("at32.b", *(["F"] * len(who)))
    return [[*row, each] for row, each in zip(rows, who, strict=True)]


def _told_list(*who: str) -> Content:
    return signin({"Jour 1": _stated_by(*who)}, header=(*SIGN_IN, "Sexe indiqué par"))


def _a_full_column_is_asked_about(seen: Seen) -> None:
    """A guess cannot be seen in a cell. Where the list tells who said so, it is known; else a list is compared.

    That every cell is filled says nothing by itself. Here a fifth leave it open on the other lists, and a list of
    forty without a gap is odd. What was put down stays: a warning is no proof.
    """
    assert seen.accepted("event_attendance", AT32)["sex"].tolist() == ["female", "male"] * 20
    (asked,) = seen.findings("warnings", "AT32-FULL", AT32).to_dict("records")
    assert (asked["source_row"], asked["field"], asked["level"]) == (2, "sex", "row")
    assert "put it down from their names" in asked["reason"]
    (told,) = seen.findings("warnings", "AT32", AT32_TOLD).to_dict("records")
    assert (told["source_row"], told["field"], told["value"]) == (3, "sex", "female")
    assert "not stated by the person" in told["reason"]
    assert seen.accepted("event_attendance", AT32_TOLD)["sex_source"].tolist() == ["self", "clerk"]
    assert seen.table("warnings", source_file=AT32_OTHERS).empty


SEX = (
    Defect(
        "AT31",
        {AT31: signin({"Jour 1": _list("at31", *_WRITTEN)})},
        {AT31: signin({"Jour 1": _list("at31", "F", "F", "أنثى", "F", "M", "", "")})},
        _words_for_sex_are_read,
        WORLD,
    ),
    Defect(
        "AT32",
        {
            AT32: signin({"Jour 1": _list("at32.a", *_FULL)}),
            AT32_TOLD: _told_list("participante", "organisateur"),
            AT32_OTHERS: _OTHERS,
        },
        {
            AT32: signin({"Jour 1": _list("at32.a", *_OPEN)}),
            AT32_TOLD: _told_list("participante", "participante"),
            AT32_OTHERS: _OTHERS,
        },
        _a_full_column_is_asked_about,
        "sex on paper",
        ("staging/event_attendance", "accepted/event_attendance", "quarantine", "repairs", "source_files", "warnings"),
    ),
)
