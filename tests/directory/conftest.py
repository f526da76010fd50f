"""A small site in Danish and German with a directory page in both, and entries made to measure."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.models import Locale, Page, Site
from wagtail.users.models import UserProfile

from cms_blocks.models import Topic
from cms_blocks.pages.models import HomePage
from directory.models import Entry, EntryTopic, Location
from directory.pages.models import DirectoryPage
from search import indexing, registry

MakeEntry = Callable[..., Entry]
MakeTopic = Callable[..., Topic]


@pytest.fixture
def locales(db: None) -> dict[str, Locale]:
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("da", "de", "en")}


@pytest.fixture
def site(locales: dict[str, Locale]) -> Site:
    """The default site; its home page is live in Danish and German."""
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Torvkøbing", slug="torvkoebing", locale=locales["da"]))
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    published_translation(home, locales["de"], title="Torvkøbing auf Deutsch")
    return site


@pytest.fixture
def directory_page(site: Site) -> DirectoryPage:
    return site.root_page.add_child(instance=DirectoryPage(title="Vejviser", slug="vejviser"))


@pytest.fixture
def german_page(directory_page: DirectoryPage, locales: dict[str, Locale]) -> DirectoryPage:
    return published_translation(directory_page, locales["de"], title="Verzeichnis", slug="verzeichnis")


def published_translation(page: Page, locale: Locale, **fields: Any) -> Any:
    translated = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    return type(page).objects.get(pk=translated.pk)


@pytest.fixture
def make_entry(locales: dict[str, Locale]) -> MakeEntry:
    """`make_entry("Sorggruppen", cities=("Aarhus",), topics=(topic,), locale="da")`, live."""

    def make(
        name: str = "Sorggruppen",
        *,
        locale: str = "da",
        cities: Sequence[str] = (),
        topics: Sequence[Topic] = (),
        **fields: Any,
    ) -> Entry:
        entry = Entry(name=name, locale=locales[locale], **{"kind": "self-help-group", **fields})
        entry.locations = [Location(city=city) for city in cities]
        entry.entry_topics = [EntryTopic(topic=topic) for topic in topics]
        entry.save()
        return entry

    return make


def translate(entry: Entry, locale: Locale, *, live: bool = True, **texts: str) -> Entry:
    row = entry.copy_for_translation(locale)
    for name, value in texts.items():
        setattr(row, name, value)
    row.live = live
    row.save()
    return row


@pytest.fixture
def make_topic(locales: dict[str, Locale]) -> MakeTopic:
    """`make_topic("Sorg", alt_labels="Tab", de="Trauer")`: a topic with a German name."""

    def make(label: str, *, de: str = "", **fields: Any) -> Topic:
        topic = Topic.objects.create(pref_label=label, locale=locales["da"], **fields)
        if de:
            row = topic.copy_for_translation(locales["de"])
            row.pref_label, row.alt_labels = de, ""
            row.save()
        return topic

    return make


def index_entries() -> None:
    searchable = registry.get("torv_directory.entry")
    indexing.refresh(searchable, list(searchable.keys()))


@pytest.fixture
def editor(db: None) -> User:
    """May write and publish entries, nothing else; uses the admin in English."""
    group = Group.objects.create(name="Directory editors")
    wanted = [
        "access_admin",
        "add_entry",
        "change_entry",
        "publish_entry",
        "delete_entry",
        "submit_translation",
    ]
    group.permissions.set(Permission.objects.filter(codename__in=wanted))
    user = User.objects.create_user("editor", password="a-long-password-for-tests")
    user.groups.add(group)
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def desk(editor: User, client: Client) -> Client:
    """A browser in which the editor is logged in."""
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client
