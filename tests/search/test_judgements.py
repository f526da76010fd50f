"""Judged queries against the real content: how good answers are, and that no change makes them worse.

`tests/search/judgements/figures.json` holds the figures that are reached; bench/relevance.py explains them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from bench import judged, relevance
from bench.relevance import Figures, Measured
from search import analysis, engines, lexicon
from search.analysis import readings
from search.candidates import Kept
from search.engines import stored
from search.engines.elastic.engine import ElasticsearchEngine
from tests import loaded_demo
from tests.conftest import need_contact_points
from tests.search.conftest import elasticsearch_at, in_step, node_address

pytestmark = pytest.mark.django_db
FIGURES = json.loads((relevance.JUDGEMENTS / "figures.json").read_text(encoding="utf-8"))
#: What a change may cost, what every language reaches, and how many may find nothing.
MARGIN, WANTED, EMPTY, OVERLAP = 0.01, 0.90, 0.02, 0.9
#: What queries nobody fitted anything to reach on an engine whose figure is not written down yet.
HELD_OUT_WANTED = 0.85
CLASSES = {
    "inflection",
    "compound part",
    "compound whole",
    "spelling",
    "typo",
    "two words",
    "everyday phrase",
    "place and topic",
}


@pytest.fixture(scope="module", params=["demo", "contact points"])
def content(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: Any,
    demo_folder: Path,
) -> Iterator[str]:
    """The content of some judgements, loaded once; taken back at the end."""
    if request.param == "contact points":
        need_contact_points()
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        if request.param == "demo":
            with loaded_demo.loaded(demo_folder):
                yield request.param
            return
        with loaded_demo.taken_back():
            judged.load(request.param)
            yield request.param


def answers(content: str) -> dict[str, list[Measured]]:
    files = judged.FILES | judged.HELD_OUT
    return {name: judged.asked(name) for name, about in files.items() if about == content}


@pytest.fixture(scope="module")
def by_database(content: str) -> dict[str, list[Measured]]:
    return answers(content)


def assert_good(engine: str, measured: dict[str, list[Measured]]) -> None:
    for name, found in measured.items():
        figures = Figures.of(found)
        assert figures.ndcg >= FIGURES[engine].get(name, HELD_OUT_WANTED) - MARGIN, (engine, name, figures)
        if name in judged.FILES:
            assert figures.ndcg >= WANTED, (engine, name, figures)
            assert figures.empty <= EMPTY, (engine, name, figures)


def test_the_database_answers_well(by_database: dict[str, list[Measured]]) -> None:
    assert_good(connection.vendor, by_database)


def test_a_process_that_has_read_nothing_orders_alike(
    by_database: dict[str, list[Measured]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked in another order, so that each query meets other words and documents that are known."""
    backwards = slice(None, None, -5)
    for name, found in by_database.items():
        lexicon.forget()
        analysis._cache.clear()
        readings.use(readings.current())
        monkeypatch.setattr(stored, "_kept", Kept())
        assert judged.asked(name, backwards) == found[backwards]


@pytest.mark.parametrize("major", [8, 9])
def test_elasticsearch_answers_as_well_and_alike(
    content: str,
    by_database: dict[str, list[Measured]],
    major: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with elasticsearch_at(node_address(major)):
        in_step()
        monkeypatch.setattr(engines, "current", ElasticsearchEngine)
        measured = answers(content)
    assert_good(f"elasticsearch {major}", measured)
    for name, found in measured.items():
        assert relevance.overlap(by_database[name], found) >= OVERLAP, name


@pytest.mark.parametrize("name", judged.FILES)
def test_judgements_are_many_of_every_class_and_about_what_is_there(name: str) -> None:
    read = relevance.read(name)
    assert len(read) >= 120
    assert {each.kind for each in read} == CLASSES
    assert all(grade in {0, 1, 2, 3} for each in read for grade in each.grades.values())
    assert all(max(each.grades.values()) >= 2 for each in read)


def test_held_out_queries_are_new_and_of_every_class() -> None:
    fitted = {each.query for name in judged.FILES for each in relevance.read(name)}
    held_out = [each for name in judged.HELD_OUT for each in relevance.read(name)]
    assert not fitted.intersection(each.query for each in held_out)
    for language in ("da", "de"):
        of_language = [each for each in held_out if each.locale == language]
        assert len(of_language) >= 60
        assert {each.kind for each in of_language} == CLASSES


def test_every_judged_thing_is_published(content: str, by_database: dict[str, list[Measured]]) -> None:
    known = set(judged.names().values())
    for found in by_database.values():
        assert {thing for each in found for thing in each.judged.grades} <= known
