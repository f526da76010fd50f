"""The facets that editors make, as the directory filters, counts and shows them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from . import host_fields
from .models import EditorFacet, EditorFacetValue, Entry

# `search` is imported where it is used, as in `page_mixins`.
if TYPE_CHECKING:
    from search.remembering import Remembered


@dataclass(frozen=True)
class Names:
    """A name in each language that has one, and the one it was first written in."""

    source: str
    translated: Mapping[str, str]

    def within(self, locale: str) -> str:
        return self.translated.get(locale, self.source)

    def lang(self, locale: str, source_lang: str) -> str:
        """The language of the name in `locale`: what a translator has left alone is a copy of the source."""
        return source_lang if self.within(locale) == self.source else locale


@dataclass(frozen=True, kw_only=True)
class Choice:
    """`pk` is that of the source row's value, which entries refer to."""

    pk: int
    slug: str
    names: Names


class MadeFacet:
    """A filter with all its names: nothing it is asked costs a query. `lang` is that of its source."""

    def __init__(self, row: EditorFacet, names: Names, choices: Sequence[Choice]) -> None:
        self.name = row.slug
        self.lang = row.locale.language_code
        self.names = names
        self.choices = {choice.slug: choice for choice in choices}

    @property
    def label(self) -> str:
        """In the language of the moment."""
        return self.names.within(get_language() or "")


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


@cache
def _remembered() -> "Remembered[tuple[MadeFacet, ...]]":
    from search.remembering import Remembered

    return Remembered(_load)


def made_facets() -> tuple[MadeFacet, ...]:
    """All of them, remembered until somebody changes one."""
    return _remembered().get("")


def choices_by_key() -> dict[int, tuple[MadeFacet, Choice]]:
    """The value's primary key -> its facet and itself, in the order of the facets and their choices."""
    return {choice.pk: (facet, choice) for facet in made_facets() for choice in facet.choices.values()}


def shown_of(entry: Entry, locale: str) -> list[ShownFacet]:
    """What holds for the entry, in the reader's language where it has been translated."""
    chosen = {carried.value_id for carried in entry.facts.entry_facet_values.all()}
    if not chosen:
        return []
    return [
        ShownFacet(
            label=facet.names.within(locale),
            lang=facet.names.lang(locale, facet.lang),
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
