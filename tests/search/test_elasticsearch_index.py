"""The copy in Elasticsearch: rebuilt without a gap, followed, compared, gone back to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone, translation
from elasticsearch import Elasticsearch

from search import conf, engines, indexing
from search.checks_elasticsearch import check_mapping, check_settings
from search.engines.elastic import client, following, indexes, mapping, mirror, rebuilding, search
from search.engines.elastic.breaker import breaker
from search.models import ElasticsearchIndex, IndexChange, SearchDocument
from search.query import Query

from .conftest import elasticsearch_at, in_step, node_address

pytestmark = pytest.mark.django_db
Ask = Callable[..., Query]


@pytest.fixture(params=[8, 9])
def server(request: pytest.FixtureRequest, db: None) -> Iterator[Elasticsearch]:
    with elasticsearch_at(node_address(request.param)):
        yield client.for_writing()


def ids_in(server: Elasticsearch, name: str) -> set[int]:
    server.indices.refresh(index=name)
    return {int(hit["_id"]) for hit in server.search(index=name, size=100)["hits"]["hits"]}


def lose(server: Elasticsearch, index: ElasticsearchIndex) -> None:
    """A deletion that nobody asked for, of the same version as the document had."""
    document = SearchDocument.objects.get()
    version = {"version": index.position, "version_type": "external_gte"}
    server.delete(index=index.name, id=str(document.pk), refresh=True, **version)


def titles(ask: Ask, text: str = "gruppe") -> list[str]:
    results = engines.search(ask(text))
    assert (results.engine, results.degraded) == ("elasticsearch", False)
    return sorted(hit.row.title for hit in results.hits)


def test_a_rebuild_fills_compares_and_swaps_and_keeps_the_former_index(notes, server, ask: Ask) -> None:
    notes.put("1", "Gruppe et")
    notes.index()
    first = rebuilding.rebuild(quiet=True)
    second = rebuilding.rebuild(quiet=True)
    third = rebuilding.rebuild(quiet=True)
    assert indexes.current() == third
    assert indexes.previous() == second
    assert not server.indices.exists(index=first.name)
    assert set(server.indices.get_alias(name=indexes.alias())) == {third.name}
    in_step()
    assert titles(ask) == ["Gruppe et"]


def test_what_changes_during_a_rebuild_is_in_the_new_index(notes, server, ask: Ask, monkeypatch) -> None:
    for key in range(5):
        notes.put(str(key), f"Gruppe {key}")
    notes.index()
    fill = rebuilding._fill

    def fill_while_others_write(index: ElasticsearchIndex, quiet: bool) -> None:
        fill(index, quiet)
        notes.change("1", title="Gruppe ny")
        del notes.held["2", "da"]
        indexing.refresh(notes, ["1", "2"])

    monkeypatch.setattr(rebuilding, "_fill", fill_while_others_write)
    index = rebuilding.rebuild(quiet=True)
    assert following.differences(index).all == ()
    in_step()
    assert titles(ask) == ["Gruppe 0", "Gruppe 3", "Gruppe 4", "Gruppe ny"]


def test_what_is_written_while_the_new_index_is_compared_is_no_difference(
    notes, server, ask: Ask, monkeypatch
) -> None:
    for key in range(5):
        notes.put(str(key), f"Gruppe {key}")
    notes.index()
    differing, count = rebuilding._differing, type(SearchDocument.objects).count
    calls: list[int] = []

    def write_then_count(manager):
        calls.append(1)
        if len(calls) < 3:
            notes.put(f"n{len(calls)}", "Gruppe ny")
            notes.index()
        return count(manager)

    def change_then_compare(index: ElasticsearchIndex, ids: list[int]) -> list[int]:
        monkeypatch.setattr(rebuilding, "_differing", differing)
        notes.change("1", title="Gruppe ændret")
        del notes.held["2", "da"]
        indexing.refresh(notes, ["1", "2"])
        return differing(index, ids)

    monkeypatch.setattr(type(SearchDocument.objects), "count", write_then_count)
    monkeypatch.setattr(rebuilding, "_differing", change_then_compare)
    index = rebuilding.rebuild(quiet=True)
    monkeypatch.undo()
    assert len(calls) == 3
    assert following.differences(index).all == ()


def test_a_new_index_is_compared_although_something_was_followed(notes, server, monkeypatch) -> None:
    notes.put("1", "Gruppe")
    notes.put("2", "Gruppe to")
    notes.index()
    kept = rebuilding.rebuild(quiet=True)
    follow = following.follow

    def follow_after_a_loss(index: ElasticsearchIndex) -> int:
        notes.change("1", title=f"Gruppe {IndexChange.objects.count()}")
        indexing.refresh(notes, ["1"])
        return follow(index)

    monkeypatch.setattr(following, "send_all", lambda index, ids, version: [])
    monkeypatch.setattr(following, "follow", follow_after_a_loss)
    with pytest.raises(rebuilding.RebuildFailed):
        rebuilding.rebuild(quiet=True)
    assert indexes.current() == kept


def test_a_new_index_that_lacks_something_is_not_put_in_place(notes, server, monkeypatch) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    kept = rebuilding.rebuild(quiet=True)
    monkeypatch.setattr(rebuilding, "_fill", lambda index, quiet: None)
    monkeypatch.setattr(following, "follow", lambda index: 0)
    with pytest.raises(rebuilding.RebuildFailed):
        rebuilding.rebuild(quiet=True)
    assert indexes.current() == kept
    assert list(server.indices.get(index=f"{indexes.alias()}-*")) == [kept.name]


def test_rolling_back_brings_the_former_index_in_step_first(notes, server, ask: Ask) -> None:
    notes.put("1", "Gruppe et")
    notes.index()
    former = rebuilding.rebuild(quiet=True)
    rebuilding.rebuild(quiet=True)
    notes.put("2", "Gruppe to")
    notes.index()
    out = StringIO()
    call_command("rebuild_search_index", rollback=True, stdout=out)
    assert out.getvalue() == f"elasticsearch {former.name}\n"
    assert indexes.current() == former
    assert following.differences(former).all == ()


def test_without_a_former_index_rolling_back_is_refused(notes, server) -> None:
    rebuilding.rebuild(quiet=True)
    with translation.override("en"), pytest.raises(CommandError, match="no former index"):
        call_command("rebuild_search_index", rollback=True)


def test_a_check_and_rolling_back_exclude_each_other() -> None:
    with pytest.raises(CommandError, match="not allowed"):
        call_command("rebuild_search_index", "--check", "--rollback")


def test_a_change_is_followed_and_a_late_older_state_does_not_win(notes, server) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    index = rebuilding.rebuild(quiet=True)
    document = SearchDocument.objects.get()
    late = list(following._actions(index, {document.pk: index.position}))
    del notes.held["1", "da"]
    indexing.refresh(notes, ["1"])
    rebuilding.bring_in_step(index)
    assert ids_in(server, index.name) == set()
    assert following.send(late) == 0
    assert ids_in(server, index.name) == set()


def test_where_the_log_does_not_reach_back_the_whole_is_compared(notes, server) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    index = rebuilding.rebuild(quiet=True)
    notes.put("2", "Gruppe to")
    notes.put("1", "Gruppe ny")
    notes.index()
    IndexChange.objects.filter(id__lte=index.position).delete()
    with pytest.raises(following.CannotFollow):
        following.follow(index)
    found = rebuilding.bring_in_step(index)
    assert (len(found.missing), len(found.extra), len(found.other)) == (1, 0, 1)
    assert following.differences(index).all == ()


def test_a_check_names_what_differs_and_fails(notes, server) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    index = rebuilding.rebuild(quiet=True)
    call_command("rebuild_search_index", check=True, verbosity=0, stdout=StringIO())
    lose(server, index)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("rebuild_search_index", check=True, verbosity=0, stdout=out)
    assert f"elasticsearch {index.name}, missing 1, extra 0, other 0" in out.getvalue()
    mirror.nightly()
    assert following.differences(index).all == ()


def test_a_chosen_value_is_counted_however_rare_it_is(notes, server, ask: Ask, monkeypatch) -> None:
    monkeypatch.setattr(search, "FACET_SIZE", 1)
    for key, colour in enumerate(("red", "red", "green", "blue")):
        notes.put(str(key), "Gruppe", facets={"colour": (colour,)})
    notes.index()
    in_step()
    for text in ("", "gruppe"):
        colours = engines.search(ask(text, colour=("blue",))).facets[0]
        assert {value.value: value.count for value in colours.values} == {"red": 2, "blue": 1}


def test_nothing_withdrawn_is_shown_although_the_server_still_has_it(notes, server, ask: Ask) -> None:
    notes.put("1", "Gruppe et")
    notes.put("2", "Gruppe to")
    notes.index()
    in_step_now = rebuilding.rebuild(quiet=True)
    server.indices.refresh(index=in_step_now.name)
    del notes.held["1", "da"]
    indexing.refresh(notes, ["1"])
    assert titles(ask) == ["Gruppe to"]


@pytest.mark.parametrize(
    "changes",
    [
        {"visible_to": timezone.now() - timedelta(hours=1)},
        {"visible_from": timezone.now() + timedelta(hours=1)},
        {"locale": "de"},
        {"sites": "|987|"},
        {"searchable": "tests.other"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_may_not_be_seen_any_more_is_not_shown_although_the_server_has_not_followed(
    notes, server, ask: Ask, changes: dict[str, object]
) -> None:
    notes.put("1", "Gruppe et")
    notes.put("2", "Gruppe to")
    notes.index()
    in_step()
    SearchDocument.objects.filter(object_key="1").update(**changes)
    for text in ("gruppe", ""):
        assert titles(ask, text) == ["Gruppe to"]
        assert engines.search(ask(text)).total == 1


def test_what_the_server_refuses_is_answered_by_the_database_and_counts_no_failure(
    notes, server, ask: Ask, monkeypatch
) -> None:
    notes.put("1", "Gruppe")
    notes.index()
    rebuilding.rebuild(quiet=True)
    many = [{"term": {"title": f"da_{number}"}} for number in range(100_000)]
    with monkeypatch.context() as patch:
        patch.setattr(search, "_words", lambda parsed: {"bool": {"should": many}})
        for _ in range(4):
            assert engines.search(ask("gruppe")).degraded
    assert not breaker.is_open
    in_step()
    assert titles(ask) == ["Gruppe"]


def test_another_mapping_is_seen_by_a_check_that_says_how_to_mend(notes, server, monkeypatch) -> None:
    rebuilding.rebuild(quiet=True)
    assert check_mapping(None, databases=["default"]) == []
    monkeypatch.setitem(mapping.SETTINGS, "refresh_interval", "2s")
    (message,) = check_mapping(None, databases=["default"])
    assert message.id == "torv_search.W003"
    assert "rebuild_search_index" in message.hint
    rebuilding.rebuild(quiet=True)
    assert check_mapping(None, databases=["default"]) == []


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ({"URLS": ["https://search.example:9200"], "API_KEY": "x"}, []),
        ({}, []),
        ("https://search.example", ["torv_search.E003"]),
        ({"URLS": "https://search.example"}, ["torv_search.E003"]),
        ({"URLS": ["search.example:9200"]}, ["torv_search.E003"]),
        ({"URLS": ["https://me:secret@search.example"]}, ["torv_search.E003"]),
        ({"URLS": ["http://s.example"]}, ["torv_search.E003"]),
        ({"URLS": ["http://s.example:99999"]}, ["torv_search.E003"]),
        ({"URLS": ["http://["]}, ["torv_search.E003"]),
        ({"URLS": [None, "http://s.example:9200"]}, ["torv_search.E003"]),
        ({"URLS": ["https://s.example"], "TIMEOUT": True}, ["torv_search.E003"]),
        ({"URLS": ["https://s.example"], "timeout": "5"}, ["torv_search.E004"]),
        ({"URLS": ["https://s.example"], "TIMEOUT": 0}, ["torv_search.E003"]),
        ({"URLS": ["https://s.example"], "PREFIX": "Torv*"}, ["torv_search.E003"]),
        ({"URLS": ["https://s.example"], "API_KEY": "x", "USER": "y"}, ["torv_search.E003"]),
        ({"URLS": ["https://s.example"], "CA_FILE": "no/such/file"}, ["torv_search.E003"]),
        ({"URLS": ["https://s.example"], "HOST": "x"}, ["torv_search.E004"]),
    ],
)
def test_a_wrong_setting_is_a_check_with_a_hint(written: object, ids: list[str]) -> None:
    with override_settings(TORV_SEARCH={"ELASTICSEARCH": written}):
        found = check_settings()
    assert [message.id for message in found] == ids
    assert all(message.hint for message in found)


@pytest.mark.parametrize("url", ["https://s.example", "https://s.example/es", "http://s.example:9200"])
def test_an_address_that_passes_is_one_that_the_library_takes(url: str) -> None:
    with override_settings(TORV_SEARCH={"ELASTICSEARCH": {"URLS": [url]}}):
        assert check_settings() == []
        assert client.for_readers()


def test_keys_in_small_letters_are_not_read() -> None:
    with override_settings(TORV_SEARCH={"ELASTICSEARCH": {"URLS": ["https://s.example"], "timeout": 5}}):
        assert (conf.elasticsearch().urls, conf.elasticsearch().timeout) == (("https://s.example",), 800)
