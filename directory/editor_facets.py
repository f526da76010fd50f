"""The facets that editors make, as the directory filters, counts and shows them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language

from search import indexing, registry, remembering
from search.facets import Facet, FacetValue
from search.filters import ApiFilterSet

from . import host_fields
from .models import EditorFacet, EditorFacetValue, Entry
from .shortlist import PARAMETER


@dataclass(frozen=True)
class Names:
    """A name in each language that has one, and the one it was first written in."""

    source: str
    translated: Mapping[str, str]

    def within(self, locale: str) -> str:
        return self.translated.get(locale, self.source)

    def lang(self, locale: str, source_lang: str) -> str:
        return locale if locale in self.translated else source_lang


@dataclass(frozen=True, kw_only=True)
class Choice:
    """`pk` is that of the source row's value, which entries refer to."""

    pk: int
    slug: str
    names: Names


class MadeFacet(Facet):
    """A facet that editors made; it holds all its names, so that nothing it is asked costs a query."""

    def __init__(self, row: EditorFacet, names: Names, choices: Sequence[Choice]) -> None:
        self.name = row.slug
        self.lang = row.locale.language_code
        self.names_of_facet = names
        self.choices = {choice.slug: choice for choice in choices}
        self._order = {slug: number for number, slug in enumerate(self.choices)}

    @property
    def label(self) -> str:  # type: ignore[override]
        """In the language of the moment."""
        return self.names_of_facet.within(get_language() or "")

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        return {value: self.choices[value].names.within(locale) for value in values if value in self.choices}

    def sort_key(self, value: FacetValue) -> tuple[object, ...]:
        return (self._order.get(value.value, len(self._order)), value.label)


@dataclass(frozen=True, kw_only=True)
class ShownFacet:
    """A facet on the page of an entry; `lang` is the language of its words."""

    label: str
    values: tuple[tuple[str, str], ...]
    lang: str


def _load(locale: str, day: date) -> tuple[MadeFacet, ...]:
    rows = list(EditorFacet.objects.select_related("locale").order_by("pk"))
    values: dict[int, list[EditorFacetValue]] = defaultdict(list)
    translated: dict[Any, dict[str, str]] = defaultdict(dict)
    for value in EditorFacetValue.objects.select_related("locale").order_by("sort_order", "pk"):
        values[value.facet_id].append(value)
        translated[value.translation_key][value.locale.language_code] = value.label
    for row in rows:
        translated[row.translation_key][row.locale.language_code] = row.label
    return tuple(
        MadeFacet(
            row,
            Names(row.label, translated[row.translation_key]),
            [
                Choice(
                    pk=value.pk, slug=value.slug, names=Names(value.label, translated[value.translation_key])
                )
                for value in values[row.pk]
            ],
        )
        for row in rows
        if row.is_source
    )


_remembered = remembering.Remembered(_load)


def made_facets() -> tuple[MadeFacet, ...]:
    """All of them, remembered until somebody changes one."""
    return _remembered.get("")


def choices_by_key() -> dict[int, tuple[MadeFacet, Choice]]:
    """The value's primary key -> its facet and itself, in the order of the facets and their choices."""
    return {choice.pk: (facet, choice) for facet in made_facets() for choice in facet.choices.values()}


def reserved_names() -> frozenset[str]:
    """Parameters of addresses that mean something else."""
    return built_in_parameters() | {facet.name for facet in registry.registered_facets()}


def built_in_parameters() -> frozenset[str]:
    """All but the facets of hosts and editors."""
    hosts = {id(facet) for facet in host_fields.facets()}
    own = (facet.name for facet in registry.registered_facets() if id(facet) not in hosts)
    return frozenset({*own, *ApiFilterSet.base_filters, PARAMETER, "locale"})


def shown_of(entry: Entry, locale: str) -> list[ShownFacet]:
    """What holds for the entry, in the reader's language where it has been translated."""
    chosen = {carried.value_id for carried in entry.facts.entry_facet_values.all()}
    if not chosen:
        return []
    return [
        ShownFacet(
            label=facet.names_of_facet.within(locale),
            lang=facet.names_of_facet.lang(locale, facet.lang),
            values=tuple(
                (choice.names.within(locale), choice.names.lang(locale, facet.lang))
                for choice in facet.choices.values()
                if choice.pk in chosen
            ),
        )
        for facet in made_facets()
        if any(choice.pk in chosen for choice in facet.choices.values())
    ]


def default_order(built_in: Iterable[str]) -> tuple[str, ...]:
    """Names of all facets of a directory: the built-in ones, the host's, the editors'."""
    hosts = (facet.name for facet in host_fields.facets())
    return tuple(dict.fromkeys((*built_in, *hosts, *(facet.name for facet in made_facets()))))


def connect() -> None:
    """A renamed facet is shown so at once; `search` calls this when it finds the directory's documents."""
    registry.register_facet_source(made_facets)
    for signal in (post_save, post_delete):
        for model in (EditorFacet, EditorFacetValue):
            uid = f"torv_directory.editor_facets.{model.__name__}"
            signal.connect(_forget, sender=model, dispatch_uid=uid)


def _forget(**kwargs: Any) -> None:
    remembering.forget()
    indexing.touch()
