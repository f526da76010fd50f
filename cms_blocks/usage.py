"""Where things that editors refer to are used, from Wagtail's index of references."""

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, ReferenceIndex
from wagtail.models.reference_index import ReferenceIndexQuerySet

from . import story_consents
from .translation import SourceRowMixin


def references_to(model: type[SourceRowMixin], keys: Collection[int]) -> ReferenceIndexQuerySet:
    """All uses of these source rows: in relations, in blocks of a stream and in links."""
    return ReferenceIndex.objects.filter(
        to_content_type=_content_type(model), to_object_id__in=[str(key) for key in keys]
    )


def on_public_pages(model: type[SourceRowMixin], keys: Collection[int]) -> set[int]:
    """Those of these source rows that stand on a live page which everybody may read. No growing queries."""
    if not keys:
        return set()
    pairs = references_to(model, keys).filter(base_content_type=_content_type(Page))
    pages_by_key = [(int(key), int(page)) for key, page in pairs.values_list("to_object_id", "object_id")]
    wanted = {page for _key, page in pages_by_key}
    public = set(story_consents.readable().filter(pk__in=wanted).values_list("pk", flat=True))
    return {key for key, page in pages_by_key if page in public}


def with_page_count(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Adds `usage_count`: how many pages use the row. A translation has the count of its source."""
    source = Cast(Coalesce(OuterRef("source_row_id"), OuterRef("pk")), CharField())
    pages = (
        ReferenceIndex.objects.filter(
            to_content_type=_content_type(rows.model),
            to_object_id=source,
            base_content_type=_content_type(Page),
        )
        .order_by()
        .values("to_object_id")
        .annotate(count=Count("object_id", distinct=True))
        .values("count")
    )
    return rows.annotate(usage_count=Coalesce(Subquery(pages, output_field=IntegerField()), Value(0)))


def _content_type(model: type[Any]) -> ContentType:
    return ContentType.objects.get_for_model(model, for_concrete_model=False)
