"""How a page introduces itself elsewhere: its one address, and its picture where somebody shares the link."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import to_locale
from wagtail.models import Page

from . import references
from .pictures import rendition

#: Open Graph names a language with a country; for others the code must do.
LOCALES = {"da": "da_DK", "de": "de_DE", "en": "en_GB"}

#: Large enough for every network, in a format that all of them read.
PICTURE = "max-1200x1200|format-jpeg"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """`url` is absolute; sizes in pixels; `alt` may be empty."""

    url: str
    width: int
    height: int
    alt: str = ""


def locale_name(code: str) -> str:
    return LOCALES.get(code) or to_locale(code)


def canonical_url(page: Page, request: HttpRequest) -> str:
    """An alias shows the text of another page, whose address counts. Empty for what is not published."""
    shown = references.original(page)
    return (shown.get_full_url(request) or "") if shown.pk and shown.live else ""


def picture(image: Any, request: HttpRequest, alt: str = "") -> Picture | None:
    """None without an image, and where its file is missing or broken."""
    if image is None:
        return None
    # An image of a text brings some of its renditions along, and would make any other anew each time.
    fresh = type(image).objects.prefetch_renditions(PICTURE).get(pk=image.pk)
    found = rendition(fresh, PICTURE)
    if found is None:
        return None
    return Picture(
        url=request.build_absolute_uri(found.url),
        width=found.width,
        height=found.height,
        alt=alt,
    )
