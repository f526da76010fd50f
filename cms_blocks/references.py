"""What a page refers to, in the reader's language, in a number of queries that does not grow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from . import story_consents
from .models import ContactPerson, LifeEvent, Topic
from .topics import TopicTree
from .translation import SourceRowMixin
from .usage import on_public_pages

#: Relations that `original` follows, for `select_related`.
ORIGINAL = ("locale", "alias_of__locale", "alias_of__alias_of__locale")

#: The renditions of a photo on a contact card; the template asks for the same.
PHOTO = ("fill-160x160|format-webp", "fill-160x160|format-jpeg")

Row = TypeVar("Row", bound=SourceRowMixin)


@dataclass(frozen=True, kw_only=True)
class Link:
    """`lang` is the language of a page's own title; empty for words of the page that has the link."""

    title: str
    url: str
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """A page in a list. `lang` is the language of its text; `kind` says what sort of page it is."""

    title: str
    text: str
    url: str
    lang: str
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class TopicLabel:
    """A topic or a life event as shown; `slug` is the same in every language."""

    label: str
    slug: str
    lang: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A contact person as shown: texts in the reader's language if there are any, facts of the source row.

    `vcard_url` is empty for somebody who stands on no public page. `key` is the same in every language.
    """

    name: str
    role: str
    department: str
    organisation: str = ""
    area_of_responsibility: str = ""
    opening_hours: str = ""
    lang: str
    email: str
    phones: tuple[PhoneNumber, ...]
    website: str = ""
    photo: Any
    vcard_url: str = ""
    key: str = ""


def original(page: Any) -> Page:
    """The page whose text this one shows: itself, or what an alias stands for."""
    while page.alias_of_id is not None:
        page = page.alias_of
    return page


def in_locale(model: type[Row], keys: Sequence[int], locale_id: int) -> list[Row]:
    """These rows in a locale, in this order; the source row where there is no translation. Two queries."""
    related = ("locale", "source_row__locale")
    sources = {
        row.pk: row.facts for row in model._default_manager.filter(pk__in=keys).select_related(*related)
    }
    translations = {
        row.source_row_id: row
        for row in model._default_manager.filter(
            source_row__in=[source.pk for source in sources.values()], locale_id=locale_id
        ).select_related(*related)
    }
    wanted = [sources[key] for key in keys if key in sources]
    return [row if row.locale_id == locale_id else translations.get(row.pk, row) for row in wanted]


def topics(page: Any) -> list[TopicLabel]:
    """What a page carries; of a topic that is not to be used, the one to use instead."""
    keys = [row.topic_id for row in page.topic_rows.all()]
    return _labels(Topic, TopicTree.load().preferred(keys) if keys else (), page.locale_id)


def life_events(page: Any) -> list[TopicLabel]:
    return _labels(LifeEvent, [row.life_event_id for row in page.life_event_rows.all()], page.locale_id)


def _labels(model: type[Topic] | type[LifeEvent], keys: Sequence[int], locale_id: int) -> list[TopicLabel]:
    rows: list[Any] = in_locale(model, keys, locale_id)
    return [
        TopicLabel(label=row.pref_label, slug=row.facts.slug, lang=row.locale.language_code)
        for row in _each_once(rows)
    ]


def contacts(page: Any) -> list[Contact]:
    return contacts_of([row.person_id for row in page.contact_rows.all()], page.locale_id)


def contacts_of(keys: Sequence[int], locale_id: int) -> list[Contact]:
    """These contact persons (by any of their rows) in that locale, each once, in this order.

    Archived ones are left out.
    """
    found = _each_once(in_locale(ContactPerson, keys, locale_id))
    rows = [row for row in found if not row.facts.archived]
    photos = (
        get_image_model()
        .objects.prefetch_renditions(*PHOTO)
        .in_bulk([row.facts.photo_id for row in rows if row.facts.photo_id])
    )
    public = on_public_pages(ContactPerson, [row.facts.pk for row in rows])
    return [_contact(row, photos.get(row.facts.photo_id), row.facts.pk in public) for row in rows]


def _each_once(rows: Iterable[Row]) -> list[Row]:
    return list({row.pk: row for row in rows}.values())


def _contact(person: ContactPerson, photo: Any, is_public: bool) -> Contact:
    facts = person.facts
    lang = person.locale.language_code
    return Contact(
        name=facts.name,
        role=person.role,
        department=person.department,
        organisation=person.organisation,
        area_of_responsibility=person.area_of_responsibility,
        opening_hours=person.opening_hours,
        lang=lang,
        email=facts.email,
        phones=tuple(number for number in (facts.phone, facts.mobile) if number),
        website=facts.website,
        photo=photo,
        vcard_url=_vcard_url(person, lang) if is_public else "",
        key=str(facts.translation_key),
    )


def _vcard_url(person: ContactPerson, lang: str) -> str:
    """Empty where the host does not include Torv's addresses."""
    try:
        return f"{reverse('torv_blocks:vcard', args=[person.translation_key])}?lang={lang}"
    except NoReverseMatch:
        return ""


def task_links(tasks: Iterable[Any], locale_id: int, request: HttpRequest) -> list[Link]:
    """The tasks that lead somewhere, pages in the language of that locale where they are translated."""
    rows = list(tasks)
    pages = live_pages([row.link_page_id for row in rows if row.link_page_id], locale_id)
    links = []
    for row in rows:
        target = pages.get(row.link_page_id)
        url = target.get_url(request) if target else row.link_url
        if url:
            links.append(Link(title=row.title, url=url))
    return links


def related_services(page: Any, request: HttpRequest) -> list[Link]:
    """The related services that everyone may read, each once."""
    keys = list(dict.fromkeys(row.service_id for row in page.related_service_rows.all()))
    return page_links(keys, page.locale_id, request)


def page_links(keys: Sequence[int], locale_id: int, request: HttpRequest) -> list[Link]:
    """Links to the chosen pages that everyone may read, in the language of that locale if translated."""
    pages = live_pages(keys, locale_id)
    return links_to((pages[key] for key in keys if key in pages), request)


def links_to(pages: Iterable[Page], request: HttpRequest) -> list[Link]:
    """Each page once, without those that have no address here. Costs no query after `live_pages`."""
    shown = {page.pk: page for page in pages}.values()
    return [
        Link(title=page.title, url=url, lang=original(page).locale.language_code)
        for page in shown
        if (url := page.get_url(request))
    ]


def live_pages(keys: Sequence[int], locale_id: int) -> dict[int, Page]:
    """The chosen pages by their keys, each in the locale where it is translated, and only what all may read.

    Three queries.
    """
    keys_of = dict(Page.objects.filter(pk__in=keys).values_list("pk", "translation_key"))
    readable = story_consents.readable().select_related(*ORIGINAL)
    wanted = models.Q(pk__in=keys) | models.Q(translation_key__in=keys_of.values(), locale_id=locale_id)
    pages = {(page.translation_key, page.locale_id): page for page in readable.filter(wanted)}
    chosen = {page.pk: page for page in pages.values()}
    found = {key: pages.get((shared, locale_id), chosen.get(key)) for key, shared in keys_of.items()}
    return {key: page for key, page in found.items() if page}


def reader_locale_id(context: Mapping[str, Any]) -> int:
    """The locale of the page that is shown; without a page, of the active language."""
    page = context.get("page")
    key: int = page.locale_id if isinstance(page, Page) else Locale.get_active().pk
    return key


def specific(pages: PageQuerySet, *prefetched: str) -> list[Any]:
    """The pages in their order as their own types, each with the language of its text as `lang`."""
    rows = list(pages.select_related(*ORIGINAL))
    found = Page.objects.filter(pk__in=[row.pk for row in rows]).specific().defer_streamfields()
    by_key: dict[int, Any] = {page.pk: page for page in found.prefetch_related(*prefetched)}
    for row in rows:
        by_key[row.pk].lang = original(row).locale.language_code
    return [by_key[row.pk] for row in rows]


def child_cards(page: Any, request: HttpRequest) -> list[Card]:
    """The pages directly below that everyone may read, in the editors' order."""
    shown = story_consents.agreed(page.get_children().live().public())
    return [
        Card(title=child.title, text=lead(child), url=child.get_url(request), lang=child.lang)
        for child in specific(shown)
    ]


def lead(page: Any) -> str:
    """One or two plain sentences about any page, a host's too."""
    return getattr(page, "lead", "") or page.search_description
