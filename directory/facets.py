"""Sorts of facets that the directory's own and those of a host are made of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation

from search.facets import Facet, FacetValue


class ChoicesFacet(Facet):
    """Values and names of a fixed list, which may be made anew in each language."""

    def __init__(self, name: str, label: Any, choices: Callable[[], Iterable[tuple[str, Any]]]) -> None:
        self.name = name
        self.label = label
        self._choices = choices

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        with translation.override(locale):
            return {code: str(label) for code, label in self._choices() if code in values}


class InOrderFacet(ChoicesFacet):
    """Values in the order of the list: Monday comes before Tuesday, however many meet then."""

    def sort_key(self, value: FacetValue) -> tuple[object, ...]:
        return ([code for code, _label in self._choices()].index(value.value),)
