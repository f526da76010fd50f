"""Writing the index: what content gives is compared with what is stored, and only changes are written."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from django.db import transaction
from django.db.models import Q

from . import compound_words, locks, vocabulary
from .analysis import ANALYSIS_VERSION, normalise, readings
from .analysis.collation import sort_key
from .analysis.readings import AllAdditions
from .documents import Document
from .engines.text_index import terms_of
from .engines.vendors import text_index
from .kinds import with_kind
from .models import DocumentFacet, IndexChange, SearchDocument
from .open_data import with_mark
from .registry import Searchable

_BATCH = 500
_DOCUMENT_FIELDS = [field.name for field in fields(Document)]
_WRITTEN = (
    "object_id",
    "lang",
    "kind",
    "title",
    "keywords",
    "summary",
    "body",
    "stored",
    "sites",
    "visible_from",
    "visible_to",
    "latitude",
    "longitude",
    "other_positions",
    "checked_on",
    "boost",
    "sort_key",
    "fingerprint",
    "version",
)


@dataclass
class Tally:
    """What a run did, counted in documents."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0

    def add(self, other: "Tally") -> None:
        self.failed += other.failed
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.removed += other.removed

    @property
    def changed(self) -> int:
        return self.created + self.updated + self.removed


@dataclass
class Difference:
    """What separates the index from the content, for some things of one searchable."""

    new: list[tuple[Document, str]]
    changed: list[tuple[Document, str, int]]
    stale_ids: list[int]
    unchanged: int

    @property
    def tally(self) -> Tally:
        return Tally(len(self.new), len(self.changed), self.unchanged, len(self.stale_ids))


def fingerprint(document: Document) -> str:
    """A hash of all that is stored of a document, and of how its words were analysed."""
    values = [getattr(document, name) for name in _DOCUMENT_FIELDS]
    content = json.dumps([ANALYSIS_VERSION, values], sort_keys=True, default=_plain)
    return hashlib.blake2b(content.encode(), digest_size=20).hexdigest()


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)


def sites_text(sites: Sequence[int]) -> str:
    """`|1|3|`, or nothing for every site."""
    return "|" + "|".join(map(str, sites)) + "|" if sites else ""


def compare(searchable: Searchable, keys: Sequence[str]) -> Difference:
    """Read the content's documents of these things and hold the index against them; writes nothing."""
    stored = {
        (row[1], row[2]): (row[0], row[3])
        for row in SearchDocument.objects.filter(searchable=searchable.name, object_key__in=keys).values_list(
            "id", "object_key", "locale", "fingerprint"
        )
    }
    difference = Difference([], [], [], 0)
    for document in map(with_mark, map(with_kind, searchable.documents(keys))):
        print_of = fingerprint(document)
        found = stored.pop((document.object_key, document.locale), None)
        if found is None:
            difference.new.append((document, print_of))
        elif found[1] != print_of:
            difference.changed.append((document, print_of, found[0]))
        else:
            difference.unchanged += 1
    difference.stale_ids = [row_id for row_id, _ in stored.values()]
    return difference


def _row(searchable: Searchable, document: Document, print_of: str, version: int) -> SearchDocument:
    return SearchDocument(
        searchable=searchable.name,
        object_key=document.object_key,
        object_id=document.object_id,
        locale=document.locale,
        lang=document.lang,
        kind=document.kind,
        title=normalise(document.title),
        keywords=[normalise(word) for word in document.keywords],
        summary=normalise(document.summary),
        body=normalise(document.body),
        stored=dict(document.stored),
        sites=sites_text(document.sites),
        visible_from=document.visible_from,
        visible_to=document.visible_to,
        latitude=document.latitude,
        longitude=document.longitude,
        other_positions=[list(position) for position in document.other_positions],
        checked_on=document.checked_on,
        boost=document.boost,
        sort_key=sort_key(document.title, document.locale),
        fingerprint=print_of,
        version=version,
    )


def _record_changes(ids: Iterable[int]) -> None:
    token = secrets.token_hex(8)
    IndexChange.objects.bulk_create(
        [IndexChange(document_id=document_id, token=token) for document_id in ids]
    )


def forget_without_terms() -> int:
    """Have documents whose words are not in the text index written anew, and drop words of no document.

    Gives the number of such documents. A table that was lost or restored from elsewhere is mended so.
    """
    index = text_index()
    with transaction.atomic():
        locks.take_turn()
        lost, loose = _without_terms()
        for start in range(0, len(lost), _BATCH):
            SearchDocument.objects.filter(id__in=lost[start : start + _BATCH]).update(fingerprint="")
        index.delete(loose)
    return len(lost)


def count_without_terms() -> int:
    """How many documents have no words in the text index."""
    return len(_without_terms()[0])


def _without_terms() -> tuple[list[int], list[int]]:
    documents = set(SearchDocument.objects.values_list("id", flat=True))
    terms = text_index().ids()
    return sorted(documents - terms), sorted(terms - documents)


def touch() -> None:
    """Have every process forget what it remembers of the index, although no document changed."""
    _record_changes([0])


def reread(ids: Sequence[int], before: AllAdditions, after: AllAdditions) -> None:
    """Write the words of these documents anew: compounds are read otherwise. Within a transaction."""
    for start in range(0, len(ids), _BATCH):
        rows = list(SearchDocument.objects.filter(id__in=ids[start : start + _BATCH]))
        with readings.using(before):
            vocabulary.take(rows)
        with readings.using(after):
            vocabulary.add(rows)
            text_index().write((row.id, terms_of(row)) for row in rows)
        _record_changes(row.id for row in rows)


def read_anew_later(ids: Sequence[int]) -> None:
    """As `reread`, when the index is next compared with the content as a whole."""
    for start in range(0, len(ids), _BATCH):
        SearchDocument.objects.filter(id__in=ids[start : start + _BATCH]).update(fingerprint="")
    vocabulary.distrust()


def _remove(ids: Sequence[int]) -> None:
    if not ids:
        return
    text_index().delete(ids)
    vocabulary.take(SearchDocument.objects.filter(id__in=ids))
    SearchDocument.objects.filter(id__in=ids).delete()
    _record_changes(ids)


def _write(searchable: Searchable, difference: Difference, version: int) -> None:
    new = [_row(searchable, document, print_of, version) for document, print_of in difference.new]
    SearchDocument.objects.bulk_create(new)
    changed = [_row(searchable, document, print_of, version) for document, print_of, _ in difference.changed]
    former = list(SearchDocument.objects.filter(id__in=[row_id for _, _, row_id in difference.changed]))
    for row, (_, _, row_id) in zip(changed, difference.changed, strict=True):
        row.id = row_id
    SearchDocument.objects.bulk_update(changed, _WRITTEN)
    DocumentFacet.objects.filter(document__in=[row.id for row in changed]).delete()
    documents = [item[0] for item in difference.new] + [item[0] for item in difference.changed]
    pairs = list(zip([*new, *changed], documents, strict=True))
    DocumentFacet.objects.bulk_create(
        [
            DocumentFacet(document_id=row.id, facet=facet, value=value)
            for row, document in pairs
            for facet, values in document.facets.items()
            for value in dict.fromkeys(values)
        ]
    )
    vocabulary.replace(former, documents)
    text_index().write((row.id, terms_of(document)) for row, document in pairs)
    _record_changes(row.id for row, _ in pairs)


def refresh(searchable: Searchable, keys: Sequence[str], version: int = 0) -> Tally:
    """Bring the index in line with the content for these things, in one transaction."""
    with transaction.atomic():
        locks.take_turn()
        compound_words.apply()
        difference = compare(searchable, keys)
        _remove(difference.stale_ids)
        if difference.new or difference.changed:
            _write(searchable, difference, version)
    return difference.tally


def remove_where(where: Q) -> int:
    """Take the documents that match out of the index at once; gives their number."""
    with transaction.atomic():
        locks.take_turn()
        compound_words.apply()
        ids = list(SearchDocument.objects.filter(where).values_list("id", flat=True))
        for start in range(0, len(ids), _BATCH):
            _remove(ids[start : start + _BATCH])
    return len(ids)


def remove(searchable: Searchable, keys: Sequence[str]) -> int:
    """Take these things out of the index at once, in every locale."""
    return sum(
        remove_where(Q(searchable=searchable.name, object_key__in=keys[start : start + _BATCH]))
        for start in range(0, len(keys), _BATCH)
    )
