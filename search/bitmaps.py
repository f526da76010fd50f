"""Which documents carry which facet value, as compressed bitmaps in each process.

Counting facets is then a matter of microseconds at any size. The bitmaps follow the table of index
changes: a request reads what changed since the last one, so that they are never older than the index.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from threading import RLock
from typing import Any, TypeVar, cast

from django.db import connection
from pyroaring import BitMap

from . import generation
from .geography import Geography, positions_of
from .models import DocumentFacet, IndexChange, SearchDocument

#: Above so many changes it is quicker to read everything.
_MAX_CHANGES = 20_000
_BATCH = 500

Key = tuple[object, ...]
Value = TypeVar("Value")


@dataclass
class FacetBitmaps:
    """All documents of one database. `position` is the last index change followed, with its token."""

    position: tuple[int, str] = (0, "")
    loaded: bool = False
    things: dict[tuple[str, str], BitMap] = field(default_factory=lambda: defaultdict(BitMap))
    #: Facet -> value -> documents.
    values: dict[str, dict[str, BitMap]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(BitMap))
    )
    sites: dict[str, BitMap] = field(default_factory=lambda: defaultdict(BitMap))
    times: dict[int, tuple[datetime | None, datetime | None]] = field(default_factory=dict)
    boosts: dict[int, float] = field(default_factory=dict)
    geography: Geography = field(default_factory=Geography)
    remembered: dict[Key, Any] = field(default_factory=dict)

    def catch_up(self) -> None:
        """Follow the index changes of this database, from the start where they cannot be followed."""
        if self._is_at(generation.current().index):
            return
        latest = generation.read().index  # by now another thread may have followed newer changes
        if self._is_at(latest):
            return
        changed = self._changed_ids(latest[0])
        if changed is None:
            self._clear()
            self._load(None)
        else:
            self._forget(changed)
            self._load(changed)
        self.position, self.loaded = latest, True
        self.remembered.clear()

    def _is_at(self, index: tuple[int, str]) -> bool:
        return self.loaded and index == self.position

    def remember(self, key: Key, make: Callable[[], Value]) -> Value:
        """What `make` gives, kept until the index changes: names of facet values, addresses."""
        if key not in self.remembered:
            self.remembered[key] = make()
        return cast("Value", self.remembered[key])

    def _changed_ids(self, latest_id: int) -> list[int] | None:
        """Documents changed since `position`, or None where that is not known any more."""
        position_id, token = self.position
        if not self.loaded or not position_id:
            return None
        rows = list(
            IndexChange.objects.filter(id__gte=position_id, id__lte=latest_id)
            .order_by("id")
            .values_list("token", "document_id")[: _MAX_CHANGES + 1]
        )
        if not rows or rows[0][0] != token or len(rows) > _MAX_CHANGES:
            return None
        return list(dict.fromkeys(document_id for _, document_id in rows[1:]))

    def _clear(self) -> None:
        for mapping in (self.things, self.values, self.sites, self.times, self.boosts):
            mapping.clear()
        self.geography.clear()

    def _forget(self, ids: Iterable[int]) -> None:
        gone = BitMap(ids)
        for bitmap in chain(
            self.things.values(), self.sites.values(), *map(dict.values, self.values.values())
        ):
            bitmap.difference_update(gone)
        self.geography.forget(gone)
        for document_id in gone:
            self.times.pop(document_id, None)
            self.boosts.pop(document_id, None)

    def _load(self, ids: list[int] | None) -> None:
        for batch in _batches(ids):
            documents = (
                SearchDocument.objects.all() if batch is None else SearchDocument.objects.filter(id__in=batch)
            )
            for row in documents.values_list(
                "id", "locale", "searchable", "sites", "visible_from", "visible_to", "boost"
            ).iterator(5000):
                self._add(*row)
            facets = (
                DocumentFacet.objects.all()
                if batch is None
                else DocumentFacet.objects.filter(document__in=batch)
            )
            located = documents.exclude(latitude=None)
            for document_id, *where in located.values_list(
                "id", "latitude", "longitude", "other_positions"
            ).iterator(5000):
                self.geography.add(document_id, positions_of(*where))
            gathered: dict[tuple[str, str], list[int]] = defaultdict(list)
            for document_id, facet, value in facets.values_list("document_id", "facet", "value").iterator(
                5000
            ):
                gathered[facet, value].append(document_id)
            for (facet, value), members in gathered.items():
                self.values[facet][value] |= BitMap(members)

    def _add(
        self,
        document_id: int,
        locale: str,
        searchable: str,
        sites: str,
        visible_from: datetime | None,
        visible_to: datetime | None,
        boost: float,
    ) -> None:
        self.things[locale, searchable].add(document_id)
        if sites:
            self.sites[sites].add(document_id)
        if visible_from or visible_to:
            self.times[document_id] = (visible_from, visible_to)
        if boost != 1.0:
            self.boosts[document_id] = boost

    def visible(self, locale: str, searchables: Iterable[str], site_id: int, now: datetime) -> BitMap:
        """What a reader of this locale and site may see at this moment, of these sorts of thing."""
        documents = BitMap()
        for searchable in searchables:
            documents |= self.things.get((locale, searchable), BitMap())
        for sites, elsewhere in self.sites.items():
            if f"|{site_id}|" not in sites:
                documents -= elsewhere
        return documents - BitMap(
            document_id
            for document_id, (start, end) in self.times.items()
            if (start is not None and start > now) or (end is not None and end <= now)
        )

    def with_values(self, facet: str, values: Iterable[str]) -> BitMap:
        """Documents that carry any of these values."""
        members = self.values.get(facet, {})
        return BitMap.union(BitMap(), *(members[value] for value in values if value in members))

    def counts(self, facet: str, documents: BitMap) -> Mapping[str, int]:
        """How many of these documents carry each value of a facet; values that none carries are left out."""
        found = {
            value: members.intersection_cardinality(documents)
            for value, members in self.values.get(facet, {}).items()
        }
        return {value: count for value, count in found.items() if count}

    def pair_counts(
        self, joint: str, pairs: Mapping[str, Iterable[str]], documents: BitMap
    ) -> Mapping[str, int]:
        """As `counts`, of values that count where a document carries one of their pairs."""
        found = {
            value: self.with_values(joint, those).intersection_cardinality(documents)
            for value, those in pairs.items()
        }
        return {value: count for value, count in found.items() if count}


def _batches(ids: list[int] | None) -> Iterator[list[int] | None]:
    if ids is None:
        yield None
        return
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


_lock = RLock()
_bitmaps: dict[str, FacetBitmaps] = {}


@contextmanager
def current() -> Iterator[FacetBitmaps]:
    """This process's bitmaps of the database in use, up to date, for the length of the block."""
    name = str(connection.settings_dict["NAME"])
    with _lock:
        bitmaps = _bitmaps.setdefault(name, FacetBitmaps())
        bitmaps.catch_up()
        yield bitmaps
