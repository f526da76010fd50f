"""The orders that the database engine lists documents in, where it is not by relevance."""

from collections.abc import Iterator

from django.db.models import QuerySet
from pyroaring import BitMap

from ..bitmaps import FacetBitmaps
from ..models import SearchDocument
from ..query import Query, Sort

#: Up to so many documents are sorted by the database; more are read in order until the page is full.
_SORT_BY_ID_LIMIT = 500
_CHUNK = 500


def in_order(query: Query, current: FacetBitmaps, passing: BitMap) -> Iterator[int]:
    """Ids of all these documents in the order asked for."""
    if query.order == Sort.DISTANCE and query.near:
        return _by_distance(query, current, passing)
    if query.order == Sort.CHECKED:
        return _by_date_of_check(query.locale, passing)
    return by_name(query.locale, passing)


def by_name(locale: str, passing: BitMap) -> Iterator[int]:
    """In the locale's order."""
    return _read(SearchDocument.objects.filter(locale=locale).order_by("sort_key", "id"), passing)


def _by_distance(query: Query, current: FacetBitmaps, passing: BitMap) -> Iterator[int]:
    """What has no position comes last, by name."""
    assert query.near  # noqa: S101 - what `in_order` asked
    found = BitMap()
    for document_id in current.geography.by_distance(query.near.position, passing):
        found.add(document_id)
        yield document_id
    yield from by_name(query.locale, passing - found)


def _by_date_of_check(locale: str, passing: BitMap) -> Iterator[int]:
    """The newest first; what was never checked comes last, by name."""
    rows = SearchDocument.objects.filter(locale=locale)
    yield from _read(rows.exclude(checked_on=None).order_by("-checked_on", "sort_key", "id"), passing)
    yield from _read(rows.filter(checked_on=None).order_by("sort_key", "id"), passing)


def _read(rows: QuerySet[SearchDocument], passing: BitMap) -> Iterator[int]:
    ids = rows.values_list("id", flat=True)
    if len(passing) <= _SORT_BY_ID_LIMIT:
        yield from ids.filter(id__in=list(passing)) if passing else ()
        return
    for document_id in ids.iterator(_CHUNK):
        if document_id in passing:
            yield document_id
