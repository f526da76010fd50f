"""What the page of one entry shows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Locale, Page, Site

from cms_blocks import sensitive
from cms_blocks.models import Topic
from cms_blocks.references import in_locale
from cms_blocks.topic_addresses import topic_page
from cms_blocks.topics import TopicTree

from . import error_reports, host_fields
from .addresses import directory_page, language_versions
from .blurring import places_shown
from .contacts import can_be_reached, contact_url, people_of
from .meetings import meetings_of
from .models import Entry, OfferForm, TargetGroup
from .models.entry import CALENDAR
from .models.languages import CODES, language_name
from .related_entries import related_entries
from .relations import relations_of
from .structured_entries import structured_entry

TEMPLATE = "torv_directory/entry_detail.html"
#: Last part of the address of an entry's contact card.
CARD = "card"


@dataclass(frozen=True, kw_only=True)
class TopicLink:
    """`lang` is the label's language where the reader has another; `url` leads to what carries the topic."""

    label: str
    lang: str
    url: str


@dataclass(frozen=True, kw_only=True)
class HostPart:
    """A row of a host's model and the template that shows it."""

    heading: str
    template: str
    row: Any


def entry_context(entry: Entry, page: Page, request: HttpRequest, query_string: str = "") -> dict[str, Any]:
    """The template's context; `query_string` is the list's, with which the reader came ("" for none).

    The language switch leads to the entry in every language of the directory. Search engines are told of
    those alone that the entry has a text in; where it is shown in another language, that one is canonical.
    """
    ending = f"{entry.facts.slug}/"
    list_url = page.get_url(request)
    versions = language_versions(page)
    readable = _languages(entry)
    shown = _texts_and_facts(entry, page.locale, list_url, request)
    canonical = f"{versions.get(entry.locale.language_code, page).get_full_url(request)}{ending}"
    return {
        **shown,
        "alternate_urls": {
            code: f"{version.get_url(request)}{ending}"
            for code, version in versions.items()
            if code in readable
        },
        "back_url": f"{list_url}{query_string}",
        "breadcrumb_trail": [(entry.name, f"{list_url}{ending}")],
        "canonical_url": canonical,
        "keeps_filter": bool(query_string),
        "language_urls": {
            code: f"{version.get_url(request)}{ending}{query_string}" for code, version in versions.items()
        },
        "related": related_entries(entry, page.locale, Site.find_for_request(request)),
        "structured_data": _structured_data(entry, shown, canonical),
    }


def _structured_data(entry: Entry, shown: dict[str, Any], url: str) -> dict[str, Any] | None:
    """What the page shows, and nothing of what is sensitive."""
    if shown["safety"] and not shown["safety"].open_data:
        return None
    return structured_entry(entry, url, shown["locations"], shown["meetings"].next)


def render_preview(entry: Entry, request: HttpRequest) -> HttpResponse:
    """The entry as its own page will show it, unsaved changes too; without such a page in the bare frame."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    page = directory_page(site, entry.locale.language_code) if site else None
    if hasattr(request, "revision_id"):
        del request.revision_id  # of whoever approves it; Wagtail's bar would take it for one of the page
    if page is None:
        context = {
            **_texts_and_facts(entry, entry.locale, "", request),
            "breadcrumb_trail": [(entry.name, "")],
        }
    else:
        context = {**page.get_context(request), **entry_context(entry, page, request)}
    return TemplateResponse(request, TEMPLATE, {**context, "request": request}).render()


def _texts_and_facts(entry: Entry, locale: Locale, list_url: str, request: HttpRequest) -> dict[str, Any]:
    from .editor_facets import shown_of  # `search` must not be needed to load the models

    facts = entry.facts
    topics = facts.topic_ids
    safety = sensitive.safety(topics, locale)
    places = list(facts.locations.all())
    has_calendar = bool(list_url and facts.pk) and (safety is None or safety.open_data)
    return {
        "entry": entry,
        "entry_lang": entry.locale.language_code,
        "facts": facts,
        "source_lang": facts.locale.language_code,
        "page_lang": locale.language_code,
        "is_foreign": entry.locale_id != locale.pk,
        "locations": places_shown(facts, places, is_sensitive=safety is not None),
        "safety": safety,
        "topics": _topic_links(topics, locale, list_url, request),
        "website_name": _host(facts.website),
        "meetings": meetings_of(facts),
        "card_url": f"{list_url}{facts.slug}/{CARD}/" if list_url and facts.pk else "",
        "calendar_url": f"{list_url}{facts.slug}/{CALENDAR}/" if has_calendar else "",
        "target_groups": in_locale(
            TargetGroup, [one.target_group_id for one in facts.entry_target_groups.all()], locale.pk
        ),
        "costs": list(facts.cost_options.all()),
        "offer_forms": [OfferForm(code).label for code in facts.offer_forms if code in OfferForm.values],
        "languages": [language_name(code) for code in facts.languages if code in CODES],
        "people": (people := people_of(facts)),
        "email": facts.public_email,
        "contact_url": contact_url(facts),
        "can_be_reached": can_be_reached(facts, people),
        "report_url": error_reports.form_url(facts),
        "social_links": [(link, _host(link)) for link in facts.social_links],
        "relations": relations_of(facts, locale, list_url),
        "editor_facets": shown_of(facts, locale.language_code),
        "host_parts": _host_parts(facts),
    }


def _host_parts(facts: Entry) -> list[HostPart]:
    shown = ((fields, fields.row_of(facts)) for fields in host_fields.sound() if fields.template)
    return [
        HostPart(heading=str(fields.heading), template=fields.template, row=row)
        for fields, row in shown
        if row
    ]


def _host(url: str) -> str:
    """The name a reader knows a website by; the whole address where it has none."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


def _topic_links(carried: list[int], locale: Locale, list_url: str, request: HttpRequest) -> list[TopicLink]:
    """To each topic's page, else to the list of what carries it."""
    if not carried:
        return []
    index = topic_page(Site.find_for_request(request), locale.language_code)
    topics_url = index.get_url(request) if index else ""
    topics = in_locale(Topic, TopicTree.load().preferred(carried), locale.pk)
    return [
        TopicLink(
            label=topic.pref_label,
            lang="" if topic.locale_id == locale.pk else topic.locale.language_code,
            url=_topic_url(topic.facts.slug, topics_url, list_url),
        )
        for topic in topics
    ]


def _topic_url(slug: str, topics_url: str, list_url: str) -> str:
    if topics_url:
        return f"{topics_url}{slug}/"
    return f"{list_url}?topic={slug}" if list_url else ""


def _languages(entry: Entry) -> set[str]:
    """Codes of the languages in which the public can read the entry's own text."""
    source = entry.facts
    rows = Entry.objects.filter(Q(pk=source.pk) | Q(source_row=source.pk), live=True)
    return set(rows.values_list("locale__language_code", flat=True))
