"""Facets: what can be narrowed by. A facet names itself and its values; the engines count."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from .query import Query


class Facet(ABC):
    """A facet whose values are locale-neutral slugs. Subclass it and give `labels`."""

    #: Name in the index and in the query string: "topic".
    name: str
    #: Heading shown to readers, lazily translated.
    label: str | Promise

    @abstractmethod
    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        """The reader's names of these values, in one query at most. Unknown values are left out.

        Engines keep the names until the index changes: a renamed value must have its documents indexed.
        """

    def parents(self, values: Sequence[str]) -> Mapping[str, str]:
        """Value -> the value above it, where values form a hierarchy; in one query at most."""
        return {}

    def places(self, names: Sequence[str]) -> Mapping[str, str]:
        """Name as a reader typed it -> value, for names of places; a facet that holds places gives them."""
        return {}

    def names(self, locale: str) -> Mapping[str, Sequence[str]]:
        """Value -> its names in that language, the first of them shown: what may be suggested while a reader
        types. In a few queries; kept until the index changes. Nothing, where the values are no use there."""
        return {}

    def sort_key(self, value: "FacetValue") -> tuple[object, ...]:
        """Most hits first, then by name; the same for the same counts."""
        return (-value.count, value.label.casefold(), value.value)


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """One value as the page shows it. `depth` is 0 at the top of a hierarchy."""

    facet: str
    value: str
    label: str
    count: int
    selected: bool
    query: Query
    depth: int = 0

    @property
    def toggle_url(self) -> str:
        """The query string that adds or removes this value."""
        return self.query.toggled(self.facet, self.value).query_string()


@dataclass(frozen=True, kw_only=True)
class FacetResult:
    """A facet with its values in the order shown; `has_selection` keeps an open panel open."""

    name: str
    label: str
    values: tuple[FacetValue, ...]

    @property
    def is_useful(self) -> bool:
        """Whether there is anything to choose: one value that all hits share tells nothing."""
        return len(self.values) > 1 or self.has_selection

    @property
    def has_selection(self) -> bool:
        return any(value.selected for value in self.values)

    @property
    def selected(self) -> tuple[FacetValue, ...]:
        return tuple(value for value in self.values if value.selected)


def arranged(
    facet: Facet, values: Sequence[FacetValue], parents: Mapping[str, str]
) -> tuple[FacetValue, ...]:
    """Values in the order shown: siblings by the facet's `sort_key`, each followed by what is below it."""
    if not parents:
        return tuple(sorted(values, key=facet.sort_key))
    by_value = {value.value for value in values}
    below: dict[str | None, list[FacetValue]] = defaultdict(list)
    for value in values:
        parent = parents.get(value.value)
        below[parent if parent in by_value and parent != value.value else None].append(value)
    seen: set[str] = set()
    shown = list(_walk(facet, below, None, 0, seen))
    looped = sorted((value for value in values if value.value not in seen), key=facet.sort_key)
    return (*shown, *looped)


def _walk(
    facet: Facet, below: Mapping[str | None, list[FacetValue]], parent: str | None, depth: int, seen: set[str]
) -> Iterator[FacetValue]:
    for value in sorted(below.get(parent, ()), key=facet.sort_key):
        if value.value not in seen:
            seen.add(value.value)
            yield replace(value, depth=depth)
            yield from _walk(facet, below, value.value, depth + 1, seen)
