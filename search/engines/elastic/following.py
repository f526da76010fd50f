"""Bringing an index up to date: it follows the log of index changes, as the bitmaps of each process do.

The number of a change is the version a document is written with, so that an older state never replaces a
newer one, however often and in whatever order batches arrive.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from elasticsearch.helpers import streaming_bulk

from ...models import ElasticsearchIndex, IndexChange, SearchDocument
from .client import for_writing, reading
from .documents import sources
from .indexes import write_alias

_BATCH = 500
_THREADS = 2
#: A document was written with a newer version already: nothing to do.
_CONFLICT = 409
_NOT_FOUND = 404


class WriteFailed(Exception):  # noqa: N818 - says what happened
    """Elasticsearch refused some documents; the text is its first reason."""


class CannotFollow(Exception):  # noqa: N818 - says what happened
    """The changes since the index was last in step are not known any more: it must be compared as a whole."""


@dataclass(frozen=True)
class Position:
    """A change and its token; where the row bears another token the log is not the one that was followed."""

    id: int = 0
    token: str = ""

    @classmethod
    def latest(cls) -> "Position":
        row = IndexChange.objects.order_by("-id").values_list("id", "token").first()
        return cls(*row) if row else cls()


def follow(index: ElasticsearchIndex) -> int:
    """Write what has changed since the index was in step; gives the number of documents.

    Raises CannotFollow, WriteFailed, or what Elasticsearch raises; the position then stays where it was.
    """
    written = 0
    while changes := _changes_after(index):
        newest = {document_id: change_id for change_id, _token, document_id in changes}
        newest.pop(0, None)  # a change that concerns no document
        written += write(index, newest)
        change_id, token, _document = changes[-1]
        _remember(index, Position(change_id, token))
    return written


def _changes_after(index: ElasticsearchIndex) -> list[tuple[int, str, int]]:
    rows = IndexChange.objects.order_by("id").values_list("id", "token", "document_id")
    if not index.position:
        if rows.exists() and not rows.filter(id=1).exists():
            raise CannotFollow
        return list(rows[:_BATCH])
    found = list(rows.filter(id__gte=index.position)[: _BATCH + 1])
    if not found or found[0][:2] != (index.position, index.token):
        raise CannotFollow
    return found[1:]


def _remember(index: ElasticsearchIndex, position: Position) -> None:
    index.position, index.token = position.id, position.token
    rows = ElasticsearchIndex.objects.filter(pk=index.pk, position__lt=position.id)
    rows.update(position=position.id, token=position.token, error="", failed_at=None)


def write(index: ElasticsearchIndex, versions: dict[int, int]) -> int:
    """Write these documents (id -> version) as the database has them now; those it lost are deleted."""
    return send(_actions(index, versions))


def _actions(index: ElasticsearchIndex, versions: dict[int, int]) -> Iterator[dict[str, Any]]:
    ids = list(versions)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        found = dict(sources(batch))
        for document_id in batch:
            yield _action(index, document_id, versions[document_id], found.get(document_id))


def _action(
    index: ElasticsearchIndex, document_id: int, version: int, source: dict[str, Any] | None
) -> dict[str, Any]:
    action: dict[str, Any] = {
        "_op_type": "index" if source is not None else "delete",
        "_index": write_alias(index.name),
        "_id": str(document_id),
        "version": max(version, 1),
        "version_type": "external_gte",
        "require_alias": True,
    }
    if source is None:
        del action["require_alias"]  # deletions never make an index
        return action
    return action | {"_source": source}


def send(actions: Iterable[dict[str, Any]]) -> int:
    """Write one bulk after the other; gives the number of documents written."""
    written = 0
    following = iter(actions)
    while batch := list(islice(following, _BATCH)):
        with reading():
            answers = list(streaming_bulk(for_writing(), batch, chunk_size=_BATCH, raise_on_error=False))
        written += _counted(answers)
    return written


def send_all(index: ElasticsearchIndex, ids: Sequence[int], version: int) -> Iterator[int]:
    """Write many documents, some bulks at a time side by side; yields how many each bulk wrote.

    The database is read in this thread alone: other threads would have connections of their own.
    """
    under_way: deque[Future[int]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        for start in range(0, len(ids), _BATCH):
            batch = dict.fromkeys(ids[start : start + _BATCH], version)
            under_way.append(pool.submit(send, list(_actions(index, batch))))
            if len(under_way) > _THREADS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _counted(answers: Iterable[tuple[bool, dict[str, Any]]]) -> int:
    written = 0
    for succeeded, answer in answers:
        (operation, result), *_ = answer.items()
        status = result.get("status")
        if succeeded:
            written += 1
        elif not (status == _CONFLICT or (operation == "delete" and _is_gone(result))):
            raise WriteFailed(str(result.get("error"))[:500])
    return written


def _is_gone(result: dict[str, Any]) -> bool:
    """A document that was not there; not so an index that was not there."""
    return result.get("status") == _NOT_FOUND and "error" not in result


@dataclass(frozen=True)
class Differences:
    """Ids of documents that Elasticsearch lacks, has in excess, or has in another state."""

    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    other: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        return (*self.missing, *self.extra, *self.other)


def differences(index: ElasticsearchIndex) -> Differences:
    """The index held against the database, document by document."""
    there = dict(_fingerprints(index))
    missing, other = [], []
    for document_id, fingerprint in SearchDocument.objects.values_list("id", "fingerprint").iterator(5000):
        found = there.pop(document_id, None)
        if found is None:
            missing.append(document_id)
        elif found != fingerprint:
            other.append(document_id)
    return Differences(tuple(missing), tuple(there), tuple(other))


def _fingerprints(index: ElasticsearchIndex) -> Iterator[tuple[int, str]]:
    """Id and fingerprint of every document, in the order of a point in time."""
    client = for_writing()
    client.indices.refresh(index=index.name)
    with reading():
        pit = client.open_point_in_time(index=index.name, keep_alive="2m")["id"]
    after: list[Any] | None = None
    try:
        while True:
            answer = client.search(
                pit={"id": pit, "keep_alive": "2m"},
                size=5000,
                sort=[{"_shard_doc": "asc"}],
                search_after=after,
                source=False,
                docvalue_fields=[{"field": "fingerprint"}],
                track_total_hits=False,
            )
            with reading():
                hits = answer["hits"]["hits"]
                found = [(int(hit["_id"]), hit["fields"]["fingerprint"][0]) for hit in hits]
                after = hits[-1]["sort"] if hits else None
            yield from found
            if after is None:
                return
    finally:
        client.options(ignore_status=404).close_point_in_time(id=pit)


def mend(index: ElasticsearchIndex) -> Differences:
    """Compare the whole index and write what differs; afterwards it is in step."""
    position = Position.latest()
    found = differences(index)
    write(index, dict.fromkeys(found.all, position.id))
    _remember(index, position)
    return found
