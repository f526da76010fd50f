"""Facts of entries as short prints, so that a long file's rows can be compared without being kept."""

from array import array
from collections.abc import Iterator, Mapping

from ..models import Entry
from .columns import Part, by_name
from .drafting import facts_of
from .rows import CleanRow


class FactPrints:
    """The facts the first row of each entry gave: eight bytes for each that the file speaks of."""

    def __init__(self) -> None:
        self._prints: dict[str, array[int]] = {}
        self._names: tuple[str, ...] = ()

    def remember(self, row: CleanRow) -> None:
        if row.external_id not in self._prints:
            self._prints[row.external_id] = self._prints_of(row, row.values)

    def differing(self, row: CleanRow, source: Entry | None) -> Iterator[str]:
        """Names of facts this row of another language gives otherwise than its entry has them."""
        known = self._prints.get(row.external_id)
        if known is None and source is not None:
            known = self._prints_of(row, facts_of(source))
        for name, print_of in zip(self._names, known or (), strict=False):
            value = row.values.get(name, by_name()[name].empty)
            if value != by_name()[name].empty and hash(value) != print_of:
                yield name

    def _prints_of(self, row: CleanRow, values: Mapping[str, object]) -> "array[int]":
        """All rows of a file have the same columns and constants."""
        self._names = self._names or tuple(
            name
            for name in dict.fromkeys((*row.sources, *row.values))
            if by_name()[name].part not in (Part.IDENTITY, Part.TEXT)
        )
        return array("q", (hash(values.get(name)) for name in self._names))
