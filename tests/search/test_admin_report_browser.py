"""The report "Search index" in a browser: readable by everybody, and its button works without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search import conf
from search.models import OutboxRow

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report(browser_page: Page, client: Client, live_address: str, notes, site) -> Page:
    """The report with documents, one item that waits and one that has failed, on a Danish desk."""
    client.force_login(
        User.objects.create_superuser("drift", "drift@torvkoebing.example", "lang-og-hemmelig")
    )
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_address}
    browser_page.context.add_cookies([session])
    notes.put("1", "Gruppe")
    notes.put("1", "Gruppe", locale="de")
    notes.index()
    limit = conf.current().max_attempts
    for key, attempts in (("2", 1), ("3", limit)):
        OutboxRow.objects.create(
            searchable=notes.name,
            object_key=key,
            due_at=timezone.now() + timedelta(hours=1),
            attempts=attempts,
            error="ValueError: broken",
        )
    browser_page.goto(reverse("torv_search_report"))
    return browser_page


def test_the_report_is_accessible_and_its_button_works_from_the_keyboard(
    report: Page, assert_accessible: Callable[[Page], None]
) -> None:
    from playwright.sync_api import expect

    assert_accessible(report)
    report.get_by_role("button", name="Prøv igen").focus()
    report.keyboard.press("Enter")
    expect(report.get_by_text("1 element prøves igen.")).to_be_visible()
    expect(report.get_by_role("button", name="Prøv igen")).to_have_count(0)
