"""Files as people send them: damaged ones are refused whole, with a clear sentence; nothing is written."""

import json
import tracemalloc
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from directory.imports import columns, csv_reader
from directory.imports.messages import FileRefused
from directory.imports.readers import Row, open_file
from directory.models import Entry

from .import_helpers import HEADER, bytes_file, csv_file, refusal, run

ROW = "1;Sorggruppen;network;Aarhus;86 12 34 56;da"
COLUMNS = HEADER.split(";")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n;;\n", "The file is empty."),
        (f"{HEADER}\n{ROW}\n2;K\xf8ge\n".encode("latin-1"), "Line 3 is not UTF-8 (byte 0xF8)"),
        (f"{HEADER}\n{ROW}\n".encode("utf-16"), "Line 1: the file is UTF-16."),
        (
            f"{HEADER}\n{ROW}\n2;Angst\n".encode(),
            "Line 3 has 2 cells, the header 6: cut off",
        ),
        (f"{HEADER}\n{ROW};86\n".encode(), "Line 2 has 7 cells, the header 6"),
        (f'{HEADER}\n1;"Sorg\n{ROW}\n'.encode(), "Line 2: a quotation mark is not closed"),
        (
            f'{HEADER}\n1;"Sorg"x;;;;\n'.encode(),
            "Line 2: a quotation mark is not closed, or",
        ),
        (f"{HEADER}\n1;So\0rg;;;;\n".encode(), "Line 2 holds NUL characters"),
        (f"{HEADER}\r{ROW}\r".encode(), "Line 1: line ends of an old kind"),
        (b"PK\x03\x04 and more", "This is a spreadsheet or archive, whatever its name says."),
        (f"{ROW}\n{ROW}\n".encode(), "No column gives “external_id”."),
        (b"external_id;name;name\n1;2;3\n", "Line 1: the header names name more than once."),
        (b"external_id;;name\n1;2;3\n", "Line 1: column 2 of the header has no name."),
        (b"external_id;" + b"x" * 1_000_001, "Line 1 is too long for a row of a table."),
        (b"external_id;name\n1;" + b"x" * 200_000, "Line 2: a cell is longer than 131072 characters."),
        (b'external_id;name\n1;"' + b"x\n" * 100_000, "Line 2: a quotation mark is not closed"),
    ],
    ids=range(17),
)
def test_a_damaged_csv_file_is_refused(
    tmp_path: Path, locales: dict[str, Locale], content: bytes, sentence: str
) -> None:
    assert sentence in refusal(bytes_file(tmp_path, content), "--partial")
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        ("[]", "The file holds no rows."),
        ('{"external_id": 1}', "The file must hold a list of objects: it begins with “[”."),
        ('[{"external_id": "1", "name": "Sorg"', "Line 1: the file ends in the middle of a row."),
        ('[\n{"external_id": "1"},\n{"external_id": oops}]', "Line 3: this is not JSON, near “oops}]”."),
        ('[{"external_id": "1"}] []', "Line 1: this is not JSON, near “ []”."),
        ('[{"external_id": "1"} {"external_id": "2"}]', "Line 1: this is not JSON"),
        (
            '[\n{"external_id": "1", "city": {"name": "Aarhus"}}]',
            "Line 2, column city: a value must be",
        ),
        ('[{"external_id": "1", "topics": [["a"]]}]', "Line 1, column topics: a value must be a text"),
        ("[1, 2]", "Line 1: an object with names and values is needed."),
        (
            '[\n{"name": "a"},\n{"x": 1, "name": "a", "name ": "b"}]',
            "Line 3: an object names the same key twice: name.",
        ),
        ('[\n{"latitude": NaN}]', "Line 2: NaN is no value of JSON; null stands for unknown."),
        ("[" * 100_000, "The file is nested far too deep"),
    ],
    ids=range(13),
)
def test_a_damaged_json_file_is_refused(
    tmp_path: Path, locales: dict[str, Locale], text: str, sentence: str
) -> None:
    assert sentence in refusal(bytes_file(tmp_path, text.encode(), "entries.json"), "--partial")
    assert not Entry.objects.exists()


def test_damage_at_the_very_end_leaves_nothing_written(tmp_path: Path, locales: dict[str, Locale]) -> None:
    good = [ROW.replace("1;", f"{number};", 1) for number in range(600)]
    path = csv_file(tmp_path, *good, "600;half")
    assert "Line 602 has 2 cells" in refusal(path, "--partial")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_and_byte_order_mark_are_found(tmp_path: Path, mark: bytes, delimiter: str) -> None:
    text = f"{HEADER}\n{ROW}\n".replace(";", delimiter)
    reader = open_file(bytes_file(tmp_path, mark + text.encode()))
    assert reader.columns == tuple(COLUMNS)
    assert [row.cells["name"] for row in reader.rows()] == ["Sorggruppen"]


def test_delimiters_within_quotation_marks_are_text(tmp_path: Path) -> None:
    reader = open_file(bytes_file(tmp_path, b'"external_id";"name, first, last, or what is known"\n1;x\n'))
    assert reader.columns == ("external_id", "name, first, last, or what is known")


def test_cells_with_nothing_but_blanks_make_no_row_and_no_column(tmp_path: Path) -> None:
    text = "external_id;name\n1;Sorg; \n ; \n \n2;Angst\n"
    reader = open_file(bytes_file(tmp_path, text.encode()))
    assert [row.cells for row in reader.rows()] == [
        {"external_id": "1", "name": "Sorg"},
        {"external_id": "2", "name": "Angst"},
    ]


def test_rows_are_counted_by_the_line_they_begin_in(tmp_path: Path) -> None:
    text = 'sep=;\n\nexternal_id;name;\n1;"Sorg\nog tab";\n\n;;\n2;Angst;;\n'
    reader = open_file(bytes_file(tmp_path, text.replace("\n", "\r\n").encode()))
    assert [(row.line, row.cells["external_id"]) for row in reader.rows()] == [(4, "1"), (8, "2")]


def test_json_keeps_numbers_as_written_and_joins_lists(tmp_path: Path) -> None:
    text = '[{"external_id": 0065, "name": "x"}]'.replace("0065", "65.10")
    rows = [{"name": None, "topics": ["a", "b"], "flag": True}]
    reader = open_file(bytes_file(tmp_path, text.encode(), "a.json"))
    assert [dict(row.cells) for row in reader.rows()] == [{"external_id": "65.10", "name": "x"}]
    reader = open_file(bytes_file(tmp_path, json.dumps(rows).encode(), "b.json"))
    assert [dict(row.cells) for row in reader.rows()] == [{"name": "", "topics": "a;b", "flag": "true"}]


def test_json_names_lines_where_there_are_lines_and_else_counts_objects(tmp_path: Path) -> None:
    rows = [{"name": "a"}, {"name": "b"}]
    spread = open_file(bytes_file(tmp_path, json.dumps(rows, indent=1).encode(), "a.json"))
    assert [row.line for row in spread.rows()] == [2, 5]
    single = open_file(bytes_file(tmp_path, json.dumps(rows).encode(), "b.json"))
    assert [row.line for row in single.rows()] == [1, 2]


def test_a_file_of_another_kind_or_none_is_refused(tmp_path: Path, db: None) -> None:
    assert "files of this kind cannot be read" in refusal(bytes_file(tmp_path, b"x", "entries.pdf"))
    assert "missing.csv cannot be opened" in refusal(tmp_path / "missing.csv")


def test_csv_is_streamed(tmp_path: Path) -> None:
    row = f"{ROW};{'x' * 1000}\n"
    path = bytes_file(tmp_path, (f"{HEADER};summary\n" + row * 20_000).encode())
    tracemalloc.start()
    assert sum(1 for _ in csv_reader.CsvReader(path).rows()) == 20_000
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 20_000_000
    assert peak < 1_000_000


HEADERS = st.sampled_from([b"", f"{HEADER}\n".encode(), b"\xef\xbb\xbfexternal_id,name\n", b"sep=;\n"])
MARKS = st.sampled_from([b";", b"\n", b'"', b"\r\n", b"\0", b"1;a;b;c;d;e\n"])
PIECES = st.one_of(st.binary(max_size=60), MARKS)
ALMOST_JSON = st.text(alphabet='[]{}",:0 \n\\ue', max_size=40).map(str.encode)


@given(header=HEADERS, pieces=st.lists(PIECES, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_as_csv_are_read_or_refused(tmp_path: Path, header: bytes, pieces: list[bytes]) -> None:
    outcome = read_or_refused(bytes_file(tmp_path, header + b"".join(pieces)))
    assert isinstance(outcome, str) or all(row.line > 1 for row in outcome)


@given(content=st.one_of(st.binary(max_size=80), ALMOST_JSON))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_as_json_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    outcome = read_or_refused(bytes_file(tmp_path, content, "entries.json"))
    assert outcome


def read_or_refused(path: Path) -> list[Row] | str:
    with translation.override("en"):
        try:
            return list(open_file(path).rows())
        except FileRefused as refused:
            return str(refused)


@given(cells=st.lists(st.text(max_size=30), min_size=len(columns.COLUMNS), max_size=len(columns.COLUMNS)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_cells_are_checked_without_a_failure(
    tmp_path: Path, locales: dict[str, Locale], cells: list[str]
) -> None:
    names = [column.name for column in columns.COLUMNS]
    row = dict(zip(names, cells, strict=True))
    ran = run(
        bytes_file(tmp_path, json.dumps([row]).encode(), "entries.json"), "--create-topics", "--dry-run"
    )
    assert ran.summary.startswith("rows 1, ")
