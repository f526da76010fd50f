"""`torv_tick`: the regular work of every app; cron starts it each minute."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms_blocks import ticks


class Command(BaseCommand):
    help = "Do the regular work of every app: what is due each minute, and once a night the rest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--nightly", action="store_true", help="do the nightly work too, though it is not night"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        failed: list[str] = []
        for outcome in ticks.tick(nightly=options["nightly"]):
            line = f"{outcome.name} {outcome.seconds:.1f} s"
            if outcome.error is not None:
                failed.append(outcome.name)
                self.stderr.write(f"{line} failed: {type(outcome.error).__name__}: {outcome.error}")
            elif options["verbosity"] > 0:
                self.stdout.write(line)
        if failed:
            raise CommandError(_("These chores failed: %(names)s.") % {"names": ", ".join(failed)})
