"""Languages: where `/` leads, languages without pages, links between translations."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms_blocks import checks_frame, frame
from tests.cms_blocks.frame_site import Town


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))


def note(html: str, code: str) -> str:
    """What the switch says of a language in which the page does not exist."""
    found = re.search(rf'<summary lang="{code}">.*?</details>', html, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[0])) if found else ""


def switch(html: str) -> dict[str, str]:
    return {code: url for url, code in re.findall(r'<a href="([^"]+)" lang="([^"]+)" hreflang=', html)}


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("de-AT,de;q=0.9,da;q=0.5", "/de/"),
        ("da", "/da/"),
        ("en,de;q=0.5", "/de/"),
        ("fr", "/da/"),
        ("*", "/da/"),
        ("not a language;q=x", "/da/"),
        ("", "/da/"),
    ],
)
def test_root_leads_to_a_language_that_has_a_home(
    town: Town, client: Client, accepted: str, home: str
) -> None:
    response = client.get("/", headers={"accept-language": accepted})

    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


def test_root_of_a_site_without_live_pages_is_not_found(town: Town, client: Client) -> None:
    Page.objects.filter(depth__gt=1).update(live=False)

    assert client.get("/", follow=True).status_code == 404


def test_language_without_pages_redirects_to_the_best_that_has_them(town: Town, client: Client) -> None:
    response = client.get("/en/", headers={"accept-language": "en,de"})

    assert (response.status_code, response["Location"]) == (302, "/de/")


def test_page_address_under_a_language_without_pages_keeps_path_and_query(town: Town, client: Client) -> None:
    response = client.get("/en/om-byen/?a=1", headers={"accept-language": "en"})

    assert (response.status_code, response["Location"]) == (302, "/da/om-byen/?a=1")


def test_address_that_no_language_knows_redirects_only_once(town: Town, client: Client) -> None:
    response = client.get("/en/a.file", headers={"accept-language": "en"})

    assert (response.status_code, response["Location"]) == (302, "/da/")


def test_language_whose_home_is_a_draft_is_treated_as_without_pages(town: Town, client: Client) -> None:
    town.home_de.unpublish()
    cache.clear()

    assert client.get("/de/")["Location"] == "/da/"


def test_languages_with_pages_are_not_redirected(town: Town, client: Client) -> None:
    assert client.get("/de/").status_code == 200
    assert client.get("/da/om-byen/").status_code == 200


def test_translations_link_to_each_other_with_a_default(town: Town, client: Client) -> None:
    html = client.get("/de/om-byen/").content.decode()

    assert alternates(html) == {
        "da": "http://testserver/da/om-byen/",
        "de": "http://testserver/de/om-byen/",
        "x-default": "http://testserver/da/om-byen/",
    }
    assert switch(html) == {"da": "/da/om-byen/", "de": "/de/om-byen/"}
    assert '<html lang="de">' in html


def test_page_without_translation_switches_to_the_home_and_has_no_alternates(
    town: Town, client: Client
) -> None:
    town.page(town.home, "Kun dansk", "kun-dansk")

    html = client.get("/da/kun-dansk/").content.decode()

    assert alternates(html) == {}
    assert switch(html) == {"da": "/da/kun-dansk/", "de": "/de/"}


def test_draft_translation_is_no_alternate(town: Town, client: Client) -> None:
    town.about_de.unpublish()

    html = client.get("/da/om-byen/").content.decode()

    assert alternates(html) == {}
    assert switch(html)["de"] == "/de/"


def test_alias_in_another_language_is_no_translation(town: Town, client: Client) -> None:
    page = town.page(town.home, "Kun dansk", "kun-dansk")
    page.copy_for_translation(town.de, alias=True)
    cache.clear()

    assert alternates(client.get("/da/kun-dansk/").content.decode()) == {}


def test_search_switches_language_and_keeps_the_words(town: Town, client: Client) -> None:
    response = client.get("/de/", follow=True)
    address = re.search(r'<form[^>]* action="([^"]+)"', response.content.decode())
    assert address

    html = client.get(address[1], {"q": "sorg"}).content.decode()

    assert set(switch(html)) == {"da", "de"}
    assert switch(html)["da"].startswith("/da/")
    assert switch(html)["da"].endswith("?q=sorg")


def test_error_page_switches_to_the_homes(town: Town, client: Client) -> None:
    html = client.get("/da/findes-ikke/").content.decode()

    assert switch(html) == {"da": "/da/", "de": "/de/"}


def test_missing_middleware_is_reported() -> None:
    with override_settings(MIDDLEWARE=["django.middleware.locale.LocaleMiddleware"]):
        (warning,) = checks_frame.check_middleware()

    assert warning.id == "torv_blocks.W025"
    assert checks_frame.check_middleware() == []


def test_a_missing_translation_is_told_in_both_languages_with_the_nearest_page(
    town: Town, client: Client
) -> None:
    page = town.page(town.about, "Kun dansk", "kun-dansk")

    html = client.get(page.url).content.decode()

    assert "Diese Seite gibt es nicht auf Deutsch. Nächstliegende Seite: Über die Stadt" in note(html, "de")
    assert "Denne side findes ikke på tysk." in note(html, "de")
    assert switch(html)["de"] == "/de/om-byen/"


def test_the_nearest_page_is_one_that_everybody_may_read(town: Town, client: Client) -> None:
    page = town.page(town.about, "Kun dansk", "kun-dansk")
    PageViewRestriction.objects.create(page=town.about_de, restriction_type=PageViewRestriction.LOGIN)

    html = client.get(page.url).content.decode()

    assert "Nächstliegende Seite: Startseite" in note(html, "de")
    assert "Über die Stadt" not in html


def test_the_switch_costs_the_same_however_deep_the_page_lies(
    town: Town, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    """Counted without the way to the page, which Wagtail asks for level by level."""
    page = town.page(town.about, "Kun dansk", "kun-dansk")
    frame.build(rf.get("/"), page)
    with CaptureQueriesContext(connection) as before:
        built = frame.build(rf.get("/"), page)
    number = len(before)
    for level in range(4):
        page = town.page(page, f"Dybere {level}", f"dybere-{level}")

    with django_assert_num_queries(number):
        deeper = frame.build(rf.get("/"), page)
    assert deeper.languages[1].nearest == built.languages[1].nearest
