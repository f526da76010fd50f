"""`rebuild_search_index`: bring the whole index in line with the content, and make Elasticsearch's anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import rebuilding
from search.engines import mirroring


class Command(BaseCommand):
    help = "Bring the search index in line with the content. Readers keep searching meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--check", action="store_true", help="compare only; exit code 1 where they differ"
        )
        instead.add_argument(
            "--rollback", action="store_true", help="put the former index of Elasticsearch back"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["rollback"]:
                self._roll_back()
            else:
                self._rebuild(check=options["check"], quiet=options["verbosity"] == 0)
        except mirroring.Failed as fault:
            raise CommandError(str(fault)) from fault

    def _roll_back(self) -> None:
        name = mirroring.roll_back()
        if name is None:
            raise CommandError(_("There is no former index of Elasticsearch to go back to."))
        self.stdout.write(f"elasticsearch {name}")

    def _rebuild(self, *, check: bool, quiet: bool) -> None:
        tally = rebuilding.run(check=check, quiet=quiet)
        # The same words in every language, as other programs read these lines.
        self.stdout.write(", ".join(f"{name} {count}" for name, count in vars(tally).items()))
        copy = mirroring.compared() if check else mirroring.rebuild(quiet=quiet)
        if copy:
            self.stdout.write(f"elasticsearch {copy}")
        if tally.failed:
            raise CommandError(_("Some things could not be indexed. The log names each."))
        if check and (tally.changed or (copy and copy.changed)):
            raise CommandError(_("The index and the content differ. Run rebuild_search_index."))
