"""For whoever watches over the site: does the process live, and can it answer readers?"""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .engines import mirroring
from .engines.vendors import text_index
from .models import SearchDocument

#: A check that says so does not keep readers away.
_FINE = {"ok", "off", "empty", "degraded"}


class _Applied:
    """Migrations that are applied stay applied while this process runs: they are looked up once."""

    known = False


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """`/health/live`: asks nothing but the process itself."""
    return _answer("ok", {})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """`/health/ready`: 503 where a reader would get an error. Without Elasticsearch the database answers."""
    checks = {"database": _tried(_database)}
    if checks["database"] == "ok":
        checks["migrations"] = _tried(_migrations)
        checks["search"] = _tried(_search) if checks["migrations"] == "ok" else "unknown"
        checks["elasticsearch"] = _tried(_elasticsearch) if checks["search"] in _FINE else "unknown"
    if not set(checks.values()) <= _FINE:
        return _answer("unavailable", checks, status=503)
    return _answer("degraded" if "degraded" in checks.values() else "ok", checks)


def _answer(status_word: str, checks: dict[str, str], status: int = 200) -> HttpResponse:
    response = JsonResponse({"status": status_word, "checks": checks}, status=status)
    patch_cache_control(response, no_store=True)
    return response


def _tried(check: Callable[[], str]) -> str:
    """What went wrong is in the server's log; the outside learns only that it did."""
    try:
        return check()
    except DatabaseError:
        return "failed"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    if not _Applied.known:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        _Applied.known = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "ok" if _Applied.known else "missing"


def _search() -> str:
    """Asks the table of words too, which a restored database may lack."""
    text_index().titled("da", ["x"], 1)
    return "ok" if SearchDocument.objects.exists() else "empty"


def _elasticsearch() -> str:
    answers = mirroring.answers()
    if answers is None:
        return "off"
    return "ok" if answers else "degraded"
