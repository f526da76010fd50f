"""Whether a reader may see a document now, as the database knows it: part of a statement in plain SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from ..query import Query

_SEEN = """
locale = %s AND (visible_from IS NULL OR visible_from <= %s) AND (visible_to IS NULL OR visible_to > %s)
AND (sites = '' OR sites LIKE %s)
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """Stands before another condition in a statement, with its parameters; at first it asks for nothing."""

    sql: str = ""
    parameters: tuple[object, ...] = ()


#: Of documents that the bitmaps of this process gave: what is not to be seen is not among them.
NOTHING = Condition()


def seen(query: Query, searchables: Sequence[str]) -> Condition:
    """For documents that a copy of the index gave, which may lag behind: all that decides who sees them."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    marks = ", ".join(["%s"] * len(searchables)) or "NULL"
    return Condition(
        f"{_SEEN} AND searchable IN ({marks}) AND ",
        (query.locale, now, now, f"%|{query.site.pk}|%", *searchables),
    )
