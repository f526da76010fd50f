"""XLSX, read row by row as the texts a person sees; formulas, errors and merged cells are refused."""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from .messages import FileRefused
from .readers import Row, check_names, is_filled, register_reader
from .workbook import check_package, merged_cells

MOST_ROWS = 1_048_576  # of a spreadsheet
LARGEST_EXACT = 10**15  # spreadsheets keep fifteen digits of a number and make the others 0
_padded = re.compile(r"0{2,}")  # the format of numbers shown with zeros before them
#: How a workbook writes a control character, such as the CR of a Windows line end; openpyxl leaves it so.
_control = re.compile(r"_x00([01][0-9A-Fa-f])_")


class XlsxReader:
    """The one visible sheet that holds anything. Its hidden rows and columns are read like the others."""

    def __init__(self, path: Path) -> None:
        check_package(path)
        self._path = path
        with _open(path) as book:
            self._sheet = _only_sheet(book)
            _refuse_merged(path, book[self._sheet])
            self._header_line, header = self._find_header(book)
        names = _trimmed([text.strip() for text in header])
        check_names(names, self._header_line)
        self.columns = tuple(names)

    def rows(self) -> Iterator[Row]:
        with _open(self._path) as book:
            for line, cells in self._records(book):
                if line > self._header_line and is_filled(cells):
                    yield Row(line, self._named(line, cells))

    def _find_header(self, book: Any) -> tuple[int, list[str]]:
        for line, cells in self._records(book):
            if is_filled(cells):
                return line, cells
        raise FileRefused(_("The file is empty."))

    def _records(self, book: Any) -> Iterator[tuple[int, list[str]]]:
        for line, cells in enumerate(_rows_of(book[self._sheet]), start=1):
            yield line, [_shown(cell, line) for cell in cells]

    def _named(self, line: int, cells: list[str]) -> dict[str, str]:
        width = len(self.columns)
        beyond = next((number for number, text in enumerate(cells[width:], width + 1) if text.strip()), None)
        if beyond is not None:
            raise FileRefused(
                _("Cell %(cell)s is filled, but the header in line %(line)d has no name for its column.")
                % {"cell": f"{get_column_letter(beyond)}{line}", "line": self._header_line}
            )
        return dict(zip(self.columns, [*cells, *[""] * width], strict=False))


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    """The workbook; what its parts lack or break is told as damage. Remarks on styles are not for editors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _damage():
            book = load_workbook(path, read_only=True, keep_links=False)
        try:
            with _damage():
                yield book
        finally:
            book.close()


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (
        ArithmeticError,
        AttributeError,
        BadZipFile,
        EOFError,
        LookupError,
        ParseError,
        TypeError,
        ValueError,
    ) as error:
        raise FileRefused(
            _("The workbook is damaged or cut off. Open it in a spreadsheet and save it again.")
        ) from error


def _only_sheet(book: Any) -> str:
    filled = [
        sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible" and _is_filled(sheet)
    ]
    if not filled:
        raise FileRefused(_("The file is empty."))
    if len(filled) > 1:
        raise FileRefused(
            _("The workbook has several sheets with data: %(sheets)s. Keep the one that is to be imported.")
            % {"sheets": ", ".join(f"“{title}”" for title in filled)}
        )
    return filled[0]


def _is_filled(sheet: Any) -> bool:
    return any(cell.value is not None for row in _rows_of(sheet) for cell in row)


def _rows_of(sheet: Any) -> Iterator[Sequence[Any]]:
    """The rows that are there, whatever size the sheet claims."""
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.rows, start=1):
        if line > MOST_ROWS:
            raise FileRefused(_("The sheet has more rows than a spreadsheet can hold."))
        yield row


def _refuse_merged(path: Path, sheet: Any) -> None:
    found = merged_cells(path, sheet._worksheet_path)
    if found:
        raise FileRefused(
            _("The cells %(range)s are merged. Each row needs cells of its own: undo the merging.")
            % {"range": found}
        )


def _trimmed(names: list[str]) -> list[str]:
    while names and not names[-1]:
        names.pop()
    return names


def _shown(cell: Any, line: int) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise _refused(cell, _("a formula. Paste the table as values before saving it."))
    if cell.data_type == "e":
        raise _refused(cell, _("the error %(error)s. Correct it in the spreadsheet.") % {"error": cell.value})
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        return _number(cell)
    return _text(cell.value)


def _refused(cell: Any, fault: str) -> FileRefused:
    return FileRefused(
        _("Cell %(cell)s holds %(fault)s")
        % {"cell": f"{get_column_letter(cell.column)}{cell.row}", "fault": fault}
    )


def _number(cell: Any) -> str:
    """Plain digits: no “8700.0”, no “1.2E+10”; with the zeros its format shows before it."""
    if abs(cell.value) >= LARGEST_EXACT:
        raise _refused(
            cell,
            _("a number with over 15 digits, which spreadsheets round. Make it a text and type it again."),
        )
    digits = format(Decimal(repr(cell.value)), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    zeros = cell.number_format or ""
    return digits.zfill(len(zeros)) if _padded.fullmatch(zeros) else digits


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time.min else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return str(value)
    return _control.sub(lambda found: chr(int(found[1], 16)), str(value))


register_reader(".xlsx", XlsxReader)
