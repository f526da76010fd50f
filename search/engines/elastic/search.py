"""The request that Elasticsearch is asked: one for hits, total and all facets together."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from elasticsearch.dsl import A, FacetedSearch, Q, Search, TermsFacet
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.query import Query as DslQuery
from elasticsearch.dsl.search_base import SearchBase

from ...clauses import Alternative, Clause, ParsedQuery
from ...joint_facets import counted_pairs, own_filters, with_pairs
from ...promotions import Promotions
from ...query import Point, Query, Sort
from ...scoring import PART_SHARE, SHARES
from ..text_index import WEIGHTS, locale_prefix
from .client import for_readers
from .documents import EVERYWHERE
from .indexes import alias
from .mapping import TEXT_FIELDS

#: Scores of promoted documents, far above any; what is left of those of demoted ones.
_FIRST, _LAST = 1e6, 1e-6
#: Values of one facet that are counted.
FACET_SIZE = 1000


class DirectorySearch(FacetedSearch):
    """`facets` are those the query counts; chosen values filter the hits, and every facet but their own."""

    def __init__(
        self, query: Query, parsed: ParsedQuery, searchables: tuple[str, ...], steering: Promotions
    ) -> None:
        self.asked = query
        self.by_score = not parsed.is_empty
        self.searchables = searchables
        wanted = with_pairs(query.selected)
        self.facets = {
            name: _facet(name, query.selected)
            for name in {**dict.fromkeys(query.facets), **dict.fromkeys(wanted)}
        }
        filters: Mapping[str, Any] = {name: list(values) for name, values in wanted.items()}
        words = Q("match_all", boost=0.0) if parsed.is_empty else _words(parsed)
        super().__init__(query=_steered(words, steering), filters=dict(filters))

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
        search.aggs.bucket("matching", "filter", filter=Q("match_all"))
        return search.source(False).extra(track_total_hits=True)

    def aggregate(self, search: SearchBase[Any]) -> None:
        """As in the library, but a facet is counted without the pairs that its values are part of, too."""
        for name, facet in self.facets.items():
            own = own_filters(name)
            others = [chosen for key, chosen in self._filters.items() if key not in own]
            bucket = search.aggs.bucket(f"_filter_{name}", "filter", filter=Q("bool", filter=others))
            bucket.bucket(name, facet.get_aggregation())

    def query(self, search: SearchBase[Any], query: str | DslQuery) -> SearchBase[Any]:
        return search.query(
            "function_score",
            query=query,
            functions=[{"field_value_factor": {"field": "boost", "missing": 1.0}}],
            boost_mode="multiply",
        )

    def sort(self, search: SearchBase[Any]) -> SearchBase[Any]:
        """As asked; by score where there are words, else by name, promoted documents before the others."""
        order = self.asked.order
        if order == Sort.RELEVANCE and self.by_score:
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
        return search.sort("sort_key") if self.asked.sort else search.sort("_score", "sort_key")


class _PairedFacet(TermsFacet[Any]):
    """Of each value, what carries it together with a chosen value of the other facet."""

    def __init__(self, joint: str, pairs: Mapping[str, Iterable[str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.filters = {
            value: Q("terms", **{f"facets.{joint}": list(those)}) for value, those in pairs.items()
        }

    def get_aggregation(self) -> Agg[Any]:
        return A("filters", filters=self.filters, keyed=False)


def _facet(name: str, selected: Mapping[str, tuple[str, ...]]) -> TermsFacet[Any]:
    field = f"facets.{name}"
    paired = counted_pairs(name, selected)
    return _PairedFacet(*paired, field=field) if paired else TermsFacet(field=field, size=FACET_SIZE)


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


def _steered(words: DslQuery, steering: Promotions) -> DslQuery:
    """Promoted documents first, in their order, whether they have the words or not; demoted ones last."""
    if steering.last:
        demoted = Q("ids", values=[str(key) for key in sorted(steering.last)])
        words = Q("boosting", positive=words, negative=demoted, negative_boost=_LAST)
    if not steering.first:
        return words
    first = [
        Q("constant_score", filter=Q("ids", values=[str(key)]), boost=_FIRST - number)
        for number, key in enumerate(steering.first)
    ]
    return Q("bool", should=[words, *first], minimum_should_match=1)


def _words(parsed: ParsedQuery) -> DslQuery:
    """Every way of having enough words filters; every word counts in the score."""
    locale = locale_prefix(parsed.locale)
    clauses = [_clause(locale, clause) for clause in parsed.clauses]
    if len(parsed.enough) == 1:
        must = [clauses[number] for number in parsed.enough[0]]
        return Q("bool", must=must, should=[each for each in clauses if each not in must])
    ways = [Q("bool", filter=[clauses[number] for number in way]) for way in parsed.enough]
    return Q("bool", filter=[Q("bool", should=ways, minimum_should_match=1)], should=clauses)


def _clause(locale: str, clause: Clause) -> DslQuery:
    alternatives = [_alternative(locale, each) for each in clause.alternatives]
    return alternatives[0] if len(alternatives) == 1 else Q("dis_max", queries=alternatives)


def _alternative(locale: str, alternative: Alternative) -> DslQuery:
    share = SHARES[alternative.kind] / len(alternative.groups)
    groups = [_group(locale, group, share) for group in alternative.groups]
    return groups[0] if len(groups) == 1 else Q("bool", must=groups)


def _group(locale: str, group: tuple[str, ...], share: float) -> DslQuery:
    """Any of its terms; a part of a compound counts less than a whole word."""
    queries = [
        _prefix(locale, term, share)
        if term.endswith("*")
        else _term(f"{locale}{term}", share * (PART_SHARE if term.startswith("__") else 1.0))
        for term in group
    ]
    return queries[0] if len(queries) == 1 else Q("dis_max", queries=queries)


def _prefix(locale: str, term: str, share: float) -> DslQuery:
    return Q("constant_score", filter=Q("prefix", words=f"{locale}{term[:-1]}"), boost=share)


def _term(term: str, share: float) -> DslQuery:
    fields = zip(TEXT_FIELDS, WEIGHTS, strict=True)
    queries = [Q("term", **{name: {"value": term, "boost": weight * share}}) for name, weight in fields]
    return Q("dis_max", queries=queries, tie_breaker=0.3)
