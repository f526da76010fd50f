"""How the index and the editors' steering stand: what changes whenever one of them does, in one small query.

All that processes remember is kept until this changes, so that a change on one is in force at the next
request on every other.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast

from django.db import connection

from .models import IndexChange, SteeringState

Value = TypeVar("Value")

#: Asked at every search, so in plain SQL: building the statement would take longer than running it.
_NOW = f"""
SELECT steering.token, change.id, change.token FROM (SELECT 1 AS pk) one
LEFT JOIN {SteeringState._meta.db_table} steering ON steering.id = one.pk
LEFT JOIN (SELECT id, token FROM {IndexChange._meta.db_table} ORDER BY id DESC LIMIT 1) change ON 1 = 1
"""  # noqa: S608
#: Values that one process remembers of one sort; beyond it it starts afresh.
_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Generation:
    """`steering` is empty while editors have steered nothing; `index` is the last change with its token."""

    steering: str
    index: tuple[int, str]


_held: ContextVar[Generation | None] = ContextVar("torv_search_generation", default=None)


def read() -> Generation:
    """As the database says now."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        steering, change, token = cursor.fetchone()
    return Generation(steering or "", (change or 0, token or ""))


def current() -> Generation:
    """That of the search that is going on, else as the database says now."""
    return _held.get() or read()


@contextmanager
def held() -> Iterator[None]:
    """One search: all of it goes by the generation of its beginning, read once."""
    token = _held.set(read())
    try:
        yield
    finally:
        _held.reset(token)


@dataclass
class UntilIndexed:
    """What a process remembers until the index changes. Threads share it."""

    _index: tuple[int, str] = (0, "")
    _values: dict[tuple[object, ...], Any] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def remember(self, key: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """What `make` gives, or gave. It may ask the database, so no other thread waits for it."""
        index = current().index
        with self._lock:
            if index != self._index or len(self._values) >= _LIMIT:
                self._index, self._values = index, {}
            values = self._values
        if key not in values:
            values.setdefault(key, make())  # another thread may have been quicker
        return cast("Value", values[key])
