"""The regular work of every app: a module `chores` with functions `every_minute`, `nightly` or `weekly`.

Ticks are started by the clock, whether or not the last one has ended. So each chore is claimed in the
database by one statement, runs outside any transaction, and is let go afterwards.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from . import conf
from .models import ChoreRun

logger = logging.getLogger(__name__)

#: A chore that has not ended after so long was killed, and is started again.
_LEASES = {"every_minute": timedelta(minutes=15), "nightly": timedelta(hours=6), "weekly": timedelta(hours=6)}
_RETRY_NIGHTLY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a chore went, such as `search.nightly`."""

    name: str
    seconds: float = 0.0
    error: Exception | None = None


def tick(*, nightly: bool = False) -> Iterator[Outcome]:
    """Run what is due, one chore after the other; with `nightly` also what ran last night already."""
    modules: dict[str, ModuleType] = {}
    for name, module in _modules():
        if isinstance(module, Exception):
            yield Outcome(name=name, error=module)
        else:
            modules[name] = module
    for rhythm in _LEASES:
        for name, module in modules.items():
            work = getattr(module, rhythm, None)
            if work is not None and (outcome := _run_if_due(f"{name}.{rhythm}", rhythm, work, nightly)):
                yield outcome


def _modules() -> Iterator[tuple[str, ModuleType | Exception]]:
    """Each app's module, or why it cannot be imported."""
    for app in apps.get_app_configs():
        if not module_has_submodule(app.module, "chores"):
            continue
        try:
            yield app.name, import_module(f"{app.name}.chores")
        except Exception as error:  # one app's mistake must not keep the others from their work
            logger.exception("The chores of %s cannot be imported", app.name)
            yield f"{app.name}.chores", error


def _run_if_due(name: str, rhythm: str, work: Callable[[], object], forced: bool) -> Outcome | None:
    now = timezone.now()
    lease = now + _LEASES[rhythm]
    ChoreRun.objects.get_or_create(name=name)
    is_forced = rhythm == "every_minute" or (forced and rhythm == "nightly")
    due = Q() if is_forced else _due(now, rhythm)
    free = Q(busy_until=None) | Q(busy_until__lte=now)
    # One statement: of two ticks at the same time only one finds the row free.
    if not ChoreRun.objects.filter(free, due, name=name).update(busy_until=lease):
        return None
    return _run(name, now, lease, work)


def _due(now: datetime, rhythm: str) -> Q:
    """Not since the last night (of a week: to a Monday), and if it failed, not just now."""
    failed = Q(failed_at=None) | Q(failed_at__lte=now - _RETRY_NIGHTLY)
    night = _last_night(now)
    if rhythm == "weekly":
        night -= timedelta(days=night.weekday())
    return (Q(ran_at=None) | Q(ran_at__lt=night)) & failed


def _last_night(now: datetime) -> datetime:
    """The latest moment, up to now, at which the local clock showed the nightly hour."""
    local = timezone.localtime(now) if timezone.is_aware(now) else now
    night = local.replace(hour=conf.current().nightly_hour, minute=0, second=0, microsecond=0)
    return night if night <= local else night - timedelta(days=1)


def _run(name: str, now: datetime, lease: datetime, work: Callable[[], object]) -> Outcome:
    start = time.monotonic()
    changes: dict[str, datetime | None] = {"busy_until": None}
    error: Exception | None = None
    try:
        work()
        changes |= {"ran_at": now, "failed_at": None}
    except Exception as caught:  # whatever it is, the other chores go on
        logger.exception("The chore %s failed", name)
        changes["failed_at"] = timezone.now()
        error = caught
    finally:
        _leave_broken_connection()
        # Another tick may have taken over what lasted longer than its lease.
        ChoreRun.objects.filter(name=name, busy_until=lease).update(**changes)
    return Outcome(name=name, seconds=time.monotonic() - start, error=error)


def _leave_broken_connection() -> None:
    """A database that was away for a moment fails one chore, not those after it."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
