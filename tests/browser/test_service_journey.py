"""Case 1 of the real pages: an editor builds a service from empty, a citizen finds it and calls."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from cms_blocks.models import ContactPerson
from cms_blocks.pages.models import SectionPage, ServicePage

from .steps import Citizen, Editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Words:
    """What is written, and what a citizen types to find it: another form of the word."""

    title: str
    summary: str
    audience: str
    background: str
    principles: str
    quote: str
    citizen: str
    question: str
    answer: str
    step: str
    requirement: str
    interval: str
    milestone: str
    searched: str
    kind: str


WORDS = {
    "da": Words(
        title="Samtaler med dit netværk",
        summary="Vi taler sammen, før noget bliver besluttet.",
        audience="Voksne, der har det svært, og dem de holder af.",
        background="Et menneskes netværk betyder mere end papirerne i sagen.",
        principles="Alle bliver set og hørt. Beslutninger tages åbent.",
        quote="For første gang blev jeg spurgt.",
        citizen="en borger, 54 år",
        question="Hvad er et netværksmøde?",
        answer="Vi mødes med dem, du selv inviterer.",
        step="Ring til en af os",
        requirement="Navnene på dem, du vil have med",
        interval="inden 48 timer",
        milestone="Vi ringer tilbage",
        searched="beslutningen bliver taget åbent",
        kind="Ydelse",
    ),
    "de": Words(
        title="Gespräche mit Ihrem Netzwerk",
        summary="Wir reden miteinander, bevor etwas entschieden wird.",
        audience="Erwachsene in schweren Zeiten und alle, die ihnen nahestehen.",
        background="Das Netzwerk eines Menschen zählt mehr als die Papiere der Akte.",
        principles="Alle werden gesehen und gehört. Entscheidungen fallen offen.",
        quote="Zum ersten Mal hat mich jemand gefragt.",
        citizen="eine Bürgerin, 54 Jahre",
        question="Was ist ein Netzwerkgespräch?",
        answer="Wir treffen uns mit den Menschen, die Sie einladen.",
        step="Rufen Sie eine von uns an",
        requirement="Die Namen aller, die dabei sein sollen",
        interval="innerhalb von 48 Stunden",
        milestone="Wir rufen zurück",
        searched="offene Entscheidung",
        kind="Leistung",
    ),
}


@dataclass
class ServiceEditor(Editor):
    """At the form of a service page."""

    def open_new(self, parent: Any) -> None:
        self.page.goto(f"/admin/pages/add/torv_pages/servicepage/{parent.pk}/")

    def choose_person(self, number: int, name: str) -> None:
        self.add_row("contact_rows")
        self.page.locator(f"#id_contact_rows-{number}-person-chooser .chooser__choose-button").first.click()
        self.page.locator(".modal-body").get_by_role("link", name=name).click()
        expect(self.page.locator(".modal-body")).to_have_count(0)


def build(editor: ServiceEditor, parent: Any, words: Words, people: list[str], *, by_keyboard: bool) -> None:
    # The admin saves by itself while the form is half written, and is told that something is missing.
    editor.page.watch.allow("status of 400")  # type: ignore[attr-defined]
    editor.log_in()
    editor.open_new(parent)
    editor.page.fill("#id_title", words.title)
    editor.page.fill("#id_summary", words.summary)
    editor.write_in("audience", words.audience)
    editor.write(editor.add_block("Text"), words.background)
    principles = editor.add_block("Principles")
    principles.locator("input[name$='principles-0-value-title']").fill(words.principles)
    quote = editor.add_block("Quote")
    quote.locator("textarea[name$='value-text']").fill(words.quote)
    quote.locator("input[name$='value-attribution']").fill(words.citizen)
    accordion = editor.add_block("Accordion")
    editor.page.locator("input[name$='sections-0-value-title']").fill(words.question)
    editor.write(accordion, words.answer)
    editor.tab("How it is done")
    editor.add_row("steps", by_keyboard=by_keyboard)
    editor.page.fill("#id_steps-0-title", words.step)
    editor.add_row("requirements", by_keyboard=by_keyboard)
    editor.page.fill("#id_requirements-0-text", words.requirement)
    editor.add_row("deadlines", by_keyboard=by_keyboard)
    editor.page.fill("#id_deadlines-0-milestone", words.milestone)
    editor.page.fill("#id_deadlines-0-interval", words.interval)
    editor.tab("Contact and places")
    for number, name in enumerate(people):
        editor.choose_person(number, name)


@pytest.mark.parametrize("language", ["da", "de"])
def test_an_editor_builds_a_service_from_empty_and_a_citizen_finds_it_and_calls(
    demo: None, browser_page: Page, assert_accessible: Callable[[Page], None], language: str
) -> None:
    words = WORDS[language]
    UserProfile.objects.update_or_create(
        user=User.objects.get(username="editor"), defaults={"preferred_language": language}
    )
    people = list(ContactPerson.objects.filter(source_row=None).exclude(mobile="")[:2])
    parent = SectionPage.objects.filter(locale__language_code=language, depth=3).first()
    editor = ServiceEditor(browser_page, language)
    build(editor, parent, words, [person.name for person in people], by_keyboard=language == "da")
    editor.preview(words.step)
    editor.publish()
    page = ServicePage.objects.get(title=words.title)
    assert [row.person for row in page.contact_rows.all()] == people

    browser_page.context.clear_cookies()
    citizen = Citizen(browser_page, language)
    citizen.search_from_home(words.searched)
    hit = browser_page.locator(".torv-hit", has_text=words.title)
    expect(hit).to_contain_text(words.kind)
    open_with_keyboard_or_mouse(browser_page, hit, by_keyboard=language == "da")
    expect(browser_page.locator("h1")).to_have_text(words.title)
    main = browser_page.locator("main")
    for text in (
        words.audience,
        words.principles,
        words.quote,
        words.citizen,
        words.step,
        words.requirement,
        words.interval,
    ):
        expect(main).to_contain_text(text)
    for person in people:
        call = main.locator(".torv-contact-card", has_text=person.name).locator("a[href^='tel:']").first
        expect(call).to_be_visible()
        assert re.sub(r"\D", "", call.get_attribute("href") or "").startswith("45")
    for width in (1280, 360):
        browser_page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(browser_page)
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
    assert browser_page.context.cookies() == [], "a citizen gets no cookie"


def open_with_keyboard_or_mouse(page: Page, hit: Any, *, by_keyboard: bool) -> None:
    link = hit.locator("a").first
    if by_keyboard:
        link.focus()
        page.keyboard.press("Enter")
    else:
        link.click()
