"""What a process remembers of the editors' steering until somebody changes it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.utils import timezone

from .models import SteeringState

Value = TypeVar("Value")


@dataclass(frozen=True)
class _Known(Generic[Value]):
    token: str
    day: date
    values: dict[str, Value]


class Remembered(Generic[Value]):
    """What `make(locale, day)` gave, kept until the steering or the day changes: one query to look.

    The token is read before the rows, so that rows which are newer than it are read once more, never missed.
    """

    def __init__(self, make: Callable[[str, date], Value]) -> None:
        self._make = make
        self._known: _Known[Value] | None = None

    def get(self, locale: str, token: str | None = None) -> Value:
        """`token` is that of the steering, where the caller has read it just now."""
        token, day = SteeringState.now() if token is None else token, timezone.localdate()
        known = self._known
        if known is None or (known.token, known.day) != (token, day):
            known = self._known = _Known(token, day, {})
        if locale not in known.values:
            known.values[locale] = self._make(locale, day)
        return known.values[locale]


def forget(**kwargs: Any) -> None:
    """Have every process read the steering anew; a receiver of signals, in the transaction of the change."""
    SteeringState.objects.update_or_create(pk=1, defaults={"token": secrets.token_hex(8)})
