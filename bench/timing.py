"""Repeated timing with a limit: what takes too long is cut and said so."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import TypeVar

from django.db import OperationalError, connection

LIMIT = 10.0  # seconds
_REPEATS = 5
_SLOW = 1.0  # what takes longer is measured once
Result = TypeVar("Result")


class CutError(Exception):
    """The database was stopped after LIMIT seconds."""


@contextmanager
def limited() -> Iterator[None]:
    """Stop the database's work after LIMIT seconds, raising CutError."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(LIMIT * 1000)}")
    connection.ensure_connection()
    timer = Timer(LIMIT, connection.connection.interrupt) if connection.vendor == "sqlite" else None
    if timer:
        timer.start()
    started = time.perf_counter()
    try:
        yield
    except OperationalError as error:
        raise CutError from error
    finally:
        if timer:
            timer.cancel()
    if time.perf_counter() - started > LIMIT:
        raise CutError


def timed(work: Callable[[], Result], repeats: int = _REPEATS) -> tuple[float, Result]:
    """The median time in milliseconds after one warm-up, and what the work gave."""
    times: list[float] = []
    result: Result
    for attempt in range(repeats + 1):
        started = time.perf_counter()
        with limited():
            result = work()
        elapsed = time.perf_counter() - started
        if attempt or elapsed > _SLOW:
            times.append(elapsed * 1000)
        if elapsed > _SLOW:
            break
    return statistics.median(times), result


def first_time(work: Callable[[], Result]) -> float:
    """Milliseconds of the first time in a process, which loads templates and addresses; never cut."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def each_time(work: Callable[[], object], repeats: int = _REPEATS) -> list[float]:
    """Milliseconds of every single time, after one that does not count."""
    work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        with limited():
            work()
        times.append((time.perf_counter() - started) * 1000)
    return times


def percentile_95(values: Sequence[float]) -> float:
    """The value that 95 % of the others do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
