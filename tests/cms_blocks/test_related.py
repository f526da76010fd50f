"""Pages with topics in common."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from cms_blocks.models import Topic
from cms_blocks.pages.models import HomePage, StandardPage
from cms_blocks.related import related_pages
from tests.cms_blocks import factories


@pytest.fixture
def topics(home: HomePage) -> list[Topic]:
    return [factories.topic(label) for label in ("Sorg", "Angst", "Ensomhed")]


def with_topics(home: HomePage, title: str, topics: list[Topic], **fields: object) -> StandardPage:
    return factories.attach(factories.below(home, title=title, **fields), topics=topics)


def related(page: StandardPage) -> list[str]:
    request = RequestFactory().get("/da/", headers={"host": "localhost"})
    return [card.title for card in related_pages(page, request)]


def test_most_topics_in_common_come_first_and_others_not_at_all(home: HomePage, topics: list[Topic]) -> None:
    page = with_topics(home, "Når du mister", topics[:2])
    with_topics(home, "Ét fælles", topics[1:])
    with_topics(home, "To fælles", topics)
    with_topics(home, "Intet fælles", topics[2:])
    factories.below(home, title="Uden emne")

    assert related(page) == ["To fælles", "Ét fælles"]
    assert related(factories.below(home)) == []


def test_what_not_everybody_may_read_is_never_related(home: HomePage, topics: list[Topic]) -> None:
    page = with_topics(home, "Når du mister", topics)
    with_topics(home, "Kladde", topics).unpublish()
    area = factories.section(home, title="Internt")
    with_topics(area, "Kun for ansatte", topics)
    PageViewRestriction.objects.create(page=area, restriction_type=PageViewRestriction.LOGIN)

    assert related(page) == []


def test_related_pages_are_of_the_same_language_and_site(home: HomePage, topics: list[Topic]) -> None:
    page = with_topics(home, "Når du mister", topics)
    with_topics(factories.home("de", "Marktplatz"), "Trauer", topics)
    page.create_alias(parent=home, update_slug="igen")
    elsewhere = Page.get_first_root_node().add_child(
        instance=HomePage(title="Nabo", slug="nabo", locale=home.locale)
    )
    Site.objects.create(hostname="nabo.example", root_page=elsewhere)
    with_topics(elsewhere, "Naboens sorg", topics)

    assert related(page) == []


def test_at_most_six_are_shown_with_their_kind_and_a_constant_number_of_queries(
    home: HomePage, topics: list[Topic], client: Client
) -> None:
    page = with_topics(home, "Når du mister", topics)
    with_topics(home, "Første", topics, summary="Vi lytter.")

    def count() -> int:
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    before = count()
    html = client.get(page.url).content.decode().split('<section class="torv-related"')[1]
    assert "Vi lytter." in html
    assert '<p class="torv-card__meta">Information</p>' in html
    for number in range(8):
        with_topics(home, f"Side {number}", topics)

    assert count() == before
    assert len(related(page)) == 6
