"""What is suggested while somebody types: beginnings of two to five letters of words of the titles."""

import statistics

from wagtail.models import Site

from search.query import Query
from search.suggesting import Suggestion, suggest

from .corpus import Corpus
from .timing import percentile_95, timed

_LIMIT = 50.0  # milliseconds, the median


def run(made: Corpus) -> list[str]:
    """Print the figures; give what is missed."""
    site = Site.objects.get(is_default_site=True)
    words = [word for word in made.vocabulary[5:600:30] if word in made.used]
    beginnings = [word[:length] for word in words for length in (2, 3, 4, 5)]
    measured = [timed(lambda typed=typed: _suggested(typed, site)) for typed in beginnings]  # type: ignore[misc]
    times = [milliseconds for milliseconds, _found in measured]
    found = sum(len(suggestions) for _time, suggestions in measured)
    median = statistics.median(times)
    p95 = percentile_95(times)
    print(
        f"  suggestions, {len(beginnings)} beginnings: median {median:.2f} ms (at most {_LIMIT:.0f}),"
        f" p95 {p95:.2f} ms, {found} found",
        flush=True,
    )
    missed = [f"suggestions take {median:.1f} ms, {_LIMIT:.0f} wanted"] if median > _LIMIT else []
    wrong = [
        typed
        for typed, (_time, suggestions) in zip(beginnings, measured, strict=True)
        if not suggestions or not all(typed in each.label for each in suggestions)
    ]
    return [*missed, *(f"“{typed}” gets no suggestion, or one without it" for typed in wrong)]


def _suggested(typed: str, site: Site) -> tuple[Suggestion, ...]:
    return suggest(Query(text=typed, locale="da", site=site))
