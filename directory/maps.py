"""The map beside a list: drawn by the reader's click, from tiles of a server that the host names."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from search.results import Results

from . import conf

MAP = "map"
MOST_MARKERS = 200


@dataclass(frozen=True, kw_only=True)
class MapButton:
    """`host` is who learns the reader's IP address; `markers_url` gives what the map shows."""

    markers_url: str
    tile_url: str
    attribution: str
    host: str


def map_button(markers_url: str) -> MapButton | None:
    """None where no tiles are configured."""
    settings = conf.current()
    if not settings.tile_url:
        return None
    return MapButton(
        markers_url=markers_url,
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


def as_json(results: Results) -> dict[str, Any]:
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
