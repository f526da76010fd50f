"""361 real contact points, imported by the one command, are searched and filtered in the German directory."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from bench.contact_points import MAP
from tests.conftest import need_contact_points

from .steps import Citizen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def contact_points(request: pytest.FixtureRequest) -> None:
    data = need_contact_points()
    request.getfixturevalue("demo")
    call_command("import_directory", str(data), "--map", str(MAP), verbosity=0)


def found_in_dresden(citizen: Citizen, words: str) -> None:
    citizen.page.goto("/de/verzeichnis/")
    citizen.page.locator("main input[name=q]").fill(words)
    citizen.page.keyboard.press("Enter")
    expect(citizen.page.locator(".torv-hit").first).to_contain_text("Dresden")


def test_they_are_found_by_town_name_and_state_and_filtered(contact_points: None, browser_page: Page) -> None:
    citizen = Citizen(browser_page, "de")
    for words in ("Selbsthilfegruppen Dresden", "Selbsthilfegruppe Dresden", "selbsthilfegruppen DRESDEN"):
        found_in_dresden(citizen, words)
    browser_page.goto("/de/verzeichnis/?q=Kontaktstelle+Sachsen")
    total = browser_page.locator(".torv-listing__count").inner_text()
    citizen.tick("place", "pirna")
    expect(browser_page.locator(".torv-hit").first).to_contain_text("Pirna")
    assert browser_page.locator(".torv-listing__count").inner_text() != total
    browser_page.locator(".torv-hit__title a").first.click()
    expect(browser_page.locator("main")).to_contain_text("+49")
    browser_page.go_back()
    expect(browser_page.locator("#torv-place-pirna")).to_be_checked()
