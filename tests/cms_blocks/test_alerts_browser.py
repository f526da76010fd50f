"""In a real browser: alerts are accessible, announced once, and hidden without a cookie."""

import pytest
from django.utils import timezone

from cms_blocks.models import Alert
from tests.cms_blocks import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(db):
    """Before the live server's address is written into the default site."""
    for code in ("da", "de", "en"):
        factories.locale(code)
    home = factories.home()
    factories.home("de", "Marktstadt")
    return home


@pytest.fixture
def levels(home):
    """One alert of each level, the crisis translated."""
    crisis = factories.alert("Kog vandet", level="crisis", text="<p>Til fredag.</p>", link_page=home)
    factories.translated(crisis, "de", heading="Wasser abkochen")
    Alert.objects.update(updated_at=timezone.now())  # else a slow moment between the two is a later change
    factories.alert("Glatte veje", level="warning")
    factories.alert("Åbent lørdag")


def person_page(home):
    person = factories.person(
        role="Leder",
        organisation="Torvkøbing Kommune",
        area_of_responsibility="Pårørende",
        opening_hours="Mandag 10-12",
        website="https://torvkoebing.example/",
        phone="+4568002011",
    )
    return factories.attach(factories.below(home, title="Åben Dialog"), persons=[person])


def test_alerts_and_contact_cards_are_accessible_on_wide_and_narrow_screens(
    home, levels, browser_page, phone_page, assert_accessible
):
    page = person_page(home)
    for screen in (browser_page, phone_page):
        for address in ("/da/", "/de/", page.url):
            assert screen.goto(address).status == 200
            assert screen.locator(".torv-alert").count() == 3
            assert_accessible(screen)
        wide = screen.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0


def test_readers_hide_an_alert_until_it_changes_or_the_tab_is_closed(home, levels, browser_page):
    page = browser_page
    page.goto("/da/")
    urgent, status = page.locator("[data-torv-alerts-urgent]"), page.locator("[data-torv-alerts-status]")
    assert "Kog vandet" in urgent.inner_text()
    assert "Glatte veje" in status.inner_text()
    buttons = page.locator(".torv-alert__hide")
    assert buttons.count() == 2
    assert page.locator(".torv-alert--crisis .torv-alert__hide").count() == 0

    page.get_by_role("button", name="Skjul Advarsel: Glatte veje").press("Enter")
    assert page.get_by_text("Glatte veje").count() == 0
    assert "skjult" in status.inner_text()
    assert page.evaluate("document.activeElement.className") == "torv-alert__hide"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.goto("/de/")
    assert page.locator(".torv-alert").count() == 1
    assert urgent.inner_text() == ""
    assert page.context.cookies() == []

    alert = Alert.objects.get(heading="Glatte veje")
    Alert.objects.filter(pk=alert.pk).update(updated_at="2031-01-01T00:00:00Z")
    page.goto("/da/")
    assert page.locator(".torv-alert--warning .torv-alert__hide").count() == 1
    fresh = page.context.browser.new_page()
    fresh.goto(page.url)
    assert fresh.locator(".torv-alert").count() == 3
    fresh.close()


def test_without_scripts_alerts_stand_there_without_a_button(home, levels, browser, live_address):
    context = browser.new_context(base_url=live_address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/da/")
    assert page.locator(".torv-alert").count() == 3
    assert page.locator(".torv-alert button").count() == 0
    context.close()
