"""Every public template, by turns in three languages and two themes: WCAG 2.2 AA, 320 px, the keyboard."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from cms_blocks.models import SiteFrame

from .public_pages import NO_PAGES, THEMES, WAGTAILS, Shown, addresses, error_pages, public_names, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


TILES = {"TILE_URL": "https://tiles.example.org/{z}/{x}/{y}.png", "TILE_ATTRIBUTION": "© Kort"}
#: What reaches beyond the edge, the innermost first.
WIDE = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((part) => part.getBoundingClientRect().right > 320)
  .map((part) => part.outerHTML.slice(0, 120)).reverse().slice(0, 3)"""
FAULTS = "status of (400|404|500|503)"


def test_every_public_address_is_looked_at(demo: None) -> None:
    looked_at = set(addresses())
    assert public_names() <= looked_at | NO_PAGES | WAGTAILS, "name it in public_pages.addresses"
    assert public_names() >= NO_PAGES | WAGTAILS
    assert {page.theme for page in shown()} == set(THEMES)


def visits(page: Page, pages: Iterable[Shown]) -> Iterator[Shown]:
    """Opens one after the other, each in its theme."""
    page.watch.allow(FAULTS)  # type: ignore[attr-defined]
    for one in sorted(pages, key=lambda one: one.theme):
        SiteFrame.objects.update(theme=one.theme)
        if one.content:
            page.route(f"**{one.address}", answer(one.content))
        page.goto(one.address)
        yield one


def answer(content: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8")


def test_no_template_breaks_a_rule(
    demo: None, browser_page: Page, assert_accessible: Callable[[Page], None], settings: Any
) -> None:
    """Also with everything unfolded: the list of languages, filters, accordions."""
    settings.TORV_DIRECTORY = TILES
    has_map = has_pdf = False
    for one in visits(browser_page, [*shown(), *error_pages(THEMES[0])]):
        assert one.content or one.theme in (
            browser_page.locator("link[rel=stylesheet]").last.get_attribute("href") or ""
        )
        browser_page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        try:
            assert_accessible(browser_page)
        except AssertionError as fault:
            raise AssertionError(f"{one.name} {one.address}: {fault}") from fault
        if one.name.endswith(".shortlist"):
            expect(browser_page.locator(".torv-shortlist__entry")).to_have_count(2)
        has_map = has_map or browser_page.locator(".torv-map__note").count() > 0
        has_pdf = has_pdf or browser_page.locator("a[href*='pdf']").count() > 0
    assert has_map
    assert has_pdf


def test_nothing_is_cut_off_or_scrolls_sideways_at_320_pixels(demo: None, phone_page: Page) -> None:
    phone_page.set_viewport_size({"width": 320, "height": 640})
    too_wide = {}
    for one in visits(phone_page, [*shown(), *error_pages(THEMES[1])]):
        if phone_page.evaluate("document.documentElement.scrollWidth") > 320:
            too_wide[one.name] = (one.address, phone_page.evaluate(WIDE))
    assert too_wide == {}


def test_the_keyboard_alone_is_enough(demo: None, browser_page: Page) -> None:
    """From the skip link to the search, to a filter, to an entry: focus is always visible on the way."""
    browser_page.goto("/da/vejviser/")
    browser_page.keyboard.press("Tab")
    skip = browser_page.locator(":focus")
    expect(skip).to_have_attribute("href", "#main")
    expect(skip).to_be_in_viewport()
    browser_page.keyboard.press("Enter")
    for _ in range(40):
        browser_page.keyboard.press("Tab")
        assert outline_width(browser_page) > 0, browser_page.evaluate("document.activeElement.outerHTML")
        if browser_page.evaluate("document.activeElement.id") == "torv-entry_kind-network":
            break
    else:
        pytest.fail("The filter cannot be reached with the Tab key.")
    browser_page.keyboard.press("Space")
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("#torv-entry_kind-network")).to_be_checked()
    expect(browser_page.locator(".torv-hit")).to_have_count(7)


def outline_width(page: Page) -> float:
    """The focused element's outline, or that of its label where the box itself is drawn by it (pixels)."""
    return float(
        page.evaluate(
            """() => {
              const element = document.activeElement;
              const label = element.id && document.querySelector(`label[for="${element.id}"]`);
              const styles = [getComputedStyle(element)];
              if (label) styles.push(getComputedStyle(label, "::before"), getComputedStyle(label));
              return Math.max(...styles.map((style) =>
                style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)));
            }"""
        )
    )


def test_every_page_works_without_javascript(demo: None, browser_page: Page, live_address: str) -> None:
    context = browser_page.context.browser.new_context(java_script_enabled=False, base_url=live_address)  # type: ignore[union-attr]
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/da/vejviser/")
    page.locator("details.torv-facet summary").first.click()
    page.locator("label[for=torv-entry_kind-network]").click()
    page.locator(".torv-facets__submit button").click()
    expect(page.locator(".torv-hit")).to_have_count(7)
    context.close()
