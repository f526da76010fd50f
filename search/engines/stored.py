"""Documents of the index, by id: what this process has read of them lately is not read again."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from ..candidates import JSON_COLUMNS, Candidate, Kept
from ..models import SearchDocument
from ..results import StoredHit
from ..statements import rows
from .seeing import NOTHING, Condition

_TABLE = SearchDocument._meta.db_table
_COLUMNS = [field.name for field in fields(StoredHit)]
_FINGERPRINTS = f"SELECT id, fingerprint FROM {_TABLE} WHERE"  # noqa: S608
_ROWS = f"""
SELECT id, fingerprint, boost, {", ".join(_COLUMNS)} FROM {_TABLE} WHERE id IN (...)
""".replace("checked_on", "CAST(checked_on AS text)")  # noqa: S608
_kept = Kept()


def read(ids: Sequence[int], condition: Condition = NOTHING) -> list[Candidate]:
    """Those of these documents that are there and meet the condition, in any order.

    One query says which are there and unchanged, another one reads those that this process does not know.
    """
    stored = [
        (document_id, _kept.get((document_id, print_of)))
        for document_id, print_of in rows(
            f"{_FINGERPRINTS} {condition.sql} id IN (...)", ids, *condition.parameters
        )
    ]
    new = [document_id for document_id, known in stored if known is None]
    return [*(known for _, known in stored if known is not None), *map(_read, rows(_ROWS, new))]


def _read(row: tuple[Any, ...]) -> Candidate:
    document_id, print_of, boost, *columns = row
    values = dict(zip(_COLUMNS, columns, strict=True))
    candidate = Candidate(document_id, boost, values)
    if print_of:  # empty where the document is to be written anew
        size = sum(len(values[name]) for name in ("title", "summary", "body", *JSON_COLUMNS))
        _kept.put((document_id, print_of), candidate, size)
    return candidate
