"""Per scope: what a private person agreed to stands where it is shown, and after the end in no output at all.

The public site is read as a robot reads it: every address that leads from the home pages, and those besides
that no page links to. So a new output is read here as soon as anything links to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from cms_blocks.models import Consent, PrivatePerson, Scope
from cms_blocks.pages.models import (
    StandardPage,
    StoryIndexPage,
    StoryPage,
    StoryPagePerson,
    StoryPageQuote,
)
from directory.models import Entry, EntryContact, TeamMember
from directory.pages.models import DirectoryPage
from search.models import DocumentFacet, SearchDocument
from tests.cms_blocks.factories import image

from .conftest import MakeEntry, index_entries, translate
from .test_privacy import LIST, agree, user_with

#: What betrays the person, by scope; each is printed like this by some output.
SIGNS = {
    Scope.NAME: ("Xenia", "Qvistgaardsen"),
    Scope.PHOTO: ("xq-photo",),
    Scope.PHONE: ("60 70 80 90", "60-70-80-90", "60708090"),
    Scope.EMAIL: ("xenia.qv",),
    Scope.MEMBERSHIP: ("Sangleder",),
    Scope.QUOTE: ("turde jeg synge", "aldrig har hørt"),
    Scope.STORY: ("Stemmen kom igen", "stemmen-kom-igen", "Hun sang igen"),
}
#: Of these nothing is shown without the name, or without the membership.
DEPENDENT = {Scope.NAME: (Scope.PHOTO, Scope.MEMBERSHIP)}
#: Addresses that nothing links to.
UNLINKED = (
    "/sitemap.xml",
    "/api/search/?q=stemmen",
    "/api/search/?q=gruppen&locale=de",
    "/api/search/suggest/?q=xen",
    "/api/search/suggest/?q=stem",
    "/da/vejviser/?q=xenia",
    "/da/vejviser/map/",
    "/da/vejviser/calendar/",
)
_LINK = re.compile(r'(?:href|src|srcset|data-[\w-]+)="([^"#]+)')
#: Filters lead to the same list again and again.
_TOO_MANY = re.compile(r"\?(?!q=)|/admin/|/static/|/media/")


@pytest.fixture
def xenia(db: None) -> PrivatePerson:
    person = PrivatePerson.objects.create(
        name="Xenia Qvistgaardsen",
        phone="+4560708090",
        email="xenia.qv@privat.example",
        photo=image("xq-photo"),
    )
    agree(person, *Scope.values)
    return person


@pytest.fixture
def group(xenia: PrivatePerson, make_entry: MakeEntry, locales: dict[str, Locale]) -> Entry:
    entry = make_entry("Gruppen", phone="+4586123456", cities=("Aarhus",))
    EntryContact.objects.create(entry=entry, person=xenia, role="Tovholder")
    TeamMember.objects.create(entry=entry, person=xenia, role="Sangleder")
    Entry.objects.get(pk=entry.pk).save_revision().publish()
    translate(Entry.objects.get(pk=entry.pk), locales["de"], name="Die Gruppe")
    return Entry.objects.get(pk=entry.pk)


@pytest.fixture
def pages(german_page: DirectoryPage, xenia: PrivatePerson) -> None:
    """A page with her words, and a story of hers in the list of stories."""
    home = Page.objects.get(slug="torvkoebing", locale__language_code="da")
    words = {"text": "Her turde jeg synge.", "attribution": "En sanger", "person": xenia.pk}
    home.add_child(
        instance=StandardPage(title="Om os", slug="om-os", show_in_menus=True, body=[("quote", words)])
    )
    index = home.add_child(instance=StoryIndexPage(title="Historier", slug="historier", show_in_menus=True))
    other = StoryPage(title="Om kaffe", slug="om-kaffe", who="Bo", has_consent=True)
    other.quotes = [StoryPageQuote(text="Jeg aldrig har hørt magen.", attribution="En", person=xenia)]
    index.add_child(instance=other)
    story = StoryPage(title="Stemmen kom igen", slug="stemmen-kom-igen", summary="Hun sang igen.", who="En")
    story.story_persons = [StoryPagePerson(person=xenia)]
    index.add_child(instance=story).save_revision().publish()


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode("utf-8", "replace"))


def public_outputs(group: Entry) -> Iterator[tuple[str, str]]:
    """Address and text of whatever anybody may read, links followed."""
    reader = Client()
    homes = [page.url for page in Page.objects.live().filter(depth=2) if page.url]
    waiting = [*homes, *UNLINKED, f"/da/contact/{group.translation_key}/"]
    waiting += [page.url for page in Page.objects.live().filter(depth__gt=2) if page.url]
    seen: set[str] = set()
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        response = reader.get(url)
        assert response.status_code in (200, 301, 302, 400, 404), url
        text = body(response)
        yield url, text + str(dict(response.headers))
        if response.status_code == 200 and "html" in response["Content-Type"]:
            links = (unescape(link).replace("http://testserver", "") for link in _LINK.findall(text))
            waiting += [link for link in links if link.startswith("/") and not _TOO_MANY.search(link)]


def desk_outputs(group: Entry) -> Iterator[tuple[str, str]]:
    """What somebody who keeps entries, but no private persons, sees of the entry in the admin."""
    desk = user_with("plain", "add_entry", "change_entry", "publish_entry", "view_entry")
    names = ["edit", "history", "usage", "preview_on_edit"]
    urls = [reverse(f"{LIST}:{name}", args=[group.pk]) for name in names]
    urls += [reverse(f"{LIST}:list"), f"{reverse(f'{LIST}:list')}?export=csv"]
    urls.append(reverse(f"{LIST}:revisions_compare", args=[group.pk, "earliest", "latest"]))
    for url in urls:
        yield url, body(desk.get(url))


def index_tables() -> Iterator[tuple[str, str]]:
    for model in (SearchDocument, DocumentFacet):
        yield model._meta.label, json.dumps(list(model._default_manager.values()), default=str)


def found(outputs: Iterator[tuple[str, str]], scope: Scope) -> list[tuple[str, str]]:
    return [(place, sign) for place, words in outputs for sign in SIGNS[scope] if sign in words]


def photo_files(person: PrivatePerson) -> list[str]:
    return [one.file.name for one in person.photo.renditions.all() if default_storage.exists(one.file.name)]


@pytest.mark.parametrize("end", ["expires", "withdrawn"])
@pytest.mark.parametrize("scope", list(Scope))
def test_what_was_agreed_to_is_shown_and_after_its_end_nowhere(
    pages: None, group: Entry, xenia: PrivatePerson, scope: Scope, end: str
) -> None:
    index_entries()
    if end == "expires":  # else the same as before
        shown = {one: found(iter(before), one) for before in [list(public_outputs(group))] for one in Scope}
        assert all(shown.values()), shown
    finish(xenia, scope, end)
    after = list(public_outputs(group))
    gone = (scope, *DEPENDENT.get(scope, ()))
    for one in gone:
        assert found(iter(after), one) == []
    for other in set(Scope) - set(gone) - {Scope.MEMBERSHIP}:
        assert found(iter(after), other), other
    preview = [part for part in desk_outputs(group) if "preview" in part[0]]
    assert found(iter(preview), scope) == []
    if scope == Scope.STORY:
        assert found(index_tables(), scope) == [] or end == "expires"


def finish(person: PrivatePerson, scope: Scope, end: str) -> None:
    """Time goes by without anybody's doing; a withdrawal is saved."""
    consent = Consent.objects.get(person=person, scope=scope)
    if end == "expires":
        Consent.objects.filter(pk=consent.pk).update(expires_on=timezone.localdate())
    else:
        consent.withdrawn_on = timezone.localdate()
        consent.save()
