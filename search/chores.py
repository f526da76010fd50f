"""The regular work of the search; `torv_tick` runs it."""

import logging

from . import outbox, query_log, rebuilding
from .engines import mirroring
from .models import IndexChange

logger = logging.getLogger(__name__)

#: Index changes that are kept. A web process that is further behind reads all facets anew.
KEPT_CHANGES = 20_000


def every_minute() -> None:
    """Try again what has failed, and what a lost task has left."""
    outbox.process()
    mirroring.every_minute()


def nightly() -> None:
    """Throw away what is not needed any more, and mend whatever was missed."""
    prune_changes()
    query_log.prune()
    reconcile()
    mirroring.nightly()


def reconcile() -> None:
    """Bring the whole index in line with the content; what was dead until now is done by that.

    Raises RuntimeError where some things could not be built; the dead rows stay listed then.
    """
    last_dead = outbox.dead().order_by("-id").first()
    tally = rebuilding.run(quiet=True)
    if tally.failed:
        message = f"{tally.failed} things could not be indexed; the log names each."
        raise RuntimeError(message)
    if last_dead:
        outbox.dead().filter(id__lte=last_dead.pk).delete()
    if tally.changed:
        logger.info("The index differed from the content: %s", tally)


def prune_changes() -> int:
    """Keep the newest index changes, the last one always; gives the number of the others."""
    oldest = IndexChange.objects.order_by("-id").values_list("id", flat=True)[KEPT_CHANGES - 1 : KEPT_CHANGES]
    for first_kept in oldest:
        return IndexChange.objects.filter(id__lt=first_kept).delete()[0]
    return 0
