"""Places of entries about sensitive topics: the town is told, the door is not."""

from collections.abc import Sequence
from copy import copy

from .models import Entry, EntryKind, Location
from .models.location import BLURRED


def blurred(place: Location) -> Location:
    """The place without street and way to the door, its position rounded; an unsaved copy, never stored."""
    shown = copy(place)
    shown.address_1 = shown.address_2 = ""
    shown.accessibility_description = shown.accessibility_url = shown.transportation = ""
    shown.approximate = True
    if place.latitude is not None and place.longitude is not None:
        shown.latitude, shown.longitude = round(place.latitude, BLURRED), round(place.longitude, BLURRED)
    return shown


def hides_places(entry: Entry, *, is_sensitive: bool) -> bool:
    """Whether the entry's door is not told. That of a contact point is: whoever looks for it has to find it.

    A contact point that must not be found marks its places as approximate.
    """
    return is_sensitive and entry.facts.kind != EntryKind.CONTACT_POINT


def places_shown(entry: Entry, places: Sequence[Location], *, is_sensitive: bool) -> list[Location]:
    if hides_places(entry, is_sensitive=is_sensitive):
        return [blurred(place) for place in places]
    return list(places)
