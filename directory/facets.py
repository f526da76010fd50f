"""Sorts of facets: those of a fixed list, which a host may use too, and those that editors make."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils import translation

from cms_blocks.pdf import FORMAT_PARAMETER
from search import indexing, joint_facets, registry, remembering
from search.documents import SHOWN_ON
from search.facets import Facet, FacetValue
from search.filters import ApiFilterSet

from . import host_fields
from .editor_facets import MadeFacet, made_facets
from .models import EditorFacet, EditorFacetValue
from .shortlist import PARAMETER


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


class EditorsFacet(Facet):
    """Choices in the order their editors gave them."""

    def __init__(self, made: MadeFacet) -> None:
        self.name = made.name
        self._made = made
        self._order = {slug: number for number, slug in enumerate(made.choices)}

    @property
    def label(self) -> str:  # type: ignore[override]
        return self._made.label

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        choices = self._made.choices
        return {value: choices[value].names.within(locale) for value in values if value in choices}

    def sort_key(self, value: FacetValue) -> tuple[object, ...]:
        return (self._order.get(value.value, len(self._order)), value.label)


def reserved_names() -> frozenset[str]:
    """Parameters of addresses that no filter of editors can be called."""
    return built_in_parameters() | {facet.name for facet in registry.registered_facets()}


def built_in_parameters() -> frozenset[str]:
    """All but the facets of hosts and editors, and what a facet cannot be called besides."""
    hosts = {id(facet) for facet in host_fields.facets()}
    own = (facet.name for facet in registry.registered_facets() if id(facet) not in hosts)
    hidden = (SHOWN_ON, *joint_facets.registered())  # readers never see them, but the index has the names
    return frozenset({*own, *hidden, *ApiFilterSet.base_filters, PARAMETER, FORMAT_PARAMETER, "locale"})


def _editors_facets() -> list[Facet]:
    return [EditorsFacet(made) for made in made_facets()]


def _forget(**kwargs: Any) -> None:
    remembering.forget()
    indexing.touch()


def connect() -> None:
    """Facets of editors are facets like any other, and a renamed one is shown so at once."""
    registry.register_facet_source(_editors_facets)
    for signal in (post_save, post_delete):
        for model in (EditorFacet, EditorFacetValue):
            uid = f"torv_directory.editor_facets.{model.__name__}"
            signal.connect(_forget, sender=model, dispatch_uid=uid)
