"""What an import says about a cell, a row or a whole file."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

LONGEST_VALUE = 160  # characters of a cell that are worth repeating
LONGEST_TEXT = 800  # of what is said of it, which may repeat a word of the cell


class FileRefused(Exception):  # noqa: N818 - it says what happened to the file
    """The file or its map cannot be used at all; the text is a sentence for whoever imports."""


class Weight(Enum):
    """Whether the row goes on."""

    WARNING = "warning"
    REFUSAL = "refusal"


@dataclass(frozen=True, kw_only=True)
class Message:
    """One fault: where it is, what stands there and what was done or would be right.

    `line` counts from 1 and is the line the row begins in; in a JSON file written on a single line
    it counts the objects. `column` is the column's name in the file.
    """

    line: int
    column: str
    value: str
    text: str
    weight: Weight

    @property
    def is_refusal(self) -> bool:
        return self.weight is Weight.REFUSAL

    def __str__(self) -> str:
        sentence = _("line %(line)d, column %(column)s, value “%(value)s”: %(text)s") % {
            "line": self.line,
            "column": self.column,
            "value": printable(self.value),
            "text": _escaped(_without_middle(self.text)),
        }
        return _("REFUSED %(sentence)s") % {"sentence": sentence} if self.is_refusal else sentence


def printable(value: str) -> str:
    """One line that any terminal takes: line ends and unprintable characters as escapes, long text cut."""
    cut = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
    return _escaped(cut)


def _escaped(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _without_middle(text: str) -> str:
    """What is wrong stands at the beginning, what would be right at the end."""
    half = LONGEST_TEXT // 2
    return text if len(text) <= LONGEST_TEXT else f"{text[:half]} … {text[-half:]}"
