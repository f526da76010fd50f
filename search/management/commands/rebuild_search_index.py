"""`rebuild_search_index`: bring the whole index in line with the content."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import rebuilding


class Command(BaseCommand):
    help = "Bring the search index in line with the content. Readers keep searching meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare only; exit code 1 where they differ"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check: bool = options["check"]
        tally = rebuilding.run(check=check, quiet=options["verbosity"] == 0)
        # The same words in every language, as other programs read this line.
        self.stdout.write(", ".join(f"{name} {count}" for name, count in vars(tally).items()))
        if tally.failed:
            raise CommandError(_("Some things could not be indexed. The log names each."))
        if check and tally.changed:
            raise CommandError(_("The index and the content differ. Run rebuild_search_index."))
