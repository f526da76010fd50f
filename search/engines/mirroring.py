"""Keeping Elasticsearch in step, where it is configured; its library need not be installed elsewhere."""

from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, kw_only=True)
class State:
    """How Elasticsearch is. `waiting` counts index changes that it has not followed yet, `waiting_since` is
    when the oldest of them was made. `documents` and `size` (bytes) are None where it does not answer."""

    answers: bool
    is_paused: bool
    name: str = ""
    is_outdated: bool = False
    documents: int | None = None
    size: int | None = None
    waiting: int = 0
    waiting_since: datetime | None = None
    built_at: datetime | None = None
    error: str = ""
    failed_at: datetime | None = None


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


def state() -> State | None:
    """What is known of Elasticsearch now, with hurried questions to it; None where it is not configured."""
    if not conf.elasticsearch().urls:
        return None
    from .elastic import watching

    return watching.state()


def answers() -> bool | None:
    """Whether Elasticsearch would answer a reader now; None where it is not configured."""
    if not conf.elasticsearch().urls:
        return None
    from .elastic import watching

    return watching.documents() is not None
