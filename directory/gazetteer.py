"""Coordinates for places without them, from the rows that `load_places` brought in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Avg, Q

if TYPE_CHECKING:
    from .models import Location, Place

GAZETTEER = "gazetteer"
#: Of a degree, in the form: about a metre.
DECIMALS = 5
_ONE_TOWN_KM = 30


def fill_positions(locations: Iterable[Location]) -> None:
    """Sets latitude and longitude where nobody gave any, in one query. Call it after `Location.derive`.

    What came from here before is looked up anew, since the address may have changed, and is taken back where
    the new address is unknown.
    """
    open_ones = [place for place in locations if _is_open(place)]
    if not open_ones:
        return
    known = _Known(open_ones)
    for location in open_ones:
        found = known.place_of(location)
        location.latitude, location.longitude = (found.latitude, found.longitude) if found else (None, None)
        location.position_source = GAZETTEER if found else ""


def place_of(location: Location) -> Place | None:
    """Of an address that need not be saved. Call it after `Location.derive`."""
    return _Known([location]).place_of(location)


def middle() -> tuple[float, float] | None:
    """Of all places, where a map may begin that knows no better."""
    from .models import Place

    found = Place.objects.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    return (found["latitude"], found["longitude"]) if found["latitude"] is not None else None


def _is_open(location: Location) -> bool:
    has_address = bool(location.postal_code or location.city_slug)
    if location.position_source == GAZETTEER:
        return True
    return has_address and location.latitude is None and location.longitude is None


class _Known:
    """The rows of the gazetteer for these addresses."""

    def __init__(self, locations: Sequence[Location]) -> None:
        from .models import Place

        postcodes = {place.postal_code for place in locations if place.postal_code}
        towns = {place.city_slug for place in locations if place.city_slug}
        self._by_postcode: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._by_town: dict[tuple[str, str], list[Place]] = defaultdict(list)
        rows = Place.objects.filter(Q(postcode__in=postcodes) | Q(town_slug__in=towns)).order_by(
            "postcode", "pk"
        )
        for row in rows:
            self._by_postcode[row.country, row.postcode].append(row)
            self._by_town[row.country, row.town_slug].append(row)

    def place_of(self, location: Location) -> Place | None:
        """By postcode and town, else by postcode, else by a town of a name that no other town has."""
        here = self._by_postcode[location.country, location.postal_code]
        named = [place for place in here if place.town_slug == location.city_slug]
        if named or here:
            return (named or here)[0]
        towns = [] if location.postal_code else self._by_town[location.country, location.city_slug]
        return towns[0] if towns and all(are_one_town(towns[0], other) for other in towns) else None


def are_one_town(one: Place, other: Place) -> bool:
    """Of the same name, and so near each other that they are postcodes of one town."""
    # Here, as in `page_mixins`: models must load where another package named `search` hides ours.
    from search.geography import distance_km

    here, there = (one.latitude, one.longitude), (other.latitude, other.longitude)
    return one.country == other.country and distance_km(here, there) <= _ONE_TOWN_KM
