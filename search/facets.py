"""Facets: what can be narrowed by. A facet names itself and its values; the engines count."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


class Facet(ABC):
    """A facet whose values are locale-neutral slugs. Subclass it and give `labels`."""

    #: Name in the index and in the query string: "topic".
    name: str
    #: Heading shown to readers, lazily translated.
    label: str | Promise

    @abstractmethod
    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        """The reader's names of these values, in one query at most. Unknown values are left out."""

    def sort_key(self, value: "FacetValue") -> tuple[object, ...]:
        """Most hits first, then by name; the same for the same counts."""
        return (-value.count, value.label.casefold(), value.value)


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """One value as the page shows it. `toggle_url` is the query string that adds or removes it."""

    value: str
    label: str
    count: int
    selected: bool
    toggle_url: str


@dataclass(frozen=True, kw_only=True)
class FacetResult:
    """A facet with its values in the order shown; `has_selection` keeps an open panel open."""

    name: str
    label: str
    values: tuple[FacetValue, ...]

    @property
    def has_selection(self) -> bool:
        return any(value.selected for value in self.values)

    @property
    def selected(self) -> tuple[FacetValue, ...]:
        return tuple(value for value in self.values if value.selected)
