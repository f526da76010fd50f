"""Building the index beside the least it could cost: analysing the words and writing the rows in bulk."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from search import indexing, registry
from search.documents import Document
from search.engines.text_index import Terms, terms_of
from search.engines.vendors import text_index
from search.models import DocumentFacet, SearchDocument

_SAMPLE = 10_000
_BATCH = 500
Result = TypeVar("Result")


def run() -> list[str]:
    """Print both figures for a sample of the entries; give what is missed. The index stays as it was."""
    searchable = registry.get("torv_directory.entry")
    keys = list(searchable.keys())[:_SAMPLE]
    batches = [keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH)]
    documents = [list(searchable.documents(batch)) for batch in batches]
    terms, analysis = _timed(lambda: [[terms_of(document) for document in batch] for batch in documents])
    rate = len(keys) / analysis
    with transaction.atomic():
        indexing.remove(searchable, keys)
        _nothing, raw = _timed(lambda: [_write_raw(*pair) for pair in zip(documents, terms, strict=True)])
        transaction.set_rollback(True)
    with transaction.atomic():
        indexing.remove(searchable, keys)
        tallies, rebuilt = _timed(lambda: [indexing.refresh(searchable, batch) for batch in batches])
        transaction.set_rollback(True)
    ratio, speed = rebuilt / (raw + analysis), len(keys) / rebuilt
    print(f"  analysis {rate:.0f} documents/s;  rebuild {speed:.0f} documents/s, {ratio:.2f} x raw")
    missed = []
    if sum(tally.created for tally in tallies) != len(keys):
        missed.append("the rebuild did not write every document")
    if rate < 5000:
        missed.append(f"analysis of {rate:.0f} documents a second, 5000 wanted")
    if ratio > 2:
        missed.append(f"rebuild {ratio:.2f} times raw write and analysis, 2 wanted")
    return missed


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gave, and its seconds."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def _write_raw(documents: list[Document], terms: list[Terms]) -> None:
    rows = SearchDocument.objects.bulk_create(
        [
            SearchDocument(
                searchable="torv_directory.entry",
                object_key=document.object_key,
                object_id=document.object_id,
                locale=document.locale,
                lang=document.lang,
                kind=document.kind,
                title=document.title,
                summary=document.summary,
                body=document.body,
                stored=dict(document.stored),
            )
            for document in documents
        ]
    )
    DocumentFacet.objects.bulk_create(
        [
            DocumentFacet(document_id=row.pk, facet=facet, value=value)
            for row, document in zip(rows, documents, strict=True)
            for facet, values in document.facets.items()
            for value in values
        ]
    )
    text_index().write(zip([row.pk for row in rows], terms, strict=True))
