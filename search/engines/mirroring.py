"""Keeping Elasticsearch in step, where it is configured; its library need not be installed elsewhere."""

from dataclasses import dataclass

from .. import conf


class Failed(Exception):  # noqa: N818 - says what happened
    """Elasticsearch could not be brought in step on demand; the text says why."""


@dataclass(frozen=True)
class Copy:
    """The index of Elasticsearch in use, and how many documents differ from the database."""

    name: str
    missing: int = 0
    extra: int = 0
    other: int = 0

    @property
    def changed(self) -> int:
        return self.missing + self.extra + self.other

    def __str__(self) -> str:
        return f"{self.name}, missing {self.missing}, extra {self.extra}, other {self.other}"


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


def rebuild(*, quiet: bool = False) -> Copy | None:
    """A new index there, in place of the one in use; None without Elasticsearch. Raises Failed."""
    if not conf.elasticsearch().urls:
        return None
    from .elastic import on_demand

    return on_demand.rebuild(quiet=quiet)


def compared() -> Copy | None:
    """What differs there; None without Elasticsearch. Raises Failed."""
    if not conf.elasticsearch().urls:
        return None
    from .elastic import on_demand

    return on_demand.compared()


def roll_back() -> str | None:
    """The name of the former index, which is in use again; None where there is none. Raises Failed."""
    if not conf.elasticsearch().urls:
        return None
    from .elastic import on_demand

    return on_demand.roll_back()
