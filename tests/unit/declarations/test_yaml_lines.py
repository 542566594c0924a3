"""What a YAML file becomes: values, lines, and plain words about its syntax."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.declarations.yaml_lines import MAX_BYTES, read_yaml


def test_every_key_and_list_entry_has_its_line() -> None:
    document = read_yaml(b"title:\n  en: Training\nitems:\n  - code: A\n  - code: B\n    unit: people\n")
    assert document.line("title", "en") == 2
    assert document.line("items", 1) == 5
    assert document.line("items", 1, "unit") == 6


def test_line_of_an_absent_key_is_the_line_of_what_should_hold_it() -> None:
    document = read_yaml(b"# head\nitems:\n  - code: A\n")
    assert document.line("items", 0, "unit", "en") == 3
    assert document.line("nothing") == 2


@pytest.mark.parametrize("word", ["no", "on", "yes", "2024-01-31", "010", "12:30", "1_000", "0x1F", "NA"])
def test_words_that_yaml_would_convert_stay_words(word: str) -> None:
    assert read_yaml(f"value: {word}".encode()).value == {"value": word}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("true", True),
        ("false", False),
        ("12", 12),
        ("-3", -3),
        ("0.75", 0.75),
        ("1e3", 1000.0),
        ("null", None),
        ("", None),
    ],
)
def test_plain_numbers_and_truth_values_are_converted(written: str, read: object) -> None:
    value = read_yaml(f"value: {written}".encode()).value["value"]
    assert value == read
    assert type(value) is type(read)


def test_a_key_written_twice_names_both_lines() -> None:
    document = read_yaml(b"code: A\nunit: people\ncode: B\n")
    assert [(fault.line, fault.message) for fault in document.faults] == [
        (3, "key 'code' is written twice: found it again here, expected it once (line 1). Keep one of them.")
    ]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a: 1\nb: 2\n c: 3\n", 3, "a second colon, or a line that is indented too deep"),
        ("a: 1\n\tb: 2\n", 2, "a tab where spaces are expected"),
        ("a: 1\nb: @x\n", 2, "a tab or a special character"),
        ("a: 1\nb\nc: 2\n", 3, "a line without a colon"),
        ("a: [1, 2\nb: 3\n", 2, "a bracket that is never closed, or a missing comma"),
        ("- a\nb: 1\n", 2, "a line that does not continue the lines above"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: \x01\n", 1, "an invisible control character"),
        ('a: 1\nb: "open\nc: 2\n', 4, "a quotation mark or bracket that is never closed"),
        ("a: 1\nb: *nobody\n", 2, "an alias (*name) without its anchor"),
        ("a: 1\nb: !!python/name:os.system x\n", 2, "a tag (!name)"),
    ],
)
def test_broken_syntax_is_told_in_plain_words_at_its_line(content: str, line: int, words: str) -> None:
    document = read_yaml(content.encode())
    assert document.value is None
    assert [(fault.line, words in fault.message) for fault in document.faults] == [(line, True)]


def test_a_file_in_another_encoding_is_refused_at_the_line_of_the_first_strange_byte() -> None:
    [fault] = read_yaml("title: Training\nfr: Activités\n".encode("cp1252")).faults
    assert (fault.line, fault.message) == (
        2,
        "file is not UTF-8 text: found another encoding, expected UTF-8. Save it as UTF-8.",
    )


def test_a_byte_order_mark_belongs_to_no_key() -> None:
    assert read_yaml(b"\xef\xbb\xbfcode: A\n").value == {"code": "A"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: " + b"x" * MAX_BYTES, "file is too large"),
        (b"[" * 5000 + b"]" * 5000, "nested too deep"),
        (b"a: &a [x]\nb: [" + b"*a, " * 200 + b"*a]\n", "too many aliases"),
        (b"a: &a [*a]\n", "too large once its aliases are filled in"),
        (b"a: " + b"9" * 6000, "number that is too long"),
    ],
)
def test_files_that_would_exhaust_the_machine_are_refused(content: bytes, words: str) -> None:
    document = read_yaml(content)
    assert document.value is None
    assert [words in fault.message for fault in document.faults] == [True]


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    [fault] = read_yaml("\n".join(lines).encode()).faults
    assert "too large once its aliases are filled in" in fault.message


@given(st.binary(max_size=200))
def test_no_content_raises(content: bytes) -> None:
    document = read_yaml(content)
    assert document.faults or document.line() == 1 or document.value is not None


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@` \n\t?,", max_size=80))
def test_no_mixture_of_yaml_signs_raises(text: str) -> None:
    assert all(fault.line >= 1 for fault in read_yaml(text.encode()).faults)
