"""The whole index held against the whole content: by `rebuild_search_index`, and each night."""

import logging
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Q
from tqdm import tqdm

from . import compound_changes, conf, indexing, registry, vocabulary
from .indexing import Tally
from .models import SearchDocument
from .registry import Searchable

logger = logging.getLogger(__name__)


def run(*, check: bool = False, quiet: bool = False) -> Tally:
    """Write what differs, in short transactions; with `check` only count it; `quiet`: no progress bar.

    A thing whose documents cannot be built is logged and counted as failed; the others go on.
    """
    tally = _leftovers(check)
    if check:
        tally.updated += indexing.count_without_terms()
    else:
        indexing.forget_without_terms()
    for searchable in registry.searchables():
        tally.add(_one(searchable, check, quiet))
    if not check and not vocabulary.is_right():
        vocabulary.recount()
    if not check:
        compound_changes.learn()
    return tally


def _one(searchable: Searchable, check: bool, quiet: bool) -> Tally:
    keys = list(searchable.keys())
    tally = Tally()
    with tqdm(total=len(keys), desc=searchable.name, unit="", disable=quiet or None) as bar:
        for batch in _batches(keys, conf.current().rebuild_batch_size):
            tally.add(_batch(searchable, batch, check))
            bar.update(len(batch))
    tally.add(_orphans(searchable, set(keys), check))
    return tally


def _batch(searchable: Searchable, keys: Sequence[str], check: bool) -> Tally:
    try:
        return indexing.compare(searchable, keys).tally if check else indexing.refresh(searchable, keys)
    except Exception:  # whatever a content type's own code raises must not stop the others
        if len(keys) == 1:
            logger.exception("Could not build the documents of %s %s", searchable.name, keys[0])
            return Tally(failed=1)
    tally = Tally()
    for key in keys:
        tally.add(_batch(searchable, [key], check))
    return tally


def _orphans(searchable: Searchable, keys: set[str], check: bool) -> Tally:
    """Documents of things that are gone altogether."""
    stored = SearchDocument.objects.filter(searchable=searchable.name).values_list("object_key", flat=True)
    gone = sorted({key for key in stored.distinct().iterator() if key not in keys})
    if check:
        return Tally(removed=len(gone))
    # Things written since `keys` was read are looked at again rather than removed.
    tally = Tally()
    for batch in _batches(gone, conf.current().rebuild_batch_size):
        tally.add(_batch(searchable, batch, check))
    return tally


def _leftovers(check: bool) -> Tally:
    """Documents of apps that are not installed any more."""
    where = ~Q(searchable__in=[searchable.name for searchable in registry.searchables()])
    if check:
        return Tally(removed=SearchDocument.objects.filter(where).count())
    return Tally(removed=indexing.remove_where(where))


def _batches(keys: Sequence[str], size: int) -> Iterator[list[str]]:
    iterator = iter(keys)
    while batch := list(islice(iterator, size)):
        yield batch
