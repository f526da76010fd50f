"""Places that readers name. `search` knows none: whoever lists things near a place says where it lies."""

import re
from typing import Protocol

from django.utils.translation import gettext as _

from .query import Point

#: Decimals that are kept of a reader's own position: about one kilometre.
ROUNDED = 2
_COORDINATES = re.compile(r"(-?\d{1,3}(?:\.\d{1,20})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,20})?)", re.ASCII)


class PlaceResolver(Protocol):
    """Knows where postcodes and towns lie."""

    def resolve(self, text: str) -> tuple[Point, ...]:
        """What may be meant, the likeliest first; in one query."""

    def suggest(self, text: str) -> tuple[str, ...]:
        """Names that look like one that is not known; in one query."""


class OutOfRange(ValueError):  # noqa: N818 - says what is wrong
    """No such coordinates."""


def coordinates(text: str) -> Point | None:
    """`55.86,9.85`, rounded; None for anything else. Raises OutOfRange."""
    found = _COORDINATES.fullmatch(text.strip())
    if found is None:
        return None
    latitude, longitude = (round(float(number), ROUNDED) for number in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise OutOfRange(text)
    written = f"{latitude},{longitude}"
    return Point(text=written, label=_("your position"), latitude=latitude, longitude=longitude)
