"""The proof: what a private person agreed to is shown while it holds, and nowhere afterwards."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, Page, ReferenceIndex, Revision, Site
from wagtail_localize.models import TranslationSource

from cms_blocks.models import Consent, PrivatePerson, Scope, SiteFrame
from cms_blocks.person_photos import photo_url
from directory.models import Entry, EntryContact, TeamMember
from directory.pages.models import DirectoryPage
from search.engines.elastic import client as elastic
from search.engines.elastic import indexes
from search.models import DocumentFacet, SearchDocument
from tests.cms_blocks.factories import image
from tests.search.conftest import elasticsearch_at, in_step, node_address

from .conftest import MakeEntry, index_entries, translate
from .test_admin import form, rows

NAME, PHONE, EMAIL = "Xenia Qvistgaardsen", "+4560708090", "xenia.qv@privat.example"
#: How each is printed, and what else would betray it.
SIGNS = {
    "name": ("Xenia", "Qvistgaardsen"),
    "phone": ("60 70 80 90", "60708090"),
    "mail": ("xenia.qv",),
    "photo": ("xq-photo", "persons/photo/", "/media/images/person-"),
}
ALL = tuple(sign for signs in SIGNS.values() for sign in signs)
LIST = "wagtailsnippets_torv_directory_entry"
PERSONS = "wagtailsnippets_torv_blocks_privateperson"


def agree(person: PrivatePerson, *scopes: str, **fields: Any) -> list[Consent]:
    today = timezone.localdate()
    dates = {"given_on": today - timedelta(days=10), "expires_on": today + timedelta(days=400)}
    return [Consent.objects.create(person=person, scope=scope, **{**dates, **fields}) for scope in scopes]


@pytest.fixture
def xenia(db: None) -> PrivatePerson:
    return PrivatePerson.objects.create(name=NAME, phone=PHONE, email=EMAIL, photo=image("xq-photo"))


@pytest.fixture
def group(xenia: PrivatePerson, make_entry: MakeEntry, locales: dict[str, Locale]) -> Entry:
    """She is its contact and in its team; it is published, with versions, and translated."""
    entry = make_entry("Gruppen", phone="+4586123456", external_id="7", cities=("Aarhus",))
    EntryContact.objects.create(entry=entry, person=xenia, role="Tovholder")
    TeamMember.objects.create(entry=entry, person=xenia, role="Medlem")
    Entry.objects.get(pk=entry.pk).save_revision().publish()
    translate(Entry.objects.get(pk=entry.pk), locales["de"], name="Gruppe")
    return Entry.objects.get(pk=entry.pk)


def user_with(name: str, *codenames: str) -> Client:
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user = User.objects.create_user(name, email=f"{name}@torvkoebing.example")
    user.groups.add(group)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def plain_editor(db: None) -> Client:
    """May do everything with entries, and nothing with private persons."""
    return user_with("plain", "add_entry", "change_entry", "publish_entry", "delete_entry", "view_entry")


@pytest.fixture
def keeper(db: None) -> Client:
    persons = [f"{verb}_privateperson" for verb in ("add", "change", "delete", "view")]
    return user_with("keeper", "add_entry", "change_entry", "publish_entry", *persons, "view_consent")


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode("utf-8", "replace"))


def public_outputs(group: Entry) -> Iterator[tuple[str, str]]:
    """Every address at which anybody reads something of the entry."""
    reader = Client()
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1) if page.url]
    below = [f"{page.url}{group.slug}/" for page in DirectoryPage.objects.live()]
    calendars = [f"{url}calendar/" for url in (*below, *(page.url for page in DirectoryPage.objects.live()))]
    others = ["/sitemap.xml", f"{reverse('torv_search:results')}?q=gruppen", "/da/vejviser/?q=gruppen"]
    for url in (*pages, *below, *calendars, *others, f"/da/contact/{group.translation_key}/"):
        response = reader.get(url)
        assert response.status_code in (200, 404), url
        yield url, body(response)


def desk_outputs(desk: Client, group: Entry) -> Iterator[tuple[str, str]]:
    """What somebody who keeps entries, but no private persons, can open in the admin."""
    revision = group.latest_revision
    names = ["edit", "history", "usage", "preview_on_edit"]
    urls = [reverse(f"{LIST}:{name}", args=[group.pk]) for name in names]
    urls += [reverse(f"{LIST}:list"), f"{reverse(f'{LIST}:list')}?export=csv"]
    urls.append(reverse(f"{LIST}:revisions_view", args=[group.pk, revision.pk]))
    urls.append(reverse(f"{LIST}:revisions_compare", args=[group.pk, "earliest", "latest"]))
    for url in urls:
        response = desk.get(url)
        assert response.status_code == 200, url
        yield url, body(response)


def stored_copies() -> Iterator[tuple[str, str]]:
    """Rows that hold copies of what was written."""
    for model in (SearchDocument, DocumentFacet, Revision, ModelLogEntry, ReferenceIndex, TranslationSource):
        yield model._meta.label, json.dumps(list(model._default_manager.values()), default=str)


def betrayed(outputs: Iterator[tuple[str, str]], signs: tuple[str, ...] = ALL) -> list[tuple[str, str]]:
    return [(place, sign) for place, words in outputs for sign in signs if sign in words]


def entry_page(group: Entry) -> str:
    return body(Client().get(f"/da/vejviser/{group.slug}/"))


@pytest.mark.parametrize("scope", ["name", "phone", "mail"])
@pytest.mark.parametrize("end", ["expires", "withdrawn"])
def test_each_scope_is_shown_while_it_holds_and_nowhere_afterwards(
    german_page: DirectoryPage, group: Entry, xenia: PrivatePerson, plain_editor: Client, scope: str, end: str
) -> None:
    [consent] = agree(xenia, scope)
    others = tuple(sign for name, signs in SIGNS.items() if name != scope for sign in signs)
    shown = entry_page(group)
    assert SIGNS[scope][0] in shown
    assert not [sign for sign in others if sign in shown]
    if end == "expires":
        consent.expires_on = timezone.localdate()
    else:
        consent.withdrawn_on = timezone.localdate()
    consent.save()
    index_entries()
    assert betrayed(public_outputs(group)) == []
    assert betrayed(desk_outputs(plain_editor, group)) == []
    assert betrayed(stored_copies()) == []


@pytest.mark.parametrize("major", [8, 9])
def test_elasticsearch_holds_no_name_even_while_everything_is_agreed_to(
    german_page: DirectoryPage, group: Entry, xenia: PrivatePerson, major: int
) -> None:
    agree(xenia, *Scope.values)
    index_entries()
    with elasticsearch_at(node_address(major)):
        in_step()
        index = indexes.current()
        assert index is not None
        hits = elastic.for_writing().search(index=index.name, size=100)["hits"]["hits"]
        assert len(hits) >= 2
        assert not [sign for sign in ALL if sign in json.dumps([dict(hit) for hit in hits])]
        assert betrayed(iter([("list", body(Client().get("/da/vejviser/?q=gruppen")))])) == []
    assert betrayed(stored_copies()) == []


def test_the_team_shows_who_agreed_to_name_and_membership(
    directory_page: DirectoryPage, group: Entry, xenia: PrivatePerson
) -> None:
    group.contacts.all().delete()
    agree(xenia, Scope.NAME)
    assert "Xenia" not in entry_page(group)
    agree(xenia, Scope.MEMBERSHIP)
    page = entry_page(group)
    assert "Xenia" in page
    assert "60 70 80 90" not in page


def test_a_photo_needs_its_own_consent_and_the_name(
    directory_page: DirectoryPage, group: Entry, xenia: PrivatePerson
) -> None:
    agree(xenia, Scope.PHOTO)
    assert "persons/photo/" not in entry_page(group)
    agree(xenia, Scope.NAME)
    assert photo_url(xenia.pk) in entry_page(group)


def test_employment_and_public_office_need_no_dates(xenia: PrivatePerson) -> None:
    agree(xenia, Scope.NAME, basis="employment", given_on=None, expires_on=None)
    agree(xenia, Scope.PHONE, given_on=None, expires_on=None)
    assert [consent.scope for consent in Consent.objects.valid()] == ["name"]


def test_the_queries_of_a_page_do_not_grow_with_its_persons(
    directory_page: DirectoryPage, group: Entry, xenia: PrivatePerson
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            entry_page(group)
        return len(captured)

    agree(xenia, Scope.NAME, Scope.PHOTO)
    entry_page(group)
    before = count()
    for number in range(3):
        other = PrivatePerson.objects.create(name=f"Else {number}", photo=image(f"else-{number}"))
        agree(other, Scope.NAME, Scope.PHOTO)
        EntryContact.objects.create(entry=group, person=other)
    assert "Else 2" in entry_page(group)
    assert count() == before


def test_only_who_keeps_persons_sees_and_chooses_them(
    group: Entry, xenia: PrivatePerson, plain_editor: Client, keeper: Client
) -> None:
    edit = reverse(f"{LIST}:edit", args=[group.pk])
    assert f"Person {xenia.pk} (hidden)" in body(plain_editor.get(edit))
    assert NAME in body(keeper.get(edit))
    chooser = "wagtailsnippetchoosers_torv_blocks_privateperson"
    urls = [
        reverse(f"{PERSONS}:list"),
        reverse(f"{PERSONS}:edit", args=[xenia.pk]),
        reverse(f"{PERSONS}:inspect", args=[xenia.pk]),
        reverse(f"{chooser}:choose"),
        reverse(f"{chooser}:choose_results"),
        reverse(f"{chooser}:chosen", args=[xenia.pk]),
    ]
    for url in urls:
        refused = plain_editor.get(url)
        assert refused.status_code in (302, 403), url
        assert NAME not in body(refused)
        assert NAME in body(keeper.get(url)), url
    assert NAME in body(keeper.get(f"{reverse(f'{chooser}:choose_results')}?q=xenia"))
    assert NAME not in body(keeper.get(f"{reverse(f'{chooser}:choose_results')}?q=bodil"))


def sent_form(client: Client, url: str, **words: str) -> Any:
    with time_machine(seconds=-10):
        stamp = client.get(url).context["form"].fields["stamp"].initial
    data = {
        "stamp": stamp,
        "homepage": "",
        "email": "laeser@post.example",
        "message": "Må jeg komme?",
        **words,
    }
    return client.post(url, data, HTTP_ORIGIN="http://testserver")


@contextmanager
def time_machine(seconds: int) -> Iterator[None]:
    """The clock of the signatures, moved."""
    now = time.time() + seconds
    with mock.patch("django.core.signing.time.time", return_value=now):
        yield


def test_a_message_reaches_the_contact_whose_address_nobody_sees(
    directory_page: DirectoryPage, group: Entry, mailoutbox: list[Any]
) -> None:
    url = f"/da/contact/{group.translation_key}/"
    client = Client(enforce_csrf_checks=True)
    assert url in entry_page(group)
    wrong = sent_form(client, url, email="nobody")
    assert "Må jeg komme?" in body(wrong)
    assert mailoutbox == []
    answer = sent_form(client, url, name="Kim")
    assert answer.status_code == 303, "loading the page anew must not send it again"
    answer = body(client.get(answer["Location"]))
    [mail] = mailoutbox
    assert (mail.to, mail.reply_to) == ([EMAIL], ["laeser@post.example"])
    assert "Må jeg komme?" in mail.body
    assert not [sign for sign in ALL if sign in answer]
    assert "Må jeg komme?" not in answer


def test_a_message_that_cannot_be_sent_is_kept_in_the_form(
    directory_page: DirectoryPage, group: Entry, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with mock.patch("directory.relay.EmailMessage.send", side_effect=OSError(f"no route to {EMAIL}")):
        answer = sent_form(client, f"/da/contact/{group.translation_key}/")
    assert "Må jeg komme?" in body(answer)
    assert answer.context["failed"]
    assert not [sign for sign in ALL if sign in caplog.text]


@pytest.mark.parametrize(
    ("agreed", "taken_back", "is_relayed"),
    [
        ((), (), True),
        ((Scope.NAME, Scope.EMAIL), (), True),
        ((Scope.NAME,), (Scope.NAME,), False),
        ((Scope.NAME, Scope.EMAIL), (Scope.NAME, Scope.EMAIL), False),
        ((Scope.NAME, Scope.EMAIL), (Scope.EMAIL,), False),
        ((Scope.NAME, Scope.PHONE), (Scope.PHONE,), True),
    ],
)
def test_nothing_is_forwarded_to_who_took_it_back(
    directory_page: DirectoryPage,
    group: Entry,
    xenia: PrivatePerson,
    agreed: tuple[str, ...],
    taken_back: tuple[str, ...],
    is_relayed: bool,
) -> None:
    agree(xenia, *agreed)
    xenia.consents.filter(scope__in=taken_back).update(withdrawn_on=timezone.localdate())
    status = Client().get(f"/da/contact/{group.translation_key}/").status_code
    assert status == (200 if is_relayed else 404)
    assert ("/contact/" in entry_page(group)) == is_relayed


def test_the_next_contact_is_written_to_or_the_municipality_is_named(
    directory_page: DirectoryPage, group: Entry, xenia: PrivatePerson, mailoutbox: list[Any]
) -> None:
    SiteFrame.objects.create(site=Site.objects.get(), name="Torvkøbing", email="post@torvkoebing.example")
    Entry.objects.update(phone="")
    agree(xenia, Scope.NAME, withdrawn_on=timezone.localdate())
    facts_only = entry_page(group).split("</main>")[0]
    assert "post@torvkoebing.example" in facts_only
    other = PrivatePerson.objects.create(name="Bodil Friis", email="bodil@privat.example")
    EntryContact.objects.create(entry=group, person=other, sort_order=1)
    assert "post@torvkoebing.example" not in entry_page(group).split("</main>")[0]
    sent_form(Client(enforce_csrf_checks=True), f"/da/contact/{group.translation_key}/")
    assert [mail.to for mail in mailoutbox] == [["bodil@privat.example"]]


def test_a_mailbox_is_shown_unless_the_form_is_chosen(
    directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    entry = make_entry("Kontoret", email="kontor@gruppe.example")
    assert "kontor@gruppe.example" in entry_page(entry)
    assert Client().get(f"/da/contact/{entry.translation_key}/").status_code == 404
    Entry.objects.update(contact_by="relay")
    page = entry_page(entry)
    assert "kontor@" not in page
    assert f"/da/contact/{entry.translation_key}/" in page


def test_an_owner_changes_the_own_entry_alone_and_puts_nobody_there(
    group: Entry, xenia: PrivatePerson, make_entry: MakeEntry
) -> None:
    owner = user_with("owner", "change_own_entry")
    own = make_entry("Min gruppe", owner=User.objects.get(username="owner"))
    listed = body(owner.get(reverse(f"{LIST}:list")))
    assert "Min gruppe" in listed
    assert "Gruppen" not in listed
    assert owner.get(reverse(f"{LIST}:edit", args=[group.pk])).status_code == 302
    sent = form(name="Min gruppe 2", **rows("contacts", {"person": xenia.pk, "role": ""}))
    edit = reverse(f"{LIST}:edit", args=[own.pk])
    answer = owner.post(edit, sent)
    assert "You may not choose private persons" in body(answer)
    owner.post(edit, form(name="Min gruppe 2"))
    assert Entry.objects.get(pk=own.pk).get_latest_revision_as_object().name == "Min gruppe 2"
