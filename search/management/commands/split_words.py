"""`split_words`: how the search reads compounds."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from search import compound_words
from search.analysis import normalise, readings
from search.analysis.grammar import GRAMMARS
from search.analysis.readings import AllAdditions


class Command(BaseCommand):
    help = (
        "Print the parts of compounds as the search sees them: a line a word, word, tab, parts joined by +."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", metavar="LANG", help=" | ".join(GRAMMARS))
        parser.add_argument(
            "words",
            metavar="WORD",
            nargs="*",
            help="a word; a whole one is printed as it is; without any, the lines of the input are taken",
        )
        parser.add_argument(
            "--index",
            action="store_true",
            help="as this site reads them: with what its editors decided and its index taught",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        language: str = options["language"]
        if language not in GRAMMARS:
            raise CommandError(
                _("Words of the language “%(code)s” are not split. Known: %(known)s.")
                % {"code": language, "known": ", ".join(GRAMMARS)}
            )
        with readings.using(_additions() if options["index"] else {}):
            for word in _words(options["words"] or sys.stdin):
                parts = readings.parts_of(normalise(word), language)
                self.stdout.write(f"{word}\t{'+'.join(parts) or word}")


def _words(given: Iterable[str]) -> Iterator[str]:
    """As typed, but on one line; what is no Unicode is shown as such."""
    for word in given:
        clean = " ".join(word.encode("utf-8", "replace").decode("utf-8").split())
        if clean:
            yield clean


def _additions() -> AllAdditions:
    """What this site's editors decided and its index taught."""
    try:
        return compound_words.additions()
    except DatabaseError:
        raise CommandError(_("The database has no search index yet. Run `migrate` first.")) from None
