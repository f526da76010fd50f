"""Erases all that is kept of a private person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms_blocks.erasure import erase, notes
from cms_blocks.management import persons
from cms_blocks.private_person_erasure import places


class Command(BaseCommand):
    help = "Erase all that is kept of a private person; prints how much was cleared where, never what."

    def add_arguments(self, parser: CommandParser) -> None:
        persons.add_arguments(parser)
        parser.add_argument(
            "--with-login", action="store_true", help="empty the person's login too, unless it may do more"
        )
        parser.add_argument("--dry-run", action="store_true", help="count only, erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        person, words = persons.meant(options)
        with_login = options["with_login"]
        left = notes(person, words, with_login=with_login)
        counts = erase(person, words, dry_run=options["dry_run"], with_login=with_login)
        verb = "Would erase" if options["dry_run"] else "Erased"
        self.stdout.write(f"{verb}: {places(counts)}")
        for line in left:
            self.stdout.write(line)
