"""Facts of entries as short prints, so that a long file's rows can be compared without being kept."""

from array import array
from collections.abc import Iterator, Mapping

from ..models import Entry
from .columns import COLUMNS, Part
from .drafting import facts_of
from .rows import CleanRow

FACTS = tuple(column.name for column in COLUMNS if column.part not in (Part.IDENTITY, Part.TEXT))


class FactPrints:
    """The facts the first row of each entry gave: eight bytes for each."""

    def __init__(self) -> None:
        self._prints: dict[str, array[int]] = {}

    def remember(self, row: CleanRow) -> None:
        if row.external_id not in self._prints:
            self._prints[row.external_id] = _prints(row.values)

    def differing(self, row: CleanRow, source: Entry | None) -> Iterator[str]:
        """Names of facts this row of another language gives otherwise than its entry has them."""
        known = self._prints.get(row.external_id)
        if known is None and source is not None:
            known = _prints(facts_of(source))
        for name, print_of in zip(FACTS, known or (), strict=False):
            value = row.values.get(name)
            if value not in ("", None, ()) and hash(value) != print_of:
                yield name


def _prints(values: Mapping[str, object]) -> "array[int]":
    return array("q", (hash(values.get(name)) for name in FACTS))
