"""Torv on Elasticsearch beside the bare request: the same body, sent to the same node over one connection."""

import json
import os
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from itertools import pairwise
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from django.test import override_settings
from elasticsearch.dsl import FacetedSearch

from search import conf, engines
from search.engines.elastic import client, indexes, rebuilding
from search.engines.elastic.breaker import breaker
from search.engines.elastic.engine import ElasticsearchEngine

from . import corpus, random_queries
from .contestants import Torv
from .timing import percentile_95

MAJORS = (8, 9)
_RATIO, _MORE = 1.5, 5.0  # times the bare request, and milliseconds
_REPEATS = 9


def run(made: corpus.Corpus, number: int) -> list[str]:
    """Each node that there is; give what is missed. `number` queries of any kind are asked besides."""
    missed = []
    for major in MAJORS:
        address = os.environ.get(f"TORV_ELASTICSEARCH_{major}", "")
        if not address:
            print(f"  Elasticsearch {major}: skipped, `make services` starts one.", flush=True)
            continue
        with _in_force(address):
            missed += _beside_raw(f"Elasticsearch {major}", address, made)
            if number:
                queries = random_queries.make(made, number)
                missed += random_queries.run(f"Elasticsearch {major}", Torv().answer, queries)
    return missed


@contextmanager
def _in_force(address: str) -> Iterator[None]:
    """An index of the benchmark's own, removed afterwards; the database does not answer in its place."""
    values = {"URLS": [address], "PREFIX": f"bench-{secrets.token_hex(4)}", "TIMEOUT": 10_000}
    breaker.succeeded()
    with override_settings(TORV_SEARCH={**conf.given(), "ELASTICSEARCH": values}):
        index = rebuilding.rebuild(quiet=True)
        client.for_writing().indices.refresh(index=index.name)
        try:
            with patch.object(engines, "current", ElasticsearchEngine):
                yield
        finally:
            indexes.discard(index)


def _beside_raw(name: str, address: str, made: corpus.Corpus) -> list[str]:
    torv = Torv()
    raw = _Raw(address)
    ours, theirs, missed = [], [], []
    for query, text in corpus.queries(made).items():
        body = _last_body(torv, text)
        answer, found = torv.answer(text), raw.answer(body)
        times = [_in_turn(partial(torv.answer, text), partial(raw.answer, body)) for _ in range(_REPEATS)]
        ours.append(statistics.median(mine for mine, _bare in times))
        theirs.append(statistics.median(bare for _mine, bare in times))
        if found["hits"]["total"]["value"] != answer.total or not answer.total:
            missed.append(
                f"{name}, {query}: torv finds {answer.total}, the bare request {found['hits']['total']}"
            )
    median, bare = statistics.median(ours), statistics.median(theirs)
    most = _RATIO * bare + _MORE
    print(
        f"  {name}: torv median {median:.2f} ms, p95 {percentile_95(ours):.2f} ms;"
        f" bare request {bare:.2f} ms, p95 {percentile_95(theirs):.2f} ms;"
        f" {median / bare:.2f} x, at most {_RATIO} x + {_MORE:.0f} ms = {most:.2f} ms",
        flush=True,
    )
    return [*missed, f"{name}: {median:.2f} ms, {most:.2f} wanted"] if median > most else missed


def _in_turn(*works: Callable[[], object]) -> list[float]:
    """Milliseconds of each: what else the machine does then meets them alike."""
    times = [time.perf_counter()]
    for work in works:
        work()
        times.append(time.perf_counter())
    return [(end - start) * 1000 for start, end in pairwise(times)]


def _last_body(torv: Torv, text: str) -> dict[str, Any]:
    """What the search sends in the end: the request that gave its answer, with all its facets."""
    sent: list[dict[str, Any]] = []
    execute = FacetedSearch.execute

    def noting(search: Any) -> Any:
        sent.append(search._s.to_dict())
        return execute(search)

    with patch.object(FacetedSearch, "execute", noting):
        torv.answer(text)
    return sent[-1]


class _Raw:
    """The least there is between a program and the node."""

    def __init__(self, address: str) -> None:
        self.connection = HTTPConnection(urlsplit(address).netloc)

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        self.connection.request("POST", f"/{indexes.alias()}/_search", json.dumps(body), headers)
        answer: dict[str, Any] = json.loads(self.connection.getresponse().read())
        return answer
