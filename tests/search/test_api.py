"""The open interface: its answers are what its description says, whatever is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from search import kinds, registry
from search.models import QueryCount
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db
READER = {"HTTP_USER_AGENT": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture
def town(notes, settings, client: Client, monkeypatch: pytest.MonkeyPatch):
    cache.clear()
    client.defaults.update(READER)
    settings.TORV_SEARCH = {"API_RATE": "", "SUGGEST_RATE": "", "FACETS": ("colour",)}
    for code in ("da", "de", "en"):
        factories.home(code)
    named = {name: kinds.Kind(slug=name, label=name, order=1) for name in ("note", "poem")}
    monkeypatch.setattr(kinds, "_kinds", named)
    registry.register_facet(kinds.KindFacet())
    notes.put("1", "Sorggruppe i Aarhus", facets={"colour": ("red",)}, stored={"external_id": "A1"})
    notes.put("2", "Sorg og savn", facets={"colour": ("green",)})
    notes.put("3", "Trauergruppe", "de", facets={"colour": ("red",)})
    notes.index()
    return notes


def asked(client: Client, **parameters: Any) -> dict[str, Any]:
    answer = client.get("/api/search/", parameters)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    return answer.json()


def schema(client: Client, name: str) -> Draft202012Validator:
    document = client.get("/api/search/openapi.json").json()
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    )


def test_results_have_the_shape_that_was_promised(town, client: Client) -> None:
    found = asked(client, q="sorggruppe", locale="da")
    (result,) = found["results"]
    score = result.pop("score")
    assert score > 0
    assert result == {
        "id": "1",
        "external_id": "A1",
        "kind": "note",
        "title": "Sorggruppe i Aarhus",
        "url": "http://testserver/da/notes/1/",
    }
    assert (found["total"], found["degraded"], found["suggestion"]) == (1, False, None)
    assert found["engine"] == connection.vendor
    assert found["facets"]["colour"] == [{"value": "red", "label": "Rød", "count": 1, "selected": False}]


def test_facets_kinds_and_pages_narrow_what_is_found(town, client: Client) -> None:
    found = asked(client, colour="green", kind="note")
    assert [result["title"] for result in found["results"]] == ["Sorg og savn"]
    assert {value["value"]: value["selected"] for value in found["facets"]["colour"]} == {
        "green": True,
        "red": False,
    }
    assert found["results"][0]["external_id"] is None
    second = asked(client, per_page=1, page=2)
    assert (second["total"], second["page"], second["per_page"], len(second["results"])) == (2, 2, 1, 1)


def test_without_a_language_the_sites_own_answers_in_its_words(town, client: Client) -> None:
    assert asked(client)["total"] == 2
    assert asked(client, locale="de")["total"] == 1


def test_what_is_not_understood_is_named_and_left_out(town, client: Client) -> None:
    found = asked(client, q="sorg", colour="mauve", kind="", page="x", per_page="9999", locale="xx")
    assert set(found["messages"]) == {"colour", "page", "per_page", "locale"}
    assert found["results"][0]["title"] == "Sorg og savn"
    assert found["total"] == asked(client, q="sorg")["total"]
    assert found["per_page"] == 10


def test_every_engine_narrows_by_the_kinds_that_results_name(town, client: Client, engine: str) -> None:
    town.put("4", "Sorgens sang", facets={"colour": ("red",)})
    town.change("4", kind="poem")
    town.index()
    found = asked(client, q="sorg")
    assert sorted(result["kind"] for result in found["results"]) == ["note", "note", "poem"]
    assert {value["value"]: value["count"] for value in found["facets"]["kind"]} == {"note": 2, "poem": 1}
    for kind in ("note", "poem"):
        some = asked(client, q="sorg", kind=kind)
        assert {result["kind"] for result in some["results"]} == {kind}
        assert some["total"] == len(some["results"])
    assert asked(client, q="sorg", kind=["note", "poem"])["total"] == found["total"] == 3
    schema(client, "Results").validate(found)


def test_what_is_no_open_data_is_left_out_by_every_engine(town, client: Client, engine: str) -> None:
    town.put("4", "Sorg, som kun findes her", facets={"colour": ("blue",)}, is_open=False)
    town.index()
    found = asked(client, q="sorg")
    assert [result["id"] for result in found["results"]] == ["2", "1"]
    assert (found["total"], [value["value"] for value in found["facets"]["colour"]]) == (2, ["green", "red"])
    assert asked(client)["total"] == 2
    assert asked(client, q="findez")["suggestion"] is None
    page = client.get("/da/soeg/", {"q": "findes"})
    assert [hit.row.object_key for hit in page.context["results"].hits] == ["4"]
    schema(client, "Results").validate(found)


@pytest.mark.parametrize("signs", ["!!!", "\U0001f600", "?*", "\u200b"])
def test_signs_without_a_word_find_nothing_and_the_answer_says_why(town, client: Client, signs: str) -> None:
    found = asked(client, q=signs, locale="en", colour="red")
    assert (found["total"], found["results"]) == (0, [])
    assert found["messages"]["q"] == [f"“{signs}” has no word that can be searched for."]
    assert found["facets"]["colour"] == [{"value": "red", "label": "Rød", "count": 0, "selected": True}]
    schema(client, "Results").validate(found)
    page = client.get("/en/search/", {"q": signs})
    assert page.context["results"].total == 0
    assert "has no word that can be searched for" in page.content.decode()


def test_unknown_parameters_are_named(town, client: Client) -> None:
    found = asked(client, q="sorg", topik="sorg")
    assert found["total"] == 2
    assert list(found["messages"]) == ["topik"]
    assert "colour" in found["messages"]["topik"][0]
    [message] = asked(client, topik="sorg", locale="en")["messages"]["topik"]
    assert message.startswith("There is no parameter “topik”. Write one of these: q, page, ")


@pytest.mark.parametrize(("number", "expected"), [(25, 25), (500, 100)])
def test_the_description_and_the_answer_have_the_sites_number_on_a_page(
    town, client: Client, settings, number: int, expected: int
) -> None:
    settings.TORV_SEARCH = {**settings.TORV_SEARCH, "PER_PAGE": number}
    document = client.get("/api/search/openapi.json").json()
    written = document["components"]["schemas"]["Results"]["properties"]["per_page"]["default"]
    parameters = document["paths"]["/api/search/"]["get"]["parameters"]
    [asked_for] = [each for each in parameters if each["name"] == "per_page"]
    assert asked_for["schema"]["default"] == written == asked(client)["per_page"] == expected


def test_an_unknown_kind_is_refused_with_those_there_are(town, client: Client) -> None:
    answer = client.get("/api/search/", {"q": "sorg", "kind": ["note", "cow"], "locale": "en"})
    assert answer.status_code == 400
    assert "no-store" in answer["Cache-Control"]
    assert answer.json() == {"errors": {"kind": ["There is no kind “cow”. Write one of these: note, poem."]}}
    schema(client, "Errors").validate(answer.json())


def test_the_description_lists_the_kinds(town, client: Client) -> None:
    document = client.get("/api/search/openapi.json").json()
    [kind] = [
        each for each in document["paths"]["/api/search/"]["get"]["parameters"] if each["name"] == "kind"
    ]
    listed = ["note", "poem"]
    assert kind["schema"]["items"]["enum"] == listed
    assert document["components"]["schemas"]["Result"]["properties"]["kind"]["enum"] == listed


def test_another_method_is_refused(town, client: Client) -> None:
    assert client.post("/api/search/").status_code == 405


def test_the_description_is_a_valid_one_and_names_every_parameter(town, client: Client) -> None:
    document = client.get("/api/search/openapi.json").json()
    validate(document)
    operation = document["paths"]["/api/search/"]["get"]
    assert {each["name"] for each in operation["parameters"]} == {
        "q",
        "locale",
        "kind",
        "page",
        "per_page",
        "colour",
        "size",
    }


WORDS = st.one_of(
    st.text(max_size=40), st.sampled_from(["sorg*", '"', "NEAR(", "' OR 1=1", "%", "\x00", "-"])
)
QUERY = st.dictionaries(
    st.sampled_from(["q", "locale", "kind", "page", "per_page", "colour", "size", "other"]),
    WORDS | st.integers(-3, 10**20).map(str),
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(parameters=QUERY)
def test_whatever_is_asked_the_answer_is_as_described(town, client: Client, parameters) -> None:
    answer = client.get("/api/search/", parameters)
    schema(client, {200: "Results", 400: "Errors"}[answer.status_code]).validate(answer.json())
    answer = client.get("/api/search/suggest/", parameters)
    assert answer.status_code == 200
    schema(client, "Suggestions").validate(answer.json())


def test_too_many_requests_are_told_when_to_come_back(town, client: Client, settings) -> None:
    settings.TORV_SEARCH = {"API_RATE": "2/h"}
    assert [client.get("/api/search/").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/search/")
    assert 0 < int(refused["Retry-After"]) <= 3601
    schema(client, "Errors").validate(refused.json())
    assert client.get("/api/search/suggest/", {"q": "so"}).status_code == 200
    other = client.get("/api/search/", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def test_behind_a_proxy_the_senders_are_told_apart_by_the_header(town, client: Client, settings) -> None:
    settings.TORV_SEARCH = {"API_RATE": "1/h", "API_ADDRESS_HEADER": "HTTP_X_FORWARDED_FOR"}
    for sender in ("192.0.2.1", "made-up, 192.0.2.2", "2001:db8::1"):
        assert client.get("/api/search/", HTTP_X_FORWARDED_FOR=sender).status_code == 200
    assert client.get("/api/search/", HTTP_X_FORWARDED_FOR="2001:db8::2").status_code == 429
    assert not [key for key in cache._cache if "192.0.2" in key]


def test_searches_by_the_interface_and_by_the_page_are_counted_robots_not(town, client: Client) -> None:
    client.get("/api/search/", {"q": "sorg"})
    client.get("/da/soeg/", {"q": "sorg"})
    client.get("/da/soeg/", {"q": "sorg"}, HTTP_USER_AGENT="Googlebot/2.1")
    client.get("/da/soeg/", {"colour": "red"})
    row = QueryCount.objects.get()
    assert (row.count, row.without_result) == (2, 0)


def test_the_number_of_queries_does_not_grow_with_the_results(town, client: Client) -> None:
    def queries(path: str) -> int:
        client.get(path, {"q": "sorg", "per_page": 50})
        with CaptureQueriesContext(connection) as captured:
            client.get(path, {"q": "sorg", "per_page": 50})
        return len(captured)

    def put(keys: range) -> None:
        for key in keys:
            town.put(str(key), f"Sorg {key}", facets={"colour": ("red", "blue"), "size": ("small",)})
        town.index()

    paths = ("/api/search/", "/api/search/suggest/")
    put(range(10, 25))  # fewer would have the search look further
    before = [queries(path) for path in paths]
    put(range(25, 50))
    assert [queries(path) for path in paths] == before
    assert json.loads(client.get("/api/search/", {"q": "sorg"}).content)["total"] == 42
