"""What is read all at once is what the exact readers find cell by cell, whatever stands in the file."""

import csv
import hashlib
import hmac
import io
import json
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mel_pipeline.declarations.models import SourceField
from mel_pipeline.intake import plain_cells, text_lines
from mel_pipeline.intake.cells import blank_values, is_blank
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.folding import folded
from mel_pipeline.intake.formats import clocks
from mel_pipeline.intake.formats.meetings import split_display_name, split_display_names, text_of
from mel_pipeline.intake.privacy import HashKey, person_hashes, record_keys
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.text_lines import read_lines
from mel_pipeline.intake.typing import type_column
from mel_pipeline.intake.value_texts import as_text, as_texts
from mel_pipeline.intake.words import fold

MISSING = {"-98": "dont_know", "-99": "refused"}
SETTINGS = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

odd_texts = st.text(st.sampled_from("aZé٤۳0159-.,:/ TZ+'\"#\\\n\t()|–`\u200f\u00a0\u2212نXxQ@﷼ﬀ"), max_size=12)
numbers = st.from_regex(r"[+-]?[0-9]{1,20}([.,][0-9]{1,17})?(e[0-9])?", fullmatch=True)
moments = st.from_regex(
    r"(19|20|18)[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9](\.[0-9]{1,7})?)?(Z|[+-]0[0-9]:?00)?",
    fullmatch=True,
)
clock_texts = st.from_regex(
    r"[0-3][0-9][/.-][0-3][0-9][/.-](20|00)[0-9]{2} [0-2][0-9]:[0-6][0-9](:[0-6][0-9])?( [AP]M)?", fullmatch=True
)
names = st.lists(
    st.sampled_from(["Amina", "El-Haddad", "-", "–", "|", "(guest)", "a@b.org", "Mme", "  ", "نور", "- x"]), max_size=6
).map(" ".join)
cells = st.one_of(odd_texts, numbers, moments, names, st.sampled_from(["", "-98", "-98.0", "n/a", "NA", "—", "#REF!"]))


def whole(texts: list[str | None]) -> Coded:
    """A column whose cells lie in Arrow, as those of a CSV file do."""
    return Coded.of(texts).recoded(range(len(set(texts))), pa.array(dict.fromkeys(texts), pa.string()))


@pytest.fixture(autouse=True)
def nothing_is_too_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_cells, "FEW", 0)


@pytest.mark.parametrize("kind", ["text", "code", "integer", "number", "date", "datetime", "time", "flag", "codes"])
@SETTINGS
@given(texts=st.lists(st.one_of(cells, st.none()), max_size=8))
@example(texts=["2024-02-30T10:00:00", "2024-02-29T10:00:00.120+03:00", "2023-04-31 00:00:00", "-0", "-98", "007"])
@example(texts=["ab\u200b", "ab ", "a", "ab", "١٢", "1e5", "12.000", "9223372036854775808", "-0.0"])
def test_a_cell_is_typed_as_alone(kind: Any, texts: list[str | None]) -> None:
    field = SourceField.model_validate({"name": "answer", "type": kind})
    at_once, alone = type_column(whole(texts), field, MISSING), type_column(texts, field, MISSING)
    assert at_once.values.to_list() == alone.values.to_list()
    assert list(map(str, at_once.values)) == list(map(str, alone.values))
    assert at_once.reasons == alone.reasons
    assert (at_once.repaired, at_once.unreadable) == (alone.repaired, alone.unreadable)


@SETTINGS
@given(texts=st.lists(cells, max_size=8))
def test_texts_are_folded_and_found_blank_as_alone(texts: list[str]) -> None:
    assert folded(whole(texts)) == [fold(text) for text in texts]
    column = whole(texts)
    assert list(blank_values(column)[column.places]) == [is_blank(text) for text in texts]


@SETTINGS
@given(texts=st.lists(st.one_of(cells, names), max_size=8))
def test_display_names_are_split_as_alone(texts: list[str]) -> None:
    name, place, original = split_display_names(whole(texts))
    assert list(zip(name, place, original, strict=True)) == [split_display_name(text_of(text)) for text in texts]


@SETTINGS
@given(texts=st.lists(st.one_of(clock_texts, cells), max_size=6), is_day_first=st.booleans())
@example(texts=["02/29/2023 10:00:00 AM", "12/31/2025 12:00:00 PM", "00/01/2025 12:59:59 AM"], is_day_first=False)
def test_clocks_are_read_as_alone(texts: list[str], is_day_first: bool) -> None:
    column = clocks.Clocks(whole(texts))
    alone = [clocks._moment(text, is_day_first) for text in texts]
    assert column.read(is_day_first) == [moment or text for moment, text in zip(alone, texts, strict=True)]
    assert column.swapped(not is_day_first) == alone
    times = [text for text in texts if clocks.match_time(text)]
    assert column.allow(is_day_first) == all(clocks._moment(text, is_day_first) for text in times)
    if column.allow(True) and column.allow(False):
        assert column.are_unclear == any(clocks._moment(text, True) != clocks._moment(text, False) for text in times)


@SETTINGS
@given(moments=st.lists(st.one_of(st.datetimes(), st.none()), max_size=5), secret=st.binary(min_size=1, max_size=90))
@example(moments=[datetime(2025, 1, 1), datetime(2025, 1, 1, 0, 0, 0, 5)], secret=b"k")
def test_keys_are_those_of_hmac(moments: list[datetime | None], secret: bytes) -> None:
    texts = ['say "no"\\', "a\nb", "", "نور", "a\nb"][: len(moments)]
    values = Coded(Coded.of(moments).places, pa.array(dict.fromkeys(moments), pa.timestamp("us")))
    columns = [whole(list(texts)), as_texts(values)]
    seen: dict[tuple[str, ...], int] = {}
    expected = []
    for parts in zip(texts, map(as_text, moments), strict=True):
        seen[parts] = seen.get(parts, 0) + 1
        number = [str(seen[parts])] if seen[parts] > 1 else []
        message = json.dumps(["record", "people", *parts, *number], ensure_ascii=False).encode()
        expected.append(hmac.new(secret, message, hashlib.sha256).hexdigest()[:32])
    assert record_keys(HashKey(secret), "people", columns, len(moments)).to_pylist() == expected


def test_a_person_is_hashed_from_the_first_input_that_is_there() -> None:
    key = HashKey(b"k")
    emails = Coded.of(["a@b.org", "none", "", "a@b.org", ""])
    people, place = Coded.of(["amina", "amina", "nour", "x", ""]), Coded.of(["karak", "karak", "", "y", "z"])
    hashes = person_hashes(key, [[("email", emails)], [("name", people), ("place", place)]], 5).to_list()
    assert hashes == [
        key.hash("person", "a@b.org"),
        key.hash("person", "amina", "karak"),
        key.hash("person", "nour", ""),
        key.hash("person", "a@b.org"),
        None,
    ]


def by_csv(text: str, separator: str) -> Any:
    """What Python's own csv makes of a text: lines with any cell, or the record at which it gives up."""
    lines = []
    number = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            number += 1
            if any(cell.strip() for cell in record):
                lines.append((number, record))
    except csv.Error:
        return number + 1
    return lines


def by_blocks(text: str, separator: str) -> Any:
    try:
        return [(line.number, line.cells) for line in read_lines(io.BytesIO(text.encode()), separator)]
    except Refused as refused:
        return refused.params["row"]


quoted = st.text(st.sampled_from('ab"\n,; \r'), max_size=4).map(lambda text: '"' + text.replace('"', '""') + '"')
fields = st.one_of(quoted, st.text(st.sampled_from("abN é1.-\u00a0"), max_size=5), st.just("NULL"), st.just('a"b'))
records = st.lists(fields, min_size=1, max_size=4).map(",".join)
tidy_records = st.lists(st.one_of(quoted, st.text(st.sampled_from("abé1"), max_size=5)), min_size=3, max_size=3).map(
    ",".join
)
texts_of_files = st.one_of(
    st.text(st.sampled_from('ab",;\n\r \t\0'), max_size=60),
    st.lists(st.one_of(records, tidy_records, st.just("")), max_size=12).map("\n".join),
    st.lists(tidy_records, max_size=15).map("\r\n".join),
    st.tuples(
        st.lists(tidy_records, max_size=12).map("\n".join), st.sampled_from(["", "\n", "\n\n\r\n", ',"', '"'])
    ).map("".join),
)


@pytest.mark.parametrize(("block", "head"), [(8, 1), (40, 2), (1 << 20, 3)])
@SETTINGS
@given(text=texts_of_files)
@example(text='a,b\n"x\n",y\n\n"",""\n5" pipe,z\n"q"r,s\n')
@example(text="a;b\n" + '1;"2"\n' * 9 + "\n")
def test_a_file_is_cut_as_csv_cuts_it(block: int, head: int, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lines, "BLOCK_BYTES", block)
    monkeypatch.setattr(text_lines, "HEAD_RECORDS", head)
    for separator in (",", ";"):
        assert by_blocks(text, separator) == by_csv(text, separator)


def test_most_of_a_tidy_file_is_cut_by_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[bool] = []
    by_arrow = text_lines._by_arrow
    monkeypatch.setattr(text_lines, "BLOCK_BYTES", 1 << 12)
    monkeypatch.setattr(text_lines, "_by_arrow", lambda *told: cut.append(True) or by_arrow(*told))
    text = "name,day\n" + "".join(f'"Person {n}, of ""Karak""",{date(2025, 1, 1 + n % 28)}\n' for n in range(3000))
    assert by_blocks(text, ",") == by_csv(text, ",")
    assert len(cut) > 20
