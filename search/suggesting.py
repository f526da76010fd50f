"""What a reader may mean who has typed the beginning of a word: titles, topics, places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from pyroaring import BitMap

from . import bitmaps, conf, registry
from .analysis import analyse_word, base_language, normalise, tokens, words_and_stems
from .bitmaps import FacetBitmaps
from .engines.answering import addresses, searchable_names
from .engines.vendors import text_index
from .facets import Facet
from .generation import held
from .models import SearchDocument
from .query import Query
from .registry import HitAddress
from .results import StoredHit
from .statements import rows

#: Suggestions in all, and at most so many of one facet.
LIMIT = 10
_FACET_LIMIT = 3
_SHORTEST = 2
#: So many titles are looked at; whoever has typed less than that tells apart types on.
_CANDIDATES = 500
_TITLES = f"SELECT id, kind, title, lang FROM {SearchDocument._meta.db_table} WHERE id IN (...)"  # noqa: S608
_READ = ("id", "searchable", "object_key", "object_id", "locale", "lang", "kind", "title", "stored")


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`label` is in the language `lang`; `url` leads to the thing, or to all that a choice stands for."""

    label: str
    lang: str
    kind: str
    kind_label: str
    url: str


@held()
def suggest(query: Query) -> tuple[Suggestion, ...]:
    """Ten at most, topics and places first; a reader who has typed a single letter gets none."""
    typed = [token.word for token in tokens(normalise(query.text), query.locale)]
    if not typed or len("".join(typed)) < _SHORTEST:
        return ()
    current = bitmaps.current()
    found_addresses = addresses(query, current, searchable_names(query))
    visible = current.visible(query.locale, tuple(found_addresses), query.site.pk, timezone.now())
    named = [
        suggestion
        for facet in registry.registered_facets()
        for suggestion in _of_facet(facet, typed, query, current, visible)
    ]
    ids = [pk for pk in _title_ids(typed, query.locale) if pk in visible]
    titles = _of_titles(ids, typed, query, found_addresses, LIMIT - len(named[:LIMIT]))
    return tuple([*named, *titles][:LIMIT])


def _begins(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each typed word begins one of `words`."""
    return all(any(word.startswith(each) for word in words) for each in typed)


def _of_facet(
    facet: Facet, typed: Sequence[str], query: Query, current: FacetBitmaps, visible: BitMap
) -> Iterator[Suggestion]:
    """Values that a document carries which the reader may see."""
    known: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = current.remember(
        ("suggested", facet.name, query.locale), lambda: _folded(facet, query.locale)
    )
    fitting = [
        (value, label)
        for value, (label, names) in known.items()
        if any(_begins(typed, words) for words in names)
        and current.with_values(facet.name, [value]).intersect(visible)
    ]
    fitting.sort(key=lambda pair: (len(pair[1]), pair[1]))
    with translation.override(query.locale):
        for value, label in fitting[:_FACET_LIMIT]:
            url = results_url(facet.name, value, label)
            yield Suggestion(
                label=label, lang=query.locale, kind=facet.name, kind_label=str(facet.label), url=url
            )


def _folded(facet: Facet, locale: str) -> dict[str, tuple[str, tuple[tuple[str, ...], ...]]]:
    """Value -> (label, the folded words of each of its names)."""
    return {
        value: (
            names[0],
            tuple(tuple(token.word for token in tokens(normalise(name), locale)) for name in names),
        )
        for value, names in facet.names(locale).items()
        if names
    }


def results_url(facet: str, value: str, label: str) -> str:
    """The page of results in the language in force, with the value as a filter, or its name as a search."""
    is_offered = facet in conf.current().facets
    try:
        page = reverse("torv_search:results")
    except NoReverseMatch:
        return ""
    return page + Query.parameters({facet: (value,)} if is_offered else {}, "" if is_offered else label)


def _title_ids(typed: Sequence[str], locale: str) -> list[int]:
    """The index keeps stems of titles: what a typed word and its stem share begins the stem of every word
    that the typed one begins."""
    base = base_language(locale)
    beginnings = [_shared(word, analyse_word(word, base)[1]) for word in typed]
    return text_index().titled(locale, beginnings, _CANDIDATES)


def _shared(word: str, stem: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(word, stem, strict=False))
    return "".join(letter for letter, _same in pairs) or word


def _of_titles(
    ids: Sequence[int],
    typed: Sequence[str],
    query: Query,
    found_addresses: Mapping[str, HitAddress],
    limit: int,
) -> Iterator[Suggestion]:
    """Those that fit best, in one query more than it takes to find them."""
    best = _best_titles(ids, typed)[:limit]
    stored = {row.pop("id"): row for row in SearchDocument.objects.filter(id__in=best).values(*_READ)}
    for row in (stored[document_id] for document_id in best if document_id in stored):
        hit = StoredHit(**row, summary="", body="")
        yield Suggestion(
            label=hit.title,
            lang=hit.lang,
            kind=hit.kind,
            kind_label=_kind_label(hit, query.locale),
            url=found_addresses[hit.searchable](hit),
        )


def _best_titles(ids: Sequence[int], typed: Sequence[str]) -> list[int]:
    """What begins with the first typed word comes first, then the shorter titles; each title once."""
    ranked: dict[tuple[str, str], tuple[tuple[bool, int, str], int]] = {}
    for document_id, kind, title, lang in rows(_TITLES, ids):
        words, _stems = words_and_stems(title, lang)
        if _begins(typed, words):
            rank = (not words[0].startswith(typed[0]), len(title), title)
            ranked.setdefault((title.casefold(), kind), (rank, document_id))
    return [document_id for _rank, document_id in sorted(ranked.values())]


def _kind_label(hit: StoredHit, locale: str) -> str:
    """As the content wrote it with the document, else what all of its sort are called."""
    if label := hit.stored.get("kind_label"):
        return str(label)
    with translation.override(locale):
        return str(registry.get(hit.searchable).label)
