"""Case 2 of the real pages: a series and its meeting from empty, a theme from a phone, a working group."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from cms_blocks.models import Theme, ThemeStatus
from cms_blocks.pages.models import EventEditionPage, EventSeriesPage, ReportPage, SectionPage

from .steps import Editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VALUES = {"dialogisch": "Wir reden miteinander, nicht über jemanden.", "auf Augenhöhe": ""}
AUDIENCES = ("Menschen mit eigener Krisenerfahrung", "Angehörige")
PROGRAMME = {"09:30": "Ankommen und Themen sammeln", "11:00": "Arbeitsgruppen"}
THEME = "Wie laden wir Nachbarn ein?"
ROOM, HOST = "Alte Werkstatt", "Verein Offene Tür"


def new_series(editor: Editor, parent: Any) -> EventSeriesPage:
    editor.page.goto(f"/admin/pages/add/torv_pages/eventseriespage/{parent.pk}/")
    editor.page.fill("#id_title", "Netzwerktreffen Küste")
    editor.page.fill("#id_summary", "Einmal im Jahr, jedes Mal an einem anderen Ort.")
    for term, text in VALUES.items():
        editor.add_row("value_rows", term=term, text=text)
    for audience in AUDIENCES:
        editor.add_row("audience_rows", text=audience)
    editor.publish()
    return EventSeriesPage.objects.get(title="Netzwerktreffen Küste")


def new_edition(editor: Editor, series: EventSeriesPage) -> EventEditionPage:
    """The themes are collected from yesterday on, until the meeting ends."""
    page, now = editor.page, timezone.localtime()
    day = now + timedelta(days=30)
    page.goto(f"/admin/pages/add/torv_pages/eventeditionpage/{series.pk}/")
    page.fill("#id_title", f"Netzwerktreffen {day.year}")
    page.fill("#id_summary", "Ein Tag in der alten Werft.")
    page.fill("#id_year", str(day.year))
    page.locator("#id_status").select_option("open")
    page.fill("#id_host_organisation", "Verein Alte Werft")
    editor.tab("When and where")
    for name, hour in (("starts_at", "09:30"), ("ends_at", "16:00")):
        page.fill(f"#id_{name}", f"{day:%d.%m.%Y} {hour}")
    page.fill("#id_place_name", "Alte Werft")
    page.fill("#id_city", "Grenzhafen")
    editor.tab("Programme")
    for begins_at, title in PROGRAMME.items():
        editor.add_row("programme", begins_at=begins_at, title=title)
    editor.tab("Themes")
    page.fill("#id_collects_from", f"{now - timedelta(days=1):%d.%m.%Y} 08:00")
    page.fill("#id_collects_until", f"{day:%d.%m.%Y} 16:00")
    editor.preview("Alte Werft")
    editor.publish()
    edition = EventEditionPage.objects.get(title=f"Netzwerktreffen {day.year}")
    begins, ends = map(timezone.localtime, (edition.starts_at, edition.ends_at))
    assert (f"{begins:%d.%m.%Y %H:%M}", f"{ends:%H:%M}") == (f"{day:%d.%m.%Y} 09:30", "16:00")
    return edition


def propose_a_theme(page: Page, edition: EventEditionPage, assert_accessible: Callable[[Page], None]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(edition.get_url())
    for text in ("Alte Werft", "Verein Alte Werft", *PROGRAMME.values()):
        expect(page.locator("main")).to_contain_text(text)
    assert_accessible(page)
    page.get_by_role("link", name="Thema vorschlagen").click()
    page.get_by_label("Ihr Thema oder Ihre Frage").fill(THEME)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Danke für Ihr Thema")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.context.cookies() == [], "a citizen gets no cookie"


def make_a_working_group(editor: Editor, edition: EventEditionPage) -> None:
    """From the page of the meeting to its themes, and the theme to a group with a room and a host."""
    page = editor.page
    page.set_viewport_size({"width": 1280, "height": 900})
    editor.log_in()
    page.goto(reverse("wagtailadmin_pages:edit", args=[edition.pk]))
    editor.tab("Themes")
    page.locator(f"a[href$='?edition={edition.pk}']").click()
    page.get_by_role("link", name=THEME).first.click()
    page.locator("#id_status").select_option(ThemeStatus.WORKING_GROUP)
    page.fill("#id_room", ROOM)
    page.fill("#id_host", HOST)
    page.locator("footer button[type=submit]").first.click()
    expect(page.locator(".messages .success")).to_be_visible()


def report_of(editor: Editor, parent: Any, edition: EventEditionPage) -> None:
    page = editor.page
    page.goto(f"/admin/pages/add/torv_pages/reportpage/{parent.pk}/")
    page.fill("#id_title", "Was wir auf der Werft lernten")
    page.fill("#id_summary", "Eine Frage, viele Antworten.")
    editor.add_row("working_groups", number="1", question=THEME)
    page.locator("#id_edition-chooser .chooser__choose-button").first.click()
    window = page.locator(".modal-body")
    window.locator("input[name=q]").fill(edition.title)
    window.locator(".listing").get_by_role("link", name=edition.title).first.click()
    expect(window).to_have_count(0)
    editor.publish()
    assert ReportPage.objects.get(title="Was wir auf der Werft lernten").edition_id == edition.pk


def test_a_meeting_from_empty_to_a_working_group_and_its_report(
    demo: None,
    browser_page: Page,
    assert_accessible: Callable[[Page], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cms_blocks.public_forms.FASTEST", -1)
    page = browser_page
    UserProfile.objects.update_or_create(
        user=User.objects.get(username="editor"), defaults={"preferred_language": "de"}
    )
    # The admin saves by itself while the form is half written, and is told that something is missing.
    page.watch.allow("status of 400")  # type: ignore[attr-defined]
    parent = SectionPage.objects.filter(locale__language_code="de", depth=3).first()
    editor = Editor(page, "de")
    editor.log_in()
    series = new_series(editor, parent)
    edition = new_edition(editor, series)
    page.context.clear_cookies()
    propose_a_theme(page, edition, assert_accessible)
    make_a_working_group(editor, edition)
    assert Theme.objects.get(title=THEME).number == 1
    report_of(editor, parent, edition)

    page.context.clear_cookies()
    page.goto(series.get_url())
    for text in (*VALUES, *AUDIENCES):
        expect(page.locator("main")).to_contain_text(text)
    assert_accessible(page)
    page.locator("main").get_by_role("link", name=edition.title).first.click()
    for text in (THEME, ROOM, HOST, "Was wir auf der Werft lernten"):
        expect(page.locator("main")).to_contain_text(text)
    assert_accessible(page)
    calendar = page.locator("main a[href$='/calendar/']").first
    answer = page.request.get(str(calendar.get_attribute("href")))
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "Alte Werft" in answer.text()
