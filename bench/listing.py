"""The directory's list with three filters and every facet, near a place in half of the questions.

Measured twice: the filter and the search alone, and the whole page as a reader gets it. The 95th percentiles
may be at most four times as long at the largest size as at the smallest, and no size may need another number
of queries. The percentile of the search is one of medians, which tells questions apart; that of the page is
one of single requests, which is what readers wait for.
"""

import json
import statistics
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from directory.pages.models import DirectoryPage
from directory.places import GazetteerResolver
from search import engines
from search.filters import SearchFilterSet
from search.results import Results

from .timing import each_time, percentile_95, timed

_MOST = 4.0
_PER_PAGE = 20
_PLACES: tuple[dict[str, str], ...] = ({}, {"near": "55.5,10.0", "km": "25"})
_REPEATS = 9


def run(size: int) -> list[str]:
    """Print the figures and keep them for the comparison of sizes; give what is wrong."""
    page = DirectoryPage.objects.get()
    questions = [_question(*chosen) for chosen in product(range(6), _PLACES)]
    measured = [timed(partial(_list, page, asked), repeats=_REPEATS) for asked in questions]
    found = sum(results.total for _time, results in measured)
    p95 = percentile_95([milliseconds for milliseconds, _results in measured])
    queries = max(_queries(_list, page, asked) for asked in questions)
    print(f"  list, 3 filters, all facets: p95 {p95:.2f} ms, {queries} queries, {found} found", flush=True)
    requests = [time for asked in questions for time in each_time(partial(_page, page, asked), _REPEATS)]
    page_p95 = percentile_95(requests)
    page_queries = max(_queries(_page, page, asked) for asked in questions)
    print(
        f"  its page, {len(requests)} single requests: p95 {page_p95:.1f} ms, "
        f"median {statistics.median(requests):.1f} ms, {page_queries} queries",
        flush=True,
    )
    kept = _file()
    known = json.loads(kept.read_text()) if kept.exists() else {}
    figures = {"list": p95, "list queries": queries, "page": page_p95, "page queries": page_queries}
    kept.write_text(json.dumps({**known, str(size): figures}))
    return [] if found else ["the filtered list found nothing, so nothing was measured"]


def compare() -> list[str]:
    """What grows more than it may."""
    if not _file().exists():
        return ["the filtered list was measured at no size"]
    known = json.loads(_file().read_text())
    smallest, largest = (known[str(size)] for size in (min(map(int, known)), max(map(int, known))))
    return [line for what in ("list", "page") for line in _grown(what, known, largest, smallest)]


def _grown(what: str, known: dict[str, Any], largest: dict[str, Any], smallest: dict[str, Any]) -> list[str]:
    ratio = largest[what] / smallest[what]
    queries = sorted({figures[f"{what} queries"] for figures in known.values()})
    print(f"largest / smallest: filtered {what} {ratio:.2f} x, queries {queries}")
    missed = [f"the filtered {what} takes {ratio:.2f} times as long, {_MOST} wanted"] if ratio > _MOST else []
    return missed if len(queries) == 1 else [*missed, f"the filtered {what} needs {queries} queries"]


def clear() -> None:
    """Forget the figures of an earlier run."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    folder = Path(settings.VAR) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"listing-{connection.vendor}.json"


def _question(number: int, place: dict[str, str]) -> QueryDict:
    """Several values of each facet, so that something is left at the smallest size too."""
    chosen = {
        "topic": [f"emne-{each}" for each in range(number, 100, 3)],
        "region": [f"region-{each}" for each in range(5) if each != number % 5],
        "weekday": ["tuesday", "wednesday", "thursday"],
    }
    return QueryDict(urlencode({**chosen, **place}, doseq=True))


def _list(page: DirectoryPage, asked: QueryDict) -> Results:
    filterset = SearchFilterSet(
        asked,
        site=Site.objects.get(is_default_site=True),
        locale="da",
        searchables=page.searchables,
        facets=page.shown_facets(),
        per_page=_PER_PAGE,
        places=GazetteerResolver(),
    )
    if filterset.messages:
        message = f"The list did not understand its filters: {filterset.messages}"
        raise RuntimeError(message)
    return engines.search(filterset.query)


def _page(page: DirectoryPage, asked: QueryDict) -> None:
    """Address, filter, search, context and template."""
    response = Client().get(f"{page.get_url()}?{asked.urlencode()}", headers={"host": "localhost"})
    if response.status_code != 200 or 'class="torv-hit"' not in response.content.decode():
        message = f"The directory page answered {response.status_code}, or shows no entry."
        raise RuntimeError(message)


def _queries(
    work: Callable[[DirectoryPage, QueryDict], object], page: DirectoryPage, asked: QueryDict
) -> int:
    with CaptureQueriesContext(connection) as captured:
        work(page, asked)
    return len(captured)
