"""The bitmaps of a process: replaced as the index changes, and nobody waits for another one's search."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from search import bitmaps, indexing
from search.clauses import ParsedQuery
from search.engines.database import DatabaseEngine
from search.engines.vendors import text_index
from search.query import Query
from search.results import Results
from search.suggesting import suggest

Ask = Callable[..., Query]
HARBOUR = (55.86, 9.85)


@pytest.mark.django_db
def test_what_a_search_holds_does_not_change_under_it(notes, site) -> None:
    here = dict(zip(("latitude", "longitude"), HARBOUR, strict=True))
    for key in ("1", "2"):
        notes.put(key, "Gruppe", boost=2.0, sites=(site.pk,), facets={"colour": ("red",)}, **here)
    notes.index()

    def seen(held: bitmaps.FacetBitmaps) -> list[object]:
        documents = held.visible("da", [notes.name], site.pk, timezone.now())
        within = held.geography.within(HARBOUR, 1)
        nearest = list(held.geography.by_distance(HARBOUR, documents))
        return [list(documents), dict(held.counts("colour", documents)), list(within), nearest, held.boosts]

    held = bitmaps.current()
    before = seen(held)
    assert before[1] == {"red": 2}
    notes.change("1", facets={"colour": ("blue",)}, latitude=57.0, boost=1.0)
    del notes.held["2", "da"]
    notes.put("3", "Gruppe", facets={"colour": ("red", "green")}, **here)
    indexing.refresh(notes, ["1", "2", "3"])
    newer = bitmaps.current()
    assert newer is not held
    assert seen(held) == before
    assert seen(newer)[1] == {"red": 1, "green": 1, "blue": 1}
    assert seen(newer) == seen(bitmaps.FacetBitmaps().caught_up())


@pytest.mark.django_db(transaction=True)
def test_a_slow_statement_of_one_search_has_no_other_wait(notes, ask: Ask, monkeypatch) -> None:
    notes.put("1", "Sorggruppe")
    notes.index()
    reached, go_on = Event(), Event()
    kind = type(text_index())
    ranked = kind.ranked

    def first_waits(self, parsed: ParsedQuery) -> list[tuple[int, float]]:
        if not reached.is_set():
            reached.set()
            assert go_on.wait(60)
        return ranked(self, parsed)

    def in_a_thread(work: Callable[[], object]) -> object:
        try:
            return work()
        finally:
            connection.close()

    def search() -> Results:
        return DatabaseEngine().search(ask("sorggruppe"))

    monkeypatch.setattr(kind, "ranked", first_waits)
    with ThreadPoolExecutor(3) as pool:
        try:
            slow = pool.submit(in_a_thread, search)
            assert reached.wait(60)
            assert pool.submit(in_a_thread, search).result(60).total == 1
            assert len(pool.submit(in_a_thread, lambda: suggest(ask("sorg"))).result(60)) == 1
            assert not slow.done()
        finally:
            go_on.set()
        assert slow.result(60).total == 1
