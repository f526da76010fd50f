"""The indexes behind the alias that readers ask: made, swapped, gone back to, and removed.

Every index also carries an alias of its own (`<name>-write`), through which alone it is written. Where
somebody deletes an index by hand, a write then fails instead of silently making another without a mapping.
"""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from elasticsearch import NotFoundError

from ... import conf
from ...models import ElasticsearchIndex
from . import mapping
from .client import for_writing

#: How many former indexes are kept beside the current one.
KEPT = 1


def alias() -> str:
    """What readers ask."""
    return conf.elasticsearch().prefix


def write_alias(name: str) -> str:
    return f"{name}-write"


def current() -> ElasticsearchIndex | None:
    """The index in use, as the database knows it; None before the first rebuild."""
    return ElasticsearchIndex.objects.filter(prefix=alias(), current=True).first()


def previous() -> ElasticsearchIndex | None:
    """The index that was in use before; None where none is kept."""
    kept = ElasticsearchIndex.objects.filter(prefix=alias(), current=False, built_at__isnull=False)
    return kept.order_by("-built_at").first()


def exists(index: ElasticsearchIndex) -> bool:
    return bool(for_writing().indices.exists_alias(name=write_alias(index.name), index=index.name))


def is_in_place(index: ElasticsearchIndex) -> bool:
    """Whether readers who ask the alias get this index and no other."""
    try:
        found = for_writing().indices.get_alias(name=alias())
    except NotFoundError:
        return False
    return set(found) == {index.name}


def create() -> ElasticsearchIndex:
    """An empty index that nobody reads yet."""
    stamp = f"{timezone.now():%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
    name = f"{alias()}-{mapping.version()}-{stamp}"
    for_writing().indices.create(
        index=name,
        settings=mapping.SETTINGS,
        mappings=mapping.MAPPINGS,
        aliases={write_alias(name): {}},
    )
    return ElasticsearchIndex.objects.create(name=name, prefix=alias(), mapping_version=mapping.version())


def put_in_place(index: ElasticsearchIndex) -> None:
    """From now on readers get this index: one step for them, whatever they had before."""
    client = for_writing()
    actions: list[dict[str, Any]] = [{"add": {"index": index.name, "alias": alias()}}]
    try:
        others = set(client.indices.get_alias(name=alias())) - {index.name}
    except NotFoundError:
        others = set()
    actions += [{"remove": {"index": name, "alias": alias()}} for name in sorted(others)]
    client.indices.update_aliases(actions=actions)
    with transaction.atomic():
        ElasticsearchIndex.objects.filter(prefix=alias()).update(current=False)
        ElasticsearchIndex.objects.filter(pk=index.pk).update(current=True, built_at=index.built_at)


def discard(index: ElasticsearchIndex) -> None:
    """Delete an index that is not in use."""
    for_writing().options(ignore_status=404).indices.delete(index=index.name)
    index.delete()


def discard_former() -> None:
    """Delete what is older than the former index, and what a rebuild left that was killed."""
    former = ElasticsearchIndex.objects.filter(prefix=alias(), current=False)
    kept = former.filter(built_at__isnull=False).order_by("-built_at").values_list("pk", flat=True)[:KEPT]
    for index in former.exclude(pk__in=list(kept)):
        discard(index)
