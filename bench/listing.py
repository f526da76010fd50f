"""The directory's list with three filters and every facet, near a place in half of the questions.

The 95th percentile may be at most four times as long at the largest size as at the smallest, and no size
may need another number of queries.
"""

import json
from functools import partial
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from directory.pages.models import DirectoryPage
from directory.places import GazetteerResolver
from search import engines
from search.filters import SearchFilterSet
from search.results import Results

from .timing import percentile_95, timed

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
    queries = max(_queries(page, asked) for asked in questions)
    print(f"  list, 3 filters, all facets: p95 {p95:.2f} ms, {queries} queries, {found} found", flush=True)
    kept = _file()
    known = json.loads(kept.read_text()) if kept.exists() else {}
    kept.write_text(json.dumps({**known, str(size): {"p95": p95, "queries": queries}}))
    return [] if found else ["the filtered list found nothing, so nothing was measured"]


def compare() -> list[str]:
    """What grows more than it may."""
    if not _file().exists():
        return ["the filtered list was measured at no size"]
    known = json.loads(_file().read_text())
    smallest, largest = (known[str(size)] for size in (min(map(int, known)), max(map(int, known))))
    ratio = largest["p95"] / smallest["p95"]
    queries = sorted({figures["queries"] for figures in known.values()})
    print(f"largest / smallest: filtered list {ratio:.2f} x, queries {queries}")
    missed = [f"the filtered list takes {ratio:.2f} times as long, {_MOST} wanted"] if ratio > _MOST else []
    return missed if len(queries) == 1 else [*missed, f"the filtered list needs {queries} queries"]


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


def _queries(page: DirectoryPage, asked: QueryDict) -> int:
    with CaptureQueriesContext(connection) as captured:
        _list(page, asked)
    return len(captured)
