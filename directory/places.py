"""Where the places lie that readers name: postcodes and towns of the gazetteer."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from cms_blocks.slugs import slug_of
from search.query import Point

from . import conf
from .gazetteer import are_one_town
from .models import Place
from .models.entry import SLUG_LENGTH

_WRITTEN = re.compile(r"(?:([A-Za-z]{1,3})[- ])?(\d[\d ]*)?(.*)", re.ASCII | re.DOTALL)
#: Letters on number plates, which many write before a postcode, where they are not those of ISO 3166.
_PLATES = {
    "A": "AT",
    "B": "BE",
    "D": "DE",
    "E": "ES",
    "EST": "EE",
    "F": "FR",
    "FIN": "FI",
    "FL": "LI",
    "H": "HU",
    "I": "IT",
    "IRL": "IE",
    "L": "LU",
    "N": "NO",
    "P": "PT",
    "S": "SE",
    "SLO": "SI",
}
_MOST_OTHERS = 6
_LIKENESS = 70


class GazetteerResolver:
    """`8700`, `Horsens`, `8700 Horsens`, `DK-8700`, `D-24937`."""

    def resolve(self, text: str) -> tuple[Point, ...]:
        country, postcode, town = _parts(text)
        if not postcode and not town:
            return ()
        rows = Place.objects.all()
        if country:
            rows = rows.filter(country=country)
        if postcode:
            rows = rows.filter(postcode=postcode)
        if town and not postcode:
            rows = rows.filter(town_slug=town)
        found = list(rows.order_by("country", "postcode", "pk")[:500])
        named = [row for row in found if row.town_slug == town]
        return tuple(_points(text, named or found, by_town=not postcode))[: _MOST_OTHERS + 1]

    def suggest(self, text: str) -> tuple[str, ...]:
        """Towns whose names look alike; a typing mistake is seldom in the first letter."""
        wanted = _parts(text)[2]
        if not wanted:
            return ()
        rows = Place.objects.filter(town_slug__startswith=wanted[0])
        towns = dict(rows.order_by("town_slug", "town").values_list("town_slug", "town"))
        alike = process.extract(wanted, towns.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=3)
        return tuple(towns[slug] for slug, _score, _index in alike)


def _parts(text: str) -> tuple[str, str, str]:
    """Country, postcode and the slug of a town; what is not there is empty."""
    found = _WRITTEN.fullmatch(text.strip())
    letters, postcode, town = found.groups(default="") if found else ("", "", text)
    country = _PLATES.get(letters.upper(), letters.upper() if len(letters) == 2 else "")
    if letters and not (country and postcode):
        country, postcode, town = "", "", text
    return country, postcode.replace(" ", ""), slug_of(town, SLUG_LENGTH)


def _points(text: str, rows: Sequence[Place], *, by_town: bool) -> Iterable[Point]:
    """One for each place that may be meant, those of the site's own country first."""
    home = conf.current().default_country
    groups = _grouped(sorted(rows, key=lambda row: row.country != home))
    for number, group in enumerate(groups):
        first = group[0]
        plain = not number and by_town
        yield Point(
            text=text.strip() if not number else f"{first.country}-{first}",
            label=first.town if plain else str(first),
            latitude=sum(row.latitude for row in group) / len(group),
            longitude=sum(row.longitude for row in group) / len(group),
        )


def _grouped(rows: Iterable[Place]) -> list[list[Place]]:
    """Postcodes of one town together; towns of one name that lie apart stay apart."""
    groups: list[list[Place]] = []
    for row in rows:
        for group in groups:
            if are_one_town(group[0], row):
                group.append(row)
                break
        else:
            groups.append([row])
    return groups
