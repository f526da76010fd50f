"""`rebuild_search_index`: bring the whole index in line with the content."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _
from tqdm import tqdm

from search import conf, indexing, registry
from search.indexing import Tally
from search.models import SearchDocument
from search.registry import Searchable


class Command(BaseCommand):
    help = "Bring the search index in line with the content. Readers keep searching meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare only; exit code 1 where they differ"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check: bool = options["check"]
        tally = self._leftovers(check)
        for searchable in registry.searchables():
            tally.add(self._one(searchable, check, quiet=options["verbosity"] == 0))
        # The same words in every language, as other programs read this line.
        self.stdout.write(", ".join(f"{name} {count}" for name, count in vars(tally).items()))
        if check and tally.changed:
            raise CommandError(_("The index and the content differ. Run rebuild_search_index."))

    def _one(self, searchable: Searchable, check: bool, quiet: bool) -> Tally:
        keys = list(searchable.keys())
        tally = Tally()
        with tqdm(total=len(keys), desc=searchable.name, unit="", disable=quiet or None) as bar:
            for batch in _batches(keys, conf.current().rebuild_batch_size):
                tally.add(_difference(searchable, batch) if check else indexing.refresh(searchable, batch))
                bar.update(len(batch))
        tally.add(self._orphans(searchable, set(keys), check))
        return tally

    def _orphans(self, searchable: Searchable, keys: set[str], check: bool) -> Tally:
        """Documents of things that are gone altogether."""
        stored = SearchDocument.objects.filter(searchable=searchable.name).values_list(
            "object_key", flat=True
        )
        gone = sorted({key for key in stored.distinct().iterator() if key not in keys})
        if check:
            return Tally(removed=len(gone))
        # Things written since `keys` was read are looked at again rather than removed.
        tally = Tally()
        for batch in _batches(gone, conf.current().rebuild_batch_size):
            tally.add(indexing.refresh(searchable, batch))
        return tally

    def _leftovers(self, check: bool) -> Tally:
        names = [searchable.name for searchable in registry.searchables()]
        where = ~Q(searchable__in=names)
        if check:
            return Tally(removed=SearchDocument.objects.filter(where).count())
        return Tally(removed=indexing.remove_where(where))


def _difference(searchable: Searchable, keys: Sequence[str]) -> Tally:
    return indexing.compare(searchable, keys).tally


def _batches(keys: Sequence[str], size: int) -> Iterator[list[str]]:
    iterator = iter(keys)
    while batch := list(islice(iterator, size)):
        yield batch
