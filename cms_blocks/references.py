"""What a page refers to, in the reader's language, in a number of queries that does not grow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.images import get_image_model
from wagtail.models import Page

from .models import ContactPerson, Topic
from .topics import TopicTree
from .translation import SourceRowMixin

#: Relations that `original` follows, for `select_related`.
ORIGINAL = ("locale", "alias_of__locale", "alias_of__alias_of__locale")

#: The rendition of a photo on a contact card; the template asks for the same.
PHOTO = "fill-160x160"

Row = TypeVar("Row", bound=SourceRowMixin)


@dataclass(frozen=True, kw_only=True)
class Link:
    title: str
    url: str


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
    """A topic as shown; `slug` is the same in every language."""

    label: str
    slug: str
    lang: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A contact person as shown: texts in the reader's language if there are any, facts of the source row."""

    name: str
    role: str
    department: str
    lang: str
    email: str
    phones: tuple[PhoneNumber, ...]
    photo: Any


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
    rows = in_locale(Topic, TopicTree.load().preferred(keys) if keys else (), page.locale_id)
    return [
        TopicLabel(label=row.pref_label, slug=row.facts.slug, lang=row.locale.language_code)
        for row in _each_once(rows)
    ]


def contacts(page: Any) -> list[Contact]:
    keys = [row.person_id for row in page.contact_rows.all()]
    rows = _each_once(in_locale(ContactPerson, keys, page.locale_id))
    photos = (
        get_image_model()
        .objects.prefetch_renditions(PHOTO)
        .in_bulk([row.facts.photo_id for row in rows if row.facts.photo_id])
    )
    return [_contact(row, photos.get(row.facts.photo_id)) for row in rows]


def _each_once(rows: Iterable[Row]) -> list[Row]:
    return list({row.pk: row for row in rows}.values())


def _contact(person: ContactPerson, photo: Any) -> Contact:
    facts = person.facts
    return Contact(
        name=facts.name,
        role=person.role,
        department=person.department,
        lang=person.locale.language_code,
        email=facts.email,
        phones=tuple(number for number in (facts.phone, facts.mobile) if number),
        photo=photo,
    )


def task_links(page: Any, request: HttpRequest) -> list[Link]:
    """The top tasks that lead somewhere, pages in the language of the home page where they are translated."""
    rows = list(page.top_tasks.all())
    pages = _live_pages([row.link_page_id for row in rows if row.link_page_id], page.locale_id)
    links = []
    for row in rows:
        target = pages.get(row.link_page_id)
        url = target.get_url(request) if target else row.link_url
        if url:
            links.append(Link(title=row.title, url=url))
    return links


def _live_pages(keys: Sequence[int], locale_id: int) -> dict[int, Page]:
    """The chosen pages by their keys, each in the locale where a live translation is there. Two queries."""
    chosen = {page.pk: page for page in Page.objects.filter(pk__in=keys)}
    translations = {
        page.translation_key: page
        for page in Page.objects.live().filter(
            translation_key__in=[page.translation_key for page in chosen.values()], locale_id=locale_id
        )
    }
    found = {key: translations.get(page.translation_key, page) for key, page in chosen.items()}
    return {key: page for key, page in found.items() if page.live}


def child_cards(page: Any, request: HttpRequest) -> list[Card]:
    """The pages directly below that everyone may read, in the editors' order."""
    children = list(page.get_children().live().public().select_related(*ORIGINAL))
    specific = Page.objects.filter(pk__in=[child.pk for child in children]).specific().defer_streamfields()
    by_key = {child.pk: child for child in specific}
    return [
        Card(
            title=child.title,
            text=lead(by_key[child.pk]),
            url=child.get_url(request),
            lang=original(child).locale.language_code,
        )
        for child in children
    ]


def lead(page: Any) -> str:
    """One or two plain sentences about any page, a host's too."""
    return getattr(page, "lead", "") or page.search_description
