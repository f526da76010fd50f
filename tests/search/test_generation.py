"""What a process remembers until the index changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from search import generation
from search.generation import Generation, UntilIndexed


def test_what_takes_long_to_make_has_no_other_thread_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "current", lambda: Generation("", (1, "a")))
    remembered = UntilIndexed()
    begun, go_on = Event(), Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(60)
        return "late"

    with ThreadPoolExecutor(2) as pool:
        try:
            first = pool.submit(remembered.remember, ("one",), slow)
            assert begun.wait(60)
            assert pool.submit(remembered.remember, ("two",), lambda: "at once").result(60) == "at once"
            assert pool.submit(remembered.remember, ("one",), lambda: "quicker").result(60) == "quicker"
        finally:
            go_on.set()
        assert first.result(60) == "quicker"


def test_it_is_made_once_until_the_index_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = UntilIndexed()
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    seen = []
    for change in (1, 1, 2):
        monkeypatch.setattr(generation, "current", lambda change=change: Generation("", (change, "a")))
        seen.append(remembered.remember(("key",), make))
    assert seen == [1, 1, 2]
