"""Entries on other pages than the directory's own: one that an editor chose, or those that a filter finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page, Site

from cms_blocks.models import Topic
from cms_blocks.topics import TopicTree

from .addresses import directory_page
from .models import Entry

# `search` is imported where it is used, so that the models load where another package hides it.


@dataclass(frozen=True, kw_only=True)
class EntryCard:
    """`lang` is the language of the texts, empty where it is the reader's."""

    name: str
    lang: str
    url: str
    kind: str
    city: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class EntryFilter:
    """What to find: slugs and keys of source rows, the same in every language."""

    kinds: tuple[str, ...] = ()
    topics: tuple[int, ...] = ()
    target_groups: tuple[str, ...] = ()
    place: str = ""
    order: str
    most: int


@dataclass(frozen=True, kw_only=True)
class FoundEntries:
    """`url` lists them all in the directory; empty where the site has none in the reader's language."""

    cards: list[EntryCard]
    total: int
    url: str


def card_of(entry: Entry, context: Mapping[str, Any]) -> EntryCard | None:
    """The entry in the reader's language; None where readers may not see it, or have no directory."""
    locale = _locale(context)
    list_url = _list_url(context, locale)
    rows = Entry.objects.sources().public().filter(pk=entry.source_row_id or entry.pk)
    row = rows.in_language(locale).with_facts().first()
    if row is None or not list_url:
        return None
    places = row.facts.locations.all()
    return EntryCard(
        name=row.name,
        lang="" if row.locale_id == locale.pk else row.locale.language_code,
        url=f"{list_url}{row.facts.slug}/",
        kind=row.facts.get_kind_display(),
        city=next((place.city for place in places if place.city), ""),
        summary=row.summary,
    )


def filtered(wanted: EntryFilter, context: Mapping[str, Any]) -> FoundEntries:
    """Asked of the search, as the directory's own list is: what that shows is here too, and no more."""
    from search import engines
    from search.query import Query, Sort

    locale = _locale(context)
    query = Query(
        locale=locale.language_code,
        site=_site(context),
        searchables=("torv_directory.entry",),
        selected=_selected(wanted),
        sort=Sort(wanted.order),
        per_page=wanted.most,
    )
    results = engines.search(query)
    list_url = _list_url(context, locale)
    return FoundEntries(
        cards=[_card(hit) for hit in results.hits],
        total=results.total,
        url=f"{list_url}{query.query_string()}" if list_url else "",
    )


def _selected(wanted: EntryFilter) -> dict[str, tuple[str, ...]]:
    preferred = TopicTree.load().preferred(wanted.topics) if wanted.topics else ()
    topics = Topic.objects.filter(pk__in=preferred).order_by("slug").values_list("slug", flat=True)
    chosen = {
        "entry_kind": wanted.kinds,
        "topic": tuple(topics) if wanted.topics else (),
        "target_group": wanted.target_groups,
        "place": (wanted.place,) if wanted.place else (),
    }
    return {name: values for name, values in chosen.items() if values}


def _card(hit: Any) -> EntryCard:
    return EntryCard(
        name=hit.row.title,
        lang=hit.lang if hit.is_foreign else "",
        url=hit.url,
        kind=str(hit.row.stored.get("kind_label", "")),
        city=str(hit.row.stored.get("city", "")),
        summary=hit.row.summary,
    )


def _locale(context: Mapping[str, Any]) -> Locale:
    page = context.get("page")
    locale: Locale = page.locale if isinstance(page, Page) else Locale.get_active()
    return locale


def _site(context: Mapping[str, Any]) -> Site:
    request = context.get("request")
    found = Site.find_for_request(request) if request else None
    return found or Site.objects.get(is_default_site=True)


def _list_url(context: Mapping[str, Any], locale: Locale) -> str:
    page = directory_page(_site(context), locale.language_code)
    return page.get_url(context.get("request")) or "" if page else ""
