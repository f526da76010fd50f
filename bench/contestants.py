"""Three ways to answer: Torv, stock Wagtail search, and SQL written by hand for the hits alone."""

from typing import Any

import django_filters
from django.db import connection
from django.db.models import Count
from django.http import QueryDict
from wagtail.models import Site
from wagtail.search.backends import get_search_backend

from search import engines
from search.analysis import words_and_stems
from search.engines import postgres, sqlite
from search.filters import SearchFilterSet
from search.parsing import parse

from .answers import Answer
from .stock.models import StockEntry, StockTopic

PAGE = 20
FACETS = ("entry_kind", "topic", "place", "region")
_POSTGRES = f"""
SELECT title, summary FROM {postgres.TABLE} JOIN torv_search_searchdocument ON id = document_id,
CAST(%s AS tsquery) query WHERE terms @@ query
ORDER BY ts_rank('{{0.125, 0.375, 0.75, 1}}', terms, query, 1) DESC LIMIT {PAGE}
"""
_SQLITE = f"""
SELECT d.title, d.summary FROM {sqlite.TABLE} JOIN torv_search_searchdocument d ON d.id = {sqlite.TABLE}.rowid
WHERE {sqlite.TABLE} MATCH %s ORDER BY bm25({sqlite.TABLE}, 8, 6, 3, 1, 0) LIMIT {PAGE}
"""


class Torv:
    name = "torv"

    def __init__(self) -> None:
        self.site = Site.objects.get(is_default_site=True)

    def answer(self, text: str) -> Answer:
        data = QueryDict(mutable=True)
        data["q"] = text
        filterset = SearchFilterSet(
            data,
            site=self.site,
            locale="da",
            searchables=("torv_directory.entry",),
            facets=FACETS,
            per_page=PAGE,
        )
        results = engines.search(filterset.query)
        counts = {
            facet.name: {value.value: value.count for value in facet.values} for facet in results.facets
        }
        return Answer(results.total, tuple(hit.row.title for hit in results.hits), counts)


_STOCK_FACETS = {"entry_kind": "kind", "place": "town", "region": "region"}


class StockFilterSet(django_filters.FilterSet):
    class Meta:
        model = StockEntry
        fields = ["kind", "town", "region", "topics"]


class Stock:
    name = "stock"

    def answer(self, text: str) -> Answer:
        backend = get_search_backend()
        queryset = StockFilterSet({}, queryset=StockEntry.objects.all()).qs
        if text.endswith("*"):
            found = backend.autocomplete(text.rstrip("*"), queryset, operator="and")
        else:
            found = backend.search(text, queryset, operator="and")
        first_page = tuple(entry.name for entry in found[:PAGE])
        counts = {facet: dict(found.facet(field)) for facet, field in _STOCK_FACETS.items()}
        return Answer(found.count(), first_page, {**counts, "topic": self._topics(found)})

    def _topics(self, found: Any) -> dict[str, int]:
        """Wagtail's `facet` knows no many-to-many fields: the ORM counts them over the results."""
        keys = [entry.pk for entry in found]
        topics = StockTopic.objects.filter(entries__in=keys).values_list("slug").annotate(Count("entries"))
        return dict(topics.order_by())


class HandWritten:
    """Hits alone: one statement on the same full-text table, joined with what a list shows."""

    name = "by hand"

    def answer(self, text: str) -> Answer:
        with connection.cursor() as cursor:
            cursor.execute(*self._statement(text))
            rows = cursor.fetchall()
        return Answer(-1, tuple(row[0] for row in rows))

    def total(self, text: str) -> int:
        """Not timed: what the statement would find without its limit."""
        statement, parameters = self._statement(text)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM ({statement.replace(f'LIMIT {PAGE}', '')}) hits", parameters
            )
            return int(cursor.fetchone()[0])

    def _statement(self, text: str) -> tuple[str, list[str]]:
        parsed = parse(text, "da")
        if connection.vendor == "postgresql":
            return _POSTGRES, [postgres.query_expression(parsed)]
        return _SQLITE, [sqlite.match_expression(parsed)]


def is_plain(word: str) -> bool:
    """Whether analysis leaves a word as it is, so that engines with other analysis find the same."""
    words, stems = words_and_stems(word, "da")
    return words == stems
