"""One cell on its way into the directory: its text made tidy, and what there is to say about it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.utils.translation import gettext as _

from .messages import Message, Weight


class Unusable:
    """The class of `UNUSABLE`, so that types can name it."""


#: Given by a cleaner for a cell that holds nothing usable: the field stays as it is.
UNUSABLE: Final = Unusable()


class Known(Protocol):
    """What the database knows and cells refer to."""

    default_locale: str
    locales: Mapping[str, int]

    def topic_slug(self, word: str) -> str | None:
        """The slug of the topic with this slug or name."""

    def topic_words(self) -> list[str]:
        """Every slug and name, for suggestions."""

    def new_topic(self, label: str, locale: str) -> str | None:
        """The slug of a topic to be created, or None where topics may not be created."""

    def target_group_slug(self, word: str) -> str | None:
        """The slug of the target group with this slug or name."""

    def target_group_words(self) -> list[str]:
        """Every slug and name of target groups, for suggestions."""

    def facet_value(self, facet: str, word: str) -> str | None:
        """The slug of the choice of that editors' filter with this slug or name."""

    def facet_words(self, facet: str) -> list[str]:
        """Every slug and name of that filter's choices, for suggestions."""

    def has_entry(self, external_id: str) -> bool:
        """Whether the file or the directory has an entry with this id."""

    def leads_back(self, external_id: str, whole: str) -> bool:
        """Whether `whole` is itself, through any number of steps, a part of the entry."""


@dataclass
class Cell:
    """A cell with its place; `country` and `locale` are those of its row, once they are known."""

    line: int
    column: str
    text: str
    country: str
    locale: str
    known: Known
    messages: list[Message] = field(default_factory=list)

    def warn(self, text: str) -> None:
        self._say(text, Weight.WARNING)

    def refuse(self, text: str) -> Unusable:
        self._say(text, Weight.REFUSAL)
        return UNUSABLE

    def leave_out(self, text: str) -> Unusable:
        self._say(text, Weight.WARNING)
        return UNUSABLE

    def _say(self, text: str, weight: Weight) -> None:
        self.messages.append(
            Message(line=self.line, column=self.column, value=self.text, text=text, weight=weight)
        )


#: C1 control characters are Windows-1252 taken for Latin-1: they stand for dashes and quotation marks.
_windows = {
    code: bytes([code]).decode("cp1252", "ignore") or None
    for code in range(0x80, 0xA0)
    if code != 0x85  # a line end, handled with the blanks
}
_invisible = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_removed = {
    code: None for code in (*range(0x20), 0x7F, *range(0xD800, 0xE000)) if code not in (9, 10, 11, 12, 13)
}
_mended: Final = {**_windows, **_invisible, **_removed}
_mangled = re.compile("[Â-ô][^\\x00-\\x7f]")
_blanks = re.compile(r"\s+")
_line_end = re.compile(r"\r\n?|\x85|\u2028|\u2029|\v|\f")
_blanks_in_line = re.compile(r"[^\S\n]+")


def tidy_line(text: str) -> str:
    """One line without doubled or surrounding blanks and without characters nobody sees."""
    return _blanks.sub(" ", _readable(text)).strip()


def tidy_lines(text: str) -> str:
    """As `tidy_line`, but line ends stay; never more than one empty line."""
    lines = _line_end.sub("\n", _readable(text)).split("\n")
    joined = "\n".join(_blanks_in_line.sub(" ", line).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def _readable(text: str) -> str:
    return unicodedata.normalize("NFC", unmangled(text).translate(_mended))


def unmangled(text: str) -> str:
    """The text itself, or what it was before UTF-8 was taken for Windows-1252 and saved: “KÃ¸benhavn”.

    Words that people write are no UTF-8 when they are taken back: one lonely “ø” is enough.
    """
    if not _mangled.search(text):
        return text
    try:
        return b"".join(c.encode("latin-1" if "\x80" <= c <= "\x9f" else "cp1252") for c in text).decode()
    except UnicodeError:
        return text


def say_if_mended(cell: Cell, tidied: str) -> None:
    """Name what was mended, unless the cell was spoken of already or only a Windows line end went."""
    same = unicodedata.normalize("NFC", _line_end.sub("\n", cell.text)) == tidied
    if not tidied or cell.messages or same:
        return
    if unmangled(cell.text) != cell.text:
        text = _("the file was once saved in a wrong encoding; taken as “%(value)s”.")
    else:
        text = _("blanks or invisible characters were removed; taken as “%(value)s”.")
    cell.warn(text % {"value": shortened(tidied)})


def shortened(text: str, length: int = 80) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= length else line[: length - 1] + "…"
