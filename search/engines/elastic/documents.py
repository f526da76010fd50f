"""From a row of the database's index to a document of Elasticsearch."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ...geography import positions_of
from ...models import DocumentFacet, SearchDocument
from ..text_index import terms_of
from .mapping import TEXT_FIELDS

#: Stands for "every site", as an absent list cannot be asked for cheaply.
EVERYWHERE = "*"


def sources(ids: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Id and content of those documents that are still there, in two queries."""
    facets: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = DocumentFacet.objects.filter(document__in=ids).values_list("document_id", "facet", "value")
    for document_id, facet, value in rows:
        facets[document_id][facet].append(value)
    for row in SearchDocument.objects.filter(id__in=ids):
        yield row.pk, _source(row, facets[row.pk])


def _source(row: SearchDocument, facets: dict[str, list[str]]) -> dict[str, Any]:
    terms = terms_of(row)
    source: dict[str, Any] = {
        name: " ".join(field) for name, field in zip(TEXT_FIELDS, terms.fields, strict=True)
    }
    source |= {
        "words": " ".join(terms.words),
        "locale": row.locale,
        "searchable": row.searchable,
        "kind": row.kind,
        "sites": row.sites.strip("|").split("|") if row.sites else [EVERYWHERE],
        "sort_key": row.sort_key,
        "fingerprint": row.fingerprint,
        "boost": row.boost,
        "facets": facets,
    }
    for name in ("visible_from", "visible_to"):
        if moment := getattr(row, name):
            source[name] = moment.isoformat()
    if row.latitude is not None and row.longitude is not None:
        positions = positions_of(row.latitude, row.longitude, row.other_positions)
        source["position"] = [{"lat": latitude, "lon": longitude} for latitude, longitude in positions]
    if row.checked_on:
        source["checked_on"] = row.checked_on.isoformat()
    return source
