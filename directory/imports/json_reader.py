"""JSON: a list of flat objects. The text is held in memory, the objects are made one after the other."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .messages import FileRefused
from .readers import Row, decoded, register_reader, without_mark

BIGGEST = 200_000_000  # bytes; larger data comes as CSV, which is streamed

_blanks = re.compile(r"[ \t\r\n]*")


class JsonReader:
    """Numbers keep their digits as written; null is an empty cell; a list of texts is joined by `;`."""

    def __init__(self, path: Path) -> None:
        self._text = _load(path)
        self._counts_objects = "\n" not in self._text.strip()
        self.columns = tuple(dict.fromkeys(name for row in self.rows() for name in row.cells))
        if not self.columns:
            raise FileRefused(_("The file holds no rows."))

    def rows(self) -> Iterator[Row]:
        line, seen = 1, 0
        for number, (start, found) in enumerate(_objects(self._text), start=1):
            line += self._text.count("\n", seen, start)
            seen = start
            place = number if self._counts_objects else line
            yield Row(place, _flat(found, place))


class _Pairs(dict[str, Any]):
    """An object; told from a list by its class."""


class _ItemError(Exception):
    """What is wrong with an item; whoever reads the item knows its line."""


def _pairs(pairs: list[tuple[str, Any]]) -> _Pairs:
    found = _Pairs((key.strip(), value) for key, value in pairs)
    if len(found) < len(pairs):
        keys = [key.strip() for key, _value in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise _ItemError(_("an object names the same key twice: %(keys)s.") % {"keys": ", ".join(twice)})
    return found


def _no_constant(word: str) -> str:
    raise _ItemError(_("%(word)s is no value of JSON; null stands for unknown.") % {"word": word})


_decoder = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=_no_constant
)


def _load(path: Path) -> str:
    if path.stat().st_size > BIGGEST:
        raise FileRefused(_("The file is larger than 200 MB. Give it as CSV, which is read row by row."))
    text = decoded(without_mark(path.read_bytes()), 1)
    if not text.strip():
        raise FileRefused(_("The file is empty."))
    return text


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    """Each item of the list with the place it starts at."""
    at = _past_blanks(text, 0)
    if text[at : at + 1] != "[":
        raise FileRefused(_("The file must hold a list of objects: it begins with “[”."))
    at = _past_blanks(text, at + 1)
    while text[at : at + 1] != "]":
        item, end = _item(text, at)
        yield at, item
        at = _past_blanks(text, end)
        if text[at : at + 1] == ",":
            at = _past_blanks(text, at + 1)
        elif text[at : at + 1] != "]":
            raise _broken(text, at)
    if text[at + 1 :].strip():
        raise _broken(text, at + 1)


def _item(text: str, at: int) -> tuple[Any, int]:
    try:
        return _decoder.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _broken(text, error.pos) from error
    except _ItemError as fault:
        line = text.count("\n", 0, at) + 1
        raise FileRefused(_("Line %(line)d: %(fault)s") % {"line": line, "fault": fault}) from fault
    except RecursionError as error:
        raise FileRefused(_("The file is nested far too deep; it must be a list of flat objects.")) from error


def _past_blanks(text: str, at: int) -> int:
    found = _blanks.match(text, at)
    return found.end() if found else at


def _broken(text: str, at: int) -> FileRefused:
    line = text.count("\n", 0, at) + 1
    if not text[at:].strip():
        return FileRefused(_("Line %(line)d: the file ends in the middle of a row.") % {"line": line})
    return FileRefused(
        _("Line %(line)d: this is not JSON, near “%(text)s”.") % {"line": line, "text": text[at : at + 20]}
    )


def _flat(found: Any, line: int) -> dict[str, str]:
    if not isinstance(found, _Pairs):
        raise FileRefused(_("Line %(line)d: an object with names and values is needed.") % {"line": line})
    return {name: _cell(value, name, line) for name, value in found.items()}


def _cell(value: Any, name: str, line: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    raise FileRefused(
        _("Line %(line)d, column %(column)s: a value must be a text or a number, nothing nested.")
        % {"line": line, "column": name}
    )


register_reader(".json", JsonReader)
