"""Readers of file formats: each names the columns, and gives the rows one by one as often as asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from .messages import FileRefused


@dataclass(frozen=True)
class Row:
    """One row as the file has it. `line` is where it begins, from 1; absent cells are not in `cells`."""

    line: int
    cells: Mapping[str, str]


class Reader(Protocol):
    """`FileRefused` from either member says that the file is damaged."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    def rows(self) -> Iterator[Row]: ...


_readers: dict[str, Callable[[Path], Reader]] = {}


def register_reader(suffix: str, reader: Callable[[Path], Reader]) -> None:
    """Files whose name ends in `suffix` (".csv") are read by it; the later registration wins."""
    _readers[suffix] = reader


def open_file(path: Path) -> Reader:
    """The reader of this file, its columns already read."""
    reader = _readers.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_readers))
        raise FileRefused(
            _("%(file)s: files of this kind cannot be read. Known are: %(known)s.")
            % {"file": path.name, "known": known}
        )
    try:
        return reader(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileRefused(
            _("%(file)s cannot be opened: %(reason)s.") % {"file": path.name, "reason": reason}
        ) from error


def decoded(data: bytes, line: int) -> str:
    """UTF-8 text of these bytes, which begin in `line`; anything else is refused with its line."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line + data.count(b"\n", 0, error.start)
        raise FileRefused(
            _(
                "Line %(line)d is not UTF-8 (byte %(byte)s). Save the file again with the encoding UTF-8; "
                "spreadsheets call it “CSV UTF-8”."
            )
            % {"line": at, "byte": f"0x{data[error.start]:02X}"}
        ) from error
    if "\0" in text:
        at = line + text.count("\n", 0, text.index("\0"))
        raise FileRefused(_("Line %(line)d holds NUL characters: this is not a text file.") % {"line": at})
    return text


def is_filled(cells: Sequence[str]) -> bool:
    """Whether a row says anything: spreadsheets keep cells that hold nothing but a blank."""
    return any(cell.strip() for cell in cells)


def check_names(names: list[str], line: int) -> None:
    """Each column of the header, which stands in `line`, has a name of its own."""
    if "" in names:
        raise FileRefused(
            _("Line %(line)d: column %(number)d of the header has no name.")
            % {"line": line, "number": names.index("") + 1}
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise FileRefused(
            _("Line %(line)d: the header names %(columns)s more than once.")
            % {"line": line, "columns": ", ".join(twice)}
        )


def without_mark(start: bytes) -> bytes:
    """The first bytes of a file without a byte order mark; what is plainly no text is refused by its name."""
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileRefused(
            _(
                "This is a spreadsheet or archive, whatever its name says. Name an XLSX workbook .xlsx; "
                "save others as XLSX or CSV UTF-8."
            )
        )
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(_("Line 1: the file is UTF-16. Save it again with the encoding UTF-8."))
    return start.removeprefix(b"\xef\xbb\xbf")
