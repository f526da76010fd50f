"""Every public template, in three languages and both themes: WCAG 2.2 AA, 320 px, the keyboard alone."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from cms_blocks.models import SiteFrame
from cms_blocks.pages.models import HomePage, SectionPage, StandardPage
from directory.models import Entry
from directory.pages.models import DirectoryPage, TopicIndexPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ("da", "de", "en")
THEMES = ("torvkoebing", "marktbrueck")


def search_address(language: str) -> str:
    with translation.override(language):
        return reverse("torv_search:results")


def public_addresses() -> Iterator[str]:
    """One page of every template in every language that has it; the fullest of its kind."""
    for language in LANGUAGES:
        for model in (HomePage, SectionPage, StandardPage, DirectoryPage):
            pages = model.objects.live().filter(locale__language_code=language)
            if page := max(pages, key=lambda page: len(page.body), default=None):
                yield page.get_url()
        directory = DirectoryPage.objects.get(locale__language_code=language).get_url()
        entry = Entry.objects.sources().public().first()
        assert entry is not None
        yield f"{directory}{entry.slug}/"
        yield f"{directory}?entry_kind=network&entry_kind=contact-point&topic=unknown&page=x"
        yield f"{directory}?q=xyzzy"
        topics = TopicIndexPage.objects.get(locale__language_code=language).get_url()
        yield topics
        yield f"{topics}krise/"
        yield f"{topics}?q=xyzzy"
        yield search_address(language)
        yield f"{search_address(language)}?q={'group' if language == 'en' else 'gruppe'}"
        yield f"/{language}/no-such-page/"


@pytest.mark.parametrize("theme", THEMES)
def test_no_template_breaks_a_rule(
    demo: None, browser_page: Page, assert_accessible: Callable[[Page], None], theme: str
) -> None:
    browser_page.watch.allow("status of 404")  # type: ignore[attr-defined]
    SiteFrame.objects.update(theme=theme)
    for address in public_addresses():
        browser_page.goto(address)
        assert theme in (browser_page.locator("link[rel=stylesheet]").last.get_attribute("href") or "")
        assert_accessible(browser_page)


def test_nothing_is_cut_off_or_scrolls_sideways_at_320_pixels(demo: None, phone_page: Page) -> None:
    phone_page.watch.allow("status of 404")  # type: ignore[attr-defined]
    phone_page.set_viewport_size({"width": 320, "height": 640})
    for address in public_addresses():
        phone_page.goto(address)
        assert phone_page.evaluate("document.documentElement.scrollWidth") <= 320, address


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
