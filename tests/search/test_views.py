"""The page of the site search."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(notes, settings):
    settings.TORV_SEARCH = {"FACETS": ("colour",)}
    for code in ("da", "de", "en"):
        factories.home(code)
    return notes


@pytest.mark.parametrize("path", ["/da/soeg/", "/de/suche/", "/en/search/"])
def test_each_language_has_its_address_and_no_cookie_is_set(town, client: Client, path: str) -> None:
    town.put("1", "Gruppe", path.split("/")[1])
    town.index()
    response = client.get(path, {"q": "gruppe"})
    assert response.status_code == 200
    assert response.context["results"].total == 1
    assert not response.cookies


def test_without_words_there_is_only_the_form(town, client: Client) -> None:
    response = client.get("/da/soeg/")
    assert response.status_code == 200
    assert response.context["results"] is None
    assert 'name="q"' in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%22",
        "q=" + "a" * 10_000,
        "page=x&q=a",
        "colour=%00&q=a",
        "q=%F0%9F%98%80",
        "q=&page=-1",
        "%FF=%FF",
    ],
)
def test_whatever_is_asked_the_page_answers(town, client: Client, query: str) -> None:
    assert client.get(f"/da/soeg/?{query}").status_code == 200


def test_what_was_typed_is_escaped_and_stays_typed(town, client: Client) -> None:
    html = client.get("/da/soeg/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_number_of_queries_does_not_grow_with_the_hits(town, client: Client) -> None:
    def queries() -> int:
        client.get("/da/soeg/", {"q": "gruppe"})
        with CaptureQueriesContext(connection) as captured:
            response = client.get("/da/soeg/", {"q": "gruppe"})
        assert response.context["results"].total == len(town.held)
        return len(captured)

    def put(keys: range) -> None:
        for key in keys:
            town.put(str(key), f"Gruppe {key}")
        town.index()

    put(range(15))  # fewer would have the search look further
    before = queries()
    put(range(15, 40))
    assert queries() == before
