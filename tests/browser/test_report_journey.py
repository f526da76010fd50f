"""Case 3 of the real pages: an editor builds a report from empty, a citizen finds it and reads it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from demo import articles
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from cms_blocks.pages.models import ReportPage, SectionPage

from .steps import Citizen, Editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTIONS = ("Was trägt?", "Was fehlt?", "Wer lädt ein?", "Was bleibt?")
#: Title of the report, the word searched for, and what a hit calls it.
WORDS = {
    "da": ("Forum 7: Fælles kaffe", "et fast sted uden dørtrin", "Et fast sted uden dørtrin", "Rapport"),
    "de": (
        "Forum 7: Gemeinsamer Kaffee",
        "fester Ort ohne Schwelle",
        "Ein fester Ort ohne Schwelle",
        "Bericht",
    ),
}


def add_row(editor: Editor, relation: str) -> None:
    editor.page.locator(f"#id_{relation}-ADD").click()


def write_results(editor: Editor, number: int, lead: str, point: str) -> None:
    """A lead sentence, a list and a point below a point, with the keyboard."""
    field = editor.page.locator(f"#inline_child_working_groups-{number} [contenteditable=true]").last
    field.click()
    for keys in (lead, "Enter", "- ", point, "Enter", "Tab", f"{point} igen"):
        if keys in ("Enter", "Tab"):
            editor.page.keyboard.press(keys)
        else:
            editor.page.keyboard.type(keys)
    # The field hands what was typed to the form a moment later, sooner than a hand is at the button.
    kept = editor.page.locator(f"[name=working_groups-{number}-results]")
    expect(kept).to_have_value(re.compile(f"{point} igen"))


def build(editor: Editor, parent: Any, title: str, lead: str) -> None:
    # The admin saves by itself while the form is half written, and is told that something is missing.
    editor.page.watch.allow("status of 400")  # type: ignore[attr-defined]
    editor.log_in()
    editor.page.goto(f"/admin/pages/add/torv_pages/reportpage/{parent.pk}/")
    editor.page.fill("#id_title", title)
    editor.page.fill("#id_summary", "Vier Gruppen, vier Fragen.")
    editor.page.fill("#id_motto", "Zuerst der Kaffee.")
    editor.write(editor.page.locator("[id^=panel-][id$=-abstract-content]"), "Worum es ging.")
    for number, speaker in enumerate(("Ida Sturmwind", "Jo Birkenau")):
        add_row(editor, "talks")
        editor.page.fill(f"#id_talks-{number}-title", f"Vortrag {number}")
        editor.page.fill(f"#id_talks-{number}-speaker", speaker)
        editor.page.fill(f"#id_talks-{number}-organisation", "Selbsthilfe Nord")
    for number, question in enumerate(QUESTIONS):
        add_row(editor, "working_groups")
        editor.page.fill(f"#id_working_groups-{number}-number", str(number + 1))
        editor.page.fill(f"#id_working_groups-{number}-question", question)
    write_results(editor, 0, lead, "Punkt")
    add_row(editor, "authors")
    editor.page.fill("#id_authors-0-name", "Liv Havrekær")
    editor.page.fill("#id_authors-0-organisation", "Kontaktstelle")
    editor.page.fill("#id_file_reference", "TK-7")


@pytest.mark.parametrize("language", ["da", "de"])
def test_an_editor_builds_a_report_from_empty_and_a_citizen_finds_and_reads_it(
    demo: None, browser_page: Page, language: str
) -> None:
    title, searched, lead, kind = WORDS[language]
    UserProfile.objects.update_or_create(
        user=User.objects.get(username="editor"), defaults={"preferred_language": language}
    )
    parent = SectionPage.objects.filter(locale__language_code=language, depth=3).first()
    editor = Editor(browser_page, language)
    build(editor, parent, title, lead)
    editor.publish()
    report = ReportPage.objects.get(title=title)
    assert [row.question for row in report.working_groups.all()] == list(QUESTIONS)

    browser_page.context.clear_cookies()
    citizen = Citizen(browser_page, language)
    citizen.search_from_home(searched)
    expect(browser_page.locator(".torv-hit", has_text=title)).to_contain_text(kind)
    citizen.open_hit(title)
    main = browser_page.locator("main")
    for text in (lead, *QUESTIONS, "Zuerst der Kaffee.", "Ida Sturmwind", "Liv Havrekær", "TK-7"):
        expect(main).to_contain_text(text)
    expect(main.locator(".torv-working-group ul ul li")).to_have_text(["Punkt igen"])
    expect(browser_page.locator(".breadcrumbs")).to_contain_text(str(parent.title))
    assert browser_page.context.cookies() == [], "a citizen gets no cookie"


def test_each_type_of_article_is_accessible_and_fits_a_phone(
    demo: None, browser_page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    for name, model in articles.MODELS.items():
        page: Any = model.objects.live().first()
        assert page, name
        for width in (1280, 320):
            browser_page.set_viewport_size({"width": width, "height": 900})
            browser_page.goto(page.get_url())
            assert_accessible(browser_page)
            assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, name
