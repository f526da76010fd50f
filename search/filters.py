"""From a query string to a validated `Query`: the one place that reads what a reader sent."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, Self

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from . import conf, registry
from .models import SearchDocument
from .parsing import has_words
from .places import OutOfRange, PlaceResolver, coordinates
from .query import RADII_KM, Point, Query, Sort

_MAX_PAGE = 100_000
_MAX_VALUES = 50
MAX_PER_PAGE = 100
_MAX_PLACE = 80


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


class _Filter(django_filters.Filter):
    """Copied for each request with all others: a shallow copy is enough, as nothing in it is changed."""

    def __deepcopy__(self, memo: object) -> Self:
        return copy(self)


class FacetFilter(_Filter):
    field_class = FacetField


class TextField(forms.CharField):
    """What a reader typed."""

    def to_python(self, value: Any) -> str:
        return _printable(super().to_python(value) or "").strip()


class TextFilter(_Filter):
    field_class = TextField


class NumberFilter(_Filter):
    field_class = forms.IntegerField


class ChoiceFilter(_Filter):
    field_class = forms.ChoiceField


def _radius_name(km: int) -> str:
    return _("Within %(km)d km") % {"km": km}


#: `%` on a lazy text would choose the language for all readers, when the server starts.
_within = lazy(_radius_name, str)

#: Names as readers see them.
SORTS = {
    Sort.RELEVANCE: gettext_lazy("Best match"),
    Sort.DISTANCE: gettext_lazy("Distance"),
    Sort.CHECKED: gettext_lazy("Recently checked"),
    Sort.NAME: gettext_lazy("Name"),
}
_NO_SUCH_RADIUS = gettext_lazy("This distance is not a choice here, so it was left out.")
_NO_SUCH_SORT = gettext_lazy("This order is not a choice here, so it was left out.")


class SearchFilterSet(django_filters.FilterSet):
    """`SearchFilterSet(request.GET, facets=("topic",), site=…, locale="da", searchables=(…), per_page=20)`.

    `query` is always usable: what could not be understood is left out of it and named in `messages`
    (field name -> list of sentences for the reader). `form` shows what was typed. With `places` readers may
    name one; `other_places` are what else its name may mean, or what may have been meant by an unknown one.
    `carried` names parameters of the address that links keep unread.
    """

    q = TextFilter(label=gettext_lazy("Search words"))
    near = TextFilter(label=gettext_lazy("Postcode or town"))
    km = ChoiceFilter(
        label=gettext_lazy("Distance"),
        choices=[
            ("", gettext_lazy("Any distance")),
            *((str(km), _within(km)) for km in RADII_KM),
        ],
        error_messages={"invalid_choice": _NO_SUCH_RADIUS},
    )
    sort = ChoiceFilter(
        label=gettext_lazy("Sort by"),
        choices=list(SORTS.items()),
        error_messages={"invalid_choice": _NO_SUCH_SORT},
    )
    page = NumberFilter(
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
        places: PlaceResolver | None = None,
        carried: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, queryset=SearchDocument.objects.none())
        self.facets = registry.facets(facets)
        for facet in self.facets:
            self.filters[facet.name] = FacetFilter(field_name=facet.name, label=facet.label)
        self.messages: dict[str, list[str]] = {}
        self.other_places: tuple[str, ...] = ()
        self.has_places = places is not None
        if places is None:
            for name in ("near", "km", "sort"):
                del self.filters[name]
        self._places = places
        self._carried = dict(carried or {})
        self.query = self._query(site, locale, tuple(searchables), per_page or conf.current().per_page)

    def _query(self, site: Site, locale: str, searchables: tuple[str, ...], per_page: int) -> Query:
        for name, errors in self.form.errors.items():
            self.messages[name] = [str(error) for error in errors]
        cleaned = getattr(self.form, "cleaned_data", {})
        near = self._near(cleaned.get("near") or "")
        return Query(
            text=self._text(cleaned.get("q") or ""),
            locale=locale,
            site=site,
            searchables=searchables,
            selected=self._selected(cleaned, locale),
            facets=tuple(facet.name for facet in self.facets),
            near=near,
            radius_km=self._radius(cleaned, near),
            sort=self._sort(cleaned, near),
            carried=self._carried,
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
        if text and not has_words(text[:limit]):
            self._say("q", _("“%(words)s” has no word that can be searched for.") % {"words": text[:60]})
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

    def _near(self, text: str) -> Point | None:
        if not text or self._places is None:
            return None
        text = text[:_MAX_PLACE]
        try:
            if own := coordinates(text):
                return own
        except OutOfRange:
            self._say("near", _("There are no such coordinates."))
            return None
        points = self._places.resolve(text)
        if points:
            self.other_places = tuple(point.text for point in points[1:])
            return points[0]
        self.other_places = self._places.suggest(text)
        self._say("near", _("We do not know the place “%(place)s”.") % {"place": text})
        return None

    def _radius(self, cleaned: Mapping[str, Any], near: Point | None) -> int | None:
        if not cleaned.get("km") or self._places is None:
            return None
        if near is None:
            if not cleaned.get("near"):
                self._say("near", _("Write a postcode or a town to search within a distance of it."))
            return None
        return int(cleaned["km"])

    def _sort(self, cleaned: Mapping[str, Any], near: Point | None) -> Sort | None:
        if not cleaned.get("sort") or self._places is None:
            return None
        sort = Sort(cleaned["sort"])
        if sort == Sort.DISTANCE and near is None:
            self._say("sort", _("To sort by distance, write a postcode or a town."))
            return None
        return None if sort == Sort.RELEVANCE and not cleaned.get("q") else sort

    def near_here(self, place: str) -> str:
        """The query string with another place."""
        point = Point(text=place, label=place, latitude=0.0, longitude=0.0)
        cleaned = getattr(self.form, "cleaned_data", {})
        radius = int(cleaned.get("km") or 0) or None
        return replace(self.query, near=point, radius_km=radius, page=1).query_string()

    @property
    def radii(self) -> list[tuple[str, str]]:
        return list(self.form.fields["km"].choices)

    @property
    def chosen_radius(self) -> str:
        return self.form["km"].value() or ""

    @property
    def sort_links(self) -> list[tuple[str, str, bool]]:
        """Name, address and whether it is in force, of each order that fits the question."""
        query = self.query
        fitting = [
            sort
            for sort in SORTS
            if (sort != Sort.RELEVANCE or query.text) and (sort != Sort.DISTANCE or query.near)
        ]
        return [
            (str(SORTS[sort]), replace(query, sort=sort, page=1).query_string(), sort == query.order)
            for sort in fitting
        ]

    @property
    def place_links(self) -> list[tuple[str, str]]:
        """Names and addresses of `other_places`."""
        return [(place, self.near_here(place)) for place in self.other_places]

    def _say(self, name: str, message: str) -> None:
        self.messages.setdefault(name, []).append(message)


class ApiFilterSet(SearchFilterSet):
    """What the open interface understands besides: `per_page`. Its `kind` is the facet of that name.

    It gives what may be passed on as open data, and names each parameter that it does not know.
    """

    per_page = NumberFilter(label=gettext_lazy("Results per page"), min_value=1, max_value=MAX_PER_PAGE)

    def _query(self, site: Site, locale: str, searchables: tuple[str, ...], per_page: int) -> Query:
        query = super()._query(site, locale, searchables, per_page)
        cleaned = getattr(self.form, "cleaned_data", {})
        self._name_unknown()
        if code := self.data.get("locale", ""):
            self._check_locale(_printable(code), locale)
        return replace(
            query,
            per_page=cleaned.get("per_page") or self.usual_per_page(),
            open_only=True,
        )

    @staticmethod
    def usual_per_page() -> int:
        """Results on a page of which nothing was said."""
        return min(conf.current().per_page, MAX_PER_PAGE)

    def _name_unknown(self) -> None:
        """Who mistypes a parameter would take what all is found for the answer to it."""
        known = (*self.filters, "locale")
        unknown = [name for name in self.data if name not in known]
        for name in unknown[:_MAX_VALUES]:
            message = _("There is no parameter “%(name)s”. Write one of these: %(known)s.")
            shown = _printable(name)[:60]
            self._say(shown, message % {"name": shown, "known": ", ".join(known)})

    def _check_locale(self, code: str, locale: str) -> None:
        if code != locale:
            message = _("The site has no language “%(code)s”; it answers in another.") % {"code": code[:60]}
            self._say("locale", message)
