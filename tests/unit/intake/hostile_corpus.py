"""Files made to hurt a reader: bombs, lies, cut and mixed-up bytes. Each is small on disk or made within a second.

What has to come of them stands in `test_hostile_files.py`.
"""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

HEADER = "code,name,people,founded\n"
ROW = "A1,Alpha,12,2020-01-31\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">'
    '<!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]>'


def cell(place: str, text: str) -> str:
    """One cell with a text in it, as a sheet's XML has it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def row(number: int, *texts: str) -> str:
    """One row of texts."""
    cells = "".join(cell(f"{chr(65 + at)}{number}", text) for at, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'


TABLE = row(1, "code", "name", "people", "founded") + row(2, "A1", "Alpha", "12", "2020-01-31")


def sheet(rows: str = TABLE, extent: str = "", start: str = "") -> str:
    """A whole sheet; `extent` is what it says of its own size, `start` stands before its first element."""
    told = f'<dimension ref="{extent}"/>' if extent else ""
    return f'<?xml version="1.0"?>{start}<worksheet xmlns="{MAIN}">{told}<sheetData>{rows}</sheetData></worksheet>'


def book(sheets: list[str], strings: str = "", **parts: str | bytes) -> bytes:
    """A workbook of some sheets; `parts` adds or replaces parts by name (two underscores for a slash)."""
    numbers = range(1, len(sheets) + 1)
    kinds = [("workbook", "sheet.main"), *((f"worksheets/s{n}", "worksheet") for n in numbers)]
    kinds += [("sharedStrings", "sharedStrings")] if strings else []
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(kinds),
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        + "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [(f"r{n}", "worksheet", f"worksheets/s{n}.xml") for n in numbers]
            + ([("rs", "sharedStrings", "sharedStrings.xml")] if strings else [])
        ),
        **{f"xl/worksheets/s{n}.xml": text for n, text in zip(numbers, sheets, strict=True)},
        **({"xl/sharedStrings.xml": strings} if strings else {}),
        **{name.replace("__", "/") + ".xml": content for name, content in parts.items()},
    }
    return archive(entries)


def _types(kinds: list[tuple[str, str]]) -> str:
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    told = "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{SHEETS}.{kind}+xml"/>' for part, kind in kinds)
    return (
        f'<Types xmlns="{PACKAGE}/content-types">{rels}'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(relations: list[tuple[str, str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{identifier}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for identifier, kind, target in relations
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def archive(entries: dict[str, str | bytes]) -> bytes:
    """A zip archive of some entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return stream.getvalue()


def _bomb(zeros: int) -> bytes:
    """A sheet that inflates to gigabytes of spaces."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        with zipfile.ZipFile(io.BytesIO(book([sheet()]))) as whole:
            for entry in whole.infolist():
                if not entry.filename.endswith("s1.xml"):
                    file.writestr(entry, whole.read(entry))
        with file.open("xl/worksheets/s1.xml", "w", force_zip64=True) as part:
            start, end = sheet().split("<sheetData>")
            part.write(f"{start}<sheetData>".encode())
            for _ in range(zeros):
                part.write(b" " * 1_000_000)
            part.write(end.encode())
    return stream.getvalue()


def _lying_size(content: bytes) -> bytes:
    """The same archive, whose directory says that every entry is one byte long once inflated."""
    changed = bytearray(content)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 24 : place + 28] = (1).to_bytes(4, "little")
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def _with(**cells: str) -> bytes:
    """A workbook of the usual table, in which some cells hold other XML."""
    usual = {"C2": "12", "D2": "2020-01-31"}
    rows = TABLE
    for place, content in cells.items():
        rows = rows.replace(cell(place, usual[place]), f'<c r="{place}">{content}</c>')
    return book([sheet(rows)])


def _shared(text: str, start: str = "") -> str:
    return f'<?xml version="1.0"?>{start}<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'


SHARED_TABLE = TABLE.replace(cell("B2", "Alpha"), '<c r="B2" t="s"><v>0</v></c>')
FAR_TABLE = TABLE + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'
RECORD = '{"code": "A1", "name": "Alpha", "people": 12, "founded": "2020-01-31"}\n'
UTF8_TABLE = (HEADER + ROW).encode()

CORPUS: dict[str, Callable[[], bytes]] = {
    # Bytes that are no table.
    "nothing.csv": lambda: b"",
    "only_zeros.csv": lambda: bytes(4096),
    "all_bytes.csv": lambda: bytes(range(256)) * 64,
    "null_in_a_cell.csv": lambda: (HEADER + "A\x001,Alpha,12,2020-01-31\n").encode(),
    "null_far_down.csv": lambda: (HEADER + ROW * 400 + "A\x001,Alpha,12,2020-01-31\n").encode(),
    "utf16_without_mark.csv": lambda: (HEADER + ROW).encode("utf-16-le"),
    "utf16_odd_length.csv": lambda: b"\xff\xfe" + (HEADER + ROW).encode("utf-16-le") + b"\x41",
    "utf16_lone_surrogate.csv": lambda: b"\xff\xfe" + HEADER.encode("utf-16-le") + b"\x00\xd8,\x00",
    "utf32.csv": lambda: (HEADER + ROW).encode("utf-32"),
    "lone_surrogate.csv": lambda: HEADER.encode() + b"A1,\xed\xa0\x80,12,2020-01-31\n",
    "overlong_slash.csv": lambda: HEADER.encode() + b"A1,\xc0\xaf,12,2020-01-31\n",
    "cut_within_a_letter.csv": lambda: (HEADER + "A1,Ã").encode()[:-1],
    "two_encodings.csv": lambda: (HEADER + "A1,é,12,2020-01-31\n").encode() + "A2,é,12,2020-01-31\n".encode("cp1252"),
    # Tables that are too much, or crooked.
    "huge_cell.csv": lambda: HEADER.encode() + b'A1,"' + b"x" * 12_000_000 + b'",12,2020-01-31\n',
    "open_quote.csv": lambda: HEADER.encode() + b'A1,"' + b"x,y\n" * 2_000_000,
    "quotes_only.csv": lambda: HEADER.encode() + b'"' * 2_000_001,
    "million_columns.csv": lambda: b"code,name,people,founded" + b",x" * 1_000_000 + b"\n" + ROW.encode(),
    "million_separators.csv": lambda: HEADER.encode() + b"A1,Alpha,12,2020-01-31" + b"," * 1_000_000 + b"\n",
    "million_empty_lines.csv": lambda: HEADER.encode() + b"\n" * 3_000_000 + ROW.encode(),
    "carriage_returns.csv": lambda: (HEADER + ROW * 3).replace("\n", "\r").encode(),
    "same_header_twice.csv": lambda: b"code,name,name,people,founded\nA1,Alpha,Beta,12,2020-01-31\n",
    "same_header_twice.xlsx": lambda: book(
        [sheet(row(1, "code", "name", "Name", "people", "founded") + row(2, "A1", "x", "y", "1", "2020-01-31"))]
    ),
    "many_addresses.csv": lambda: (HEADER + f"A1,{'a@b.' * 50_000},12,2020-01-31\n").encode(),
    "long_number.csv": lambda: (HEADER + f"A1,Alpha,{'9' * 5000},2020-01-31\n").encode(),
    "endless_number.csv": lambda: (
        HEADER + "A1,Alpha,1e999,2020-01-31\nA2,Beta,nan,2020-01-31\nA3,C,inf,9999999-01-01\n"
    ).encode(),
    "slow_pattern.csv": lambda: (
        HEADER + f"A1,{'a' * 50_000}@,12,2020-01-31\nA2,{'1 ' * 50_000},12,2020-01-31\n"
    ).encode(),
    "formula.csv": lambda: (HEADER + '=1+1,"=HYPERLINK(""http://x"",""y"")",@SUM(A1),2020-01-31\n').encode(),
    "sql_in_a_cell.csv": lambda: (HEADER + '"\'; drop table _judged; --","{{ 7*7 }}",12,2020-01-31\n').encode(),
    # Other kinds of tables.
    "deep.jsonl": lambda: (RECORD + '{"code":' + "[" * 100_000 + "]" * 100_000 + "}\n").encode(),
    "same_name_twice.jsonl": lambda: (RECORD + '{"code": "A", "code": "B"}\n').encode(),
    "long_number.jsonl": lambda: (RECORD + '{"code": "A2", "people": ' + "9" * 5_000 + "}\n").encode(),
    "no_number.jsonl": lambda: (RECORD + '{"code": "A2", "people": NaN}\n').encode(),
    "list_in_a_cell.jsonl": lambda: (RECORD + '{"code": {"a": 1}, "people": [1, 2]}\n').encode(),
    "many_columns.jsonl": lambda: (RECORD + "{" + ",".join(f'"k{n}": 1' for n in range(100_000)) + "}\n").encode(),
    "noise.sav": lambda: b"$FL2@(#) SPSS" + b"\xff" * 5_000,
    "noise.dta": lambda: b"<stata_dta><header><release>118</release>" + b"\xff" * 5_000,
    "noise.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000,
    "noise.parquet": lambda: b"PAR1" + b"\xff" * 5_000 + b"PAR1",
    # Workbooks that are no workbooks.
    "plain_zip.xlsx": lambda: archive({"a.txt": "x"}),
    "empty_zip.xlsx": lambda: archive({}),
    "word.xlsx": lambda: archive({"word/document.xml": "<w/>"}),
    "zip_in_zip.xlsx": lambda: archive({"inner.xlsx": archive({"inner.xlsx": bytes(5_000_000)})}),
    "no_sheets.xlsx": lambda: book([]),
    "missing_part.xlsx": lambda: book([sheet()], xl___rels__workbook="").replace(b"worksheets/s1", b"worksheets/s9"),
    "not_xml.xlsx": lambda: book(["this is no XML"]),
    "text_named.xlsx": lambda: UTF8_TABLE,
    "pdf_named.csv": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    # Bombs and lies.
    "bomb.xlsx": lambda: _bomb(1_010),
    "lying_bomb.xlsx": lambda: _lying_size(_bomb(1_010)),
    "many_entries.xlsx": lambda: book([sheet()], **{f"xl__media__{n}": "x" for n in range(5_000)}),
    "many_sheets.xlsx": lambda: book([sheet()] * 1_500),
    "climbing_name.xlsx": lambda: book([sheet()], **{"..__..__..__..__climbed": "x"}),
    "far_cell.xlsx": lambda: book([sheet(FAR_TABLE)]),
    "far_cell_honest.xlsx": lambda: book([sheet(FAR_TABLE, "A1:XFD1048576")]),
    "far_cell_false.xlsx": lambda: book([sheet(FAR_TABLE, "A1:B2")]),
    "far_extent_only.xlsx": lambda: book([sheet(extent="A1:XFD1048576")]),
    "place_beyond.xlsx": lambda: book([sheet(TABLE + f'<row r="99999999">{cell("ZZZZ99999999", "x")}</row>')]),
    "place_nonsense.xlsx": lambda: book([sheet(TABLE + f'<row r="-4">{cell("", "x")}{cell("é0", "y")}</row>')]),
    "huge_string.xlsx": lambda: book([sheet(SHARED_TABLE)], _shared("x" * 30_000_000)),
    "missing_string.xlsx": lambda: book([sheet(TABLE.replace(cell("B2", "Alpha"), '<c r="B2" t="s"><v>77</v></c>'))]),
    "laughing_strings.xlsx": lambda: book([sheet(SHARED_TABLE)], _shared("&h;", LAUGHS)),
    "laughing_sheet.xlsx": lambda: book([sheet(TABLE.replace("Alpha", "&h;"), start=LAUGHS)]),
    "laughing_styles.xlsx": lambda: book(
        [sheet()], xl__styles=f"<?xml version='1.0'?>{LAUGHS}<styleSheet>&h;</styleSheet>"
    ),
    "outside_entity.xlsx": lambda: book([sheet(TABLE.replace("Alpha", "&h;"), start=OUTSIDE)]),
    "outside_entity_in_strings.xlsx": lambda: book([sheet(SHARED_TABLE)], _shared("&h;", OUTSIDE)),
    "deep_xml.xlsx": lambda: book([sheet("<a>" * 200_000 + "</a>" * 200_000)]),
    "odd_dates.xlsx": lambda: _with(D2="<v>1e308</v>", C2="<v>NaN</v>"),
    "formula_without_value.xlsx": lambda: _with(C2="<f>SUM(A1:A9)</f>"),
    "formula_to_the_outside.xlsx": lambda: _with(C2='<f>WEBSERVICE("http://x/")</f><v>12</v>'),
}


def write_corpus(folder: Path) -> None:
    """Write every file of the corpus, and a few that are hostile by their names or by what is said beside them."""
    folder.mkdir(parents=True)
    for name, make in CORPUS.items():
        (folder / name).write_bytes(make())
    for name in HOSTILE_NAMES:
        (folder / name).write_bytes(UTF8_TABLE)
    for name, said in HOSTILE_NOTES.items():
        (folder / name).write_bytes(UTF8_TABLE + name.encode() + b",x,1,2020-01-31\n")
        (folder / f"{name}.meta.yml").write_text(said, encoding="utf-8")


HOSTILE_NAMES = (
    "quote's.csv",
    "drop'; drop table _source_files; --.csv",
    "<script>alert(1)<.csv",
    "reversed_\u202evsc.csv",
    "line\nbreak.csv",
    "{{ 7*7 }}.csv",
    "%2e%2e%2fetc.csv",
    "$(touch x).csv",
    f"{'long_' * 45}.csv",
)
"""Names that a shell, SQL, a page or a terminal could take for something else."""

_ANCHORS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'ha'}]\n" for n in range(12))
HOSTILE_NOTES = {
    "aliases.csv": f"{_ANCHORS}received_from: *a11\n",
    "python_tag.csv": "received_from: !!python/object/apply:os.system ['touch hacked']\n",
    "not_a_mapping.csv": "[" * 2_000,
    "odd_date.csv": "received_on: 2020-13-45\n",
}
"""Notes beside a file that no honest person writes."""
