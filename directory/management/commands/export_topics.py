"""`manage.py export_topics [FILE]`."""

from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.topic_files.skos import export_turtle
from directory.topic_files.writer import export_csv

FORMATS = {".csv": export_csv, ".ttl": export_turtle}


class Command(BaseCommand):
    help = "Export the vocabulary of topics: CSV that import_topics reads, or SKOS in Turtle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", help="ends in .csv or .ttl; without it CSV is printed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        export = FORMATS.get(path.suffix.lower()) if path else export_csv
        if export is None:
            raise CommandError(f"{path}: give a name that ends in .csv or .ttl.")
        text = StringIO()
        count = export(text)
        if path is None:
            self.stdout.write(text.getvalue(), ending="")
            return
        try:
            path.write_text(text.getvalue(), encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror or error}.") from error
        self.stdout.write(f"topics {count}")
