"""Erases all that is kept of a private person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_blocks.erasure import erase, notes
from cms_blocks.models import PrivatePerson
from cms_blocks.private_person_erasure import places
from cms_blocks.traces import Words


class Command(BaseCommand):
    help = "Erase all that is kept of a private person; prints how much was cleared where, never what."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", nargs="?", type=int, help="the person's number")
        parser.add_argument("--name", default="", help="the whole name")
        parser.add_argument("--email", default="", help="the e-mail address")
        parser.add_argument(
            "--with-login", action="store_true", help="empty the person's login too, unless it may do more"
        )
        parser.add_argument("--dry-run", action="store_true", help="count only, erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        person = one_person(options["id"], options["name"], options["email"])
        words = Words.of(person) if person else Words(name=options["name"], email=options["email"])
        with_login = options["with_login"]
        left = notes(person, words, with_login=with_login)
        counts = erase(person, words, dry_run=options["dry_run"], with_login=with_login)
        verb = "Would erase" if options["dry_run"] else "Erased"
        self.stdout.write(f"{verb}: {places(counts)}")
        for line in left:
            self.stdout.write(line)


def one_person(pk: int | None, name: str, email: str) -> PrivatePerson | None:
    """None where nobody is kept under that name; texts may name the person all the same."""
    if pk is None and not name and not email:
        raise CommandError("Say who: a number, --name or --email.")
    wanted = {"pk": pk, "name__iexact": name, "email__iexact": email}
    found = list(PrivatePerson.objects.filter(**{key: value for key, value in wanted.items() if value}))
    if len(found) > 1:
        numbers = ", ".join(str(person.pk) for person in found)
        raise CommandError(f"This fits several persons; give the number of one: {numbers}.")
    if pk is not None and not found:
        raise CommandError(f"There is no person {pk}; nothing was erased.")
    return found[0] if found else None
