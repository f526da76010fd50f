"""What helps where nothing was found: wider questions with what they find, near topics, whom to ask.

Asked only where a list is empty, and of a bounded number of questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process
from wagtail.models import Locale

from cms_blocks.models import Topic
from search import engines, registry
from search.query import RADII_KM, Query
from search.results import Hit

from .models import EntryKind

_MOST_FILTERS = 6
_MOST_RADII = 3
_MOST_WORDS = 4
_MOST_TOPICS = 5
_LIKENESS = 72


@dataclass(frozen=True, kw_only=True)
class Wider:
    """Another question and what it finds."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, kw_only=True)
class Widening:
    """`contact` is the nearest contact point."""

    wider: tuple[Wider, ...]
    topics: tuple[Wider, ...]
    contact: Hit | None


def widen(query: Query, locale: Locale) -> Widening:
    query = replace(query, page=1)
    wider = (Wider(label=label, count=count(q), url=q.query_string()) for label, q in _wider(query))
    return Widening(
        wider=tuple(each for each in wider if each.count),
        topics=tuple(_near_topics(query, locale)),
        contact=_contact_point(query),
    )


def count(query: Query) -> int:
    """How many things a question finds."""
    return engines.search(replace(query, facets=(), page=1, per_page=1)).total


def _wider(query: Query) -> Iterator[tuple[str, Query]]:
    yield from _farther(query)
    yield from _without_a_filter(query)
    yield from _fewer_words(query)


def _farther(query: Query) -> Iterator[tuple[str, Query]]:
    if not query.radius_km:
        return
    farther = [km for km in RADII_KM if km > query.radius_km]
    for km in farther[:_MOST_RADII]:
        yield _("Within %(km)d km") % {"km": km}, replace(query, radius_km=km)
    yield _("At any distance"), replace(query, radius_km=None)


def _without_a_filter(query: Query) -> Iterator[tuple[str, Query]]:
    for facet in registry.facets(list(query.selected)[:_MOST_FILTERS]):
        names = facet.labels(query.selected[facet.name], query.locale).values()
        selected = {name: values for name, values in query.selected.items() if name != facet.name}
        label = _("Without “%(filter)s: %(value)s”") % {"filter": facet.label, "value": ", ".join(names)}
        yield label, replace(query, selected=selected)


def _fewer_words(query: Query) -> Iterator[tuple[str, Query]]:
    words = query.text.split()
    if len(words) > 1:
        for number, word in enumerate(words[:_MOST_WORDS]):
            kept = " ".join([*words[:number], *words[number + 1 :]])
            yield _("Without the word “%(word)s”") % {"word": word}, replace(query, text=kept)
    if words and (query.selected or query.radius_km):
        yield _("With the filters alone"), replace(query, text="")


def _near_topics(query: Query, locale: Locale) -> Iterator[Wider]:
    """Topics whose name or synonym looks like the words, with all that carries them."""
    if not query.text:
        return
    slugs = _alike(query.text, locale)
    wanted = replace(query.unfiltered(), text="", facets=("topic",), per_page=1)
    found = engines.search(wanted)
    counted = {value.value: value for facet in found.facets for value in facet.values}
    for slug in slugs:
        if slug in counted:
            value = counted[slug]
            url = replace(wanted, selected={"topic": (slug,)}).query_string()
            yield Wider(label=value.label, count=value.count, url=url)


def _alike(text: str, locale: Locale) -> list[str]:
    """Slugs of topics, the likeliest first."""
    words: dict[str, str] = {}
    for topic in Topic.objects.filter(locale=locale).select_related("source_row"):
        for word in (topic.pref_label, *topic.synonyms):
            words.setdefault(word.casefold(), topic.facts.slug)
    found = process.extract(
        text.casefold(), words.keys(), scorer=fuzz.token_ratio, score_cutoff=_LIKENESS, limit=20
    )
    return list(dict.fromkeys(words[word] for word, _score, _index in found))[:_MOST_TOPICS]


def _contact_point(query: Query) -> Hit | None:
    kind = {"entry_kind": (EntryKind.CONTACT_POINT.value,)}
    wanted = replace(
        query.unfiltered(), text="", near=query.near, selected=kind, facets=(), per_page=1, sort=None
    )
    hits = engines.search(wanted).hits
    return hits[0] if hits else None
