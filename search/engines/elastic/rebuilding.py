"""A new index beside the one in use: filled, caught up, compared, and only then put in its place."""

import logging
import random

from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from ...models import ElasticsearchIndex, SearchDocument
from . import following, indexes
from .client import for_writing, reading
from .following import Differences, Position

logger = logging.getLogger(__name__)

_SAMPLE = 200
#: Times that a new index is compared with a database that others write to meanwhile.
_TRIES = 3


class RebuildFailed(Exception):  # noqa: N818 - says what happened
    """The new index is not what it should be and was not put in place; the text says why."""


def rebuild(*, quiet: bool = False) -> ElasticsearchIndex:
    """A complete new index in place of the one in use, which is kept. Readers notice nothing.

    Raises RebuildFailed, or what Elasticsearch raises; then the old index stays in place.
    """
    index = indexes.create()
    try:
        _fill(index, quiet)
        following.follow(index)
        _compare(index)
    except Exception:
        _discard_quietly(index)
        raise
    index.built_at = timezone.now()
    index.save(update_fields=["built_at"])
    indexes.put_in_place(index)
    following.follow(index)  # what came while the alias was swapped
    indexes.discard_former()
    return index


def _fill(index: ElasticsearchIndex, quiet: bool) -> None:
    """All documents of this moment; what changes meanwhile is followed afterwards."""
    start = Position.latest()
    ElasticsearchIndex.objects.filter(pk=index.pk).update(position=start.id, token=start.token)
    index.position, index.token = start.id, start.token
    ids = list(SearchDocument.objects.order_by("id").values_list("id", flat=True))
    with tqdm(total=len(ids), desc=index.name, unit="", disable=quiet or None) as bar:
        for written in following.send_all(index, ids, start.id):
            bar.update(written)


def _compare(index: ElasticsearchIndex) -> None:
    """As many documents as the database has, and a sample of them in the same state.

    Raises RebuildFailed. What others write meanwhile is no difference: it is followed, and compared again.
    """
    _compare_numbers(index)
    ids = list(SearchDocument.objects.values_list("id", flat=True))
    sample = random.sample(ids, min(_SAMPLE, len(ids)))
    wrong = _differing(index, sample)
    if wrong:
        following.follow(index)
        wrong = _differing(index, wrong)
    if wrong:
        raise RebuildFailed(
            _("%(wrong)d of %(sample)d documents that were compared differ from the database.")
            % {"wrong": len(wrong), "sample": len(sample)}
        )


def _compare_numbers(index: ElasticsearchIndex) -> None:
    client = for_writing()
    for _try in range(_TRIES):
        following.follow(index)
        client.indices.refresh(index=index.name)
        with reading():
            there = int(client.count(index=index.name)["count"])
        here = SearchDocument.objects.count()
        if there == here:
            return
    raise RebuildFailed(
        _("The new index holds %(there)d documents, the database %(here)d.") % {"there": there, "here": here}
    )


def _differing(index: ElasticsearchIndex, ids: list[int]) -> list[int]:
    """Those whose state is not the database's; what neither of them has is the same."""
    if not ids:
        return []
    there = _stored(index, ids)
    here = dict(SearchDocument.objects.filter(id__in=ids).values_list("id", "fingerprint"))
    return [key for key in ids if there.get(key, "") != here.get(key, "")]


def _stored(index: ElasticsearchIndex, ids: list[int]) -> dict[int, str]:
    answer = for_writing().mget(index=index.name, ids=[str(key) for key in ids], source=["fingerprint"])
    with reading():
        return {
            int(document["_id"]): document.get("_source", {}).get("fingerprint", "")
            for document in answer["docs"]
        }


def _discard_quietly(index: ElasticsearchIndex) -> None:
    try:
        indexes.discard(index)
    except Exception:  # the server may be what failed; the next rebuild removes what is left
        logger.warning("Could not remove the unfinished index %s", index.name)


def roll_back() -> ElasticsearchIndex | None:
    """The former index in place of the present one, brought in step first; None where none is kept."""
    former = indexes.previous()
    if former is None:
        return None
    bring_in_step(former)
    indexes.put_in_place(former)
    return former


def bring_in_step(index: ElasticsearchIndex) -> Differences:
    """Follow the changes, or compare as a whole where the log does not reach back so far."""
    try:
        following.follow(index)
    except following.CannotFollow:
        return following.mend(index)
    return Differences()
