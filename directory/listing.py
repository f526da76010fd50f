"""What the list of entries shows."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail.models import Site

from search import engines
from search.filters import SearchFilterSet
from search.query import Query
from search.results import Results

from . import conf
from .addresses import language_versions
from .meetings import calendar_of_many
from .models import Entry
from .models.entry import CALENDAR

if TYPE_CHECKING:
    from .page_mixins import DirectoryPageMixin

#: More than these would make a calendar that nobody reads.
CALENDAR_ENTRIES = 200


def list_context(page: "DirectoryPageMixin", request: HttpRequest) -> dict[str, Any]:
    """The template's context; every language keeps the filter, whose values are the same in all."""
    filterset = _filterset(page, request)
    results = _with_way_back(engines.search(filterset.query))
    kept = _query_string(results.query)
    addresses = {code: version.get_url(request) for code, version in language_versions(page).items()}
    return {
        "alternate_urls": addresses,
        "calendar_url": f"{page.get_url(request)}{CALENDAR}/{kept}",
        "canonical_url": page.get_full_url(request),
        "filterset": filterset,
        "language_urls": {code: f"{address}{kept}" for code, address in addresses.items()},
        "results": results,
    }


def filtered_calendar(page: "DirectoryPageMixin", request: HttpRequest) -> bytes:
    """Of the first entries that the filter finds, those that are public at this moment."""
    filterset = _filterset(page, request, CALENDAR_ENTRIES)
    hits = engines.search(replace(filterset.query, page=1)).hits
    sources = (
        Entry.objects.sources().public().filter(translation_key__in=[hit.row.object_key for hit in hits])
    )
    entries = sources.in_language(page.locale).with_facts()
    here = page.get_full_url(request)
    return calendar_of_many(page.title, [(entry, f"{here}{entry.facts.slug}/") for entry in entries])


def asked(page: "DirectoryPageMixin", request: HttpRequest) -> str:
    """What of the address was understood as a filter of the list, as "?…"; "" where nothing was asked."""
    return _query_string(_filterset(page, request).query)


def _filterset(
    page: "DirectoryPageMixin", request: HttpRequest, per_page: int | None = None
) -> SearchFilterSet:
    return SearchFilterSet(
        request.GET,
        site=Site.find_for_request(request),
        locale=page.locale.language_code,
        searchables=page.searchables,
        facets=page.facets,
        per_page=per_page or conf.current().per_page,
    )


def _query_string(query: Query) -> str:
    text = query.query_string()
    return "" if text == "?" else text


def _with_way_back(results: Results) -> Results:
    kept = _query_string(results.query)
    return replace(results, hits=tuple(replace(hit, url=f"{hit.url}{kept}") for hit in results.hits))
