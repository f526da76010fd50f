"""Importing a file with history and index, as the command does it: rows a second, and the peak of memory."""

import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from openpyxl import Workbook
from wagtail.models import Locale, Revision

from directory.models import Entry, Location
from search.models import SearchDocument

from .search import empty_database

LIMIT = 300  # megabytes of memory for the whole command
COLUMNS = (
    "external_id",
    "name",
    "summary",
    "description",
    "kind",
    "phone",
    "email",
    "website",
    "address_1",
    "postal_code",
    "city",
    "latitude",
    "longitude",
)


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


def write_file(path: Path, size: int) -> Path:
    """Invented entries, each with every column and texts of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([COLUMNS, *_rows(size)])
    elif path.suffix == ".json":
        rows = (json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) for row in _rows(size))
        path.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Entries")
        for row in (COLUMNS, *_rows(size)):
            sheet.append(row)
        book.save(path)
    return path


def _rows(size: int) -> Iterator[tuple[str, ...]]:
    for number in range(size):
        yield (
            f"bench-{number}",
            f"Selvhjælpsgruppen nummer {number}",
            f"Vi mødes hver uge og taler om hverdagen, {number}.",
            f"Et fællesskab for dem, der har brug for at tale med andre. Vi går ture, {number}.",
            "self-help-group",
            f"+45 86 12 {number // 90 % 90 + 10} {number % 90 + 10}",
            f"gruppe{number}@example.org",
            f"https://example.org/grupper/{number}",
            f"Torvet {number % 200 + 1}",
            str(8000 + number % 900),
            "Torvkøbing",
            f"56.{number % 9000 + 1000}",
            f"10.{number % 9000 + 1000}",
        )


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
