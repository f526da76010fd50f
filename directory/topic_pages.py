"""What the pages of topics show: the index, what was asked for, and one topic with all that carries it."""

import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail.models import Site

from cms_blocks import sensitive
from cms_blocks.models import Topic
from cms_blocks.topic_addresses import topic_versions
from search import engines, query_log
from search.analysis import base_language
from search.filters import SearchFilterSet
from search.query import Query

from . import conf
from .topic_matching import Match, matching
from .vocabulary import Term, Vocabulary

if TYPE_CHECKING:
    from .topic_page_mixin import TopicIndexPageMixin

TEMPLATE = "torv_directory/topic_detail.html"
#: Things shown below a heading before the link to all of them.
EACH = 6
SUGGESTIONS = 10


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The topics whose name begins with a letter, and names that lead to another topic."""

    letter: str
    lines: "tuple[Line, ...]"


@dataclass(frozen=True, kw_only=True)
class Line:
    term: Term
    see: Term | None


def index_context(page: "TopicIndexPageMixin", request: HttpRequest) -> dict[str, Any]:
    vocabulary = Vocabulary.load(page.locale)
    asked = _text(request)
    matches = matching(vocabulary, asked) if asked else []
    _count(page, request, asked, len(matches))
    versions = topic_versions(page)
    addresses = {code: version.get_url(request) for code, version in versions.items()}
    return {
        "alternate_urls": addresses,
        "asked": asked,
        "canonical_url": page.get_full_url(request),
        "language_urls": addresses,
        "letters": [] if asked else letters(vocabulary),
        "matches": matches,
        "top": () if asked else vocabulary.top,
        "topics_url": page.get_url(request),
    }


def _count(page: "TopicIndexPageMixin", request: HttpRequest, asked: str, total: int) -> None:
    """The words among the searches of the site: which topics readers look for in vain."""
    if asked and (site := Site.find_for_request(request)):
        query_log.count(request, Query(text=asked, locale=page.locale.language_code, site=site), total)


def suggestions(page: "TopicIndexPageMixin", request: HttpRequest) -> dict[str, Any]:
    """For the search field, as JSON: at most ten topics, each with the synonym that found it."""
    found = matching(Vocabulary.load(page.locale), _text(request))[:SUGGESTIONS]
    url = page.get_url(request)
    return {"suggestions": [_suggestion(match, f"{url}{match.term.slug}/") for match in found]}


def _suggestion(match: Match, url: str) -> dict[str, str]:
    return {"label": match.term.label, "lang": match.term.lang, "hint": match.word, "url": url}


def topic_context(
    page: "TopicIndexPageMixin", request: HttpRequest, vocabulary: Vocabulary, term: Term
) -> dict[str, Any]:
    """The topic's words and neighbours, and what carries it: a few of each kind, or all of one (`?kind=`)."""
    safety = sensitive.safety([term.pk], page.locale)
    return {
        **_around(page, request, vocabulary, term),
        **_carriers(page, request, term),
        "broader": vocabulary.broader(term),
        "narrower": vocabulary.narrower(term),
        "other_words": vocabulary.other_words(term),
        "related": _related(vocabulary, term),
        "safety": safety,
        "term": term,
        "term_lang": "" if term.lang == page.locale.language_code else term.lang,
    }


def _around(
    page: "TopicIndexPageMixin", request: HttpRequest, vocabulary: Vocabulary, term: Term
) -> dict[str, Any]:
    """Addresses in every language; search engines are told of those that have words of their own."""
    versions = topic_versions(page)
    line = (*vocabulary.broader(term), term)
    url = page.get_url(request)
    readable = _languages(term)
    addresses = {code: f"{version.get_url(request)}{term.slug}/" for code, version in versions.items()}
    return {
        "alternate_urls": {code: address for code, address in addresses.items() if code in readable},
        "breadcrumb_trail": [(each.label, f"{url}{each.slug}/") for each in line],
        "canonical_url": f"{versions.get(term.lang, page).get_full_url(request)}{term.slug}/",
        "language_urls": addresses,
        "topics_url": url,
    }


def _languages(term: Term) -> set[str]:
    return set(Topic.objects.filter(slug=term.slug).values_list("locale__language_code", flat=True))


def _related(vocabulary: Vocabulary, term: Term) -> list[Term]:
    keys = set(Topic.related.through.objects.filter(from_topic=term.pk).values_list("to_topic", flat=True))
    return [other for other in vocabulary.used if other.pk in keys]


def _carriers(page: "TopicIndexPageMixin", request: HttpRequest, term: Term) -> dict[str, Any]:
    filterset = SearchFilterSet(
        request.GET,
        site=Site.find_for_request(request),
        locale=page.locale.language_code,
        facets=("kind",),
        per_page=conf.current().per_page,
    )
    chosen = filterset.query.selected.get("kind", ())[:1]
    query = replace(filterset.query, text="", selected={"topic": (term.slug,)})
    if not chosen:
        return {"groups": engines.grouped(replace(query, page=1), "kind", EACH)}
    results = engines.search(replace(query, selected={**query.selected, "kind": chosen}))
    [facet] = results.facets
    return {"kind": next(value for value in facet.values if value.value in chosen), "results": results}


def letters(vocabulary: Vocabulary) -> list[Letter]:
    """All topics by name, those too that lead to another one."""
    lines = [
        Line(term=term, see=vocabulary.terms.get(vocabulary.tree.see.get(term.pk, 0)))
        for term in sorted(vocabulary.terms.values(), key=lambda term: (term.sort, term.slug))
    ]
    grouped = groupby(lines, key=lambda line: _letter(line.term.label, vocabulary.lang))
    return [Letter(letter=letter, lines=tuple(group)) for letter, group in grouped]


def _letter(label: str, lang: str) -> str:
    """Danish Aa is Å, and a letter of its own; elsewhere marks above a letter do not count."""
    first = label.lstrip()[:1].upper()
    if base_language(lang) == "da":
        return "Å" if label.lstrip()[:2].upper() == "AA" else first
    return unicodedata.normalize("NFKD", first)[:1]


def _text(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", " ").encode("utf-8", "ignore").decode().split())
