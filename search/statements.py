"""Statements that every search makes, in plain SQL: building them would take longer than running them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

_MANY = "(...)"


def rows(statement: str, among: Sequence[Any], *parameters: Any) -> list[tuple[Any, ...]]:
    """What it gives; `IN (...)` at its end stands for membership in `among`."""
    if not among:
        return []
    marks = ", ".join(["%s"] * len(among))
    with connection.cursor() as cursor:
        cursor.execute(statement.replace(_MANY, f"({marks})"), [*parameters, *among])
        return list(cursor.fetchall())


def day(written: str | None) -> date | None:
    """A date that was read as text, the same on every database: `CAST(checked_on AS text)`."""
    return date.fromisoformat(written) if written else None
