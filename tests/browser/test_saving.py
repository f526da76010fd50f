"""The admin saves by itself while an editor presses a button: one request at a time, nothing twice."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Route, expect

from cms_blocks.models import ContactPerson
from cms_blocks.pages.models import SectionPage, ServicePage

from .steps import Editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Wagtail compares with what a form held a while after it was loaded, and then after each save.
NOTE_THE_SAVES = """
document.addEventListener("w-unsaved:watch-edits", () => console.info("start noted"));
document.addEventListener("w-autosave:success", () => console.info("saved"));
window.addEventListener(
  "submit",
  (event) => setTimeout(() => console.info(event.defaultPrevented ? "waits" : "goes")),
  { capture: true },
);
"""


def noted(text: str) -> Callable[[ConsoleMessage], bool]:
    return lambda message: message.text == text


def saves_by_itself(request: Request) -> bool:
    return request.method == "POST" and "application/json" in request.headers.get("accept", "")


class HeldSave:
    """Holds back the first save that the admin makes by itself, and notes what is sent meanwhile."""

    def __init__(self, page: Page) -> None:
        self.held: list[Route] = []
        self.sent: list[str] = []
        self.is_open = False
        page.route("**/admin/pages/**", self._route)
        page.on("request", self._note)

    def _route(self, route: Route) -> None:
        if saves_by_itself(route.request) and not self.is_open:
            self.held.append(route)
        else:
            route.continue_()

    def _note(self, request: Request) -> None:
        if request.method == "POST":
            self.sent.append("itself" if saves_by_itself(request) else "button")

    def let_go(self) -> None:
        self.is_open = True
        self.held.pop().continue_()


def test_publishing_waits_for_the_save_under_way_and_no_row_is_kept_twice(
    demo: None, browser_page: Page
) -> None:
    parent: Any = SectionPage.objects.filter(locale__language_code="da", depth=3).first()
    editor = Editor(browser_page, "da")
    editor.log_in()
    browser_page.add_init_script(NOTE_THE_SAVES)
    with browser_page.expect_console_message(noted("start noted")):
        browser_page.goto(f"/admin/pages/add/torv_pages/servicepage/{parent.pk}/")
    browser_page.watch.allow("status of 400")  # type: ignore[attr-defined]
    browser_page.fill("#id_title", "Gem én gang")
    browser_page.fill("#id_summary", "Hver række står her én gang.")
    editor.write(browser_page.locator("[id^=panel-][id$=-audience-content]"), "Alle, der vil vide det.")
    editor.tab("Contact and places")
    editor.add_row("contact_rows")
    editor.choose("contact_rows-0-person", ContactPerson.objects.exclude(mobile="")[0].name)
    editor.tab("How it is done")
    with browser_page.expect_console_message(noted("saved")):
        browser_page.locator("#id_steps-ADD").click()
    save = HeldSave(browser_page)
    with browser_page.expect_request(saves_by_itself):
        browser_page.locator("#id_steps-0-title").press_sequentially("Ring til os", delay=100)
    browser_page.locator("footer .w-dropdown__toggle").click()
    with browser_page.expect_console_message(noted("waits")):
        browser_page.locator("button[name=action-publish]").click()
    assert save.sent == ["itself"], "the press of the button waits"
    save.let_go()
    expect(browser_page.locator(".messages .success")).to_be_visible()
    assert save.sent == ["itself", "button"], "and nothing is saved beside it"
    page = ServicePage.objects.get(title="Gem én gang")
    assert page.live
    assert [step.title for step in page.steps.all()] == ["Ring til os"]
