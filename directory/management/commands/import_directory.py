"""`manage.py import_directory FILE [--map MAP.toml] [--dry-run] [--partial] [--create-topics]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from directory.imports.importer import Import, Options, Result
from directory.imports.messages import FileRefused, Message


class Command(BaseCommand):
    help = (
        "Import entries of the directory from a CSV, XLSX or JSON file; docs/how-to/import.md explains how."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="a CSV, XLSX or JSON file; its columns are named like the fields"
        )
        parser.add_argument("--map", type=Path, metavar="MAP.toml", help="renames columns and sets constants")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument(
            "--partial", action="store_true", help="write the good rows although others are refused"
        )
        parser.add_argument(
            "--create-topics", action="store_true", help="create topics that do not exist yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Options(
            map_file=options["map"],
            dry_run=options["dry_run"],
            partial=options["partial"],
            create_topics=options["create_topics"],
        )
        bars = _Bars()
        try:
            result = Import(options["file"], chosen, say=self._say, progress=bars.advance).run()
        except FileRefused as error:
            raise CommandError(str(error)) from error
        finally:
            bars.close()
        self._conclude(result, chosen)

    def _say(self, message: Message) -> None:
        with tqdm.external_write_mode():
            self.stdout.write(str(message))

    def _conclude(self, result: Result, options: Options) -> None:
        for note in result.report.notes():
            self.stdout.write(note)
        stopped = bool(result.report.refused) and not options.partial
        if options.dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
        elif stopped:
            self.stdout.write(
                _("Nothing was written: correct the refused rows, or leave them out with --partial.")
            )
        self.stdout.write(str(result.report))
        if stopped:
            raise SystemExit(1)


class _Bars:
    """A progress bar for each phase, on stderr, and only where somebody watches."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[Any]] = {}

    def advance(self, phase: str, total: int | None, done: int) -> None:
        if phase not in self._bars:
            self.close()
            names = {"check": _("Checking"), "write": _("Writing"), "index": _("Indexing")}
            self._bars[phase] = tqdm(total=total, desc=names[phase], unit=" " + _("rows"), disable=None)
        self._bars[phase].update(done)

    def close(self) -> None:
        for bar in self._bars.values():
            bar.close()
