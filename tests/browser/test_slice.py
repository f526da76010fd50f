"""The first slice: an editor publishes, a citizen finds it by another inflection and uses the directory."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from cms_blocks.pages.models import SectionPage, StandardPage
from directory.pages.models import DirectoryPage

from .steps import Citizen, Editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Words:
    """What is written and what is typed to find it: never the same form of the word."""

    title: str
    summary: str
    text: str
    question: str
    answer: str
    warning: str
    notice: str
    alt_text: str
    searched: str


WORDS = {
    "da": Words(
        title="Søvn og hvile",
        summary="Råd til dig, der ligger vågen.",
        text="Mange ligger vågne om natten og grubler over regninger.",
        question="Hvem kan jeg ringe til?",
        answer="Ring til vores rådgivere i åbningstiden.",
        warning="Er det akut?",
        notice="Ring 112, hvis nogen er i fare.",
        alt_text="En bro over åen",
        searched="grublet over regningen",
    ),
    "de": Words(
        title="Schlaf und Ruhe",
        summary="Rat für alle, die nachts wach liegen.",
        text="Viele Menschen liegen nachts wach und grübeln über offene Rechnungen.",
        question="Wen kann ich anrufen?",
        answer="Rufen Sie unsere Beraterinnen in der Sprechzeit an.",
        warning="Ist es dringend?",
        notice="Wählen Sie die 112, wenn jemand in Gefahr ist.",
        alt_text="Eine Brücke über den Fluss",
        searched="offener Rechnung",
    ),
}


def publish_a_page_with_four_blocks(editor: Editor, parent: Any, words: Words) -> None:
    # The admin saves by itself while the form is half written, and is told that something is missing.
    editor.page.watch.allow("status of 400")  # type: ignore[attr-defined]
    editor.log_in()
    editor.new_page(parent, words.title, words.summary)
    editor.write(editor.add_block("Text"), words.text)
    accordion = editor.add_block("Accordion")
    editor.page.locator("input[name$='sections-0-value-title']").fill(words.question)
    editor.write(accordion, words.answer)
    callout = editor.add_block("Call-out")
    editor.page.locator("select[name$='value-level']").select_option("warning")
    editor.page.locator("input[name$='value-heading']").fill(words.warning)
    editor.write(callout, words.notice)
    editor.add_block("Image")
    editor.choose_first_image()
    editor.page.locator("input[name$='value-alt_text']").fill(words.alt_text)
    editor.publish()


@pytest.mark.parametrize("language", ["da", "de"])
def test_an_editor_publishes_and_a_citizen_finds_it_and_filters_the_directory(
    demo: None, browser_page: Page, language: str
) -> None:
    words = WORDS[language]
    UserProfile.objects.update_or_create(
        user=User.objects.get(username="editor"), defaults={"preferred_language": language}
    )
    parent = SectionPage.objects.filter(locale__language_code=language, depth=3).first()
    publish_a_page_with_four_blocks(Editor(browser_page, language), parent, words)
    page = StandardPage.objects.get(title=words.title)
    assert [child.block_type for child in page.body] == ["text", "accordion", "callout", "image"]

    browser_page.context.clear_cookies()
    citizen = Citizen(browser_page, language)
    citizen.search_from_home(words.searched)
    assert words.title in citizen.titles()
    citizen.open_hit(words.title)
    main = browser_page.locator("main")
    for text in (words.text, words.notice, words.question):
        expect(main).to_contain_text(text)
    expect(main.get_by_alt_text(words.alt_text)).to_be_visible()

    directory = DirectoryPage.objects.get(locale__language_code=language)
    browser_page.goto(directory.get_url())
    everything = citizen.total()
    citizen.tick("entry_kind", "self-help-group")
    narrowed = citizen.titles()
    assert 0 < citizen.total() < everything
    citizen.open_hit(narrowed[0])
    browser_page.go_back()
    expect(browser_page.locator("#torv-entry_kind-self-help-group")).to_be_checked()
    assert citizen.titles() == narrowed
    citizen.open_hit(narrowed[0])
    browser_page.locator(".back-link, .torv-back").first.click()
    expect(browser_page.locator("#torv-entry_kind-self-help-group")).to_be_checked()
    browser_page.locator(".torv-chip").first.click()
    expect(browser_page.locator(".torv-chip")).to_have_count(0)
    assert citizen.total() == everything
    assert browser_page.context.cookies() == [], "a citizen gets no cookie"
