"""Suggestions while a reader types."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.cms_blocks import factories
from tests.search.conftest import Colour

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(notes, settings, monkeypatch):
    cache.clear()
    settings.TORV_SEARCH = {"FACETS": ("colour",)}
    for code in ("da", "de", "en"):
        factories.home(code)
    names = {"red": ("Rød", "Ildfarvet"), "green": ("Grøn",)}
    monkeypatch.setattr(Colour, "names", lambda self, locale: names if self.name == "colour" else {})
    return notes


def suggested(client: Client, text: str, locale: str = "da") -> list[dict[str, Any]]:
    return client.get("/api/search/suggest/", {"q": text, "locale": locale}).json()["suggestions"]


def texts(client: Client, text: str, locale: str = "da") -> list[str]:
    return [each["label"] for each in suggested(client, text, locale)]


def test_titles_are_found_by_the_beginnings_of_their_words_folded(town, client: Client) -> None:
    town.put("1", "Sorggrupper på Åvej", body="Vi taler om savn")
    town.put("2", "Gruppe for sorgramte")
    town.put("3", "Bisidder")
    town.index()
    assert texts(client, "sor") == ["Sorggrupper på Åvej", "Gruppe for sorgramte"]
    assert texts(client, "SORGGRUPPE") == ["Sorggrupper på Åvej"]
    assert texts(client, "aav sorg") == ["Sorggrupper på Åvej"]
    assert texts(client, "gruppe") == ["Gruppe for sorgramte"]
    assert texts(client, "savn") == []
    assert suggested(client, "bis") == [
        {"label": "Bisidder", "hint": "", "lang": "da", "kind": "note", "url": "/da/notes/3/"}
    ]


@pytest.mark.parametrize("text", ["", "s", "!", "\x00", '"sor'])
def test_odd_beginnings_do_no_harm(town, client: Client, text: str) -> None:
    town.put("1", "Sorg")
    town.index()
    assert texts(client, text) == (["Sorg"] if "sor" in text else [])


def test_choices_are_suggested_by_all_their_names_and_lead_to_what_carries_them(town, client: Client) -> None:
    town.put("1", "Brandvæsen", facets={"colour": ("red",)})
    town.index()
    (found,) = suggested(client, "ild")
    url = "/da/soeg/?colour=red"
    assert found == {"label": "Rød", "hint": "Colour", "lang": "da", "kind": "colour", "url": url}
    assert texts(client, "grøn") == []  # nothing carries it


def test_a_facet_that_the_page_of_results_does_not_offer_leads_to_a_search(
    town, client: Client, settings
) -> None:
    settings.TORV_SEARCH = {"FACETS": ()}
    town.put("1", "Brandvæsen", facets={"colour": ("red",)})
    town.index()
    assert suggested(client, "rø")[0]["url"] == "/da/soeg/?q=R%C3%B8d"


def test_only_what_readers_of_this_language_may_see_is_suggested(town, client: Client) -> None:
    later = timezone.now() + timedelta(hours=1)
    town.put("1", "Sorg senere", visible_from=later, facets={"colour": ("red",)})
    town.put("2", "Sorg andetsteds", sites=(987,))
    town.put("3", "Sorgen", "de")
    town.index()
    assert texts(client, "sorg") == []
    assert texts(client, "rød") == []
    assert texts(client, "sorg", "de") == ["Sorgen"]


def test_there_are_ten_at_most_and_each_title_once(town, client: Client) -> None:
    for key in range(30):
        town.put(str(key), f"Sorg {key // 2}")
    town.index()
    found = texts(client, "sorg")
    assert len(found) == len(set(found)) == 10
