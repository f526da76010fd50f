"""Writes down all that is kept of a private person, for that person."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from cms_blocks.erasure import export
from cms_blocks.management import persons


class Command(BaseCommand):
    help = "Write all that is kept of a private person as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        persons.add_arguments(parser)
        parser.add_argument("file", help="where to write it; - prints it")

    def handle(self, *args: Any, **options: Any) -> None:
        text = json.dumps(
            export(*persons.meant(options)), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
        )
        if options["file"] == "-":
            self.stdout.write(text)
            return
        try:
            Path(options["file"]).write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Cannot write {options['file']}: {error.strerror}.") from None
