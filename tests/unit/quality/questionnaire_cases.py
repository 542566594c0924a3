"""Questionnaires around events as people send them, and what has to be found in them; every case is an event's own."""

from collections.abc import Sequence

FIRST, LAST, DAY_AFTER, BEFORE = "2025-05-20", "2025-05-21", "2025-05-22", "2025-05-18"
"""The two days of every event of these tests, and days around them."""
Row = dict[str, str]
Findings = set[tuple[str, int, str]]
"""Rule, number of the submission within its case, and treatment."""


def sent(on: str, answers: Row) -> Row:
    usual = {
        "start": f"{on}T08:00:00.000+00:00",
        "end": f"{on}T08:10:00.000+00:00",
        "today": on,
        "consent": "yes",
        "about/language": "en",
        "_uuid": "",
        "_submission_time": f"{on}T08:11:00",
        "_validation_status": "Approved",
        "__version__": "v2025-1",
    }
    return usual | answers


def filled_in(wave: str, key: str, on: str | None = None, **changed: str) -> Row:
    """A questionnaire with all knowledge wrong and each item of confidence in the middle."""
    items = {f"test/k_{n:02d}": "dont_know" for n in range(1, 7)} | {f"conf/c_{n:02d}": "3" for n in range(1, 6)}
    answers = {"about/wave": wave, "about/participant_key": key} | items
    return sent(on or (FIRST if wave == "pre" else LAST), answers | changed)


def six_months_later(applied: str, on: str = "2025-11-25", **changed: str) -> Row:
    """What somebody of the pair says half a year after the training."""
    answers = {"about/wave": "followup6m", "about/participant_key": "FA1203", "after/applied": applied}
    return sent(on, answers | changed)


def opinion(on: str = LAST, **changed: str) -> Row:
    return sent(on, {"__version__": "v2024-1", "event/useful": "4", "open/best_part": "", "open/improve": ""} | changed)


def state(row: Row, said: str) -> Row:
    return row | {"_validation_status": said}


def coded(row: Row, event_code: str) -> Row:
    return row | {"about/event_code": event_code}


def useful(said: str) -> Row:
    return opinion(**{"event/useful": said})


def best(said: str) -> Row:
    return opinion(**{"open/best_part": said})


def at(row: Row, clock: str) -> Row:
    return row | {"_submission_time": f"{LAST}T{clock}"}


NEAR = {("SV31-NEAR", 1, "quarantine"), ("SV31-NEAR", 2, "quarantine")}
HOW = {"after/applied_how": "We met the schools; write to amina@example.org"}
PAIR = [filled_in("pre", "FA1203"), filled_in("post", "FA1203")]
TRAININGS: dict[str, tuple[Sequence[Row], Findings]] = {
    "a pair": (PAIR, set()),
    "small letters": ([PAIR[0], filled_in("post", "fa1203")], {("SV31", 2, "repair")}),
    "dashes": ([PAIR[0], filled_in("post", "FA-12-03")], {("SV31", 2, "repair")}),
    "blanks": ([PAIR[0], filled_in("post", "Fa 12 03")], {("SV31", 2, "repair")}),
    "Arabic-Indic digits": ([PAIR[0], filled_in("post", "FA١٢٠٣")], {("SV31", 2, "repair")}),
    "a slip": (
        [PAIR[0], filled_in("post", "FA1208"), filled_in("pre", "GB1203")],
        NEAR | {("SV33", number, "warn") for number in (1, 2, 3)},
    ),
    "a sign too few": ([PAIR[0], filled_in("post", "FA120")], NEAR | {("SV33", 1, "warn"), ("SV33", 2, "warn")}),
    "like codes of two pairs": ([*PAIR, filled_in("pre", "FA1208"), filled_in("post", "FA1208")], set()),
    "one code of two people": (
        [PAIR[0], *PAIR],
        {("SV32", 1, "quarantine"), ("SV32", 2, "quarantine"), ("SV33", 3, "warn")},
    ),
    "no last one": ([PAIR[0]], {("SV33", 1, "warn")}),
    "no first one": ([PAIR[1]], {("SV33", 1, "warn")}),
    "a last one called the first": (
        [PAIR[0], filled_in("pre", "FA1203", on=DAY_AFTER)],
        {("SV34", 2, "repair"), ("SV34-DATES", 2, "warn")},
    ),
    "a first one called the last": (
        [filled_in("post", "FA1203", on=BEFORE), PAIR[1]],
        {("SV34", 1, "repair"), ("SV34-DATES", 1, "warn")},
    ),
    "called wrongly and written otherwise": (
        [PAIR[0], filled_in("pre", "fa 1203", on=DAY_AFTER)],
        {("SV34", 2, "repair"), ("SV34-DATES", 2, "warn"), ("SV31", 2, "repair")},
    ),
    "a first one afterwards beside a last one": (
        [filled_in("pre", "FA1203", on=DAY_AFTER), PAIR[1]],
        {("SV34-DATES", 1, "warn")},
    ),
    "on the days themselves": ([filled_in("pre", "FA1203", on=LAST), filled_in("post", "FA1203", on=FIRST)], set()),
    "on hold": ([PAIR[0], state(PAIR[1], "On Hold")], {("SV39", 2, "repair"), ("SV33", 1, "warn")}),
    "a second click": ([*PAIR, at(PAIR[1], "08:11:04")], {("SV07", 3, "repair")}),
    "a trial": ([*PAIR, filled_in("pre", "test")], {("SV20", 3, "repair")}),
    "off the scale": ([PAIR[0], filled_in("post", "FA1203", **{"conf/c_02": "7"})], {("SV13", 2, "quarantine")}),
    "refused": ([PAIR[0], filled_in("post", "FA1203", **{"conf/c_02": "-99"})], {("SV12", 2, "repair")}),
    "a label": ([PAIR[0], filled_in("post", "FA1203", **{"conf/c_02": "Plutôt"})], {("SV01", 2, "repair")}),
    "its example is coded": ([six_months_later("yes", **HOW)], {("SV22", 1, "repair")}),
    "its example is not coded": (
        [*PAIR, six_months_later("partly", **HOW)],
        {("SV-UNCODED", 3, "warn"), ("SV22", 3, "repair")},
    ),
    "nothing applied": ([*PAIR, six_months_later("no", **HOW)], {("SV22", 3, "repair")}),
    "asked again too early": ([*PAIR, six_months_later("no", on="2025-08-20")], {("SV34-DATES", 3, "warn")}),
    "one code of two people later": (
        [*PAIR, six_months_later("no"), six_months_later("no", **{"about/role": "mayor"})],
        {("SV32", 3, "quarantine"), ("SV32", 4, "quarantine")},
    ),
    "a last one called the first, and asked again": (
        [filled_in("pre", "FA1203", on=DAY_AFTER), six_months_later("no")],
        {("SV34", 1, "repair"), ("SV34-DATES", 1, "warn"), ("SV33", 1, "warn")},
    ),
    "near the code of somebody asked again": (
        [filled_in("post", "FA1208"), six_months_later("no")],
        {("SV33", 1, "warn")},
    ),
    "a version without a key": ([PAIR[0], PAIR[1] | {"__version__": "v2024-1"}], {("SV35", 2, "block")}),
}
OPINIONS: dict[str, tuple[Sequence[Row], Findings]] = {
    "copies": (
        [
            at(opinion(), "08:11:00"),
            at(opinion(), "08:11:04"),
            at(useful("5"), "08:11:04"),
            at(opinion() | {"start": f"{LAST}T08:00:09.000+00:00"}, "08:11:04"),
            at(opinion(), "09:11:00"),
        ],
        {("SV07", 2, "repair")},
    ),
    "trials": (
        [*map(best, ("test", "Test, please ignore", "Essai", "تجربة", "Testing our plan")), opinion(on="2023-12-11")],
        {("SV20", number, "repair") for number in (1, 2, 3, 4, 6)},
    ),
    "states": (
        [
            state(opinion(on=f"2025-05-2{number}"), said)
            for number, said in enumerate(
                (
                    "Approved", "", "validation_status_approved",
                    "Not Approved", "On Hold", "validation_status_not_approved", "En attente",
                ),
                start=2,
            )
        ],
        {("SV39", number, "repair") for number in (4, 5, 6, 7)},
    ),
    "off the scale": (
        list(map(useful, ("7", "0", "55", "-99", "-98", "5", ""))),
        {("SV13", number, "quarantine") for number in (1, 2, 3)} | {("SV12", 4, "repair")},
    ),
    "labels": ([useful("Tout à fait"), useful("غالبا"), useful("4")], {("SV01", 1, "repair"), ("SV01", 2, "repair")}),
    "days": (
        [opinion(on="2025-05-01"), opinion(on="2025-09-01"), opinion()],
        {("SV-EARLY", 1, "quarantine"), ("SV-LATE", 2, "warn")},
    ),
    "refusals": ([opinion(consent="no", **{"event/useful": "5", "about/role": "mayor"})], {("SV21", 1, "repair")}),
}  # fmt: skip
READABLE = ("EV-25-941", "ev_2025_941", "EV 2025 / 941", "EV-2O25-94I", "EV-٢٠٢٥-٩٤١", "EV-25-7")
UNREADABLE = ("EV-941", "EV-2025-999", "EV-2052-941", "Formation", "EV-24-941")
