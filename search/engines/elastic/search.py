"""The request that Elasticsearch is asked: one for hits, total and all facets together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from elasticsearch.dsl import FacetedSearch, Q, Search, TermsFacet
from elasticsearch.dsl.query import Query as DslQuery
from elasticsearch.dsl.search_base import SearchBase

from ...parsing import ParsedQuery
from ...query import Query
from ..text_index import WEIGHTS, locale_prefix
from .client import for_readers
from .documents import EVERYWHERE
from .indexes import alias
from .mapping import TEXT_FIELDS

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
        return search.source(False).extra(track_total_hits=True)

    def query(self, search: SearchBase[Any], query: str | DslQuery) -> SearchBase[Any]:
        return search.query(
            "function_score",
            query=query,
            functions=[{"field_value_factor": {"field": "boost", "missing": 1.0}}],
            boost_mode="multiply",
        )

    def sort(self, search: SearchBase[Any]) -> SearchBase[Any]:
        """By score, else by name."""
        return search if self._query is not None else search.sort("sort_key")


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
    stems = [_stem(f"{locale}_{stem}") for stem in parsed.stems]
    prefixes = [
        Q("constant_score", filter=Q("prefix", words=f"{locale}.{prefix}")) for prefix in parsed.prefixes
    ]
    return Q("bool", must=[*stems, *prefixes])


def _stem(term: str) -> DslQuery:
    fields = zip(TEXT_FIELDS, WEIGHTS, strict=True)
    queries = [Q("term", **{name: {"value": term, "boost": weight}}) for name, weight in fields]
    return Q("dis_max", queries=queries, tie_breaker=0.3)
