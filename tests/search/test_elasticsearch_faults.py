"""Whatever happens to Elasticsearch, pages are answered, no edit is lost, and it catches up afterwards."""

from __future__ import annotations

import json
import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.conf import settings
from django.test import override_settings
from elasticsearch import Elasticsearch

from scripts import elasticsearch as servers
from search import engines, indexing, outbox
from search.engines import mirroring
from search.engines.elastic import client, following, indexes, rebuilding
from search.engines.elastic.breaker import breaker
from search.engines.elastic.engine import ElasticsearchEngine
from search.models import ElasticsearchIndex
from search.query import Query
from search.results import Results

from .conftest import elasticsearch_at, node_address

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]  # what production runs
Ask = Callable[..., Query]


@pytest.fixture(scope="module")
def own_node() -> Iterator[servers.Node]:
    """A node that may be harmed."""
    node_address(8)
    node = servers.start(8)
    yield node
    node.remove()


@pytest.fixture
def node(own_node: servers.Node, db: None) -> Iterator[servers.Node]:
    """Elasticsearch is in force on that node, which runs again at the end, whatever was done to it."""
    if own_node.pid is None:
        servers.launch(own_node)
    try:
        with elasticsearch_at(own_node.url, BULK_TIMEOUT=20):
            yield own_node
            revive(own_node)
    finally:
        revive(own_node)


def revive(node: servers.Node) -> None:
    node.signal(signal.SIGCONT)
    if node.pid is None:
        servers.launch(node)
    client._client.cache_clear()
    breaker.succeeded()


@pytest.fixture
def groups(notes) -> None:
    for key in range(5):
        notes.put(str(key), f"Gruppe {key}")
    notes.index()


def answer(ask: Ask) -> Results:
    results = engines.search(ask("gruppe"))
    assert results.total == len(results.hits)
    return results


def in_place(node: servers.Node) -> ElasticsearchIndex:
    index = rebuilding.rebuild(quiet=True)
    client.for_writing().indices.refresh(index=index.name)
    return index


def edit(notes) -> None:
    notes.change("1", title="Gruppe ændret")
    del notes.held["2", "da"]
    notes.put("9", "Gruppe ny")
    indexing.refresh(notes, ["1", "2", "9"])
    mirroring.after_changes()


def caught_up() -> bool:
    """After one minute's work the copy is what the database has, document by document."""
    mirroring.every_minute()
    index = indexes.current()
    assert index is not None
    assert index.error == ""
    return following.differences(index).all == () and indexes.is_in_place(index)


def expected_after_edit(ask: Ask) -> None:
    found = sorted(hit.row.title for hit in answer(ask).hits)
    assert found == ["Gruppe 0", "Gruppe 3", "Gruppe 4", "Gruppe ny", "Gruppe ændret"]


def test_down_from_the_start(groups, notes, ask: Ask, site, caplog: pytest.LogCaptureFixture) -> None:
    with elasticsearch_at_nothing():
        for _ in range(3):
            results = answer(ask)
            assert (results.total, results.degraded) == (5, True)
        edit(notes)
        mirroring.every_minute()
        expected_after_edit(ask)
    assert "Elasticsearch" in caplog.text


def elasticsearch_at_nothing():
    breaker.succeeded()
    settings = {"URLS": ["http://127.0.0.1:9"], "PREFIX": "test-nothing"}
    return override_settings(TORV_SEARCH={"ELASTICSEARCH": settings})


def test_killed_and_back(groups, notes, ask: Ask, node: servers.Node) -> None:
    in_place(node)
    assert not answer(ask).degraded
    node.kill()
    assert answer(ask).degraded
    edit(notes)
    expected_after_edit(ask)
    revive(node)
    assert caught_up()
    client.for_writing().indices.refresh(index=indexes.alias())
    assert not answer(ask).degraded
    expected_after_edit(ask)


def test_killed_during_a_query(groups, ask: Ask, node: servers.Node) -> None:
    in_place(node)
    node.signal(signal.SIGSTOP)  # takes the request and does not answer
    killer = Thread(target=node.kill)
    search = ElasticsearchEngine.search

    def search_while_it_dies(self: ElasticsearchEngine, query: Query) -> Results:
        killer.start()
        return search(self, query)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ElasticsearchEngine, "search", search_while_it_dies)
        results = answer(ask)
    killer.join()
    assert (results.total, results.degraded) == (5, True)


def test_killed_during_a_bulk(notes, ask: Ask, node: servers.Node, monkeypatch: pytest.MonkeyPatch) -> None:
    in_place(node)
    for key in range(60):
        notes.put(str(key), f"Gruppe {key}")
    notes.index()
    monkeypatch.setattr(following, "_BATCH", 10)
    sources = following.sources
    calls: list[int] = []

    def die_at_the_third_batch(ids):
        calls.append(1)
        if len(calls) == 3:
            node.kill()
        return sources(ids)

    monkeypatch.setattr(following, "sources", die_at_the_third_batch)
    mirroring.after_changes()
    index = indexes.current()
    assert index is not None
    assert index.error
    monkeypatch.undo()
    revive(node)
    assert caught_up()


def test_too_slow(groups, notes, ask: Ask, node: servers.Node) -> None:
    in_place(node)
    settings.TORV_SEARCH["ELASTICSEARCH"]["TIMEOUT"] = 800
    node.signal(signal.SIGSTOP)
    seen = [answer(ask) for _ in range(4)]
    assert [results.degraded for results in seen] == [True] * 4
    assert breaker.is_open  # the fourth did not wait any more
    node.signal(signal.SIGCONT)
    breaker.succeeded()
    assert not answer(ask).degraded


def test_read_only_as_with_a_full_disk(groups, notes, ask: Ask, node: servers.Node) -> None:
    index = in_place(node)
    server = client.for_writing()
    block = {"index.blocks.read_only_allow_delete": True}
    server.indices.put_settings(index=index.name, settings=block)
    edit(notes)
    index.refresh_from_db()
    assert "blocked" in index.error
    assert not answer(ask).degraded  # reading goes on, and what is withdrawn is not shown
    assert "Gruppe 2" not in {hit.row.title for hit in engines.search(ask("gruppe")).hits}
    server.indices.put_settings(index=index.name, settings={"index.blocks.read_only_allow_delete": None})
    assert caught_up()
    server.indices.refresh(index=index.name)
    expected_after_edit(ask)


def test_an_index_that_was_deleted_by_hand(groups, notes, ask: Ask, node: servers.Node) -> None:
    index = in_place(node)
    client.for_writing().indices.delete(index=index.name)
    assert answer(ask).degraded
    edit(notes)
    expected_after_edit(ask)
    assert not client.for_writing().indices.exists(index=index.name)  # a write made no other one
    assert caught_up()
    client.for_writing().indices.refresh(index=indexes.alias())
    breaker.succeeded()
    assert not answer(ask).degraded


def test_an_alias_that_is_missing_or_leads_elsewhere(groups, notes, ask: Ask, node: servers.Node) -> None:
    index = in_place(node)
    server = client.for_writing()
    server.indices.delete_alias(index=index.name, name=indexes.alias())
    assert answer(ask).degraded
    edit(notes)
    assert caught_up()
    breaker.succeeded()
    server.indices.refresh(index=index.name)
    assert not answer(ask).degraded
    expected_after_edit(ask)


class _Fake(BaseHTTPRequestHandler):
    """Answers every request as the test wants, `delay` seconds later."""

    status = 200
    product = "Elasticsearch"
    body = b"{}"
    delay = 0.0
    asked: list[str]

    def _answer(self) -> None:
        self.asked.append(self.path)
        time.sleep(self.delay)
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        if self.product:
            self.send_header("X-Elastic-Product", self.product)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer  # noqa: N815 - the library's names

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def elasticsearch_that(timeout: int = 5000, **answers: object) -> Iterator[list[str]]:
    """A server that answers so is in force; gives the paths that it is asked for."""
    asked: list[str] = []
    kind = type("Fake", (_Fake,), {**answers, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = Thread(target=server.serve_forever)
    thread.start()
    breaker.succeeded()
    settings = {
        "URLS": [f"http://127.0.0.1:{server.server_port}"],
        "PREFIX": "test-fake",
        "USER": "torv",
        "PASSWORD": "not-the-password",
        "TIMEOUT": timeout,
    }
    try:
        with override_settings(TORV_SEARCH={"ELASTICSEARCH": settings}):
            yield asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        breaker.succeeded()


@pytest.mark.parametrize(
    ("status", "product"),
    [(401, "Elasticsearch"), (200, ""), (200, "Elasticsearch")],
    ids=["password", "product", "empty"],
)
def test_a_wrong_password_or_another_product_or_an_empty_answer(
    groups, notes, ask: Ask, site, status: int, product: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), elasticsearch_that(status=status, product=product):
        for _ in range(3):
            results = answer(ask)
            assert (results.total, results.degraded) == (5, True)
        edit(notes)
        mirroring.every_minute()
        expected_after_edit(ask)
        assert breaker.is_open
        breaker.succeeded()
        assert not mirroring.answers()
    assert "Elasticsearch failed, the database answers" in caplog.text
    assert "not-the-password" not in caplog.text


def test_all_requests_of_a_search_together_wait_no_longer_than_one(groups, notes, ask: Ask) -> None:
    """Each wider form of the words is a request of its own, and finds nothing here."""
    notes.put("9", "Angst hos kvinder og mænd")
    notes.index()
    found = {"hits": {"total": {"value": 0}}, "aggregations": {"matching": {"doc_count": 0}}}
    for name in ("colour", "size"):
        found["aggregations"][f"_filter_{name}"] = {name: {"buckets": []}}
    body = json.dumps(found).encode()
    question = ask("gruppe angst kvinder")
    with elasticsearch_that(body=body) as asked:
        assert not engines.search(question).degraded
    assert len(asked) > 2
    with elasticsearch_that(body=body, delay=0.6, timeout=1000) as asked:
        assert engines.search(question).degraded
        assert len(asked) <= 2


def test_an_edit_reaches_the_server_by_itself(
    groups, notes, ask: Ask, node: servers.Node, django_capture_on_commit_callbacks
) -> None:
    index = in_place(node)
    notes.change("1", title="Gruppe ændret")
    with django_capture_on_commit_callbacks(execute=True):
        outbox.add(notes, ["1"])
    Elasticsearch(node.url).indices.refresh(index=index.name)
    assert "Gruppe ændret" in {hit.row.title for hit in answer(ask).hits}
    assert following.differences(index).all == ()
