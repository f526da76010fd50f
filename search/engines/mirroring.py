"""Keeping Elasticsearch in step, where it is configured; its library need not be installed elsewhere."""

from .. import conf


def after_changes() -> None:
    """Soon after something changed."""
    if conf.elasticsearch().urls:
        from .elastic import mirror

        mirror.after_changes()


def every_minute() -> None:
    """Make what is missing there, and follow."""
    if conf.elasticsearch().urls:
        from .elastic import mirror

        mirror.every_minute()


def nightly() -> None:
    """Compare everything there and mend it."""
    if conf.elasticsearch().urls:
        from .elastic import mirror

        mirror.nightly()
