"""Finding a topic with the keyboard, and leaving a page about a sensitive one, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale, Site

from cms_blocks.models import CrisisNumber
from directory.pages.models import DirectoryPage, TopicIndexPage

from .conftest import MakeTopic, published_translation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def topics(
    directory_page: DirectoryPage, site: Site, make_topic: MakeTopic, locales: dict[str, Locale]
) -> None:
    site.root_page.refresh_from_db()
    index = site.root_page.add_child(instance=TopicIndexPage(title="Emner", slug="emner"))
    published_translation(index, locales["de"], title="Themen", slug="themen")
    mind = make_topic("Psyke", de="Psyche")
    make_topic("Sorg og tab", de="Trauer", alt_labels="dødsfald")
    make_topic("Sorg hos børn", de="Trauer bei Kindern", broader=mind)
    make_topic("Vold", de="Gewalt", is_sensitive=True)
    CrisisNumber.objects.create(name="Alarmcentralen", phone="112", locale=locales["da"])


def test_the_keyboard_finds_a_topic(
    topics: None, phone_page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    page = phone_page
    page.goto("/de/themen/")
    field = page.locator("main").get_by_role("combobox")
    field.press_sequentially("trau")
    options = page.get_by_role("option")
    expect(options).to_have_text(["Trauer", "Trauer bei Kindern"])
    status = page.locator("main").get_by_role("status")
    expect(status).to_have_text("2 Themen. Wählen Sie mit den Pfeiltasten.")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(options.nth(1).get_attribute("id")))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("trau")
    field.press("ArrowUp")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trauer bei Kindern")


def test_words_are_sent_without_a_choice_and_without_a_script(
    topics: None, browser_page: Page, live_address: str, assert_accessible: Callable[[Page], None]
) -> None:
    browser_page.goto("/da/emner/")
    assert_accessible(browser_page)
    field = browser_page.locator("main").get_by_role("combobox")
    field.press_sequentially("helikopter")
    expect(browser_page.locator("main").get_by_role("status")).to_have_text("Intet emne passer.")
    field.press("Enter")
    expect(browser_page.get_by_role("heading", level=2).first).to_have_text("Intet emne hedder “helikopter”")
    browser = browser_page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, base_url=live_address)
    page = plain.new_page()
    page.goto("/da/emner/")
    page.locator("#torv-topic-q").fill("doedsfald")
    page.locator("#torv-topic-q").press("Enter")
    page.get_by_role("link", name="Sorg og tab").click()
    expect(page.locator("h1")).to_have_text("Sorg og tab")
    plain.close()


def test_leaving_takes_the_page_out_of_the_history(
    topics: None,
    phone_page: Page,
    live_address: str,
    assert_accessible: Callable[[Page], None],
    settings: Any,
) -> None:
    settings.TORV_BLOCKS = {"QUICK_EXIT_URL": f"{live_address}/en-us/nothing"}
    page = phone_page
    page.watch.allow("status of 404")  # type: ignore[attr-defined]
    for leave in ("click", "escape"):
        page.goto("/da/emner/")
        page.goto("/da/emner/vold/")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Forlad siden")
        if leave == "click":
            page.keyboard.press("Enter")
        else:
            for _ in range(3):
                page.keyboard.press("Escape")
        page.wait_for_url("**/en-us/nothing*")
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Emner")
