"""Searchable things that live in memory, so that the search is tested apart from any content."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db.models import Model
from django.test import override_settings
from elasticsearch import Elasticsearch
from wagtail.models import Locale, Site

from search import engines, indexing, registry
from search.documents import Document
from search.engines.elastic import client, indexes, rebuilding
from search.engines.elastic.breaker import breaker
from search.engines.elastic.engine import ElasticsearchEngine
from search.facets import Facet
from search.query import Query
from search.registry import HitAddress, Searchable
from search.results import Results
from tests.conftest import need_service


class Notes(Searchable):
    """A dictionary of documents, by key and locale."""

    name = "tests.note"
    models: tuple[type[Model], ...] = ()

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], Document] = {}
        self.broken: set[str] = set()
        self.hidden_sites: set[int] = set()

    def key(self, instance: Model) -> str:
        return str(instance.pk)

    def keys(self) -> Iterable[str]:
        return sorted({key for key, _ in self.held})

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        for (key, _), document in sorted(self.held.items()):
            if key in keys:
                if key in self.broken:
                    raise RuntimeError(f"{key} is broken")
                yield document

    def address(self, site: Site, locale: str) -> HitAddress | None:
        if site.pk in self.hidden_sites:
            return None
        return lambda hit: f"/{locale}/notes/{hit.object_key}/"

    def put(self, key: str, title: str, locale: str = "da", **fields: Any) -> Document:
        document = Document(
            object_key=key,
            object_id=fields.pop("object_id", 1),
            locale=locale,
            lang=fields.pop("lang", locale),
            kind="note",
            title=title,
            **fields,
        )
        self.held[key, locale] = document
        return document

    def change(self, key: str, locale: str = "da", **fields: Any) -> None:
        self.held[key, locale] = replace(self.held[key, locale], **fields)

    def index(self) -> indexing.Tally:
        stored = list(self.keys())
        return indexing.refresh(self, stored)


@dataclass
class Colour(Facet):
    name: str = "colour"
    label: str = "Colour"

    known = {"red": "Rød", "green": "Grøn", "blue": "Blå"}

    def labels(self, values: Sequence[str], locale: str) -> Mapping[str, str]:
        return {value: self.known[value] for value in values if value in self.known}


@dataclass
class Size(Colour):
    name: str = "size"
    label: str = "Size"

    known = {"small": "Lille", "large": "Stor"}


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    """The only searchable there is, with the facets colour and size."""
    sample = Notes()
    monkeypatch.setattr(registry, "_searchables", {sample.name: sample})
    monkeypatch.setattr(registry, "_facets", {"colour": Colour(), "size": Size()})
    return sample


def node_address(major: int) -> str:
    """Where the node of that major answers; the test is skipped, in CI failed, where it is missing."""
    address = os.environ.get(f"TORV_ELASTICSEARCH_{major}", "")
    need_service(f"Elasticsearch {major}", found=address, how="run `make services`")
    return address


@contextmanager
def elasticsearch_at(address: str, **values: Any) -> Iterator[str]:
    """Elasticsearch is in force with names of its own, gone afterwards; gives their prefix."""
    prefix = f"test-{secrets.token_hex(6)}"
    settings = {"URLS": [address], "PREFIX": prefix, "TIMEOUT": 5000, **values}
    breaker.succeeded()
    with override_settings(TORV_SEARCH={"ELASTICSEARCH": settings}):
        yield prefix
    breaker.succeeded()
    client = Elasticsearch(address, request_timeout=30)
    if names := list(client.indices.get(index=f"{prefix}-*", expand_wildcards="all")):
        client.options(ignore_status=404).indices.delete(index=names)


def in_step() -> None:
    """Have Elasticsearch hold what the database's index holds, made first where there is no index."""
    index = indexes.current()
    if index is None:
        index = rebuilding.rebuild(quiet=True)
    rebuilding.bring_in_step(index)
    client.for_writing().indices.refresh(index=index.name)


class InStep(ElasticsearchEngine):
    """Elasticsearch alone, without a database that answers where it fails."""

    def search(self, query: Query) -> Results:
        in_step()
        return super().search(query)


@pytest.fixture(params=["database", "elasticsearch 8", "elasticsearch 9"])
def engine(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each engine in turn answers `engines.search`."""
    name, _, major = request.param.partition(" ")
    if name == "database":
        yield name
        return
    with elasticsearch_at(node_address(int(major))):
        monkeypatch.setattr(engines, "current", InStep)
        yield name


@pytest.fixture
def site(db: None) -> Site:
    for code in ("da", "de", "en"):
        Locale.objects.get_or_create(language_code=code)
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def ask(site: Site) -> Callable[..., Query]:
    """`ask("sorg", colour=("red",), page=2)`."""

    def make(text: str = "", locale: str = "da", page: int = 1, per_page: int = 10, **selected: Any) -> Query:
        return Query(
            text=text,
            locale=locale,
            site=site,
            selected=selected,
            facets=("colour", "size"),
            page=page,
            per_page=per_page,
        )

    return make
