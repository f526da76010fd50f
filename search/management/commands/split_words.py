"""`split_words`: how the search reads compounds."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.analysis.compounds import GRAMMARS, split


class Command(BaseCommand):
    help = (
        "Print the parts of compounds as the search sees them: a line a word, word, tab, parts joined by +."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", metavar="LANG", help=" | ".join(GRAMMARS))
        parser.add_argument(
            "words", metavar="WORD", nargs="+", help="a word; a whole one is printed as it is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        language: str = options["language"]
        if language not in GRAMMARS:
            raise CommandError(
                _("Words of the language “%(code)s” are not split. Known: %(known)s.")
                % {"code": language, "known": ", ".join(GRAMMARS)}
            )
        for word in options["words"]:
            self.stdout.write(f"{word}\t{'+'.join(split(word, language)) or word}")
