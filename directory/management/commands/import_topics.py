"""`manage.py import_topics FILE [--dry-run]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from directory.imports.messages import FileRefused
from directory.topic_files.importer import import_topics


class Command(BaseCommand):
    help = "Import the vocabulary of topics from CSV or SKOS; docs/how-to/keep-the-topics.md explains how."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="a CSV file with the columns that export_topics writes, or SKOS in Turtle (.ttl)",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_topics(options["file"], dry_run=options["dry_run"])
        except FileRefused as error:
            raise CommandError(str(error)) from error
        for message in report.messages:
            self.stdout.write(str(message))
        if report.is_refused:
            self.stdout.write(_("Nothing was written: correct the rows named above."))
        elif options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was written."))
        self.stdout.write(str(report))
        if report.is_refused:
            raise SystemExit(1)
