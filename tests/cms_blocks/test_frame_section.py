"""The pages of the section a reader is in."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms_blocks import frame
from tests.cms_blocks.frame_site import Town


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def of(page: Page) -> frame.SectionNavigation | None:
    return frame.build(RequestFactory().get("/da/"), Page.objects.get(pk=page.pk)).section_navigation


def titles(links: tuple[frame.Link, ...]) -> list[object]:
    """Titles in order; below each its own in a list; the reader's place has a star."""
    found: list[object] = []
    for link in links:
        found.append(f"{link.title}{'*' if link.is_current else ''}")
        if link.children:
            found.append(titles(link.children))
    return found


def test_two_levels_of_the_section_open_where_the_reader_is(town: Town) -> None:
    history = town.page(town.about, "Historie", "historie")
    museum = town.page(history, "Museum", "museum")
    deep = town.page(museum, "Billetter", "billetter")
    council = town.page(town.about, "Byråd", "byraad")
    town.page(council, "Møder", "moeder")
    town.page(town.page(town.home, "Hjælp", "hjaelp"), "Sorg", "sorg")

    at_museum, at_section, at_deep = of(museum), of(town.about), of(deep)

    assert at_museum
    assert at_museum.section.title == "Om byen"
    assert titles(at_museum.links) == ["Historie*", ["Museum*"], "Byråd"]
    assert not at_museum.is_section
    assert at_section
    assert at_section.is_section
    assert titles(at_section.links) == ["Historie", "Byråd"]
    assert at_deep
    assert titles(at_deep.links) == ["Historie*", ["Museum*"], "Byråd"]


def test_only_live_public_pages_of_the_menu_are_shown(town: Town) -> None:
    shown = town.page(town.about, "Historie", "historie")
    town.page(town.about, "Kladde", "kladde", live=False)
    town.page(town.about, "Skjult", "skjult", show_in_menus=False)
    closed = town.page(town.about, "Lukket", "lukket")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    navigation = of(shown)

    assert navigation
    assert titles(navigation.links) == ["Historie*"]


def test_the_section_is_the_one_of_the_readers_language(town: Town) -> None:
    town.page(town.about, "Historie", "historie")
    german = town.page(town.about_de, "Geschichte", "geschichte")

    navigation = of(german)

    assert navigation
    assert (navigation.section.title, navigation.section.url) == ("Über die Stadt", "/de/om-byen/")
    assert titles(navigation.links) == ["Geschichte*"]


def test_the_home_page_and_a_section_without_pages_have_none(town: Town) -> None:
    assert of(town.home) is None
    assert of(town.about) is None


def test_the_page_marks_where_the_reader_is(town: Town, client: Client) -> None:
    history = town.page(town.about, "Historie", "historie")
    town.page(history, "Museum", "museum")

    html = client.get("/da/om-byen/historie/museum/").content.decode()
    navigation = html.split('<nav class="torv-section-nav"')[1].split("</nav>")[0]

    assert navigation.count('<a href="/da/om-byen/historie/" aria-current="true">Historie</a>') == 2
    assert navigation.count('<a href="/da/om-byen/historie/museum/" aria-current="page">Museum</a>') == 2


def test_queries_do_not_grow_with_the_section(town: Town, client: Client) -> None:
    history = town.page(town.about, "Historie", "historie")
    town.page(history, "Museum", "museum")

    def count() -> int:
        cache.clear()
        client.get(history.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(history.url)
        return len(queries)

    before = count()
    for number in range(5):
        town.page(town.page(town.about, f"Side {number}", f"side-{number}"), "Under", "under")
        town.page(history, f"Under {number}", f"under-{number}")

    assert count() == before
