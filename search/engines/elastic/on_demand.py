"""What an operator asks for at the command line: here a fault is told, not written down for later."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from ..mirroring import Copy, Failed
from . import following, indexes, rebuilding
from .mirror import FAULTS, describe


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except FAULTS as fault:
        raise Failed(_("Elasticsearch: %(fault)s") % {"fault": describe(fault)}) from fault


def rebuild(*, quiet: bool) -> Copy:
    with _telling():
        return Copy(rebuilding.rebuild(quiet=quiet).name)


def compared() -> Copy:
    with _telling():
        index = indexes.current()
        if index is None:
            raise Failed(_("Elasticsearch has no index yet. Run rebuild_search_index."))
        found = following.differences(index)
        return Copy(index.name, len(found.missing), len(found.extra), len(found.other))


def roll_back() -> str | None:
    with _telling():
        index = rebuilding.roll_back()
        return index.name if index else None
