"""In a real browser: kept content in the page editor, and the accessibility of pages with every block."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect
from wagtail.models import Site

from cms_blocks.models import SiteFrame
from cms_blocks.pages.models import HomePageTask, StandardPage
from directory.blocks import DirectoryBody
from tests import browsing
from tests.cms_blocks import events, factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUOTE = {
    "type": "saying",
    "value": {"words": "Vi fandt ro sammen", "by": ""},
    "id": "6b0c3b0e-7f7b-4b5a-9d5b-3f2f6d3c1a11",
}
TEXT = {"type": "text", "value": "<h2>Sorg</h2><p>Hej</p>", "id": "0f8a2b1e-51a4-4a5e-8d2e-0d8f2f2f7b22"}


@pytest.fixture
def home(db):
    """Before the live server's address is written into the default site."""
    for code in ("da", "de", "en"):
        factories.locale(code)
    return factories.home()


@pytest.fixture
def editor_page(home, live_address, browser_page):
    """The browser of a signed-in editor, who writes English."""
    user = get_user_model().objects.create_superuser(
        "editor", "editor@torvkoebing.example", "a-long-password-1"
    )
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_address}]
    )
    return browser_page


def test_an_editor_sees_kept_content_and_saving_keeps_it(home, quote_offered, editor_page):
    with quote_offered():
        page = factories.below(home, title="Historier", body=json.dumps([QUOTE, TEXT]))
    editor_page.goto(f"/admin/pages/{page.pk}/edit/")
    kept = editor_page.locator('[data-contentpath="6b0c3b0e-7f7b-4b5a-9d5b-3f2f6d3c1a11"]')
    assert kept.locator(".help-warning").is_visible()
    assert kept.locator('input[name$="-was"]').input_value() == "saying"
    assert kept.locator('textarea[name$="-text"]').input_value() == "Vi fandt ro sammen"
    assert not kept.locator('textarea[name$="-text"]').is_editable()

    editor_page.locator(".c-sf-add-button").last.click()
    choices = editor_page.locator('[role="option"]')
    choices.first.wait_for()
    assert len(choices.all()) == len(DirectoryBody.base_blocks)
    editor_page.keyboard.press("Escape")

    editor_page.locator("#id_title").fill("Nye historier")
    editor_page.locator('button[name="action-publish"], input[name="action-publish"]').first.evaluate(
        "button => button.form.requestSubmit(button)"
    )
    editor_page.wait_for_url(f"**/admin/pages/{home.pk}/")
    saved = StandardPage.objects.get(pk=page.pk)
    assert saved.title == "Nye historier"
    assert saved.body.stream_block.get_prep_value(saved.body)[0] == QUOTE


def test_a_page_with_every_block_is_accessible(home, browser_page, assert_accessible):
    section = factories.section(home, title="Hjælp", summary="Her er hjælpen.")
    page = factories.below(
        section, title="Åben Dialog", summary="Vi lytter.", body=factories.four_blocks(factories.image())
    )
    persons = [
        factories.person(role="Leder", phone="+4587654321", photo=factories.image("p", 200, 200)),
        factories.person("Jens Toft", role="Sygeplejerske", mobile="+4522334455"),
    ]
    factories.attach(page, topics=[factories.topic("Sorg"), factories.topic("Angst")], persons=persons)
    home.hero_heading, home.intro = "Hvad kan vi hjælpe med?", "Find hjælp i kommunen."
    home.top_tasks = [HomePageTask(title="Åben Dialog", link_page=page)]
    home.save_revision().publish()
    for address in ("/da/", section.url, page.url):
        assert browser_page.goto(address).status == 200
        assert_accessible(browser_page)
    browser_page.get_by_text("Hvad koster det?").click()
    assert browser_page.get_by_text("Det er gratis.").is_visible()
    assert_accessible(browser_page)


def test_a_page_of_every_block_is_published_from_its_form_as_it_was(home, editor_page):
    person, picture, event = factories.person(), factories.image(), events.event(home)
    more = factories.more_blocks(linked=home, contact=person, file=factories.document(), picture=picture)
    media = factories.media_blocks(linked=home, contact=person, event=event, picture=picture)
    page = factories.below(home, title="Alt", body=[*factories.four_blocks(picture), *more, *media])
    before = page.body.stream_block.get_prep_value(page.body)
    editor_page.goto(f"/admin/pages/{page.pk}/edit/")
    assert editor_page.locator('input[name$="-table-caption"]').input_value() == "Priser på pas"
    editor_page.locator('button[name="action-publish"], input[name="action-publish"]').first.evaluate(
        "button => button.form.requestSubmit(button)"
    )
    editor_page.wait_for_url(f"**/admin/pages/{home.pk}/")
    after = StandardPage.objects.get(pk=page.pk).body
    assert [child.block_type for child in after] == [item["type"] for item in before]
    assert str(after[10].value["table"].row_data) == str(page.body[10].value["table"].row_data)
    assert after[13].value.hours == page.body[13].value.hours
    kept = after.stream_block.get_prep_value(after)
    assert stored_values(kept[15:]) == stored_values(before[15:])


def stored_values(items):
    """Without the keys that the editor of rich text gives each paragraph."""
    values = json.dumps([item["value"] for item in items], default=str)
    return re.sub(r' data-block-key=\\"\w+\\"', "", values)


@pytest.mark.parametrize("theme", ["torvkoebing", "marktbrueck"])
def test_a_page_with_lists_people_tables_and_files_is_accessible_on_any_screen(
    home, theme, browser, live_address, assert_accessible
):
    SiteFrame.objects.create(site=Site.objects.get(is_default_site=True), theme=theme)
    linked = factories.below(home, title="Åben Dialog")
    more = factories.more_blocks(
        linked=linked,
        contact=factories.person(phone="+4587654321", photo=factories.image("p", 200, 200)),
        file=factories.document(),
        picture=factories.image(),
    )
    page = factories.below(home, title="Alt", body=[*factories.four_blocks(factories.image()), *more])
    for width in (1280, 320):
        with browsing.watched_page(browser, live_address, width=width, height=800) as shown:
            assert shown.goto(page.url).status == 200
            overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert shown.evaluate(overflow) == 0
            assert_accessible(shown)


def test_the_numbers_of_steps_can_be_read(home, browser_page):
    """What style alone writes is not seen by axe."""
    steps = [{"title": "Ring først", "text": "<p>Om morgenen.</p>"}, {"title": "Kom forbi", "text": ""}]
    page = factories.below(home, title="Trin", body=[("steps", {"steps": steps})])
    browser_page.goto(page.get_url())
    number, ground = browser_page.locator(".torv-steps > li").first.evaluate(
        "step => (style => [style.color, style.backgroundColor])(getComputedStyle(step, '::before'))"
    )
    assert (number, ground) == ("rgb(255, 255, 255)", "rgb(11, 85, 99)")


def test_videos_tabs_and_galleries_are_accessible_and_load_nothing_from_elsewhere_before_a_click(
    home, browser, live_address, assert_accessible
):
    blocks = factories.media_blocks(
        linked=factories.below(home, title="Åben Dialog"),
        contact=factories.person(phone="+4587654321"),
        event=events.event(home, title="Foredrag", starts_at=events.soon(3)),
        picture=factories.image(),
    )
    page = factories.below(home, title="Alt", body=blocks)
    for width in (320, 1280):
        with browsing.watched_page(browser, live_address, width=width, height=800) as shown:
            shown.goto(page.url)
            overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert shown.evaluate(overflow) == 0
            assert_accessible(shown)
            if width == 1280:
                _tabs_by_keyboard(shown)
                _played(shown)


def _tabs_by_keyboard(shown):
    tabs = shown.get_by_role("tab")
    tabs.first.focus()
    shown.keyboard.press("ArrowLeft")
    expect(tabs.last).to_be_focused()
    expect(tabs.last).to_have_attribute("aria-selected", "true")
    expect(shown.get_by_text("Du bestemmer.")).to_be_hidden()
    expect(shown.get_by_role("tabpanel", name="Til familien")).to_be_visible()
    shown.emulate_media(media="print")
    expect(shown.get_by_text("Du bestemmer.")).to_be_visible()
    expect(shown.get_by_role("heading", name="Til dig")).to_be_visible()
    shown.emulate_media(media="screen", forced_colors="active")
    expect(tabs.last).to_be_visible()
    shown.emulate_media(forced_colors="none")


def _played(shown):
    """The browser reaches no other host; that it asks, and that the policy lets it, is seen all the same."""
    shown.watch.allow("player.vimeo.com")
    button = shown.get_by_role("button", name="En borger fortæller")
    expect(button).to_have_accessible_description(re.compile("player.vimeo.com.*Vimeo"))
    with shown.expect_request("https://player.vimeo.com/**"):
        button.click()
    player = shown.locator("iframe")
    expect(player).to_have_attribute("title", "En borger fortæller")
    expect(shown.locator(".torv-video__consent")).to_have_count(0)
    assert not [line for line in shown.watch.problems if "Content Security Policy" in line]
