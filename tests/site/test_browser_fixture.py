"""The browser fixtures themselves, on pages that need nothing of ours."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page

from tests import browsing

pytestmark = pytest.mark.browser


def test_an_editor_logs_in_with_a_form_that_checks_its_origin(browser_page: Page) -> None:
    get_user_model().objects.create_superuser("anna", "anna@torvkoebing.example", "a long enough secret")
    browser_page.goto("/admin/login/")
    browser_page.get_by_role("textbox", name="Brugernavn").or_(
        browser_page.locator("input[name=username]")
    ).first.fill("anna")
    browser_page.locator("input[name=password]").fill("a long enough secret")
    browser_page.locator("input[name=password]").press("Enter")
    browser_page.wait_for_url("**/admin/")
    assert browser_page.locator("#wagtail-sidebar").count() == 1


def test_a_second_test_starts_from_the_rows_that_migrations_put_there(browser_page: Page) -> None:
    from wagtail.models import Page as WagtailPage

    assert WagtailPage.objects.filter(depth=1).exists()
    assert not get_user_model().objects.exists()


def test_the_phone_is_as_narrow_as_it_says(phone_page: Page) -> None:
    phone_page.goto("/admin/login/")
    assert phone_page.evaluate("window.innerWidth") == 360


def watched(browser: Browser, address: str, html: str) -> list[str]:
    """What the watch noted on a page of this server whose content is `html`."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    watch = browsing.Watch(page, address.removeprefix("http://"))
    headers = {"Content-Security-Policy": "default-src 'self'; script-src 'self'; img-src * data:"}
    page.route(
        "**/faulty/", lambda route: route.fulfill(body=html, content_type="text/html", headers=headers)
    )
    page.goto("/faulty/", wait_until="networkidle")
    context.close()
    return watch.problems


def test_a_request_to_another_host_is_noted(browser: Browser, live_address: str) -> None:
    problems = watched(browser, live_address, '<img src="http://elsewhere.example/pixel.png" alt="">')
    assert any("request to another host: http://elsewhere.example/pixel.png" in line for line in problems)


def test_an_inline_script_under_a_strict_policy_is_noted(browser: Browser, live_address: str) -> None:
    problems = watched(browser, live_address, "<script>document.title = 'ran'</script>")
    assert any("Content Security Policy" in line for line in problems)


def test_a_clean_page_leaves_nothing_to_note(browser: Browser, live_address: str) -> None:
    assert watched(browser, live_address, "<link rel=icon href=data:,><p>Good morning") == []


def test_expected_lines_of_the_console_can_be_allowed(browser_page: Page) -> None:
    watch: Any = browser_page.watch  # type: ignore[attr-defined]
    watch.problems.append("console: the server responded with a status of 404")
    assert watch.unexpected()
    watch.allow("status of 404")
    assert watch.unexpected() == []


def test_axe_runs_under_a_strict_policy_and_finds_a_picture_without_text(
    browser_page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    headers = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; img-src data:"}
    body = (
        "<!doctype html><html lang=da><title>Billede</title><main><h1>Billede</h1><img src='data:,'></main>"
    )
    browser_page.route(
        "**/picture/", lambda route: route.fulfill(body=body, content_type="text/html", headers=headers)
    )
    browser_page.goto("/picture/")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(browser_page)
    browser_page.evaluate("document.querySelector('img').alt = 'En plads med et træ'")
    assert_accessible(browser_page)
