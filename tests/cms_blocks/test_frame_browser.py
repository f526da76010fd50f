"""The frame in a browser: the menu with and without script, small screens, and the rules of accessibility."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from cms_blocks import assets
from tests.browsing import watched_page
from tests.cms_blocks import factories
from tests.cms_blocks.frame_site import Town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def town(live_address: str) -> Town:
    assert assets.manifest().is_built, "run `npm ci` and `npm run build`"
    town = Town()
    town.settings(name="Torvkøbing Kommune", phone="+4570101010", email="post@torvkoebing.example")
    return town


def scrolls_sideways(page: "Page") -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_menu_opens_with_a_button_and_closes_with_escape(town: Town, phone_page: "Page") -> None:
    phone_page.goto("/da/")
    button = phone_page.locator(".torv-menu-button")
    link = phone_page.locator("#torv-menu a").first
    assert not link.is_visible()

    button.click()
    assert link.is_visible()
    assert button.get_attribute("aria-expanded") == "true"

    phone_page.keyboard.press("Escape")
    assert not link.is_visible()
    assert phone_page.evaluate("document.activeElement.className") == "torv-menu-button"


def test_menu_opens_without_script(town: Town, browser: "Browser", live_address: str) -> None:
    context = browser.new_context(
        base_url=live_address, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/da/")
    assert not page.locator("#torv-menu a").first.is_visible()

    page.locator(".torv-menu-button").click()

    assert page.locator("#torv-menu a").first.is_visible()
    context.close()


def test_first_stop_of_the_keyboard_skips_to_the_content(town: Town, browser_page: "Page") -> None:
    browser_page.goto("/da/om-byen/")

    browser_page.keyboard.press("Tab")
    assert browser_page.locator(".skipnav").is_visible()
    browser_page.keyboard.press("Enter")

    assert browser_page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("address", ["/da/", "/de/om-byen/", "/da/findes-ikke/"])
def test_pages_are_accessible_and_fit_320_pixels(
    town: Town,
    browser: "Browser",
    live_address: str,
    assert_accessible: Callable[["Page"], None],
    address: str,
) -> None:
    with watched_page(browser, live_address, width=320, height=640) as page:
        page.watch.allow("status of 404")  # type: ignore[attr-defined]
        page.goto(address)

        assert not scrolls_sideways(page)
        assert_accessible(page)


@pytest.mark.parametrize("theme", ["torvkoebing", "marktbrueck"])
def test_each_theme_has_enough_contrast(
    town: Town, browser_page: "Page", assert_accessible: Callable[["Page"], None], theme: str
) -> None:
    town.settings(theme=theme)

    browser_page.goto("/de/")

    assert f"/{theme}-" in browser_page.content()
    assert_accessible(browser_page)


def test_the_section_is_walked_with_the_keyboard_beside_the_text_and_folded_above_it(
    town: Town,
    browser_page: "Page",
    phone_page: "Page",
    assert_accessible: Callable[["Page"], None],
) -> None:
    """Structured data is on these pages too, which the policy must not complain about."""
    topic = factories.topic("Byen", code="da")
    history = town.page(town.about, "Historie", "historie")
    town.page(history, "Museum", "museum")
    for page in (history, town.about):
        factories.attach(page, topics=[topic])

    browser_page.goto("/da/om-byen/historie/")
    assert browser_page.locator("script[type='application/ld+json']").count() == 1
    navigation = browser_page.get_by_role("navigation", name="Sider i Om byen")
    text = browser_page.locator("article").bounding_box()
    links = navigation.bounding_box()
    assert text
    assert links
    assert links["x"] + links["width"] <= text["x"]
    assert browser_page.get_by_role("heading", name="Relateret indhold").is_visible()
    assert_accessible(browser_page)
    browser_page.locator(".torv-section-nav__beside .torv-section-nav__title").focus()
    for _ in range(2):
        browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/museum/")

    phone_page.goto("/da/om-byen/historie/")
    link = phone_page.locator(".torv-section-nav__folded").get_by_role("link", name="Museum")
    assert not link.is_visible()
    phone_page.locator(".torv-section-nav summary").focus()
    phone_page.keyboard.press("Enter")
    assert link.is_visible()
    assert not scrolls_sideways(phone_page)
    assert_accessible(phone_page)
