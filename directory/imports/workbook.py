"""The package of an XLSX file, looked at before anything is parsed: what it is, and how large it grows."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from .messages import FileRefused

#: Bytes after unpacking. Sheets are read row by row; all other parts are held in memory.
BIGGEST_SHEET = 400_000_000
BIGGEST_REST = 60_000_000
MOST_PARTS = 2_000
_SHEETS = "xl/worksheets/"
_STRICT = b"http://purl.oclc.org/ooxml/"  # the names of a variant that openpyxl takes for empty
_BLOCK = 1_000_000
_OVERLAP = 200  # bytes; what is searched for is shorter

#: What unpacking raises where bytes were lost or changed.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
#: How spreadsheets pack; the bytes that say so may be the damaged ones.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_doctype = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_merge = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^>]{0,60}?ref=\"([A-Z0-9:$]{1,40})\"")


def check_package(path: Path) -> None:
    """Refuse what is no workbook, is protected, or would grow too large; real bytes are counted."""
    _check_start(path)
    try:
        with zipfile.ZipFile(path) as package:
            _check_kind(package)
            _check_sizes(package)
    except _DAMAGE as error:
        raise _damaged() from error


def merged_cells(path: Path, part: str) -> str:
    """The first range of merged cells of a sheet (“A2:A5”), or nothing."""
    with zipfile.ZipFile(path) as package:
        for block in _blocks(package, package.getinfo(part)):
            found = _merge.search(block)
            if found:
                return found[1].decode("ascii")
    return ""


def _damaged() -> FileRefused:
    return FileRefused(_("The workbook is damaged or cut off. Open it in a spreadsheet and save it again."))


def _check_start(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise FileRefused(_("The file is empty."))
    if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise FileRefused(
            _("This workbook is protected by a password, or of the old kind .xls. Save it as plain XLSX.")
        )
    if not start.startswith(b"PK"):
        raise FileRefused(_("This is no XLSX workbook, whatever its name says. Is it a CSV or JSON file?"))


def _check_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        with package.open("xl/workbook.xml") as part:
            if _STRICT in part.read(_BLOCK):
                raise FileRefused(_("This workbook is of the kind “Strict Open XML”. Save it as plain XLSX."))
        return
    if "content.xml" in names:
        raise FileRefused(_("This is an OpenDocument file (.ods). Save it as XLSX or as CSV UTF-8."))
    raise FileRefused(_("This archive is no XLSX workbook. Save the table as XLSX or as CSV UTF-8."))


def _check_sizes(package: zipfile.ZipFile) -> None:
    """What the directory of the archive claims first; then what really comes out."""
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise _too_large()
    if any(part.compress_type not in _PACKED for part in parts):
        raise _damaged()
    for wanted, limit in ((True, BIGGEST_SHEET), (False, BIGGEST_REST)):
        chosen = [part for part in parts if part.filename.startswith(_SHEETS) is wanted]
        if sum(part.file_size for part in chosen) > limit:
            raise _too_large()
        room = limit
        for part in chosen:
            room -= _checked_size(package, part, room)


def _checked_size(package: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    size = 0
    for block in _blocks(package, part):
        size += len(block)
        if size > room + _OVERLAP:
            raise _too_large()
        if _doctype.search(block):
            raise FileRefused(
                _("The workbook holds declarations that no spreadsheet writes; it is not read.")
            )
    return size


def _blocks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part piece by piece; each begins with the end of the one before."""
    with package.open(part) as stream:
        tail = b""
        while data := stream.read(_BLOCK):
            yield tail + data
            tail = data[-_OVERLAP:]


def _too_large() -> FileRefused:
    return FileRefused(
        _(
            "Unpacked, this workbook is far larger than a table of entries. Delete what is no entry, or save "
            "the sheet as CSV UTF-8, which is read row by row."
        )
    )
