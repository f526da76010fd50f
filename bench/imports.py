"""Importing a file with history and index, as the command does it: rows a second, and the peak of memory."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from wagtail.models import Locale, Revision

from directory.models import Entry, Location
from search.models import SearchDocument

from .import_files import write_file
from .search import empty_database

LIMIT = 300  # megabytes of memory for the whole command


@dataclass(frozen=True)
class Ran:
    """One run of the command."""

    summary: str
    seconds: float
    peak: float


def run(size: int) -> list[str]:
    """Import `size` rows of each format into an empty database, twice; give what is missed."""
    missed = []
    for suffix in ("csv", "xlsx", "json"):
        empty_database()
        call_command("migrate", verbosity=0)
        Locale.objects.get_or_create(language_code="da")
        path = write_file(Path(settings.VAR) / "bench" / f"import-{size}.{suffix}", size)
        first, second = measured(path), measured(path)
        print(
            f"  {size} rows of {suffix}: {_told(first, size)};  unchanged: {_told(second, size)}", flush=True
        )
        missed += [f"{path.name}: {fault}" for fault in _faults(size, first, second)]
    return missed


def measured(path: Path) -> Ran:
    """The command in a process of its own, in this process's settings."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "bench.measured", "import_directory", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if ran.returncode:
        message = f"{path.name}: the import ended with {ran.returncode}.\n{ran.stdout}{ran.stderr}"
        raise RuntimeError(message)
    *_others, summary, peak = ran.stdout.splitlines()
    return Ran(summary, seconds, float(peak.removeprefix("peak ")))


def _told(ran: Ran, size: int) -> str:
    return f"{size / ran.seconds:.0f} rows/s, {ran.peak:.0f} MB"


def _faults(size: int, first: Ran, second: Ran) -> Iterator[str]:
    """The numbers the command gives are held against what the database has."""
    wanted = f"rows {size}, created {size}, updated 0, unchanged 0, warned 0, refused 0"
    if first.summary != wanted:
        yield f"“{first.summary}”, wanted “{wanted}”"
    wanted = f"rows {size}, created 0, updated 0, unchanged {size}, warned 0, refused 0"
    if second.summary != wanted:
        yield f"the second run: “{second.summary}”, wanted “{wanted}”"
    found = {
        "entries": Entry.objects.filter(live=True, external_id__startswith="bench-").count(),
        "places": Location.objects.filter(city="Torvkøbing").count(),
        "versions": Revision.objects.filter(content_type=Entry.get_content_type()).count(),
        "documents": SearchDocument.objects.filter(locale="da", searchable="torv_directory.entry").count(),
    }
    yield from (f"{count} {name}, wanted {size}" for name, count in found.items() if count != size)
    for ran in (first, second):
        if ran.peak > LIMIT:
            yield f"{ran.peak:.0f} MB of memory, at most {LIMIT} wanted"
