"""The search field of the site suggests while one types, by keyboard; without script it is a plain field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.cms_blocks import factories
from tests.search.conftest import Colour

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(notes, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    settings.TORV_SEARCH = {"FACETS": ("colour",)}
    for code in ("da", "de", "en"):
        factories.home(code)
    names = {"red": ("Sorgrød",)}
    monkeypatch.setattr(Colour, "names", lambda self, locale: names if self.name == "colour" else {})
    notes.put("1", "Sorggruppe", facets={"colour": ("red",)})
    notes.put("2", "Støtte ved sorg")
    notes.index()


def test_the_keyboard_chooses_a_suggestion_on_the_home_page_and_among_results(
    town: None, phone_page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    page = phone_page
    page.goto("/da/")
    field = page.get_by_role("combobox")
    field.press_sequentially("sorg")
    options = page.get_by_role("option")
    expect(options).to_have_text(["Sorgrød (Colour)", "Sorggruppe", "Støtte ved sorg"])
    expect(field).to_have_attribute("aria-expanded", "true")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/da/soeg/?colour=red")
    main = page.locator("#torv-q")
    main.press_sequentially("sorggr")
    expect(options).to_have_text(["Sorggruppe"])
    main.press_sequentially("uppe")
    main.press("Enter")
    page.wait_for_url("**/da/soeg/?q=sorggruppe*")
    expect(page.get_by_role("link", name="Sorggruppe", exact=True)).to_be_visible()
