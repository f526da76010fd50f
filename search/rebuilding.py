"""The whole index held against the whole content: by `rebuild_search_index`, and each night."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Q
from tqdm import tqdm

from . import conf, indexing, registry
from .indexing import Tally
from .models import SearchDocument
from .registry import Searchable


def run(*, check: bool = False, quiet: bool = False) -> Tally:
    """Write what differs, in short transactions; with `check` only count it; `quiet`: no progress bar."""
    tally = _leftovers(check)
    for searchable in registry.searchables():
        tally.add(_one(searchable, check, quiet))
    return tally


def _one(searchable: Searchable, check: bool, quiet: bool) -> Tally:
    keys = list(searchable.keys())
    tally = Tally()
    with tqdm(total=len(keys), desc=searchable.name, unit="", disable=quiet or None) as bar:
        for batch in _batches(keys, conf.current().rebuild_batch_size):
            tally.add(_difference(searchable, batch) if check else indexing.refresh(searchable, batch))
            bar.update(len(batch))
    tally.add(_orphans(searchable, set(keys), check))
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
        tally.add(indexing.refresh(searchable, batch))
    return tally


def _leftovers(check: bool) -> Tally:
    """Documents of apps that are not installed any more."""
    where = ~Q(searchable__in=[searchable.name for searchable in registry.searchables()])
    if check:
        return Tally(removed=SearchDocument.objects.filter(where).count())
    return Tally(removed=indexing.remove_where(where))


def _difference(searchable: Searchable, keys: Sequence[str]) -> Tally:
    return indexing.compare(searchable, keys).tally


def _batches(keys: Sequence[str], size: int) -> Iterator[list[str]]:
    iterator = iter(keys)
    while batch := list(islice(iterator, size)):
        yield batch
