"""Addresses that entries and their directory page had before."""

import pytest
from django.core.cache import cache
from django.test import Client, TestCase
from wagtail.models import Locale, Page

from directory.models import Entry, FormerSlug
from directory.pages.models import DirectoryPage

from .conftest import MakeEntry, translate

LIST = "/da/vejviser/"


@pytest.fixture
def renamed(german_page: DirectoryPage, make_entry: MakeEntry) -> Entry:
    entry = make_entry("Sorggruppen", slug="sorg")
    entry.slug = "sorggruppen"
    entry.save()
    return entry


def leads_to(client: Client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


def test_an_old_address_leads_to_the_present_one_in_every_language(
    client: Client, renamed: Entry, locales: dict[str, Locale]
) -> None:
    translate(renamed, locales["de"], name="Trauergruppe")
    renamed.slug = "sorg-ved-aaen"
    renamed.save()

    for old in ("sorg", "sorggruppen"):
        assert leads_to(client, f"{LIST}{old}/") == (301, f"{LIST}sorg-ved-aaen/")
        assert leads_to(client, f"/de/verzeichnis/{old}/") == (301, "/de/verzeichnis/sorg-ved-aaen/")


def test_the_filter_comes_along(client: Client, renamed: Entry) -> None:
    assert leads_to(client, f"{LIST}sorg/?q=tab&next=x") == (301, f"{LIST}sorggruppen/?q=tab")


def test_an_entry_that_takes_over_the_address_wins(
    client: Client, renamed: Entry, make_entry: MakeEntry
) -> None:
    other = make_entry("Sorg i Randers", slug="sorg")
    assert leads_to(client, f"{LIST}sorg/") == (200, "")

    other.slug = "sorg-i-randers"
    other.save()
    assert leads_to(client, f"{LIST}sorg/") == (301, f"{LIST}sorg-i-randers/")


def test_an_entry_may_take_its_old_address_back(client: Client, renamed: Entry) -> None:
    renamed.slug = "sorg"
    renamed.save()

    assert leads_to(client, f"{LIST}sorg/") == (200, "")
    assert leads_to(client, f"{LIST}sorggruppen/") == (301, f"{LIST}sorg/")


def test_an_entry_that_is_not_public_is_not_found_at_its_old_address(client: Client, renamed: Entry) -> None:
    renamed.live = False
    renamed.save()

    assert leads_to(client, f"{LIST}sorg/") == (404, "")


def test_the_address_of_a_draft_is_forgotten(directory_page: DirectoryPage, make_entry: MakeEntry) -> None:
    draft = make_entry("Kladde", slug="kladde", live=False)
    draft.slug = "ny-kladde"
    draft.save()
    draft.save(update_fields=["name"])

    assert not FormerSlug.objects.exists()


def test_publishing_a_new_slug_keeps_the_old_address(
    client: Client, directory_page: DirectoryPage, make_entry: MakeEntry
) -> None:
    entry = make_entry("Sorggruppen", slug="sorg", phone="+4586123456", kind="contact-point")
    entry.slug = "sorggruppen"
    revision = entry.save_revision()
    assert leads_to(client, f"{LIST}sorg/") == (200, "")

    revision.publish()
    assert leads_to(client, f"{LIST}sorg/") == (301, f"{LIST}sorggruppen/")


def test_a_renamed_directory_page_takes_its_entries_along(client: Client, renamed: Entry) -> None:
    page = Page.objects.get(slug="vejviser").specific
    page.slug = "find-hjaelp"
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    cache.clear()

    assert leads_to(client, LIST) == (301, "/da/find-hjaelp/")
    assert leads_to(client, f"{LIST}sorggruppen/") == (301, "/da/find-hjaelp/sorggruppen/")
