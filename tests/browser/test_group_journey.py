"""Case 4 of the real pages: an editor builds a group from empty, a citizen finds it and reads it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from directory.models import Entry

from .steps import Citizen, Editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "Offener Dialog Seestadt"
PERSON = "Merle Deichgraf"
PARTNERS = {
    "member_of": "Wohlfahrtsring Grenzhafen",
    "supported_by": "Sozialpsychiatrischer Dienst Grenzhafen",
}
TEXTS = {
    "summary": "Wir sitzen mit Ihnen am Küchentisch, zu zweit und ohne Eile.",
    "purposes": "Miete für einen Raum, Fahrkarten zu den Hausbesuchen, Auslagen der Ehrenamtlichen.",
    "eligibility_description": "Menschen in seelischen Krisen und alle, die ihnen nahestehen.",
    "team_description": "Sechs sind in der Methode ausgebildet, zwei weitere helfen mit.",
}
DESCRIPTION = "Wir begleiten Menschen in akuten Krisen, so oft und so lange es nötig ist."
MEETING = "Dienstag, 18:30–20:00 Uhr"


def keep_a_person(editor: Editor) -> None:
    """The group's contact, who agreed to the name and the phone number being shown."""
    page, today = editor.page, timezone.localdate()
    page.goto(reverse("wagtailsnippets_torv_blocks_privateperson:add"))
    page.fill("#id_name", PERSON)
    page.fill("#id_phone", "+49 40 66969199")
    page.fill("#id_email", "merle@privat.example")
    for number, scope in enumerate(("name", "phone")):
        editor.add_row("consents", given_on=f"{today:%d.%m.%Y}", expires_on=f"31.12.{today.year + 1}")
        page.locator(f"#id_consents-{number}-scope").select_option(scope)
    page.fill("#id_note", "Ist abends am besten zu erreichen.")
    page.locator("footer button[type=submit]").first.click()
    expect(page.locator(".messages .success")).to_be_visible()


def describe(editor: Editor) -> None:
    page = editor.page
    page.goto(f"{reverse('wagtailsnippets_torv_directory_entry:add')}?locale=de")
    page.get_by_role("link", name=editor.says("Self-help group"), exact=True).click()
    page.fill("#id_name", NAME)
    for name in ("summary", "purposes"):
        page.fill(f"#id_{name}", TEXTS[name])
    editor.write_in("description", DESCRIPTION)
    editor.add_row("entry_topics", by_keyboard=True)
    editor.choose("entry_topics-0-topic", "Offener Dialog")


def say_how_to_reach_it(editor: Editor) -> None:
    """A meeting time is given by keyboard; its next dates are read while it is typed."""
    page = editor.page
    editor.tab("Contact, places and times")
    page.fill("#id_email", "gruppe@seestadt.example")
    page.locator("#id_contact_by").select_option("relay")
    editor.add_row("contacts", role="Erstes Gespräch")
    editor.choose("contacts-0-person", PERSON)
    editor.add_row("locations", address_1="Speicherstraße 4", postal_code="43210", city="Grenzhafen")
    editor.add_row("schedules", by_keyboard=True)
    page.locator("input[name=schedules-0-byday][value=TU]").focus()
    page.keyboard.press("Space")
    page.locator("#id_schedules-0-opens_at").focus()
    page.keyboard.type("18:30")
    page.locator("#id_schedules-0-closes_at").focus()
    page.keyboard.type("20:00")
    page.keyboard.press("Tab")
    expect(page.locator("#inline_child_schedules-0")).to_contain_text(MEETING)


def say_who_it_is(editor: Editor) -> None:
    page = editor.page
    editor.tab("For whom")
    page.fill("#id_eligibility_description", TEXTS["eligibility_description"])
    editor.add_row("entry_target_groups")
    editor.choose("entry_target_groups-0-target_group", "Erwachsene")
    editor.tab("Taking part")
    for form in ("home-visit", "group", "online"):
        page.locator(f"input[name=offer_forms][value={form}]").check()
    page.locator("#id_response_time").select_option(label=editor.says("within two days"))
    editor.tab("Organisation")
    page.fill("#id_team_description", TEXTS["team_description"])
    page.locator("#id_legal_form").select_option("association")
    page.fill("#id_members_count", "17")
    for number, (kind, partner) in enumerate(PARTNERS.items()):
        editor.add_row("relations")
        page.locator(f"#id_relations-{number}-kind").select_option(kind)
        editor.choose(f"relations-{number}-to_entry", partner)


def publish_on_a_phone(editor: Editor, entry: Entry) -> None:
    """A slip is mended on the way: the button is in reach at 360 px too."""
    page, before = editor.page, entry.last_published_at
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(reverse("wagtailsnippets_torv_directory_entry:edit", args=[entry.pk]))
    page.fill("#id_summary", TEXTS["summary"])
    editor.publish()
    entry.refresh_from_db()
    assert entry.last_published_at > before


def read(page: Page, citizen: Citizen) -> None:
    """All that the editor wrote is there, and of the person what was agreed to."""
    main = page.locator("main")
    for text in (*TEXTS.values(), DESCRIPTION, MEETING, *PARTNERS.values(), PERSON, "Erstes Gespräch"):
        expect(main).to_contain_text(text)
    for text in ("innerhalb von zwei Tagen", "Hausbesuch", "Verein", "17", "Erwachsene"):
        expect(main).to_contain_text(text)
    assert "@" not in main.inner_text(), "the mailbox is behind a form, the person's was not agreed to"
    expect(main.locator("a[href='tel:+49-40-66969199']")).to_be_visible()


def test_an_editor_builds_a_group_from_empty_and_a_citizen_finds_and_reads_it(
    demo: None, browser_page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    page = browser_page
    UserProfile.objects.update_or_create(
        user=User.objects.get(username="directory"), defaults={"preferred_language": "de"}
    )
    # The admin saves by itself while the form is half written, and is told that something is missing.
    page.watch.allow("status of 400")  # type: ignore[attr-defined]
    editor = Editor(page, "de")
    editor.log_in("directory")
    keep_a_person(editor)
    describe(editor)
    say_how_to_reach_it(editor)
    say_who_it_is(editor)
    editor.preview(TEXTS["team_description"])
    editor.publish()
    entry = Entry.objects.get(name=NAME)
    assert entry.live
    publish_on_a_phone(editor, entry)
    assert [row.kind for row in entry.relations.all()] == list(PARTNERS)

    page.context.clear_cookies()
    citizen = Citizen(page, "de")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/de/verzeichnis/")
    page.locator("main input[name=q]").fill("Begleitung in einer akuten Krise, Hausbesuche")
    page.keyboard.press("Enter")
    citizen.open_hit(NAME)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        read(page, citizen)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for partner in PARTNERS.values():
        page.get_by_role("link", name=partner).first.click()
        expect(page.locator("h1")).to_have_text(partner)
        page.locator("main dl").get_by_role("link", name=NAME).click()
        expect(page.locator("h1")).to_have_text(NAME)
    assert page.context.cookies() == [], "a citizen gets no cookie"
