"""Per scope: what a private person agreed to stands where it is shown, and after the end in no output at all.

The public site is read as a robot reads it: every address that leads from the home pages, and those besides
that no page links to. So a new output is read here as soon as anything links to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import Locale, Page

from cms_blocks.models import Consent, PrivatePerson, Scope
from cms_blocks.pages.models import (
    StandardPage,
    StoryIndexPage,
    StoryPage,
    StoryPagePerson,
    StoryPageQuote,
)
from cms_blocks.person_photos import photo_url
from directory.models import Entry, EntryContact, TeamMember
from directory.pages.models import DirectoryPage
from search import indexing, registry
from search.engines.elastic import client as elastic
from search.engines.elastic import indexes
from search.models import DocumentFacet, SearchDocument
from tests.cms_blocks.factories import image
from tests.search.conftest import elasticsearch_at, in_step, node_address

from .conftest import MakeEntry, translate
from .test_privacy import LIST, agree, user_with

#: What betrays the person, by scope; each is printed like this by some output.
SIGNS = {
    Scope.NAME: ("Xenia", "Qvistgaardsen"),
    Scope.PHOTO: ("xq-photo", "persons/photo/", "/media/images/person-"),
    Scope.PHONE: ("60 70 80 90", "60-70-80-90", "60708090"),
    Scope.EMAIL: ("xenia.qv",),
    Scope.MEMBERSHIP: ("Sangleder",),
    Scope.QUOTE: ("turde jeg synge", "aldrig har hørt"),
    Scope.STORY: ("Stemmen kom igen", "stemmen-kom-igen", "Hun sang igen"),
}
#: Of these nothing is shown without the name, or without the membership.
DEPENDENT = {Scope.NAME: (Scope.PHOTO, Scope.MEMBERSHIP)}
#: Some day soon.
SOON = timedelta(days=2)
#: Where something of the person stands, in one language or the other.
PLACES = (
    "/da/vejviser/gruppen/",
    "/de/verzeichnis/gruppen/",
    "/da/om-os/",
    "/da/historier/",
    "/da/historier/om-kaffe/",
    "/da/historier/stemmen-kom-igen/",
)
#: Of what stands behind a question mark, where links are not followed.
AS_PDF = "/da/vejviser/gruppen/?format=pdf"
AS_SHORTLIST = "/da/vejviser/shortlist/?list=gruppen"
#: Addresses that nothing links to, or only with a question mark.
UNLINKED = (
    AS_PDF,
    AS_SHORTLIST,
    "/da/om-os/?format=pdf",
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
_TOO_MANY = re.compile(r"\?|/admin/|/static/|/media/")


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
    entry = make_entry("Gruppen", phone="+4586123456", external_id="7", cities=("Aarhus",))
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
    if response.headers.get("Content-Type") == "application/pdf":
        return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages).split())
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


def found(outputs: Iterable[tuple[str, str]], scope: Scope) -> list[tuple[str, str]]:
    return [(place, sign) for place, words in outputs for sign in SIGNS[scope] if sign in words]


def finish(scopes: Iterable[Scope], end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes by without anybody's doing; a withdrawal is saved."""
    if end == "expires":
        later = timezone.now() + SOON
        monkeypatch.setattr(timezone, "now", lambda: later)
        return
    for consent in Consent.objects.filter(scope__in=list(scopes)):
        consent.withdrawn_on = timezone.localdate()
        consent.save()


@pytest.mark.parametrize("end", ["expires", "withdrawn"])
def test_what_was_agreed_to_stands_nowhere_after_its_end(
    pages: None, group: Entry, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    Consent.objects.update(expires_on=timezone.localdate() + SOON)
    index_everything()
    if end == "expires":  # with the other end it is the same before
        before = [*public_outputs(group)]
        assert [scope for scope in Scope if not found(before, scope)] == []
        read = dict(before)
        assert "Xenia Qvistgaardsen" in read[AS_PDF]
        assert "Gruppen" in read[AS_SHORTLIST]
    finish(Scope, end, monkeypatch)
    after = [*public_outputs(group)]
    assert [sign for scope in Scope for sign in found(after, scope)] == []
    private = set(Scope) - {Scope.MEMBERSHIP, Scope.STORY}  # colleagues see roles, and drafts of stories
    desk = [*desk_outputs(group), *index_tables()]
    assert [sign for scope in private for sign in found(desk, scope)] == []


@pytest.mark.parametrize("end", ["expires", "withdrawn"])
@pytest.mark.parametrize("scope", list(Scope))
def test_each_scope_ends_by_itself(
    pages: None, group: Entry, monkeypatch: pytest.MonkeyPatch, scope: Scope, end: str
) -> None:
    """Read where the person stands; what else was agreed to stays."""
    Consent.objects.filter(scope=scope).update(expires_on=timezone.localdate() + SOON)
    finish([scope], end, monkeypatch)
    after = [(url, body(Client().get(url))) for url in PLACES]
    gone = {scope, *DEPENDENT.get(scope, ())}
    assert [sign for one in gone for sign in found(after, one)] == []
    assert [one for one in set(Scope) - gone if not found(after, one)] == []


def test_the_files_of_a_photo_go_at_the_withdrawal_and_at_the_first_tick_after_the_expiry(
    pages: None,
    group: Entry,
    xenia: PrivatePerson,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    Consent.objects.filter(scope=Scope.NAME).update(expires_on=timezone.localdate() + SOON)
    for scope, end in ((Scope.PHOTO, "withdrawn"), (Scope.NAME, "expires")):
        Consent.objects.update(withdrawn_on=None)
        assert photo_url(xenia.pk) in body(Client().get(f"/da/vejviser/{group.slug}/"))
        assert Client().get(photo_url(xenia.pk)).status_code == 200
        files = [rendition.file.name for rendition in xenia.photo.renditions.all()]
        assert all(default_storage.exists(name) for name in files)
        assert files
        with django_capture_on_commit_callbacks(execute=True):
            finish([scope], end, monkeypatch)
            if end == "expires":
                call_command("torv_tick", verbosity=0)
        assert not any(default_storage.exists(name) for name in files)
        assert Client().get(photo_url(xenia.pk)).status_code == 404


@pytest.mark.parametrize("major", [8, 9])
def test_elasticsearch_tells_nothing_of_a_story_after_its_end(
    pages: None, group: Entry, monkeypatch: pytest.MonkeyPatch, major: int
) -> None:
    index_everything()
    with elasticsearch_at(node_address(major)):
        in_step()
        index = indexes.current()
        assert index is not None
        held = elastic.for_writing().search(index=index.name, size=100)["hits"]["hits"]
        assert held
        stored = [("index", json.dumps([dict(hit) for hit in held]))]
        assert [sign for scope in Scope for sign in found(stored, scope)] == []
        search = "/api/search/?q=stemmen"
        answer = json.loads(body(Client().get(search)))
        assert (answer["engine"], answer["total"], answer["degraded"]) == ("elasticsearch", 1, False)
        finish([Scope.STORY], "withdrawn", monkeypatch)
        assert json.loads(body(Client().get(search)))["total"] == 0


def index_everything() -> None:
    for searchable in registry.searchables():
        indexing.refresh(searchable, list(searchable.keys()))
