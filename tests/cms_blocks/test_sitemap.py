"""What search engines are offered, and what they are kept from."""

from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from cms_blocks import checks_frame
from tests.cms_blocks.frame_site import Town

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def sitemap(client: Client, host: str = "testserver") -> dict[str, dict[str, str]]:
    """Address -> its language versions."""
    response = client.get("/sitemap.xml", headers={"host": host})
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)
    return {
        url.findtext("s:loc", "", NAMES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def test_every_language_is_listed_with_its_versions(town: Town, client: Client) -> None:
    town.page(town.about, "Historie", "historie")

    versions = {
        "da": "http://testserver/da/om-byen/",
        "de": "http://testserver/de/om-byen/",
        "x-default": "http://testserver/da/om-byen/",
    }
    listed = sitemap(client)

    assert listed["http://testserver/da/om-byen/"] == listed["http://testserver/de/om-byen/"] == versions
    assert listed["http://testserver/da/om-byen/historie/"] == {}
    assert len(listed) == 5


def test_drafts_restricted_pages_and_aliases_are_left_out(town: Town, client: Client) -> None:
    town.page(town.home, "Kladde", "kladde", live=False)
    closed = town.page(town.home, "Lukket", "lukket")
    town.page(closed, "Under lukket", "under")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    town.about.create_alias(parent=town.home, update_slug="igen")

    assert set(sitemap(client)) == {
        f"http://testserver/{path}/" for path in ("da", "da/om-byen", "de", "de/om-byen")
    }


def test_a_language_without_a_live_home_page_is_left_out(town: Town, client: Client) -> None:
    town.home_de.unpublish()

    assert set(sitemap(client)) == {"http://testserver/da/", "http://testserver/da/om-byen/"}


def test_each_site_lists_its_own_pages(town: Town, client: Client) -> None:
    neighbour = town.home.get_parent().add_child(
        instance=type(town.home)(title="Nabo", slug="nabo", locale=town.da)
    )
    Site.objects.create(hostname="nabo.example", root_page=neighbour)
    cache.clear()

    assert set(sitemap(client, "nabo.example")) == {"http://nabo.example/da/"}
    assert not [url for url in sitemap(client) if "nabo" in url]


def test_queries_do_not_grow_with_pages(town: Town, client: Client) -> None:
    def count() -> int:
        sitemap(client)
        with CaptureQueriesContext(connection) as queries:
            sitemap(client)
        return len(queries)

    before = count()
    for number in range(8):
        town.page(town.about, f"Side {number}", f"side-{number}")

    assert count() == before


def test_robots_may_read_everything_but_the_admin(client: Client, town: Town) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_without_djangos_app_there_is_no_sitemap_and_a_check_says_so(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checks_frame.check_sitemap() == []
    installed = apps.is_installed
    monkeypatch.setattr(
        apps, "is_installed", lambda name: name != "django.contrib.sitemaps" and installed(name)
    )

    (warning,) = checks_frame.check_sitemap()

    assert client.get("/sitemap.xml").status_code == 404
    assert "Sitemap" not in client.get("/robots.txt").content.decode()
    assert warning.id == "torv_blocks.W028"
