"""From a query string to a validated `Query`: the one place that reads what a reader sent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from . import conf, registry
from .models import SearchDocument
from .query import Query

_MAX_PAGE = 100_000
_MAX_VALUES = 50
MAX_PER_PAGE = 100


def _printable(text: str) -> str:
    """Without characters no text has and no database takes: NUL and lone surrogates."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode()


def _not_a_choice(value: str) -> str:
    return _("“%(value)s” is not a choice here, so it was left out.") % {"value": value[:60]}


class FacetField(forms.MultipleChoiceField):
    """Any slugs: which of them exist is asked once for all, in `SearchFilterSet`."""

    def to_python(self, value: Any) -> list[str]:
        return [_printable(each) for each in super().to_python(value)]

    def valid_value(self, value: str) -> bool:
        return True


class FacetFilter(django_filters.Filter):
    field_class = FacetField


class TextField(forms.CharField):
    """What a reader typed."""

    def to_python(self, value: Any) -> str:
        return _printable(super().to_python(value) or "").strip()


class TextFilter(django_filters.Filter):
    field_class = TextField


class PageFilter(django_filters.Filter):
    field_class = forms.IntegerField


class SearchFilterSet(django_filters.FilterSet):
    """`SearchFilterSet(request.GET, facets=("topic",), site=…, locale="da", searchables=(…), per_page=20)`.

    `query` is always usable: what could not be understood is left out of it and named in `messages`
    (field name -> list of sentences for the reader). `form` shows what was typed.
    """

    q = TextFilter(label=gettext_lazy("Search words"))
    page = PageFilter(
        label=gettext_lazy("Page"),
        min_value=1,
        max_value=_MAX_PAGE,
        error_messages={
            name: gettext_lazy("There is no such page. You see the first one.")
            for name in ("invalid", "min_value", "max_value")
        },
    )

    def __init__(
        self,
        data: QueryDict | Mapping[str, Any],
        *,
        site: Site,
        locale: str,
        searchables: Sequence[str] = (),
        facets: Sequence[str] = (),
        per_page: int | None = None,
    ) -> None:
        super().__init__(data, queryset=SearchDocument.objects.none())
        self.facets = registry.facets(facets)
        for facet in self.facets:
            self.filters[facet.name] = FacetFilter(field_name=facet.name, label=facet.label)
        self.messages: dict[str, list[str]] = {}
        self.query = self._query(site, locale, tuple(searchables), per_page or conf.current().per_page)

    def _query(self, site: Site, locale: str, searchables: tuple[str, ...], per_page: int) -> Query:
        for name, errors in self.form.errors.items():
            self.messages[name] = [str(error) for error in errors]
        cleaned = getattr(self.form, "cleaned_data", {})
        return Query(
            text=self._text(cleaned.get("q") or ""),
            locale=locale,
            site=site,
            searchables=searchables,
            selected=self._selected(cleaned, locale),
            facets=tuple(facet.name for facet in self.facets),
            page=cleaned.get("page") or 1,
            per_page=per_page,
        )

    def _text(self, text: str) -> str:
        limit = conf.current().max_query_length
        if len(text) > limit:
            self._say(
                "q",
                _("Your search is long. Only the first %(limit)d characters were used.") % {"limit": limit},
            )
        return text[:limit]

    def _selected(self, cleaned: Mapping[str, Any], locale: str) -> dict[str, tuple[str, ...]]:
        selected: dict[str, tuple[str, ...]] = {}
        for facet in self.facets:
            values = tuple(dict.fromkeys(value for value in cleaned.get(facet.name) or () if value))[
                :_MAX_VALUES
            ]
            known = facet.labels(values, locale) if values else {}
            for value in values:
                if value not in known:
                    self._say(facet.name, _not_a_choice(value))
            if chosen := tuple(value for value in values if value in known):
                selected[facet.name] = chosen
        return selected

    def _say(self, name: str, message: str) -> None:
        self.messages.setdefault(name, []).append(message)


class ApiFilterSet(SearchFilterSet):
    """What the open interface understands besides: `kind` and `per_page`."""

    kind = FacetFilter(label=gettext_lazy("Kind"))
    per_page = PageFilter(label=gettext_lazy("Results per page"), min_value=1, max_value=MAX_PER_PAGE)

    def _query(self, site: Site, locale: str, searchables: tuple[str, ...], per_page: int) -> Query:
        query = super()._query(site, locale, searchables, per_page)
        cleaned = getattr(self.form, "cleaned_data", {})
        if code := self.data.get("locale", ""):
            self._check_locale(_printable(code), locale)
        return replace(
            query,
            searchables=self._of_kinds(cleaned.get("kind") or ()),
            per_page=cleaned.get("per_page") or per_page,
        )

    def _check_locale(self, code: str, locale: str) -> None:
        if code != locale:
            message = _("The site has no language “%(code)s”; it answers in another.") % {"code": code[:60]}
            self._say("locale", message)

    def _of_kinds(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """Names of searchables; all of them where no kind is known."""
        known = {searchable.name: searchable.kind for searchable in registry.searchables()}
        for kind in dict.fromkeys(kinds):
            if kind not in known.values():
                self._say("kind", _not_a_choice(kind))
        return tuple(name for name, kind in known.items() if kind in kinds)
