"""The request that Elasticsearch is asked: one for hits, total and all facets together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from elasticsearch import Elasticsearch
from elasticsearch.dsl import FacetedSearch, Search, TermsFacet
from elasticsearch.dsl.query import Query as DslQuery
from elasticsearch.dsl.search_base import SearchBase

from ...clauses import Alternative, Clause, ParsedQuery
from ...joint_facets import counted_pairs, own_filters, with_pairs
from ...matching import PART_SHARE
from ...promotions import Promotions
from ...query import Point, Query, Sort
from ...scoring import SHARES
from ..text_index import WEIGHTS, locale_prefix
from .client import reading
from .documents import EVERYWHERE
from .indexes import alias
from .mapping import TEXT_FIELDS

#: Scores of promoted documents, far above any; what is left of those of demoted ones.
_FIRST, _LAST = 1e6, 1e-6
#: Values of one facet that are counted, those of most documents first; the chosen ones are besides.
#: A server gives 65,536 in all.
FACET_SIZE = 15_000
#: Beside the values of most documents.
_CHOSEN = "_chosen"
#: What is read of an answer.
_READ = ["hits.total.value", "hits.hits._id", "aggregations"]


#: A part of the body of a request.
Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a request gives: ids best first, their number, counts by facet.

    `matching` is how many have the words, whatever values were chosen: whether that is enough is asked then.
    `query` is what was asked, with the page that the ids are of.
    """

    query: Query
    ids: Sequence[int]
    total: int
    matching: int
    counts: Mapping[str, Mapping[str, int]]


class DirectorySearch(FacetedSearch):
    """`facets` are those the query counts; chosen values filter the hits, and every facet but their own.

    What is asked is written as plain parts of the request, not as the library's objects: making, copying and
    reading back these takes longer than all the rest.
    """

    def __init__(
        self,
        query: Query,
        parsed: ParsedQuery,
        searchables: tuple[str, ...],
        steering: Promotions,
        window: tuple[int, int],
        client: Elasticsearch,
    ) -> None:
        self.index = alias()
        self.asked = query
        self.by_score = not parsed.is_empty
        self.searchables = searchables
        self.window = window
        self.client = client
        self.wanted: dict[str, Any] = {k: list(values) for k, values in with_pairs(query.selected).items()}
        self.facets = {name: TermsFacet(field=f"facets.{name}") for name in self.wanted}
        self.steering = steering
        self.words: Part = {"match_all": {"boost": 0.0}} if parsed.is_empty else _words(parsed)
        super().__init__(filters=self.wanted)

    def found(self) -> Found:
        """Ask Elasticsearch. Raises what it raises, or Malformed."""
        with reading():
            return self._read(self.execute().to_dict())

    def _read(self, answer: Part) -> Found:
        hits, counted = answer["hits"], answer["aggregations"]
        return Found(
            query=self.asked,
            ids=[int(hit["_id"]) for hit in hits.get("hits", ())],
            total=hits["total"]["value"],
            matching=counted["matching"]["doc_count"],
            counts={name: self._counts(name, counted[f"_filter_{name}"]) for name in self.asked.facets},
        )

    def _counts(self, name: str, counted: Part) -> dict[str, int]:
        return _counts(counted[name]) | (_counts(counted[_CHOSEN]) if _CHOSEN in counted else {})

    def search(self) -> Search[Any]:
        """Everything that this reader may see now, and no more of the answer than is read."""
        start, end = self.window
        search = super().search().using(self.client).params(filter_path=_READ)
        return search.extra(
            query={"bool": {"must": [self._scored()], "filter": self._visible()}},
            aggs=self._counted(),
            **{"from": start, "size": end - start, "_source": False, "track_total_hits": True},
        )

    def _visible(self) -> list[Part]:
        moment = timezone.now().isoformat()
        filters: list[Part] = [
            {"term": {"locale": self.asked.locale}},
            {"terms": {"searchable": list(self.searchables)}},
            {"terms": {"sites": [EVERYWHERE, str(self.asked.site.pk)]}},
            {
                "bool": {
                    "must_not": [
                        {"range": {"visible_from": {"gt": moment}}},
                        {"range": {"visible_to": {"lte": moment}}},
                    ]
                }
            },
        ]
        if self.asked.near and self.asked.radius_km:
            distance = {"distance": f"{self.asked.radius_km}km", "position": _position(self.asked.near)}
            filters.append({"geo_distance": distance})
        return filters

    def _scored(self) -> Part:
        boost = {"field_value_factor": {"field": "boost", "missing": 1.0}}
        return {
            "function_score": {
                "query": _steered(self.words, self.steering),
                "functions": [boost],
                "boost_mode": "multiply",
            }
        }

    def _counted(self) -> Part:
        # What editors put first counts as an answer only where it has the words.
        answering = self.words if self.steering.first else {"match_all": {}}
        return {"matching": {"filter": answering}} | {
            f"_filter_{name}": self._counted_of(name) for name in self.asked.facets
        }

    def _counted_of(self, name: str) -> Part:
        """As in the library, but a facet is counted without the pairs that its values are part of, too."""
        own, chosen, field = own_filters(name), self.asked.selected.get(name), f"facets.{name}"
        others = [
            {"terms": {f"facets.{key}": values}} for key, values in self.wanted.items() if key not in own
        ]
        if paired := counted_pairs(name, self.asked.selected):
            counts: Part = {name: _pairs(*paired)}
        else:
            counts = {name: {"terms": {"field": field, "size": FACET_SIZE}}}
            if chosen:
                counts[_CHOSEN] = {"terms": {"field": field, "include": list(chosen), "size": len(chosen)}}
        return {"filter": {"bool": {"filter": others}}, "aggs": counts}

    def aggregate(self, search: SearchBase[Any]) -> None:
        """What is counted is part of `search` already."""

    def query(self, search: SearchBase[Any], query: str | DslQuery) -> SearchBase[Any]:
        """The words are part of `search` already."""
        return search

    def highlight(self, search: SearchBase[Any]) -> SearchBase[Any]:
        """The page marks words itself, the same way for every engine."""
        return search

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


def _pairs(joint: str, pairs: Mapping[str, Iterable[str]]) -> Part:
    """Of each value, what carries it together with a chosen value of the other facet."""
    filters = {value: {"terms": {f"facets.{joint}": list(those)}} for value, those in pairs.items()}
    return {"filters": {"filters": filters, "keyed": False}}


def _position(point: Point) -> dict[str, float]:
    return {"lat": point.latitude, "lon": point.longitude}


def _counts(aggregation: Part) -> dict[str, int]:
    buckets = aggregation["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets if bucket["doc_count"]}


def _steered(words: Part, steering: Promotions) -> Part:
    """Promoted documents first, in their order, whether they have the words or not; demoted ones last."""
    if steering.last:
        demoted = {"ids": {"values": [str(key) for key in sorted(steering.last)]}}
        words = {"boosting": {"positive": words, "negative": demoted, "negative_boost": _LAST}}
    if not steering.first:
        return words
    first: list[Part] = [
        {"constant_score": {"filter": {"ids": {"values": [str(key)]}}, "boost": _FIRST - number}}
        for number, key in enumerate(steering.first)
    ]
    return {"bool": {"should": [words, *first], "minimum_should_match": 1}}


def _words(parsed: ParsedQuery) -> Part:
    """Every way of having enough words filters; every word counts in the score."""
    locale = locale_prefix(parsed.locale)
    clauses = [_clause(locale, clause) for clause in parsed.clauses]
    if len(parsed.enough) == 1:
        must = parsed.enough[0]
        wished = [clause for number, clause in enumerate(clauses) if number not in must]
        return {"bool": {"must": [clauses[number] for number in must], "should": wished}}
    ways: list[Part] = [{"bool": {"filter": [clauses[number] for number in way]}} for way in parsed.enough]
    return {"bool": {"filter": [{"bool": {"should": ways, "minimum_should_match": 1}}], "should": clauses}}


def _any(queries: list[Part], **options: float) -> Part:
    """The best of them counts."""
    return queries[0] if len(queries) == 1 else {"dis_max": {"queries": queries, **options}}


def _clause(locale: str, clause: Clause) -> Part:
    return _any([_alternative(locale, each) for each in clause.alternatives])


def _alternative(locale: str, alternative: Alternative) -> Part:
    share = SHARES[alternative.kind] / len(alternative.groups)
    groups = [_group(locale, group, share) for group in alternative.groups]
    return groups[0] if len(groups) == 1 else {"bool": {"must": groups}}


def _group(locale: str, group: tuple[str, ...], share: float) -> Part:
    """Any of its terms; a part of a compound counts less than a whole word."""
    return _any(
        [
            _prefix(locale, term, share)
            if term.endswith("*")
            else _term(f"{locale}{term}", share * (PART_SHARE if term.startswith("__") else 1.0))
            for term in group
        ]
    )


def _prefix(locale: str, term: str, share: float) -> Part:
    return {"constant_score": {"filter": {"prefix": {"words": f"{locale}{term[:-1]}"}}, "boost": share}}


def _term(term: str, share: float) -> Part:
    fields = zip(TEXT_FIELDS, WEIGHTS, strict=True)
    queries: list[Part] = [
        {"term": {name: {"value": term, "boost": weight * share}}} for name, weight in fields
    ]
    return _any(queries, tie_breaker=0.3)
