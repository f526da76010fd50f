"""Every public template and where the demo shows it: page types, their further addresses, views, error pages.

What is new must be named here: `test_every_public_address_is_looked_at` walks page types and resolver.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation
from wagtail.models import Page, get_page_models

from cms_blocks import views
from cms_blocks.pages.models import EventEditionPage, StandardPage
from directory.contacts import relay_address
from directory.models import Entry
from directory.pages.models import DirectoryPage, TopicIndexPage
from directory.shortlist import PARAMETER

LANGUAGES = ("da", "de", "en")
THEMES = ("torvkoebing", "marktbrueck")
#: Shown in all languages; every other template in one of them.
IN_ALL = ("HomePage", "DirectoryPage", "DirectoryPage.entry_detail", "torv_search:results")
#: Addresses that answer with a file, with data, with a redirect, or to what a form sends.
NO_PAGES = {
    "DirectoryPage.entry_calendar",
    "DirectoryPage.entry_card",
    "DirectoryPage.list_calendar",
    "DirectoryPage.list_map",
    "EventEditionPage.edition_calendar",
    "EventIndexPage.events_calendar",
    "EventPage.event_calendar",
    "EventSeriesPage.series_calendar",
    "NewsIndexPage.feed",
    "TopicIndexPage.topic_suggestions",
    "torv_blocks:contact_form",
    "torv_blocks:person_photo",
    "torv_blocks:propose_theme",
    "torv_blocks:robots",
    "torv_blocks:root",
    "torv_blocks:sitemap",
    "torv_blocks:vcard",
    "torv_blocks:was",
    "torv_search_services:live",
    "torv_search_services:openapi",
    "torv_search_services:ready",
    "torv_search_services:search",
    "torv_search_services:suggest",
    "wagtaildocs_serve",
}
#: Wagtail's own: the tree, and the password of a page for few.
WAGTAILS = {
    "wagtail_serve",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtaildocs_authenticate_with_password",
}
#: The first route of a page type shows the page itself.
FIRST_ROUTES = {"edition", "entry_list", "event", "event_list", "index_route", "series", "topic_list"}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A template in a language and a theme. `content` stands in for an address that only a fault leads to."""

    name: str
    address: str
    theme: str
    content: str = ""


def page_types() -> list[type[Page]]:
    return [model for model in get_page_models() if model._meta.app_label.startswith("torv_")]


def page_of(model: type[Page], language: str) -> Any:
    """The fullest of its kind."""
    pages: Any = model._default_manager.live().filter(locale__language_code=language)
    return max(pages, key=lambda page: (len(page.body), -page.pk), default=None)


def page_itself(model: type[Page]) -> dict[str, Callable[[str], str | None]]:
    return {model.__name__: lambda language: getattr(page_of(model, language), "url", None)}


def route(model: type[Page], name: str, ending: str) -> dict[str, Callable[[str], str | None]]:
    def address(language: str) -> str | None:
        page = page_of(model, language)
        return f"{page.get_url()}{ending}" if page else None

    return {f"{model.__name__}.{name}": address}


def theme_form(language: str) -> str | None:
    for page in EventEditionPage.objects.live().filter(locale__language_code=language):
        if page.collects_themes():
            return f"{page.get_url()}themes/"
    return None


def view(name: str, *args: Any, query: str = "") -> Callable[[str], str]:
    def address(language: str) -> str:
        with translation.override(language):
            return f"{reverse(name, args=args)}{query}"

    return address


def feedback(query: str) -> Callable[[str], str | None]:
    def address(language: str) -> str | None:
        page = page_of(StandardPage, language)
        return f"{reverse('torv_blocks:feedback', args=[page.pk])}{query}" if page else None

    return address


def addresses() -> dict[str, Callable[[str], str | None]]:
    """Name -> the address in a language; None where the demo has none in it."""
    entries = list(Entry.objects.sources().public().with_facts())
    entry = max(entries, key=lambda entry: len(entry.description))
    relayed = next(other for other in entries if relay_address(other) and other.facts != entry.facts)
    found: dict[str, Callable[[str], str | None]] = {}
    for model in page_types():
        found |= page_itself(model)
    return {
        **found,
        **route(DirectoryPage, "entry_detail", f"{entry.slug}/"),
        **route(DirectoryPage, "shortlist", f"shortlist/?{PARAMETER}={entry.slug},{relayed.slug}"),
        **route(DirectoryPage, "faults", "?entry_kind=network&entry_kind=contact-point&topic=unknown&page=x"),
        **route(DirectoryPage, "nothing", "?q=xyzzy"),
        **route(TopicIndexPage, "topic_detail", "krise/"),
        **route(TopicIndexPage, "nothing", "?q=xyzzy"),
        "EventEditionPage.theme_form": theme_form,
        **route(EventEditionPage, "theme_thanks", "themes/thanks/"),
        "torv_blocks:feedback": feedback("?useful=no"),
        "torv_blocks:feedback thanks": feedback("?sent=1"),
        "torv_directory:contact": view("torv_directory:contact", relayed.translation_key),
        "torv_directory:report_error": view("torv_directory:report_error", entry.translation_key),
        "torv_directory:error_reported": view("torv_directory:error_reported", entry.translation_key),
        "torv_search:results": lambda language: view(
            "torv_search:results", query=f"?q={'group' if language == 'en' else 'gruppe'}"
        )(language),
        "torv_search:results empty": view("torv_search:results"),
        "404": lambda language: f"/{language}/no-such-page/",
    }


def error_pages(theme: str) -> Iterator[Shown]:
    """Those that a visit cannot bring about."""
    for number, (name, make) in enumerate(
        {
            "400": lambda request: views.bad_request(request, ValueError()),
            "500": views.server_error,
            "503": views.service_unavailable,
        }.items()
    ):
        address = f"/{LANGUAGES[number]}/error/{name}/"
        content = make(RequestFactory().get(address)).content.decode()
        yield Shown(name=name, address=address, theme=theme, content=content)


def shown() -> list[Shown]:
    """Each template once, by turns in the languages and the themes; the most read in all languages."""
    found = []
    for number, (name, address) in enumerate(addresses().items()):
        theme = THEMES[number // len(LANGUAGES) % len(THEMES)]
        turns = [LANGUAGES[(number + turn) % len(LANGUAGES)] for turn in range(len(LANGUAGES))]
        there = [given for language in turns if (given := address(language))]
        assert there, f"The demo shows {name} in no language."
        wanted = there if name in IN_ALL else there[:1]
        found += [Shown(name=name, address=given, theme=theme) for given in wanted]
    return found


def public_names() -> set[str]:
    """Of all routes of page types and of all views that no part of the admin is."""
    names = set(_views(get_resolver()))
    for model in page_types():
        names.add(model.__name__)
        if hasattr(model, "get_subpage_urls"):
            routes = {url.name for url in model.get_subpage_urls()} - FIRST_ROUTES
            names |= {f"{model.__name__}.{name}" for name in routes}
    return names


def _views(resolver: Any, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLResolver):
            if pattern.name:
                yield f"{namespace}{pattern.name}"
        elif str(pattern.pattern) != "admin/":
            yield from _views(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
