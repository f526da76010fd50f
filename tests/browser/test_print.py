"""What comes out of the printer, compared as text: nothing folded away, no navigation, links spelled out.

With TORV_WRITE_PRINTS=1 in the environment the expected texts in `printed/` are written anew: read the
difference before you keep it.
"""

import os
import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader
from wagtail.models import Site

from cms_blocks.models import SiteFrame
from cms_blocks.pages.models import HomePage
from directory.models import Entry, Location
from directory.pages.models import DirectoryPage
from search import indexing, registry
from tests.cms_blocks import articles, events, factories, services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PRINTED = Path(__file__).parent / "printed"
CHANGED = datetime(2026, 5, 4, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def home(live_address: str) -> HomePage:
    """The live server's site, with what header and footer print."""
    site = Site.objects.get(is_default_site=True)
    for code in ("da", "de", "en"):
        factories.locale(code)
    page = factories.home()
    Site.objects.filter(pk=site.pk).update(hostname=site.hostname, port=site.port, root_page=page)
    cache.clear()
    SiteFrame.objects.create(
        site_id=site.pk,
        name="Torvkøbing Kommune",
        address="Rådhustorvet 1\n6350 Torvkøbing",
        phone="+4568001000",
        email="post@torvkoebing.example",
    )
    return page


def standard(home: HomePage) -> Any:
    booking = '<a href="https://tid.example/bestil">bestil en tid</a>'
    words = f"<h2>Sådan gør du</h2><p>Ring til os, eller {booking}.</p>"
    sections = [
        {"title": "Hvad koster det?", "text": "<p>Det er gratis.</p>"},
        {"title": "Hvem kan få det?", "text": "<p>Alle kan.</p>"},
    ]
    other = factories.below(home, title="Aflastning", slug="aflastning")
    card = {"page": other, "url": "", "title": "", "text": "Læs om tilbuddet", "image": None}
    body = [("text", words), ("accordion", {"sections": sections}), ("link_cards", {"cards": [card]})]
    page = factories.below(home, title="Pårørende", slug="paaroerende", summary="Når du hjælper.", body=body)
    return factories.attach(page, persons=[factories.person(phone="+4568001234")])


def event(home: HomePage) -> Any:
    begins = datetime(2099, 6, 3, 19, tzinfo=events.ZONE)
    return events.event(home, title="Åbent hus", slug="aabent-hus", starts_at=begins)


def report(home: HomePage) -> Any:
    return articles.published(articles.report(home))


def entries(home: HomePage) -> Any:
    directory = factories.below(home, DirectoryPage, title="Vejviser", slug="vejviser")
    entry = Entry(
        name="Sorggruppen",
        slug="sorggruppen",
        kind="self-help-group",
        summary="Mødes om mandagen.",
        phone="+4568005555",
        website="https://sorg.example/",
        locale=home.locale,
    )
    entry.locations = [Location(address_1="Torvet 3", postal_code="6350", city="Torvkøbing")]
    entry.save()
    searchable = registry.get("torv_directory.entry")
    indexing.refresh(searchable, list(searchable.keys()))
    return directory


def printed(page: Page, address: str) -> str:
    """The words on the sheets, in one line for each sentence."""
    page.goto(address)
    page.emulate_media(media="print")
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    words = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    words = words.replace(page.evaluate("location.origin"), "https://torv.example")
    words = re.sub(r"/documents/[^)]+", "/documents/…", words)  # numbers and names differ from run to run
    return words.replace(". ", ".\n") + "\n"


KINDS: dict[str, tuple[Callable[[HomePage], Any], str]] = {
    "standard_page": (standard, ""),
    "service_page": (services.full_service, ""),
    "event_page": (event, ""),
    "report_page": (report, ""),
    "entry": (entries, "sorggruppen/"),
    "entry_list": (entries, ""),
}


def test_each_kind_of_page_prints_what_a_person_needs(home: HomePage, browser_page: Page) -> None:
    made: dict[Any, Any] = {}
    found = {}
    for name, (make, ending) in KINDS.items():
        page = made.get(make) or made.setdefault(make, make(home))
        type(page).objects.filter(pk=page.pk).update(last_published_at=CHANGED)
        found[name] = printed(browser_page, f"{page.get_url()}{ending}")
    if os.environ.get("TORV_WRITE_PRINTS"):
        for name, text in found.items():
            (PRINTED / f"{name}.txt").write_text(text, encoding="utf-8")
    assert found == {name: (PRINTED / f"{name}.txt").read_text(encoding="utf-8") for name in KINDS}


def test_what_is_folded_away_is_printed_and_nothing_to_press_is(home: HomePage, browser_page: Page) -> None:
    text = printed(browser_page, standard(home).get_url())

    assert "Det er gratis." in text
    assert "bestil en tid (https://tid.example/bestil)" in text
    assert "https://torv.example/da/paaroerende/" in text
    for word in ("Åbn alle", "Var siden nyttig", "Udskriv", "Menu", "Søg", "Dansk"):
        assert word not in text
