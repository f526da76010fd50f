"""Pictures whose file is lost, cut off or no picture: a page goes on without them."""

from typing import Any

#: What the libraries raise while they read such a file; a PNG with a damaged part is a SyntaxError to Pillow.
BROKEN = (OSError, SyntaxError)


def rendition(image: Any, spec: str) -> Any | None:
    """As Wagtail's `get_rendition`; None where the picture cannot be read."""
    try:
        return image.get_rendition(spec)
    except BROKEN:
        return None
