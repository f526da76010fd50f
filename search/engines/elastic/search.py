"""The request that Elasticsearch is asked: one for hits, total and all facets together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from elasticsearch.dsl import FacetedSearch, Q, Search, TermsFacet
from elasticsearch.dsl.query import Query as DslQuery
from elasticsearch.dsl.search_base import SearchBase

from ...parsing import ParsedQuery
from ...query import Point, Query, Sort
from ..text_index import WEIGHTS, locale_prefix
from .client import for_readers
from .documents import EVERYWHERE
from .indexes import alias
from .mapping import TEXT_FIELDS

#: What a compound counts beside the whole word.
_LOWER = 0.1
#: Values of one facet that are counted.
FACET_SIZE = 1000


class DirectorySearch(FacetedSearch):
    """`facets` are those the query counts; chosen values filter the hits, and every facet but their own."""

    def __init__(self, query: Query, parsed: ParsedQuery, searchables: tuple[str, ...]) -> None:
        self.asked = query
        self.searchables = searchables
        self.facets = {
            name: TermsFacet(field=f"facets.{name}", size=FACET_SIZE)
            for name in {**dict.fromkeys(query.facets), **dict.fromkeys(query.selected)}
        }
        filters: Mapping[str, Any] = {name: list(values) for name, values in query.selected.items()}
        super().__init__(query=None if parsed.is_empty else _words(parsed), filters=dict(filters))

    def search(self) -> Search[Any]:
        """Everything that this reader may see now."""
        search: Search[Any] = super().search().index(alias()).using(for_readers())
        search = search.filter("term", locale=self.asked.locale)
        search = search.filter("terms", searchable=list(self.searchables))
        search = search.filter("terms", sites=[EVERYWHERE, str(self.asked.site.pk)])
        search = search.filter(_visible(timezone.now()))
        if self.asked.near and self.asked.radius_km:
            position = _position(self.asked.near)
            search = search.filter("geo_distance", distance=f"{self.asked.radius_km}km", position=position)
        return search.source(False).extra(track_total_hits=True)

    def query(self, search: SearchBase[Any], query: str | DslQuery) -> SearchBase[Any]:
        return search.query(
            "function_score",
            query=query,
            functions=[{"field_value_factor": {"field": "boost", "missing": 1.0}}],
            boost_mode="multiply",
        )

    def sort(self, search: SearchBase[Any]) -> SearchBase[Any]:
        """As asked; by score where there are words, else by name."""
        order = self.asked.order
        if order == Sort.RELEVANCE and self._query is not None:
            return search
        if order == Sort.DISTANCE and self.asked.near:
            by_distance: dict[str, Any] = {
                "position": _position(self.asked.near),
                "order": "asc",
                "mode": "min",
            }
            return search.sort({"_geo_distance": by_distance}, "sort_key")
        if order == Sort.CHECKED:
            return search.sort({"checked_on": {"order": "desc", "missing": "_last"}}, "sort_key")
        return search.sort("sort_key")


def _position(point: Point) -> dict[str, float]:
    return {"lat": point.latitude, "lon": point.longitude}


def _visible(now: datetime) -> DslQuery:
    moment = now.isoformat()
    return Q(
        "bool",
        must_not=[
            Q("range", visible_from={"gt": moment}),
            Q("range", visible_to={"lte": moment}),
        ],
    )


def _words(parsed: ParsedQuery) -> DslQuery:
    locale = locale_prefix(parsed.locale)
    stems = [_stem(locale, parsed, stem) for stem in parsed.stems]
    prefixes = [
        Q("constant_score", filter=Q("prefix", words=f"{locale}.{prefix}")) for prefix in parsed.prefixes
    ]
    return Q("bool", must=[*stems, *prefixes])


def _stem(locale: str, parsed: ParsedQuery, stem: str) -> DslQuery:
    """The word; ranked lower a compound that holds it, or all its own parts wherever they stand."""
    whole = [_term(f"{locale}_{stem}")]
    if not parsed.has_parts:
        return whole[0]
    lower = [_term(f"{locale}__{stem}", share=_LOWER)]
    if parts := parsed.parts.get(stem):
        each = [
            Q("dis_max", queries=[_term(f"{locale}_{part}"), _term(f"{locale}__{part}")]) for part in parts
        ]
        lower.append(Q("bool", must=each, boost=_LOWER / len(each)))
    return Q("dis_max", queries=[*whole, *lower])


def _term(term: str, share: float = 1.0) -> DslQuery:
    fields = zip(TEXT_FIELDS, WEIGHTS, strict=True)
    queries = [Q("term", **{name: {"value": term, "boost": weight * share}}) for name, weight in fields]
    return Q("dis_max", queries=queries, tie_breaker=0.3)
