"""CSV, read line by line: a file of any length needs the memory of one row."""

import csv
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from django.utils.translation import gettext as _

from .messages import FileRefused
from .readers import Row, check_names, decoded, is_filled, register_reader, without_mark

DELIMITERS = ";,\t|"
LONGEST_LINE = 1_000_000  # bytes; a longer one is no row of a table

_quoted = re.compile(r'"[^"]*"')


class CsvReader:
    """Parted by the comma, semicolon, tab or bar the header has most of; UTF-8 with or without a mark."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._delimiter, self._header_line = self._find_header()
        self.columns = self._read_columns()

    def rows(self) -> Iterator[Row]:
        for line, cells in self._records():
            if line > self._header_line and is_filled(cells):
                yield Row(line, self._named(line, cells))

    def _find_header(self) -> tuple[str, int]:
        """The delimiter and the number of the header's line; Excel may name the delimiter before it."""
        for number, line in enumerate(_lines(self._path), start=1):
            text = line.strip("\r\n")
            if number == 1 and text.lower().startswith("sep=") and text[4:] in set(DELIMITERS):
                continue
            if text.strip(DELIMITERS + " "):
                return max(DELIMITERS, key=_quoted.sub("", text).count), number
        raise FileRefused(_("The file is empty."))

    def _read_columns(self) -> tuple[str, ...]:
        header = next(cells for line, cells in self._records() if line >= self._header_line)
        names = [name.strip() for name in header]
        while names and not names[-1]:
            names.pop()
        check_names(names, self._header_line)
        return tuple(names)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Line the record begins in, and its cells."""
        reader = csv.reader(_lines(self._path), delimiter=self._delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise FileRefused(_csv_fault(line, reader.line_num, error)) from error
            if cells is None:
                return
            yield line, cells

    def _named(self, line: int, cells: list[str]) -> dict[str, str]:
        width = len(self.columns)
        if len(cells) < width or is_filled(cells[width:]):
            raise FileRefused(
                _("Line %(line)d has %(cells)d cells, the header %(width)d: cut off or wrongly separated.")
                % {"line": line, "cells": len(cells), "width": width}
            )
        return dict(zip(self.columns, cells, strict=False))


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for number in count(1):
            data = file.readline(LONGEST_LINE + 1)
            if not data:
                return
            if number == 1:
                data = without_mark(data)
            if len(data) > LONGEST_LINE:
                raise FileRefused(_("Line %(line)d is too long for a row of a table.") % {"line": number})
            yield decoded(data, number)


def _csv_fault(line: int, last: int, error: csv.Error) -> str:
    if "new-line character" in str(error):
        return _("Line %(line)d: line ends of an old kind (CR alone). Save the file again as CSV UTF-8.") % {
            "line": line
        }
    if "field limit" in str(error) and line == last:
        return _("Line %(line)d: a cell is longer than %(limit)d characters.") % {
            "line": line,
            "limit": csv.field_size_limit(),
        }
    return _(
        "Line %(line)d: a quotation mark is not closed, or stands inside a cell (seen up to line %(last)d). "
        "Quotation marks within a cell are written twice."
    ) % {"line": line, "last": max(line, last)}


register_reader(".csv", CsvReader)
register_reader(".tsv", CsvReader)
register_reader(".txt", CsvReader)
