"""Files of invented entries, as long as wanted."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

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
