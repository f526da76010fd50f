"""`manage.py load_places FILE`."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from cms_blocks.slugs import slug_of
from directory import conf
from directory.models import Place

REQUIRED = ("postcode", "town", "lat", "lon")
BATCH = 1000


class Command(BaseCommand):
    help = "Load postcodes and towns with their positions: a CSV with postcode, town, lat, lon, and country."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file in UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = _read(options["file"])
        before = Place.objects.count()
        with transaction.atomic():
            for start in tqdm(range(0, len(rows), BATCH), desc=_("Writing"), disable=None):
                Place.objects.bulk_create(
                    rows[start : start + BATCH],
                    update_conflicts=True,
                    unique_fields=["country", "postcode", "town_slug"],
                    update_fields=["town", "latitude", "longitude"],
                )
        created = Place.objects.count() - before
        self.stdout.write(f"rows {len(rows)}, created {created}, known {len(rows) - created}")


def _read(path: Path) -> list[Place]:
    """Each postcode of a town once, the last row of the file wins. Raises CommandError with the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list({_key(place): place for place in _places(file)}.values())
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise CommandError(_("%(file)s is not UTF-8.") % {"file": path}) from error


def _key(place: Place) -> tuple[str, str, str]:
    return place.country, place.postcode, place.town_slug


def _places(file: Any) -> Any:
    first = file.readline()
    reader = csv.DictReader(file, _names(first), delimiter=_delimiter(first))
    try:
        for row in reader:
            if any(row.values()):
                yield _place(row, reader.line_num + 1)
    except csv.Error as error:
        text = _("Line %(line)d is too long for a row of a table.")
        raise CommandError(text % {"line": reader.line_num + 1}) from error


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _names(header: str) -> list[str]:
    names = [name.strip().strip('"').lower() for name in header.split(_delimiter(header))]
    if missing := [name for name in REQUIRED if name not in names]:
        raise CommandError(_("The first line lacks the columns %(names)s.") % {"names": ", ".join(missing)})
    return names


def _place(row: dict[str | None, Any], number: int) -> Place:
    if any(row.get(None) or ()):
        raise CommandError(
            _("Line %(line)s has more cells than the first line has names: wrongly separated.")
            % {"line": number}
        )
    town = (row["town"] or "").strip()
    postcode = (row["postcode"] or "").strip()
    country = (row.get("country") or conf.current().default_country).strip().upper()
    if not town or not postcode or len(postcode) > 12 or len(town) > 120 or len(country) != 2:
        raise CommandError(
            _("Line %(line)s needs a postcode, a town and a country of two letters.") % {"line": number}
        )
    return Place(
        postcode=postcode,
        town=town,
        town_slug=slug_of(town, 120),
        country=country,
        latitude=_degrees(row["lat"], 90, number),
        longitude=_degrees(row["lon"], 180, number),
    )


def _degrees(text: str | None, limit: int, number: int) -> float:
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise CommandError(
            _("Line %(line)s: “%(value)s” is no latitude or longitude in degrees.")
            % {"line": number, "value": text}
        )
    return value
