"""Whom a command means: by number, by name or by e-mail address."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from cms_blocks.models import PrivatePerson
from cms_blocks.traces import Words


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("id", nargs="?", type=int, help="the person's number")
    parser.add_argument("--name", default="", help="the whole name")
    parser.add_argument("--email", default="", help="the e-mail address")


def meant(options: dict[str, Any]) -> tuple[PrivatePerson | None, Words]:
    """None where nobody is kept under that name; texts may name the person all the same."""
    person = _one_person(options["id"], options["name"], options["email"])
    return person, Words.of(person) if person else Words(name=options["name"], email=options["email"])


def _one_person(pk: int | None, name: str, email: str) -> PrivatePerson | None:
    if pk is None and not name and not email:
        raise CommandError("Say who: a number, --name or --email.")
    wanted = {"pk": pk, "name__iexact": name, "email__iexact": email}
    found = list(PrivatePerson.objects.filter(**{key: value for key, value in wanted.items() if value}))
    if len(found) > 1:
        numbers = ", ".join(str(person.pk) for person in found)
        raise CommandError(f"This fits several persons; give the number of one: {numbers}.")
    if pk is not None and not found:
        raise CommandError(f"There is no person {pk}; nothing was done.")
    return found[0] if found else None
