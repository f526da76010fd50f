"""Texts in CSV files, which spreadsheets open: what begins like a formula stays a text.

An entry's name or a reader's words could else fetch or send something when a colleague opens the file.
"""

from typing import Any

from phonenumber_field.phonenumber import PhoneNumber
from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: How spreadsheets know a formula; the control characters they skip before one.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "'"


def text_cell(text: str) -> str:
    """With a mark where a spreadsheet would calculate; `text_of` takes it off again."""
    return f"{_MARK}{text}" if text.lstrip(_MARK).startswith(_BEGINNINGS) else text


def text_of(cell: str) -> str:
    return cell[1:] if cell.startswith(_MARK) and text_cell(cell) != cell else cell


class TextCellsMixin(SpreadsheetExportMixin):
    """In front of a list or report that is exported. A workbook (xlsx) tells texts from formulas itself."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(field, value, export_format)
        if export_format != self.FORMAT_CSV or not isinstance(cell, str):
            return cell
        is_phone = isinstance(value, PhoneNumber) and value.is_valid()  # digits alone after its plus
        return cell if is_phone else text_cell(cell)
