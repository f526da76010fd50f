"""`manage.py load_demo`: the invented municipality, with its texts, pictures and logins."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from demo.loader import Options, Report, load


class Command(BaseCommand):
    help = (
        "Loads the demo: an invented Danish municipality with German and English pages. Running it again "
        "doubles nothing and leaves alone what somebody has edited or deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset",
            action="store_true",
            help="Write all of the demo's texts again, over edits and deletions. What editors added stays.",
        )
        parser.add_argument(
            "--with-logins",
            action="store_true",
            help="Make the demo's logins although DEBUG is off. Their passwords are public.",
        )
        parser.add_argument(
            "--address", help="Where the site is served, as in http://localhost:8000 (WAGTAILADMIN_BASE_URL)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Options(
            address=options["address"],
            default_address=settings.WAGTAILADMIN_BASE_URL,
            reset=options["reset"],
            with_logins=settings.DEBUG or options["with_logins"],
            show_progress=options["verbosity"] > 0,
        )
        report = load(chosen)
        if options["verbosity"] > 0:
            self._print(report, chosen)

    def _print(self, report: Report, options: Options) -> None:
        self.stdout.write(", ".join(f"{count} {name}" for name, count in report.counts.items()))
        for name, why in report.kept.items():
            self.stdout.write(f"  left alone: {name} ({why})")
        self.stdout.write(f"Site:   {report.home_url}\nAdmin:  {report.admin_url}")
        if options.with_logins:
            self.stdout.write("Logins:")
        else:
            self.stdout.write(
                "No logins made: DEBUG is off. --with-logins makes them; their passwords are public."
            )
        for line in report.logins:
            self.stdout.write(line)
