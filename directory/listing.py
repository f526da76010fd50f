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

if TYPE_CHECKING:
    from .page_mixins import DirectoryPageMixin


def list_context(page: "DirectoryPageMixin", request: HttpRequest) -> dict[str, Any]:
    """The template's context; every language keeps the filter, whose values are the same in all."""
    filterset = _filterset(page, request)
    results = _with_way_back(engines.search(filterset.query))
    kept = _query_string(results.query)
    addresses = {code: version.get_url(request) for code, version in language_versions(page).items()}
    return {
        "alternate_urls": addresses,
        "canonical_url": page.get_full_url(request),
        "filterset": filterset,
        "language_urls": {code: f"{address}{kept}" for code, address in addresses.items()},
        "results": results,
    }


def asked(page: "DirectoryPageMixin", request: HttpRequest) -> str:
    """What of the address was understood as a filter of the list, as "?…"; "" where nothing was asked."""
    return _query_string(_filterset(page, request).query)


def _filterset(page: "DirectoryPageMixin", request: HttpRequest) -> SearchFilterSet:
    return SearchFilterSet(
        request.GET,
        site=Site.find_for_request(request),
        locale=page.locale.language_code,
        searchables=page.searchables,
        facets=page.facets,
        per_page=conf.current().per_page,
    )


def _query_string(query: Query) -> str:
    text = query.query_string()
    return "" if text == "?" else text


def _with_way_back(results: Results) -> Results:
    kept = _query_string(results.query)
    return replace(results, hits=tuple(replace(hit, url=f"{hit.url}{kept}") for hit in results.hits))
