"""Template tags of the blocks and pages."""

from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.images.models import Filter, Picture
from wagtail.models import Site

from .. import frame, topic_addresses
from ..pictures import BROKEN, rendition

register = template.Library()

_TOPIC_PAGE = "torv topic page"


@register.simple_tag(takes_context=True)
def main_lang(context: Context) -> SafeString:
    """` lang="da"` around a page's text where it is not in the language of the page: on an alias."""
    return _attribute(context.get("content_lang"), get_language())


@register.simple_tag(takes_context=True)
def lang_attr(context: Context, code: str | None = None, around: str | None = None) -> SafeString:
    """` lang="de"` on words inside a page's text that are in another language than the text.

    Without a code the words are the template's own, in the language of the page. `around` is the language of
    the element they stand in, where that is not the page's text: ` lang="da"` on the date of a German card.
    """
    return _attribute(code or get_language(), around or context.get("content_lang") or get_language())


@register.simple_tag(takes_context=True)
def topic_url(context: Context, slug: str) -> str:
    """The topic's page in the reader's language, else the search for it; empty where the site has neither.

    Asked of the database once for all topics of a page.
    """
    request = context.get("request")
    if request is None:
        return ""
    known = context.render_context
    if _TOPIC_PAGE not in known:
        page = topic_addresses.topic_page(Site.find_for_request(request), get_language() or "")
        known[_TOPIC_PAGE] = page.get_url(request) if page else ""
    if known[_TOPIC_PAGE]:
        return f"{known[_TOPIC_PAGE]}{slug}/"
    search = frame.search_url()
    return f"{search}?topic={slug}" if search else ""


def _attribute(code: str | None, around: str | None) -> SafeString:
    return SafeString("") if not code or code == around else format_html(' lang="{}"', code)


@register.filter
def tel_link(number: PhoneNumber) -> str:
    """An address to call the number; empty where it cannot be one."""
    return number.as_rfc3966 if number.is_valid() else ""


@register.filter
def phone(number: PhoneNumber) -> str:
    """The number as people read it, with its country."""
    return number.as_international if number.is_valid() else str(number.raw_input or number)


@register.filter
def breakable(address: str) -> SafeString:
    """An e-mail address that a narrow column breaks after its @, and not in the middle of a name."""
    name, at, host = str(address).rpartition("@")
    return format_html("{}{}<wbr>{}", name, at, host)


@register.filter
def number(value: Decimal) -> str:
    """As the reader's language writes it, with marks between thousands."""
    return number_format(value, force_grouping=True)


@register.simple_tag
def torv_picture(image: Any, specs: str, *, sizes: str, css_class: str, alt: str) -> SafeString:
    """`{% torv_picture image "format-{webp,jpeg} width-{480,800}" sizes="100vw" css_class="…" alt="…" %}`.

    As Wagtail's `picture`; where the file is lost or broken, the description alone.
    """
    filters = [Filter(spec=spec) for spec in Filter.expand_spec(specs.split())]
    try:
        renditions = image.get_renditions(*filters)
    except BROKEN:
        return conditional_escape(alt)
    attributes = {"sizes": sizes, "class": css_class, "alt": alt, "loading": "lazy"}
    picture: SafeString = Picture(renditions, attributes).__html__()
    return picture


@register.simple_tag
def torv_image(image: Any, spec: str, *, css_class: str) -> SafeString:
    """`{% torv_image image "height-96" css_class="…" %}`: a picture whose name stands beside it.

    As Wagtail's `image`; nothing where the file is lost or broken.
    """
    found = rendition(image, spec)
    return found.img_tag({"class": css_class, "alt": ""}) if found else SafeString("")


@register.simple_tag
def torv_rendition_url(image: Any, spec: str) -> str:
    """`{% torv_rendition_url image "max-1920x1920" as large %}`; empty where the file is lost or broken."""
    found = rendition(image, spec)
    return str(found.url) if found else ""
