"""Languages of a site: those in which its home page is live. Nothing here sets or reads a cookie."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language_info, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.models import Page, Site

_CACHE = "_torv_live_homes"


def live_homes(request: HttpRequest) -> dict[str, Page]:
    """Language code -> the site's live home page in it, in the order of LANGUAGES. One query a request."""
    if not hasattr(request, _CACHE):
        setattr(request, _CACHE, _find_homes(request))
    homes: dict[str, Page] = getattr(request, _CACHE)
    return homes


def _find_homes(request: HttpRequest) -> dict[str, Page]:
    site = Site.find_for_request(request)
    if site is None:
        return {}
    pages = (
        Page.objects.filter(translation_key=site.root_page.translation_key).live().select_related("locale")
    )
    by_code = {page.locale.language_code: page for page in pages}
    known = [code for code, _ in settings.LANGUAGES]
    return {code: by_code[code] for code in sorted(by_code, key=lambda code: _position(known, code))}


def _position(known: Sequence[str], code: str) -> int:
    return known.index(code) if code in known else len(known)


def best(request: HttpRequest, available: Sequence[str]) -> str | None:
    """The one of `available` that the reader's browser prefers, else the default, else the first."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted == "*":
            break
        if match := _match(wanted, available):
            return match
    if settings.LANGUAGE_CODE in available:
        return settings.LANGUAGE_CODE
    return available[0] if available else None


def _match(wanted: str, available: Sequence[str]) -> str | None:
    """`de-at` is served by `de`; what the site does not speak is nothing."""
    try:
        variant = get_supported_language_variant(wanted)
    except LookupError:
        return None
    return variant if variant in available else None


def own_name(code: str) -> str:
    """A language's name in that language: "Dansk". The code itself where Django does not know it."""
    try:
        return capfirst(get_language_info(code)["name_local"])
    except KeyError:
        return code
