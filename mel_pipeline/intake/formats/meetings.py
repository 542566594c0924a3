"""What the reports of meeting tools share: display names, clocks of the account's locale, lengths of stay.

Where a column stands belongs to `zoom.py` and `teams.py`. A day and a month that could be swapped are never guessed:
the whole report decides, and where it cannot, both readings are kept for whoever knows when the session was.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded, Piece
from mel_pipeline.intake.formats.clocks import Clocks, match_time
from mel_pipeline.intake.problems import Problem
from mel_pipeline.intake.words import fold, visible, western_digits

LOCAL_HEADERS = "AT03"
RENAMED = "AT15"
LOCAL_DURATION = "AT16"
TIMES = ("join_at", "leave_at")
SWAPPED = "_swapped"
"""Ends the names of fields that hold the other reading of a time whose order of day and month is not clear."""

_ORIGINAL_NAME = re.compile(r"^(?P<shown>.*\S)\s*\((?P<original>[^()]*)\)$", re.DOTALL)
_DASH = " - "
_WORD = r"[\pL\pN!-'*-,./:-{}~][\pL\pN!-'*-{}~]*"
_PLAIN_NAME = rf"^{_WORD}(?: {_WORD})*(?:{_DASH}{_WORD}(?: {_WORD})*)?$"
"""Words with one space between, then perhaps a dash and a place: no brackets, no bar, no dash before a word."""

_NAME_AND_PLACE = re.compile(r"\s+[-–—|]\s+")
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\d\s.,]+)\.?")
_SECONDS = {
    3600: ("h", "hr", "hrs", "hour", "hours", "heure", "heures", "ora", "ore", "std", "godz", "ساعة", "ساعات", "س"),
    60: ("m", "min", "mins", "minute", "minutes", "minuti", "minuto", "دقيقه", "دقيقة", "دقائق", "د"),
    1: ("s", "sec", "sek", "second", "seconds", "seconde", "secondes", "secondi", "ثانيه", "ثانية", "ثوان", "ث"),
}  # fmt: skip
_UNITS = {fold(unit): seconds for seconds, units in _SECONDS.items() for unit in units}
_ENGLISH_DURATION = re.compile(r"(?:\d+h ?)?(?:\d+m ?)?(?:\d+s)?")


def split_display_name(shown: str | None) -> tuple[str | None, str | None, str | None]:
    """Name, place and original name of a display name: `Amina Haddad - Karak`, `Mayor (Amina Haddad)`.

    The name that was shown is kept; the one in brackets was written by the tool after a renaming.
    """
    if shown is None:
        return None, None, None
    renamed = _ORIGINAL_NAME.match(shown.strip())
    parts = _NAME_AND_PLACE.split(renamed["shown"] if renamed else shown.strip(), maxsplit=1)
    place = parts[1].strip() if len(parts) > 1 else None
    return parts[0].strip(), place, renamed["original"].strip() if renamed else None


def split_display_names(shown: Coded) -> tuple[Coded, Coded, Coded]:
    """Names, places and original names of a column of display names; plain ones are split all at once."""
    split = [_split_piece(piece) for piece in shown.pieces]
    return (
        Coded(shown.places, *(names for names, _, _ in split)),
        Coded(shown.places, *(places for _, places, _ in split)),
        Coded(shown.places, *(originals for _, _, originals in split)),
    )


def _split_piece(piece: Piece) -> tuple[pa.Array, pa.Array, pa.Array]:
    texts = pa.array([text_of(cell) for cell in piece], pa.string()) if isinstance(piece, list) else piece
    others = pc.invert(pc.fill_null(pc.match_substring_regex(texts, _PLAIN_NAME), False))
    exact = [split_display_name(text_of(cell)) for cell in texts.filter(others).to_pylist()]
    has_place = pc.fill_null(pc.match_substring(texts, _DASH), False)
    parts = pc.split_pattern(texts.filter(has_place), _DASH, max_splits=1)
    nothing = pa.nulls(len(texts), pa.string())
    told = (
        pc.replace_with_mask(texts, has_place, pc.list_element(parts, 0)),
        pc.replace_with_mask(nothing, has_place, pc.list_element(parts, 1)),
        nothing,
    )
    found = [
        pc.replace_with_mask(each, others, pa.array([one[at] for one in exact], pa.string()))
        for at, each in enumerate(told)
    ]
    return found[0], found[1], found[2]


def read_times(
    columns: Mapping[str, Sequence[Cell]], is_day_first: bool, hints: Iterable[Cell] = ()
) -> dict[str, Coded]:
    """Read the times of a report in the one order of day and month that all of them allow.

    Args:
        columns: cells by field, of which the times are read.
        is_day_first: the usual order of the tool and locale, taken where the report allows both.
        hints: further times of the report (its start and end) that have the same order.

    Returns:
        The columns of times; with `_swapped` columns that hold the other reading, where both are possible.
    """
    times = {name: Clocks(Coded.of(columns[name])) for name in TIMES if name in columns}
    every = [*times.values(), Clocks(Coded.of(list(hints)))]
    possible = [order for order in (is_day_first, not is_day_first) if all(each.allow(order) for each in every)]
    order = possible[0] if possible else is_day_first
    read = {name: each.read(order) for name, each in times.items()}
    if len(possible) == 2 and any(each.are_unclear for each in every):
        for name, each in times.items():
            read[f"{name}{SWAPPED}"] = each.swapped(order)
    return read


def uses_halves_of_the_day(cells: Iterable[Cell]) -> bool:
    """Whether the clock runs to twelve (AM, PM): accounts that write so usually put the month first."""
    found = (match_time(cell) for cell in cells)
    return any(match is not None and match["half"] for match in found)


def read_duration(cell: Cell) -> Cell:
    """Whole minutes of `1h 13m 42s`, `1 h 13 min` or `1 godz. 13 min`; anything else is left to typing."""
    if not isinstance(cell, str):
        return cell
    parts = _PART.findall(western_digits(visible(cell)))
    seconds = [float(number.replace(",", ".")) * _UNITS[fold(unit)] for number, unit in parts if fold(unit) in _UNITS]
    if not parts or len(seconds) < len(parts):
        return cell
    return int(sum(seconds) // 60)


def is_local_duration(cell: Cell) -> bool:
    """Whether a length of stay is written otherwise than English Teams does."""
    return isinstance(cell, str) and not _ENGLISH_DURATION.fullmatch(visible(cell))


def contradictions(announced: str, columns: Mapping[str, Sequence[Cell]]) -> list[Problem]:
    """A remark where the head of a report announces another number of people than its rows hold.

    Tools count people or arrivals: a number between the two contradicts neither.
    """
    names = columns["name_raw"]
    people = len(set(zip(names, columns.get("email_raw", names), strict=True)))
    if not announced.isdigit() or people <= int(announced) <= len(names):
        return []
    code = "more_rows_than_announced" if int(announced) < people else "fewer_rows_than_announced"
    return [Problem(code, {"found": people, "expected": int(announced)})]


def text_of(cell: Cell) -> str | None:
    """What a cell says; None where it says nothing."""
    return None if cell is None or not str(cell).strip() else str(cell)


def places(texts: Sequence[str], spellings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Place of the column of each field among the folded texts of a header, by the spellings of its name."""
    found = {
        name: next((texts.index(each) for each in spelled if each in texts), None)
        for name, spelled in spellings.items()
    }
    return {name: place for name, place in found.items() if place is not None}
