"""The outbox: what changed is written down in the transaction that changed it, and indexed afterwards."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from . import conf, indexing, registry
from .indexing import Tally
from .models import OutboxRow
from .registry import Searchable

logger = logging.getLogger(__name__)

_BATCH = 200
_FIRST_RETRY = timedelta(seconds=30)
_LONGEST_RETRY = timedelta(hours=6)
#: Things that leave the index in the request itself; more than these are removed and built anew by the task.
_AT_ONCE = 100


class _Gathering(threading.local):
    """What this thread's `gathered` block holds back, by the name of the searchable."""

    keys: dict[str, dict[str, None]] | None = None


_gathering = _Gathering()


@contextmanager
def gathered() -> Iterator[None]:
    """Within a transaction: what is added in this block is written down at its end, in a query for each sort.

    For many things at once. A block left by an exception writes nothing, so let it end the transaction.
    """
    if _gathering.keys is not None:
        yield
        return
    _gathering.keys = {}
    try:
        yield
        keys = _gathering.keys
    finally:
        _gathering.keys = None
    for name, those in keys.items():
        add(registry.get(name), those)


def add(searchable: Searchable, keys: Iterable[str]) -> None:
    """Have these things indexed after the present transaction; a rollback leaves no trace."""
    if _gathering.keys is not None:
        _gathering.keys.setdefault(searchable.name, {}).update(dict.fromkeys(keys))
        return
    now = timezone.now()
    rows = [OutboxRow(searchable=searchable.name, object_key=key, due_at=now) for key in dict.fromkeys(keys)]
    if rows:
        OutboxRow.objects.bulk_create(rows, batch_size=1000)
        _schedule()


def wake() -> None:
    """Have what follows the index know, after the present transaction, that documents changed."""
    _schedule()


def vanish(searchable: Searchable, keys: Iterable[str]) -> None:
    """As `add`, for what may have to disappear: it does so now, in the present transaction."""
    unique = list(dict.fromkeys(keys))
    if not unique:
        return
    if len(unique) > _AT_ONCE or not _refreshed(searchable, unique):
        indexing.remove(searchable, unique)
    add(searchable, unique)


def _refreshed(searchable: Searchable, keys: Sequence[str]) -> bool:
    try:
        indexing.refresh(searchable, keys)
    except Exception:  # a content type's own code must not keep an editor from withdrawing something
        logger.exception("Could not build documents of %s; they are removed", searchable.name)
        return False
    return True


class _Scheduled(threading.local):
    """Of this thread's connection: how often a task was asked for, and up to which time that was done."""

    asked = 0
    done = 0


_scheduled = _Scheduled()


def _schedule() -> None:
    """One task a transaction is enough, however many rows it writes: its first hook enqueues for them all.

    Each call leaves a hook nevertheless. A hook that is there already may be one that never runs, when it
    belongs to a transaction around this one that is never committed, as tests have it.
    """
    _scheduled.asked += 1
    transaction.on_commit(partial(_enqueue_once, _scheduled.asked))


def _enqueue_once(number: int) -> None:
    from .tasks import process_outbox

    if number > _scheduled.done:
        _scheduled.done = _scheduled.asked
        process_outbox.enqueue()


def dead() -> QuerySet[OutboxRow]:
    """What has failed so often that it is not tried again by itself."""
    return OutboxRow.objects.filter(attempts__gte=conf.current().max_attempts)


def try_again() -> int:
    """Have everything that is dead tried again now; gives the number of rows."""
    with transaction.atomic():
        count = dead().update(attempts=0, due_at=timezone.now())
        if count:
            _schedule()
    return count


#: Told how many rows of the outbox were just dealt with, and how many were due at the beginning.
Watcher = Callable[[int, int], None]


class _Watching(threading.local):
    watcher: Watcher | None = None


_watching = _Watching()


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Tell of the indexing this thread does in the block; where a worker does it there is nothing to tell."""
    _watching.watcher = watcher
    try:
        yield
    finally:
        _watching.watcher = None


def process() -> Tally:
    """Index everything that is due, oldest first. A thing that fails is put off, the others go on."""
    tally = Tally()
    watcher = _watching.watcher
    total = _due().count() if watcher else 0
    while rows := list(_due()[:_BATCH]):
        tally.add(_process_batch(rows))
        if watcher:
            watcher(len(rows), total)
    return tally


def _due() -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(due_at__lte=timezone.now(), attempts__lt=conf.current().max_attempts)


def _process_batch(rows: Sequence[OutboxRow]) -> Tally:
    try:
        return _index(rows)
    except Exception as error:  # whatever a content type's own code raises must not stop the others
        if len(rows) == 1:
            _put_off(rows[0], error)
            return Tally()
    tally = Tally()
    for row in rows:
        tally.add(_process_batch([row]))
    return tally


def _index(rows: Sequence[OutboxRow]) -> Tally:
    """Write and mark in one transaction: a worker killed between the two has done neither."""
    by_name: dict[str, list[OutboxRow]] = defaultdict(list)
    for row in rows:
        by_name[row.searchable].append(row)
    names = {searchable.name for searchable in registry.searchables()}
    tally = Tally()
    with transaction.atomic():
        for name, group in by_name.items():
            if name in names:
                keys = list(dict.fromkeys(row.object_key for row in group))
                tally.add(indexing.refresh(registry.get(name), keys, version=max(row.pk for row in group)))
        OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return tally


def _put_off(row: OutboxRow, error: Exception) -> None:
    wait = min(_FIRST_RETRY * 2**row.attempts, _LONGEST_RETRY)
    OutboxRow.objects.filter(pk=row.pk).update(
        attempts=row.attempts + 1,
        due_at=timezone.now() + wait,
        error=f"{type(error).__name__}: {error}"[:2000],
    )
