"""A citizen proposes a theme on a phone and reads the month."""

import pytest
from playwright.sync_api import expect

from cms_blocks.models import Theme
from tests.cms_blocks import events

pytestmark = pytest.mark.browser


def test_a_theme_is_proposed_on_a_phone(home, phone_page, assert_accessible, monkeypatch):
    monkeypatch.setattr("cms_blocks.public_forms.FASTEST", -1)
    edition = events.edition(events.series(home))
    phone_page.goto(edition.url)
    assert_accessible(phone_page)
    phone_page.get_by_role("link", name="Foreslå et tema").click()
    phone_page.get_by_label("Dit tema eller spørgsmål").fill("Søvn")
    phone_page.get_by_label("Mere om det").fill("Ring 22334455")
    phone_page.get_by_role("button", name="Send temaet").click()
    assert_accessible(phone_page)
    expect(phone_page.get_by_label("Mere om det")).to_have_value("Ring 22334455")
    phone_page.get_by_label("Mere om det").fill("Hvordan får vi mere af den?")
    phone_page.get_by_role("button", name="Send temaet").click()
    expect(phone_page.locator("h1")).to_have_text("Tak for dit tema")
    assert phone_page.context.cookies() == []
    assert Theme.objects.get().title == "Søvn"


def test_the_month_can_be_read_on_a_phone(home, phone_page, assert_accessible):
    begins = events.soon(3)
    events.event(home, title="Foredrag", starts_at=begins)
    index = events.index(home)
    phone_page.goto(f"{index.url}?view=month&month={begins:%Y-%m}")
    assert_accessible(phone_page)
    expect(phone_page.get_by_role("link", name="Foredrag")).to_be_visible()
    assert phone_page.evaluate("document.documentElement.scrollWidth") == 360
