"""Background work of the search."""

from django_tasks import task

from . import outbox


@task()
def process_outbox() -> int:
    """Index what waits in the outbox; gives the number of documents that changed."""
    return outbox.process().changed
