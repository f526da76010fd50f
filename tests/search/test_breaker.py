"""After some failures in a row nobody waits for the server; one call at a time tries whether it is back."""

from __future__ import annotations

from search.engines.elastic.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_the_failures_in_a_row_and_says_so_once() -> None:
    breaker = Breaker(Clock())
    assert [breaker.failed(3, 30) for _ in range(5)] == [False, False, True, False, False]
    assert breaker.is_open
    assert not breaker.allows(30)


def test_a_success_forgets_earlier_failures() -> None:
    breaker = Breaker(Clock())
    breaker.failed(2, 30)
    breaker.succeeded()
    breaker.failed(2, 30)
    assert breaker.allows(30)


def test_after_the_pause_one_call_tries_and_the_others_wait() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    breaker.failed(1, 30)
    clock.now += 30
    assert [breaker.allows(30) for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.allows(30) for _ in range(3)] == [True, True, True]


def test_a_try_that_fails_opens_it_again_at_once() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(3):
        breaker.failed(3, 30)
    clock.now += 31
    assert breaker.allows(30)
    breaker.failed(3, 30)
    assert not breaker.allows(30)


def test_a_try_that_says_nothing_leaves_it_to_the_next() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    breaker.undecided()
    assert not breaker.is_open
    breaker.failed(1, 30)
    clock.now += 30
    assert breaker.allows(30)
    breaker.undecided()
    assert [breaker.allows(30) for _ in range(2)] == [True, False]
