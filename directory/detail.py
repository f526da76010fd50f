"""What the page of one entry shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Locale, Page, Site

from cms_blocks.models import Topic

from .addresses import directory_page, language_versions
from .models import Entry

TEMPLATE = "torv_directory/entry_detail.html"


@dataclass(frozen=True, kw_only=True)
class TopicLink:
    """A topic in the reader's language, or in its own (`lang`); `url` is the list of all that carry it."""

    label: str
    lang: str
    url: str


@dataclass(frozen=True, kw_only=True)
class EntryAddresses:
    """Where an entry is read. `canonical` and `alternates` are full URLs, and name only languages that
    the entry has a text in; `languages` also names those in which its source text is shown."""

    canonical: str
    alternates: dict[str, str]
    languages: dict[str, str]

    @classmethod
    def of(cls, entry: Entry, page: Page, request: HttpRequest, query_string: str) -> "EntryAddresses":
        ending = f"{entry.facts.slug}/"
        versions = language_versions(page)
        own = {
            code: f"{versions[code].get_full_url(request)}{ending}"
            for code in _languages(entry) & versions.keys()
        }
        languages = {
            code: f"{version.get_url(request)}{ending}{query_string}" for code, version in versions.items()
        }
        here = f"{page.get_full_url(request)}{ending}"
        return cls(canonical=own.get(entry.locale.language_code, here), alternates=own, languages=languages)


def entry_context(entry: Entry, page: Page, request: HttpRequest, query_string: str = "") -> dict[str, Any]:
    """The template's context; `query_string` is the list's, with which the reader came ("" for none)."""
    addresses = EntryAddresses.of(entry, page, request, query_string)
    list_url = page.get_url(request)
    return {
        **_texts_and_facts(entry, page.locale, list_url),
        "addresses": addresses,
        "back_url": f"{list_url}{query_string}",
        "breadcrumb_trail": [(entry.name, f"{list_url}{entry.facts.slug}/")],
        "keeps_filter": bool(query_string),
        "language_urls": addresses.languages,
    }


def render_preview(entry: Entry, request: HttpRequest) -> HttpResponse:
    """The entry as its own page will show it, unsaved changes too; without such a page in the bare frame."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    page = directory_page(site, entry.locale.language_code) if site else None
    if page is None:
        context = {**_texts_and_facts(entry, entry.locale, ""), "breadcrumb_trail": [(entry.name, "")]}
    else:
        context = {**page.get_context(request), **entry_context(entry, page, request)}
    return TemplateResponse(request, TEMPLATE, {**context, "request": request}).render()


def _texts_and_facts(entry: Entry, locale: Locale, list_url: str) -> dict[str, Any]:
    facts = entry.facts
    return {
        "entry": entry,
        "facts": facts,
        "is_foreign": entry.locale_id != locale.pk,
        "locations": list(facts.locations.all()),
        "topics": _topic_links(facts, locale, list_url),
    }


def _topic_links(facts: Entry, locale: Locale, list_url: str) -> list[TopicLink]:
    topics = [carried.topic for carried in facts.entry_topics.all()]
    labels = Topic.objects.filter(source_row__in=[topic.pk for topic in topics], locale=locale)
    translated = dict(labels.values_list("source_row_id", "pref_label"))
    codes = {one.pk: one.language_code for one in Locale.objects.all()}
    return [
        TopicLink(
            label=translated.get(topic.pk, topic.pref_label),
            lang=codes[locale.pk if topic.pk in translated else topic.locale_id],
            url=f"{list_url}?topic={topic.slug}" if list_url else "",
        )
        for topic in topics
    ]


def _languages(entry: Entry) -> set[str]:
    """Codes of the languages in which the public can read the entry's own text."""
    source = entry.facts
    rows = Entry.objects.filter(Q(pk=source.pk) | Q(source_row=source.pk), live=True)
    return set(rows.values_list("locale__language_code", flat=True))
