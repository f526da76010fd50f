"""Background work of the search."""

from django_tasks import task

from . import outbox
from .engines import mirroring


@task()
def process_outbox() -> int:
    """Index what waits in the outbox; gives the number of documents that changed."""
    changed = outbox.process().changed
    mirroring.after_changes()
    return changed
