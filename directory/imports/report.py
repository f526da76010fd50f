"""What an import did, in numbers."""

from dataclasses import dataclass, replace
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Outcome(Enum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Report:
    """Numbers of rows; `warned` rows are also counted by what became of them."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warned: int = 0
    refused: int = 0
    nowhere: int = 0
    new_topics: int = 0

    def count(self, outcome: Outcome, *, warned: bool, nowhere: bool) -> None:
        self.rows += 1
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)
        self.warned += warned
        self.nowhere += nowhere

    def nothing_written(self) -> "Report":
        """As it ends where refused rows kept all others out."""
        return replace(self, created=0, updated=0, new_topics=0)

    def notes(self) -> list[str]:
        """What concerns many rows alike and is said once."""
        notes = []
        if self.nowhere:
            notes.append(
                ngettext(
                    "%(count)d row has the coordinates 0 and 0, which stand for unknown: it got none.",
                    "%(count)d rows have the coordinates 0 and 0, which stand for unknown: they got none.",
                    self.nowhere,
                )
                % {"count": self.nowhere}
            )
        if self.new_topics:
            notes.append(_("Topics created: %(count)d.") % {"count": self.new_topics})
        return notes

    def __str__(self) -> str:
        """The last line of the command. Other programs read it, so it is the same in every language."""
        return (
            f"rows {self.rows}, created {self.created}, updated {self.updated}, unchanged {self.unchanged}, "
            f"warned {self.warned}, refused {self.refused}"
        )
