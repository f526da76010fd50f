"""Places of entries about sensitive topics: the town is told, the door is not."""

from copy import copy

from .models import Location

#: Digits of a degree that are kept: about a kilometre.
DIGITS = 2


def blurred(place: Location) -> Location:
    """The place without street, its position rounded; an unsaved copy, never to be stored."""
    shown = copy(place)
    shown.address_1 = shown.address_2 = ""
    if place.latitude is not None and place.longitude is not None:
        shown.latitude, shown.longitude = round(place.latitude, DIGITS), round(place.longitude, DIGITS)
    return shown
