"""What people do, in words: an editor at the desk, a citizen on the page."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

PASSWORDS = {"editor": "torv-demo-editor", "directory": "torv-demo-directory"}


@dataclass
class Editor:
    """An editor whose admin speaks `language`."""

    page: Page
    language: str

    def says(self, text: str, context: str = "") -> str:
        """An English text of the interface, as this editor reads it."""
        with translation.override(self.language):
            return gettext(text)

    def log_in(self, name: str = "editor") -> None:
        self.page.goto("/admin/login/")
        self.page.fill("input[name=username]", name)
        self.page.fill("input[name=password]", PASSWORDS[name])
        self.page.click("form button[type=submit]")
        expect(self.page).to_have_url("/admin/")

    def new_page(self, parent: Any, title: str, summary: str) -> None:
        self.page.goto(f"/admin/pages/add/torv_pages/standardpage/{parent.pk}/")
        self.page.fill("#id_title", title)
        self.page.fill("#id_summary", summary)

    def add_block(self, label: str) -> Locator:
        """Insert a block below the last one; gives its part of the form."""
        body = self.page.locator("[id^=panel-][id$=-body-content]")
        blocks = body.locator("[data-streamfield-child]")
        before = blocks.count()
        body.locator("button.c-sf-add-button").last.click()
        self.page.get_by_role("option", name=self.says(label), exact=True).click()
        expect(blocks).not_to_have_count(before)
        return body.locator("> div [data-streamfield-child]").last

    def write(self, place: Locator, text: str) -> None:
        field = place.locator("[contenteditable=true]").last
        field.click()
        self.page.keyboard.type(text)

    def tab(self, heading: str) -> None:
        self.page.get_by_role("tab", name=self.says(heading), exact=True).click()

    def write_in(self, name: str, text: str) -> None:
        """Into a formatted text of the form."""
        self.write(self.page.locator(f"[id^=panel-][id$=-{name}-content]"), text)

    def add_row(self, relation: str, *, by_keyboard: bool = False, **values: str) -> None:
        """A new row, the last of its kind, and what stands in its fields."""
        button = self.page.locator(f"#id_{relation}-ADD")
        total = self.page.locator(f"#id_{relation}-TOTAL_FORMS")
        number = int(total.input_value())
        if by_keyboard:
            button.focus()
            self.page.keyboard.press("Enter")
        else:
            button.click()
        expect(total).to_have_value(str(number + 1))
        for name, value in values.items():
            self.page.fill(f"#id_{relation}-{number}-{name}", value)

    def choose(self, field: str, name: str) -> None:
        """Look something up by its name in the window that opens, and take it."""
        self.page.locator(f"#id_{field}-chooser .chooser__choose-button").first.click()
        window = self.page.locator(".modal-body")
        window.locator("input[name=q]").fill(name)
        link = window.locator(".listing").get_by_role("link", name=name).first
        link.click()
        expect(window).to_have_count(0)
        expect(self.page.locator(f"#id_{field}-chooser")).to_contain_text(name)

    def preview(self, expected: str) -> None:
        toggle = self.page.locator("[data-side-panel-toggle=preview]")
        toggle.click()
        expect(self.page.frame_locator("#w-preview-iframe").locator("main")).to_contain_text(expected)
        toggle.click()

    def choose_first_image(self) -> None:
        self.page.locator("[id^=panel-][id$=-body-content] .chooser__choose-button").last.click()
        self.page.locator(".modal-body .image-choice").first.click()
        expect(self.page.locator(".modal-body")).to_have_count(0)

    def publish(self) -> None:
        """Publish, as people do: without a look at whether the admin is saving by itself just now."""
        self.page.locator("footer .w-dropdown__toggle").click()
        self.page.locator("button[name=action-publish]").click()
        expect(self.page.locator(".messages .success")).to_be_visible()


@dataclass
class Citizen:
    page: Page
    language: str

    def search_from_home(self, words: str) -> None:
        self.page.goto(f"/{self.language}/")
        self.page.locator("main input[name=q], .torv-hero input[name=q]").first.fill(words)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".torv-hits")).to_be_visible()

    def titles(self) -> list[str]:
        return self.page.locator(".torv-hit__title").all_inner_texts()

    def total(self) -> int:
        """How many results the list says it has."""
        said = self.page.locator(".torv-listing__count").inner_text()
        return int(re.search(r"\d+", said)[0])  # type: ignore[index]

    def open_hit(self, title: str) -> None:
        self.page.locator(".torv-hit__title a", has_text=title).first.click()
        expect(self.page.locator("h1")).to_have_text(title)

    def tick(self, facet: str, value: str) -> None:
        """Choose a facet value and ask for the results."""
        label = self.page.locator(f"label[for=torv-{facet}-{value}]")
        for panel in ("details.torv-facet", "details.torv-facet__more"):
            closed = self.page.locator(f"{panel}:not([open])", has=label)
            if closed.count():
                closed.locator("> summary").click()
        label.click()
        self.page.locator(".torv-facets__submit button").click()
        expect(self.page.locator(f"#torv-{facet}-{value}")).to_be_checked()
