"""The map of a list or a block: drawn by the reader's click, from tiles of a server that the host names."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from . import conf

if TYPE_CHECKING:
    from search.results import Results

MAP = "map"
MOST_MARKERS = 200
_NUMBER = r"(-?\d{1,3}(?:\.\d+)?)"
_POSITION = re.compile(rf"\s*{_NUMBER}\s*[,;\s]\s*{_NUMBER}\s*")


@dataclass(frozen=True, kw_only=True)
class MapButton:
    """`host` is who learns the reader's IP address.

    What the map shows is fetched from `markers_url`, or stands in `places` as JSON; `label` names that map.
    """

    markers_url: str
    places: str
    label: str
    tile_url: str
    attribution: str
    host: str
    #: Which of the maps of blocks on a page it is; two may show the same places.
    number: int = 0

    @property
    def note_id(self) -> str:
        """Of the note beside the button, one of its own for each map of a page."""
        digest = sha256(self.places.encode()).hexdigest()[:8] if self.places else "list"
        return f"torv-map-note-{digest}-{self.number}" if self.number else f"torv-map-note-{digest}"


def map_button(markers_url: str = "", *, places: str = "", label: str = "") -> MapButton | None:
    """None where no tiles are configured."""
    settings = conf.current()
    if not settings.tile_url:
        return None
    return MapButton(
        markers_url=markers_url,
        places=places,
        label=label,
        tile_url=settings.tile_url,
        attribution=settings.tile_attribution,
        host=(urlsplit(settings.tile_url).hostname or "").removeprefix("{s}."),
    )


def tile_source() -> str | None:
    """The tile server as a source in the content security policy."""
    parts = urlsplit(conf.current().tile_url)
    if not parts.hostname:
        return None
    host = parts.netloc.replace("{s}", "*")
    return f"{parts.scheme}://{host}"


def position_of(text: str) -> tuple[float, float] | None:
    """“55.861, 9.845” as latitude and longitude; None where it is no place on earth."""
    found = _POSITION.fullmatch(text or "")
    if not found:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def marker(name: str, position: tuple[float, float]) -> dict[str, Any]:
    """A place of a block: it has no page of its own."""
    return {"name": name, "url": "", "key": "", "position": position, "blurred": False}


def as_json(results: "Results") -> dict[str, Any]:
    markers = [
        {
            "name": hit.row.title,
            "url": hit.url,
            "key": hit.row.stored.get("slug"),
            "position": position,
            "blurred": bool(blurred),
        }
        for hit in results.hits
        for position, blurred in zip(hit.row.positions, _blurred(hit.row.stored), strict=False)
    ]
    return {"markers": markers, "shown": len(results.hits), "total": results.total}


def _blurred(stored: Any) -> list[bool]:
    return list(stored.get("blurred", ()))
