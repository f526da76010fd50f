"""From a query string to a query: whatever is sent, the reader gets results or a plain sentence."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.places import GazetteerResolver
from search.filters import SearchFilterSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(notes, site):
    def make(query_string: str) -> SearchFilterSet:
        return SearchFilterSet(QueryDict(query_string), site=site, locale="da", facets=("colour", "size"))

    return make


def test_a_full_query_string_becomes_a_query(read) -> None:
    filterset = read("q=sorg&colour=red&colour=blue&size=small&page=2")
    assert filterset.query.text == "sorg"
    assert filterset.query.selected == {"colour": ("red", "blue"), "size": ("small",)}
    assert filterset.query.page == 2
    assert filterset.messages == {}


def test_an_unknown_value_is_named_and_the_known_one_kept(read) -> None:
    filterset = read("colour=red&colour=mauve")
    assert filterset.query.selected == {"colour": ("red",)}
    (message,) = filterset.messages["colour"]
    assert "mauve" in message


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e9", "9" * 40, "1.5"])
def test_a_page_that_cannot_be_is_named_and_the_first_is_shown(read, page: str) -> None:
    filterset = read(f"q=sorg&page={page}")
    assert filterset.query.page == 1
    assert len(filterset.messages["page"]) == 1
    assert filterset.query.text == "sorg"


def test_a_text_too_long_is_cut_and_said(read) -> None:
    filterset = read("q=" + "a" * 10_000)
    assert len(filterset.query.text) == 200
    assert "200" in filterset.messages["q"][0]


def test_unknown_parameters_are_ignored(read) -> None:
    assert read("utm_source=x&q=sorg").query.query_string() == "?q=sorg"


def test_nul_is_a_separator_not_an_error(read) -> None:
    filterset = read("q=so%00rg")
    assert filterset.query.text == "so rg"
    assert filterset.messages == {}


@pytest.mark.parametrize("value", ["%00", "re%00d", "%ED%A0%80", "%FF"])
def test_a_facet_value_no_database_takes_is_named_not_an_error(read, value: str) -> None:
    filterset = read(f"colour={value}&colour=red")
    assert filterset.query.selected == {"colour": ("red",)}


def test_query_string_round_trips(read) -> None:
    query = read("q=sorg+og+tab&colour=blue&colour=red&page=3").query
    assert read(query.query_string()[1:]).query == query


def test_distances_are_named_in_the_language_of_each_reader(site) -> None:
    for code, name in (("de", "Im Umkreis von 2 km"), ("da", "Inden for 2 km"), ("en", "Within 2 km")):
        with translation.override(code):
            filterset = SearchFilterSet(QueryDict(), site=site, locale=code, places=GazetteerResolver())
            assert str(dict(filterset.radii)["2"]) == name


ANY_TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from(["q", "page", "colour", "size", "x"]), ANY_TEXT))
def test_any_parameters_give_a_usable_query(read, data: dict[str, str]) -> None:
    filterset = read(urlencode(data))
    assert filterset.query.page >= 1
    assert len(filterset.query.text) <= 200
    assert set(filterset.messages) <= {"q", "page", "colour", "size"}
