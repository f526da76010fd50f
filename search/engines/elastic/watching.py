"""What an operator is told of Elasticsearch. Nothing here raises, and nothing waits longer than a reader."""

from ...models import ElasticsearchIndex, IndexChange
from ..mirroring import State
from . import indexes, mirror
from .breaker import breaker
from .client import FAILURES, for_readers, reading


def documents() -> int | None:
    """How many documents a reader's question would meet; None where it would not be answered."""
    if breaker.is_open:
        return None
    try:
        with reading():
            count: int = for_readers().count(index=indexes.alias())["count"]
    except FAILURES:
        return None
    return count


def state() -> State:
    count = documents()
    index = indexes.current() or ElasticsearchIndex()
    behind = IndexChange.objects.filter(id__gt=index.position)
    oldest = behind.order_by("id").values_list("created_at", flat=True).first()
    return State(
        answers=count is not None,
        is_paused=breaker.is_open,
        name=index.name,
        is_outdated=mirror.is_outdated(),
        documents=count,
        size=None if count is None else _size(),
        waiting=behind.count(),
        waiting_since=oldest,
        built_at=index.built_at,
        error=index.error,
        failed_at=index.failed_at,
    )


def _size() -> int | None:
    """Bytes; None where the user of readers may not ask."""
    try:
        with reading():
            stats = for_readers().indices.stats(index=indexes.alias(), metric="store")
            size: int = stats["_all"]["total"]["store"]["size_in_bytes"]
    except FAILURES:
        return None
    return size
