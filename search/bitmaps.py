"""Which documents carry which facet value, as compressed bitmaps in each process.

Counting facets is then a matter of microseconds at any size. The bitmaps follow the table of index
changes: a request reads what changed since the last one, so that they are never older than the index. Other
bitmaps then take their place, and searches that are going on keep theirs: nobody waits for anybody's search.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import QuerySet
from pyroaring import BitMap

from . import generation
from .geography import Geography, positions_of
from .models import DocumentFacet, IndexChange, SearchDocument

#: Above so many changes it is quicker to read everything.
_MAX_CHANGES = 20_000
_BATCH = 500
#: Rows that are read from the database at a time.
_ROWS = 5000
_NONE = BitMap()

Key = tuple[object, ...]
Name = TypeVar("Name")
Value = TypeVar("Value")


@dataclass
class FacetBitmaps:
    """All documents of one database, which no thread changes once others see them.

    `position` is the last index change followed, with its token.
    """

    position: tuple[int, str] = (0, "")
    loaded: bool = False
    things: dict[tuple[str, str], BitMap] = field(default_factory=dict)
    #: Facet -> value -> documents.
    values: dict[str, dict[str, BitMap]] = field(default_factory=dict)
    sites: dict[str, BitMap] = field(default_factory=dict)
    times: dict[int, tuple[datetime | None, datetime | None]] = field(default_factory=dict)
    boosts: dict[int, float] = field(default_factory=dict)
    geography: Geography = field(default_factory=Geography)
    remembered: dict[Key, Any] = field(default_factory=dict)

    def caught_up(self) -> "FacetBitmaps":
        """These, or those that have followed the index changes of this database, from the start where they
        cannot be followed."""
        if self.is_at(generation.current().index):
            return self
        latest = generation.read().index  # by now another thread may have followed newer changes
        if self.is_at(latest):
            return self
        changed = self._changed_ids(latest[0])
        newer = FacetBitmaps() if changed is None else self._without(changed)
        newer._load(changed)
        newer.position, newer.loaded = latest, True
        return newer

    def is_at(self, index: tuple[int, str]) -> bool:
        return self.loaded and index == self.position

    def remember(self, key: Key, make: Callable[[], Value]) -> Value:
        """What `make` gives, kept until the index changes: names of facet values, addresses."""
        if key not in self.remembered:
            self.remembered.setdefault(key, make())  # another thread may have been quicker
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

    def _without(self, ids: Iterable[int]) -> "FacetBitmaps":
        """A copy without these documents; it shares what it need not change."""
        gone = BitMap(ids)
        return FacetBitmaps(
            things=_spared(self.things, gone),
            values={facet: _spared(values, gone) for facet, values in self.values.items()},
            sites=_spared(self.sites, gone),
            times={key: times for key, times in self.times.items() if key not in gone},
            boosts={key: boost for key, boost in self.boosts.items() if key not in gone},
            geography=self.geography.without(gone),
        )

    def _load(self, ids: list[int] | None) -> None:
        """Add these documents, or all; bitmaps that are there already may be shared, so they are replaced."""
        for batch in _batches(ids):
            documents = SearchDocument.objects.all()
            facets = DocumentFacet.objects.all()
            if batch is not None:
                documents, facets = documents.filter(id__in=batch), facets.filter(document__in=batch)
            self._add_documents(documents)
            located = documents.exclude(latitude=None).values_list(
                "id", "latitude", "longitude", "other_positions"
            )
            self.geography.add((key, positions_of(*where)) for key, *where in located.iterator(_ROWS))
            carried: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
            for key, facet, value in facets.values_list("document_id", "facet", "value").iterator(_ROWS):
                carried[facet][value].append(key)
            for facet, members in carried.items():
                _add(self.values.setdefault(facet, {}), members)

    def _add_documents(self, documents: QuerySet[SearchDocument]) -> None:
        things: dict[tuple[str, str], list[int]] = defaultdict(list)
        sites: dict[str, list[int]] = defaultdict(list)
        columns = ("id", "locale", "searchable", "sites", "visible_from", "visible_to", "boost")
        for key, locale, searchable, where, start, end, boost in documents.values_list(*columns).iterator(
            _ROWS
        ):
            things[locale, searchable].append(key)
            if where:
                sites[where].append(key)
            if start or end:
                self.times[key] = (start, end)
            if boost != 1.0:
                self.boosts[key] = boost
        _add(self.things, things)
        _add(self.sites, sites)

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


def _spared(bitmaps: Mapping[Name, BitMap], gone: BitMap) -> dict[Name, BitMap]:
    """The bitmaps without these documents, those that had none of them as they are."""
    return {name: bitmap - gone if bitmap.intersect(gone) else bitmap for name, bitmap in bitmaps.items()}


def _add(bitmaps: dict[Name, BitMap], ids: Mapping[Name, Iterable[int]]) -> None:
    """Add documents; what is there already may be shared, so it is replaced."""
    for name, those in ids.items():
        bitmaps[name] = BitMap(those) | bitmaps.get(name, _NONE)


def _batches(ids: list[int] | None) -> Iterator[list[int] | None]:
    if ids is None:
        yield None
        return
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


_lock = Lock()
_bitmaps: dict[str, FacetBitmaps] = {}


def current() -> FacetBitmaps:
    """This process's bitmaps of the database in use, up to date. Only following changes has others wait."""
    name = str(connection.settings_dict["NAME"])
    known = _bitmaps.get(name)
    if known is None or not known.is_at(generation.current().index):
        with _lock:
            known = _bitmaps[name] = _bitmaps.get(name, FacetBitmaps()).caught_up()
    return known
