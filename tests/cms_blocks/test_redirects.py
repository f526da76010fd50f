"""Old addresses of pages that were renamed or moved."""

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client, TestCase, modify_settings, override_settings
from wagtail.models import Page

from cms_blocks import checks_frame
from tests.cms_blocks.frame_site import Town

MIDDLEWARE = "wagtail.contrib.redirects.middleware.RedirectMiddleware"


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def leads_to(client: Client, address: str) -> tuple[int, str]:
    cache.clear()
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


def rename(page: Page, slug: str) -> None:
    renamed = Page.objects.get(pk=page.pk).specific
    renamed.slug = slug
    with TestCase.captureOnCommitCallbacks(execute=True):
        renamed.save_revision().publish()


def test_a_renamed_page_and_those_below_are_found_at_their_old_addresses(town: Town, client: Client) -> None:
    town.page(town.about, "Historie", "historie")

    rename(town.about, "byen")
    rename(town.about, "vores-by")

    for old in ("om-byen", "byen"):
        assert leads_to(client, f"/da/{old}/") == (301, "/da/vores-by/")
        assert leads_to(client, f"/da/{old}/historie/?q=1") == (301, "/da/vores-by/historie/")
    assert leads_to(client, "/de/om-byen/") == (200, "")


def test_a_renamed_translation_is_found_in_its_language(town: Town, client: Client) -> None:
    rename(town.about_de, "ueber-die-stadt")

    assert leads_to(client, "/de/om-byen/") == (301, "/de/ueber-die-stadt/")
    assert leads_to(client, "/da/om-byen/") == (200, "")


def test_a_moved_tree_is_found_at_its_old_addresses(town: Town, client: Client) -> None:
    town.page(town.about, "Historie", "historie")
    culture = town.page(town.home, "Kultur", "kultur")

    Page.objects.get(pk=town.about.pk).move(Page.objects.get(pk=culture.pk), pos="last-child")

    assert leads_to(client, "/da/om-byen/") == (301, "/da/kultur/om-byen/")
    assert leads_to(client, "/da/om-byen/historie/") == (301, "/da/kultur/om-byen/historie/")


def test_a_page_with_many_addresses_below_it_can_be_renamed_and_back(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Page, "get_route_paths", lambda page: ["/", *(f"/{n}/" for n in range(1500))])

    rename(town.about, "byen")
    assert leads_to(client, "/da/om-byen/1499/") == (301, "/da/byen/")
    rename(town.about, "om-byen")
    rename(town.about, "vores-by")
    assert leads_to(client, "/da/om-byen/1499/") == (301, "/da/vores-by/")
    assert leads_to(client, "/da/byen/7/") == (301, "/da/vores-by/")


def test_a_new_page_at_an_old_address_wins(town: Town, client: Client) -> None:
    rename(town.about, "byen")
    town.page(town.home, "Om byen, ny", "om-byen")

    assert leads_to(client, "/da/om-byen/") == (200, "")


def test_a_site_that_follows_no_redirects_is_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    def warned() -> list[str]:
        return [str(warning.id) for warning in checks_frame.check_redirects()]

    assert warned() == []
    with modify_settings(MIDDLEWARE={"remove": [MIDDLEWARE]}):
        assert warned() == ["torv_blocks.W027"]
    with override_settings(WAGTAILREDIRECTS_AUTO_CREATE=False):
        assert warned() == ["torv_blocks.W027"]
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "wagtail.contrib.redirects")
    assert warned() == ["torv_blocks.W027"]
