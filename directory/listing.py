"""What the list of entries shows."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Site

from cms_blocks import sensitive
from cms_blocks.topics import TopicTree
from search import engines, query_log
from search.filters import SearchFilterSet
from search.query import Query
from search.results import Results

from . import conf, maps, widening
from .addresses import language_versions
from .hit_facts import EntryHit, entry_hit
from .meetings import calendar_of_many
from .models import AttendanceOption, Entry
from .models.entry import CALENDAR
from .places import GazetteerResolver
from .shortlist import PARAMETER, SHORTLIST, Shortlist

if TYPE_CHECKING:
    from .page_mixins import DirectoryPageMixin

#: More than these would make a calendar that nobody reads.
CALENDAR_ENTRIES = 200


def list_context(page: "DirectoryPageMixin", request: HttpRequest) -> dict[str, Any]:
    """The template's context; every language keeps the filter, whose values are the same in all."""
    filterset = _filterset(page, request)
    results = _with_way_back(engines.search(filterset.query))
    query_log.count(request, filterset.query, results.total)
    kept = _query_string(results.query)
    here = page.get_url(request)
    addresses = {code: version.get_url(request) for code, version in language_versions(page).items()}
    shortlist = replace(shortlist_of(request), query=results.query)
    return {
        "alternate_urls": addresses,
        "calendar_url": f"{here}{CALENDAR}/{kept}",
        "canonical_url": page.get_full_url(request),
        "entry_hits": entry_hits(results, shortlist),
        "filterset": filterset,
        # There is no end of such lists, and none has what the plain one lacks: search engines keep that one.
        "is_narrowed": bool(kept),
        "language_urls": {code: f"{address}{kept}" for code, address in addresses.items()},
        "map": maps.map_button(f"{here}{maps.MAP}/{kept}") if results.total else None,
        "online": _online(results.query),
        "results": results,
        "safety": sensitive.safety_of_slugs(results.query.selected.get("topic", ()), page.locale),
        "shortlist": shortlist,
        "shortlist_url": f"{here}{SHORTLIST}/{kept}",
        "widening": None if results.total else widening.widen(results.query, page.locale),
    }


def entry_hits(results: Results, shortlist: Shortlist) -> list[EntryHit]:
    now = timezone.now()
    return [entry_hit(hit, shortlist, now) for hit in results.hits]


def map_of_list(page: "DirectoryPageMixin", request: HttpRequest) -> dict[str, Any]:
    """What the map shows: the first hits of the same filter, as JSON."""
    query = replace(_filterset(page, request, maps.MOST_MARKERS).query, page=1, facets=())
    return maps.as_json(_with_way_back(engines.search(query)))


def filtered_calendar(page: "DirectoryPageMixin", request: HttpRequest) -> bytes:
    """Of the first entries that the filter finds, those that are public at this moment and not sensitive."""
    filterset = _filterset(page, request, CALENDAR_ENTRIES)
    hits = engines.search(replace(filterset.query, page=1)).hits
    sources = (
        Entry.objects.sources().public().filter(translation_key__in=[hit.row.object_key for hit in hits])
    )
    tree = TopicTree.load()
    entries = [
        entry
        for entry in sources.in_language(page.locale).with_facts()
        if sensitive.may_be_open_data(entry.facts.topic_ids, tree)
    ]
    here = page.get_full_url(request)
    return calendar_of_many(page.title, [(entry, f"{here}{entry.facts.slug}/") for entry in entries])


def asked(page: "DirectoryPageMixin", request: HttpRequest) -> str:
    """What of the address was understood as a filter of the list, as "?…"; "" where nothing was asked."""
    return _query_string(_filterset(page, request).query)


def shortlist_of(request: HttpRequest) -> Shortlist:
    return Shortlist.read(request.GET.get(PARAMETER, ""))


def remember_url(page: "DirectoryPageMixin", request: HttpRequest, slug: str) -> str:
    """The reader's shortlist with this entry on it."""
    query = _filterset(page, request).query
    shortlist = replace(shortlist_of(request), query=query)
    kept = shortlist if slug in shortlist.keys else shortlist.toggled(slug)
    return f"{page.get_url(request)}{SHORTLIST}/{kept.in_query()}"


def _filterset(
    page: "DirectoryPageMixin", request: HttpRequest, per_page: int | None = None
) -> SearchFilterSet:
    return SearchFilterSet(
        request.GET,
        site=Site.find_for_request(request),
        locale=page.locale.language_code,
        searchables=page.searchables,
        facets=page.shown_facets(),
        per_page=per_page or conf.current().per_page,
        places=GazetteerResolver(),
        carried=shortlist_of(request).carried,
    )


def _online(query: Query) -> tuple[int, str] | None:
    """How many meet online, whom a radius leaves out, and the address that lists them."""
    if not query.radius_km:
        return None
    online = AttendanceOption.ONLINE.value
    everywhere = query.anywhere()
    selected = {**everywhere.selected, "attendance": (online,)}
    wanted = replace(everywhere, selected=selected)
    total = widening.count(wanted)
    return (total, wanted.query_string()) if total else None


def _query_string(query: Query) -> str:
    text = query.query_string()
    return "" if text == "?" else text


def _with_way_back(results: Results) -> Results:
    kept = _query_string(results.query)
    return replace(results, hits=tuple(replace(hit, url=f"{hit.url}{kept}") for hit in results.hits))
