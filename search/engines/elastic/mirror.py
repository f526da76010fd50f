"""Keeping Elasticsearch in step with the database, whatever has happened to it.

Nothing here raises for what Elasticsearch does: the database answers meanwhile, the fault is written
down for the operator, and the next minute tries again.
"""

import logging
from collections.abc import Callable

from django.utils import timezone

from ...models import ElasticsearchIndex
from . import following, indexes, mapping, rebuilding
from .breaker import breaker
from .client import FAILURES

logger = logging.getLogger(__name__)

#: All that may go wrong with Elasticsearch, and is no fault of the code.
FAULTS = (*FAILURES, following.WriteFailed, rebuilding.RebuildFailed)


def after_changes() -> None:
    """Soon after something changed: follow, if the server answers; else the next minute does."""
    if not breaker.is_open and (index := indexes.current()) is not None:
        _trying(index, lambda: rebuilding.bring_in_step(index))


def every_minute() -> None:
    """Make what is missing, put back what was taken away, and follow."""
    index = indexes.current()
    _trying(index, lambda: _ensure(index))


def nightly() -> None:
    """Compare document by document and mend."""
    if (index := indexes.current()) is not None:
        _trying(index, lambda: _compare(index))


def _ensure(index: ElasticsearchIndex | None) -> None:
    if index is None or not indexes.exists(index):
        rebuilding.rebuild(quiet=True)
        return
    rebuilding.bring_in_step(index)
    if not indexes.is_in_place(index):
        indexes.put_in_place(index)


def _compare(index: ElasticsearchIndex) -> None:
    found = following.mend(index)
    if found.all:
        logger.warning(
            "Elasticsearch differed from the database: %d documents missing, %d in excess, %d other",
            len(found.missing),
            len(found.extra),
            len(found.other),
        )


def _trying(index: ElasticsearchIndex | None, work: Callable[[], object]) -> None:
    try:
        work()
    except FAULTS as fault:
        logger.warning("Elasticsearch was not brought in step: %s", describe(fault))
        if index is not None:
            rows = ElasticsearchIndex.objects.filter(pk=index.pk)
            rows.update(error=describe(fault), failed_at=timezone.now())
        return
    if index is not None:
        ElasticsearchIndex.objects.filter(pk=index.pk).exclude(error="").update(error="", failed_at=None)


def describe(fault: Exception) -> str:
    """The kind of fault and its words, without what was sent."""
    return f"{type(fault).__name__}: {fault}"[:500]


def is_outdated() -> bool:
    """Whether the index in use was made with another mapping than this version of Torv has."""
    index = indexes.current()
    return index is not None and index.mapping_version != mapping.version()
