"""Workbooks as people send them: what they see is read; what is damaged or in doubt is refused."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from wagtail.models import Locale

from directory.imports import workbook
from directory.imports.readers import open_file
from directory.models import Entry

from .import_helpers import HEADER, bytes_file, refusal, run

ROW = ("1", "Sorggruppen", "network", "Aarhus", "86 12 34 56", "da")
COLUMNS = HEADER.split(";")


def xlsx(folder: Path, *rows: Any, change: Callable[[Worksheet], Any] = lambda sheet: None) -> Path:
    """A workbook with the header and these rows, changed before it is saved."""
    book = Workbook()
    sheet = book.active
    for row in (COLUMNS, *rows):
        sheet.append(row)
    change(sheet)
    book.save(folder / "entries.xlsx")
    return folder / "entries.xlsx"


def test_a_workbook_becomes_entries_and_a_second_run_changes_nothing(
    tmp_path: Path, locales: dict[str, Locale]
) -> None:
    path = xlsx(tmp_path, ROW, (), (2, "Angstgruppen", "network", "Odense", 65123456, "da"))
    assert run(path).lines == ("rows 2, created 2, updated 0, unchanged 0, warned 0, refused 0",)
    made = Entry.objects.get(external_id="2")
    assert (made.name, made.phone, made.locations.get().city) == ("Angstgruppen", "+4565123456", "Odense")
    assert run(path).summary == "rows 2, created 0, updated 0, unchanged 2, warned 0, refused 0"


def test_messages_name_the_row_of_the_sheet(tmp_path: Path, locales: dict[str, Locale]) -> None:
    path = xlsx(tmp_path, ROW, (), ("2", "Angst", "netvork", "Odense", "", "da"))
    (message,) = run(path).messages
    assert message.startswith("REFUSED line 4, column kind, value “netvork”: unknown kind;")


def test_numbers_and_dates_become_what_a_person_sees(tmp_path: Path) -> None:
    cells = (8700.0, 1.2e10, 56.1629, True, datetime(2026, 12, 31), datetime(2026, 12, 31, 18, 30))
    (row,) = open_file(xlsx(tmp_path, cells)).rows()
    shown = ["8700", "12000000000", "56.1629", "true", "2026-12-31", "2026-12-31 18:30:00"]
    assert list(row.cells.values()) == shown


def test_a_number_shown_with_zeros_before_it_keeps_them(tmp_path: Path) -> None:
    def pad(sheet: Worksheet) -> None:
        sheet["D2"].number_format = "00000"

    (row,) = open_file(xlsx(tmp_path, ("1", "a", "b", 1067), change=pad)).rows()
    assert row.cells["city"] == "01067"
    assert row.cells["locale"] == ""


def test_a_day_typed_as_a_date_is_read_as_a_day(tmp_path: Path) -> None:
    (row,) = open_file(xlsx(tmp_path, ("1", date(2026, 3, 1)))).rows()
    assert row.cells["name"] == "2026-03-01"


def test_cells_with_nothing_but_blanks_make_no_row_and_no_column(tmp_path: Path) -> None:
    path = xlsx(tmp_path, (*ROW, " "), ("", " "), (" ",), ROW)
    assert [row.line for row in open_file(path).rows()] == [2, 5]


def test_a_line_end_of_windows_is_no_text(tmp_path: Path) -> None:
    (row,) = open_file(xlsx(tmp_path, ("1", "Sorg_x000D_\nog tab"))).rows()
    assert row.cells["name"] == "Sorg\r\nog tab"


def test_hidden_rows_are_imported_like_the_others(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True

    assert [row.line for row in open_file(xlsx(tmp_path, ROW, ROW, change=hide)).rows()] == [2, 3]


def test_empty_and_hidden_sheets_are_passed_over(tmp_path: Path) -> None:
    def add(sheet: Worksheet) -> None:
        sheet.parent.create_sheet("Empty", 0)
        words = sheet.parent.create_sheet("Choices", 0)
        words["A1"], words.sheet_state = "network", "hidden"

    assert [row.line for row in open_file(xlsx(tmp_path, ROW, change=add)).rows()] == [2]


def _second_sheet(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("Old")["A1"] = "x"


def _cell(place: str, value: Any) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[place] = value

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_cell("B2", '=CONCATENATE("a","b")'), "Cell B2 holds a formula. Paste the table as values before"),
        (_cell("D2", "#REF!"), "Cell D2 holds the error #REF!. Correct it in the spreadsheet."),
        (_cell("A2", 1234567890123456), "Cell A2 holds a number with over 15 digits, which spreadsheets"),
        (
            lambda sheet: sheet.merge_cells("D2:D3"),
            "The cells D2:D3 are merged. Each row needs cells of its own",
        ),
        (_second_sheet, "The workbook has several sheets with data: “Sheet”, “Old”."),
        (_cell("H2", "x"), "Cell H2 is filled, but the header in line 1 has no name for its column."),
        (_cell("C1", None), "Line 1: column 3 of the header has no name."),
        (_cell("C1", "name"), "Line 1: the header names name more than once."),
        (lambda sheet: sheet.delete_rows(1), "No column gives “external_id”."),
        (lambda sheet: sheet.delete_rows(1, 2), "The file is empty."),
    ],
    ids=range(10),
)
def test_a_sheet_in_doubt_is_refused(
    tmp_path: Path, locales: dict[str, Locale], change: Callable[[Worksheet], Any], sentence: str
) -> None:
    assert sentence in refusal(xlsx(tmp_path, ROW, change=change), "--partial")
    assert not Entry.objects.exists()


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same package with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    path.write_bytes(made.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"


def _archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (f"{HEADER}\n1;a\n".encode(), "This is no XLSX workbook, whatever its name says."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "This workbook is protected by a password, or of",
        ),
        (b"PK\x03\x04 and no more", "The workbook is damaged or cut off."),
        (_archive("mimetype", "content.xml"), "This is an OpenDocument file (.ods)."),
        (_archive("letter.txt"), "This archive is no XLSX workbook."),
        (_archive("[Content_Types].xml", "xl/workbook.xml"), "The workbook is damaged or cut off."),
    ],
    ids=range(7),
)
def test_a_file_that_is_no_workbook_is_refused(
    tmp_path: Path, db: None, content: bytes, sentence: str
) -> None:
    assert sentence in refusal(bytes_file(tmp_path, content, "entries.xlsx"))


def test_a_workbook_named_csv_or_json_is_told_by_its_content(tmp_path: Path, db: None) -> None:
    for name in ("entries.csv", "entries.json"):
        path = xlsx(tmp_path, ROW).rename(tmp_path / name)
        assert "This is a spreadsheet or archive, whatever its name says." in refusal(path)


def test_a_workbook_of_the_strict_kind_is_refused_by_its_name(tmp_path: Path, db: None) -> None:
    def strict(data: bytes) -> bytes:
        return data.replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")

    path = rewritten(xlsx(tmp_path, ROW), "xl/workbook.xml", strict)
    assert "This workbook is of the kind “Strict Open XML”." in refusal(path)


def test_half_a_workbook_is_refused(tmp_path: Path, locales: dict[str, Locale]) -> None:
    path = xlsx(tmp_path, ROW)
    path.write_bytes(path.read_bytes()[:2000])
    assert "The workbook is damaged or cut off." in refusal(path)
    cut = rewritten(xlsx(tmp_path, *[ROW] * 50), SHEET, lambda data: data[:-400])
    assert "The workbook is damaged or cut off." in refusal(cut, "--partial")
    assert not Entry.objects.exists()


def test_a_workbook_with_changed_bytes_is_refused(tmp_path: Path, locales: dict[str, Locale]) -> None:
    path = xlsx(tmp_path, *[ROW] * 50)
    good = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        begin = package.getinfo(SHEET).header_offset + 30 + len(SHEET)
    for at in range(begin, begin + 200, 10):
        path.write_bytes(good[:at] + bytes(byte ^ 0xFF for byte in good[at : at + 3]) + good[at + 3 :])
        assert "The workbook is damaged or cut off." in refusal(path)
    assert not Entry.objects.exists()


def test_a_workbook_that_unpacks_to_very_much_is_refused_before_it_is_read(tmp_path: Path, db: None) -> None:
    path = rewritten(xlsx(tmp_path, ROW), "xl/styles.xml", lambda data: b" " * 61_000_000)
    assert path.stat().st_size < 200_000
    assert "Unpacked, this workbook is far larger than a table of entries." in refusal(path)


def test_a_package_that_lies_about_its_sizes_is_refused(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its directory names a sheet of ten bytes; what comes out is more."""
    path = rewritten(xlsx(tmp_path, ROW), SHEET, lambda data: data + b" " * 2_000_000)
    with zipfile.ZipFile(path) as package:
        size = package.getinfo(SHEET).file_size
    data = path.read_bytes().replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    monkeypatch.setattr(workbook, "BIGGEST_SHEET", 1_000_000)
    assert re.search("Unpacked, this workbook|The workbook is damaged", refusal(path))


def test_a_sheet_that_claims_a_million_rows_and_all_columns_is_read_as_it_is(tmp_path: Path) -> None:
    def claim(data: bytes) -> bytes:
        assert b'<dimension ref="A1:F2"' in data
        return data.replace(b'ref="A1:F2"', b'ref="A1:XFD1048576"')

    path = rewritten(xlsx(tmp_path, ROW), SHEET, claim)
    assert [row.cells["name"] for row in open_file(path).rows()] == ["Sorggruppen"]


def test_a_row_beyond_what_a_spreadsheet_holds_is_refused(tmp_path: Path, db: None) -> None:
    def far(data: bytes) -> bytes:
        return data.replace(b'<row r="2"', b'<row r="99999999999"')

    assert "more rows than a spreadsheet can hold" in refusal(rewritten(xlsx(tmp_path, ROW), SHEET, far))


def test_declarations_of_entities_are_not_read(tmp_path: Path, db: None) -> None:
    def declare(data: bytes) -> bytes:
        return b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data

    path = rewritten(xlsx(tmp_path, ROW), SHEET, declare)
    assert "holds declarations that no spreadsheet writes" in refusal(path)
