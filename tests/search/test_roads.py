"""Every road into and out of the index, through real transactions, and each rolled back without a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms_blocks.models import Topic
from cms_blocks.pages.models import StandardPage
from directory.models import Entry, EntryKind, EntryTopic, Location
from directory.pages.models import DirectoryPage
from search import engines
from search.models import DocumentFacet, OutboxRow, SearchDocument
from search.query import Query
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Town:
    """A small site with a section, pages below it, and an entry in the directory."""

    home: Any
    section: Any
    page: StandardPage
    topic: Topic
    entry: Entry
    directory: DirectoryPage
    site: Site = field(init=False)

    def __post_init__(self) -> None:
        self.site = Site.objects.get(is_default_site=True)

    def fresh(self) -> Town:
        """The same rows as the database has them."""
        rows = {
            name: getattr(self, name) for name in ("home", "section", "page", "topic", "entry", "directory")
        }
        return Town(**{name: type(row).objects.get(pk=row.pk) for name, row in rows.items()})

    def found(self, text: str, locale: str = "da") -> list[str]:
        results = engines.search(Query(text=text, locale=locale, site=self.site, facets=("topic", "place")))
        return sorted(hit.row.title for hit in results.hits)

    def addresses(self, text: str, locale: str = "da") -> list[str]:
        return sorted(hit.url for hit in engines.search(Query(text=text, locale=locale, site=self.site)).hits)


@pytest.fixture
def town() -> Town:
    for code in ("da", "de", "en"):
        factories.locale(code)
    with transaction.atomic():
        home = factories.home()
        section = factories.section(home, title="Hjælp", slug="hjaelp")
        topic = factories.topic("Sorg", slug="sorg")
        page = factories.attach(
            factories.below(section, title="Sorgkursus", slug="sorgkursus"), topics=[topic]
        )
        directory = home.add_child(instance=DirectoryPage(title="Vejviser", slug="vejviser"))
        entry = Entry(
            name="Sorggruppen",
            kind=EntryKind.SELF_HELP_GROUP,
            summary="Vi mødes.",
            locale=home.locale,
            email="sorg@torvkoebing.example",
        )
        entry.locations = [Location(city="Torvkøbing")]
        entry.entry_topics = [EntryTopic(topic=topic)]
        entry.save()
        entry.save_revision().publish()
    return Town(home, section, Page.objects.get(pk=page.pk).specific, topic, entry, directory)


def snapshot() -> tuple[list[Any], list[Any], int]:
    documents = SearchDocument.objects.order_by("searchable", "object_key", "locale")
    facets = DocumentFacet.objects.order_by("document_id", "facet", "value")
    return (
        list(documents.values_list("id", "object_key", "locale", "title", "stored", "fingerprint")),
        list(facets.values_list("document_id", "facet", "value")),
        OutboxRow.objects.count(),
    )


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def change_restriction(town: Town) -> None:
    restriction = PageViewRestriction.objects.get()
    restriction.restriction_type = PageViewRestriction.PASSWORD
    restriction.password = "torvet"
    restriction.save()


def copy_page(town: Town) -> None:
    town.page.copy(update_attrs={"slug": "kopi", "title": "Qvartzblad"})


def rename_page(town: Town) -> None:
    town.page.title = "Trøst"
    town.page.save_revision().publish()


def add_german_page(town: Town) -> None:
    german_home = town.home.copy_for_translation(Locale.objects.get(language_code="de"))
    german_home.title = "Hilfe"
    german_home.save_revision().publish()


def alias_page(town: Town) -> None:
    town.page.create_alias(parent=town.home, update_slug="kopi")


def move_page(town: Town) -> None:
    town.section.move(town.directory, pos="last-child")


def change_slug(town: Town) -> None:
    town.section.slug = "stoette"
    town.section.save_revision().publish()


def rename_topic(town: Town) -> None:
    town.topic.pref_label = "Savn"
    town.topic.save()


def rename_place(town: Town) -> None:
    entry = Entry.objects.get(pk=town.entry.pk)
    place = entry.locations.get()
    place.city = "Nørreby"
    entry.locations = [place]
    entry.save_revision().publish()


@dataclass(frozen=True)
class Road:
    """`seen` is what a search gives; `before` and `after` the change it gives different things.

    `prepared` comes first, on its own.
    """

    change: Callable[[Town], Any]
    seen: Callable[[Town], Any]
    after: Any
    prepared: Callable[[Town], Any] = lambda town: None


ROADS = {
    "page published anew": Road(rename_page, lambda t: t.found("trøst"), ["Trøst"]),
    "translation published": Road(add_german_page, lambda t: t.found("hilfe", "de"), ["Hilfe"]),
    "page unpublished": Road(lambda t: t.page.unpublish(), lambda t: t.found("sorg"), ["Sorggruppen"]),
    "alias created": Road(
        alias_page, lambda t: t.addresses("sorgkursus"), ["/da/hjaelp/sorgkursus/", "/da/kopi/"]
    ),
    "section moved": Road(
        move_page, lambda t: t.addresses("sorgkursus"), ["/da/vejviser/hjaelp/sorgkursus/"]
    ),
    "slug of the section changed": Road(
        change_slug, lambda t: t.addresses("sorgkursus"), ["/da/stoette/sorgkursus/"]
    ),
    "page deleted": Road(lambda t: t.page.delete(), lambda t: t.found("sorg"), ["Sorggruppen"]),
    "section deleted": Road(lambda t: t.section.delete(), lambda t: t.found("sorg"), ["Sorggruppen"]),
    "page restricted": Road(lambda t: restrict(t.page), lambda t: t.found("sorg"), ["Sorggruppen"]),
    "section restricted": Road(lambda t: restrict(t.section), lambda t: t.found("sorg"), ["Sorggruppen"]),
    "restriction changed": Road(
        change_restriction,
        lambda t: [title for title in t.found("sorgkursus") if title == "Sorgkursus"],
        [],
        prepared=lambda t: restrict(t.section),
    ),
    "restriction above removed": Road(
        lambda t: PageViewRestriction.objects.get().delete(),
        lambda t: t.found("sorgkursus"),
        ["Sorgkursus"],
        prepared=lambda t: restrict(t.section),
    ),
    "copy of a restricted page": Road(
        copy_page, lambda t: t.found("qvartzblad"), [], prepared=lambda t: restrict(t.page)
    ),
    "entry unpublished": Road(lambda t: t.entry.unpublish(), lambda t: t.found("sorg"), ["Sorgkursus"]),
    "entry deleted": Road(lambda t: t.entry.delete(), lambda t: t.found("sorg"), ["Sorgkursus"]),
    "directory unpublished": Road(
        lambda t: t.directory.unpublish(), lambda t: t.found("sorg"), ["Sorgkursus"]
    ),
    "directory restricted": Road(lambda t: restrict(t.directory), lambda t: t.found("sorg"), ["Sorgkursus"]),
    "topic renamed": Road(rename_topic, lambda t: t.found("savn"), ["Sorggruppen", "Sorgkursus"]),
    "topic deleted": Road(
        lambda t: t.topic.delete(), lambda t: list(DocumentFacet.objects.filter(facet="topic")), []
    ),
    "place renamed": Road(rename_place, lambda t: t.found("nørreby"), ["Sorggruppen"]),
    "locale removed": Road(
        lambda t: Locale.objects.get(language_code="en").delete(),
        lambda t: list(SearchDocument.objects.filter(locale="en")),
        [],
    ),
}


STILL_HIDDEN = {"copy of a restricted page", "restriction changed"}
GONE_AT_ONCE = {
    "page unpublished", "page deleted", "section deleted", "page restricted", "section restricted",
    "entry unpublished", "entry deleted", "directory unpublished", "locale removed",
}  # fmt: skip


@pytest.mark.parametrize("name", ROADS)
def test_road_leaves_no_trace_when_rolled_back_and_is_followed_when_committed(town: Town, name: str) -> None:
    road = ROADS[name]
    road.prepared(town)
    stored, before = snapshot(), road.seen(town)
    assert before != road.after or name in STILL_HIDDEN
    with transaction.atomic():
        road.change(town.fresh())
        transaction.set_rollback(True)
    assert snapshot() == stored
    assert road.seen(town) == before
    with transaction.atomic():
        road.change(town.fresh())
        if name in GONE_AT_ONCE:
            assert road.seen(town) == road.after
    assert road.seen(town) == road.after
    assert not OutboxRow.objects.exists()


def test_visible_from_and_to_pass_without_a_write(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    town.entry.visible_from = now + timedelta(hours=1)
    town.entry.visible_to = now + timedelta(hours=2)
    town.entry.save_revision().publish()
    seen = []
    for minutes in (30, 90, 150):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: now + timedelta(minutes=minutes))
        seen.append(town.found("sorggruppen"))
    assert seen == [[], ["Sorggruppen"], []]


def test_a_new_locale_gets_the_documents_in_their_source_language(town: Town) -> None:
    Locale.objects.get(language_code="en").delete()
    Locale.objects.create(language_code="en")
    documents = SearchDocument.objects.filter(locale="en", searchable="torv_directory.entry")
    assert list(documents.values_list("title", "lang")) == [("Sorggruppen", "da")]
