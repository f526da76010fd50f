"""Tags of the base template: the frame, the built assets, icons."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

from .. import assets, structured_data
from .. import frame as frames

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: template.RequestContext) -> frames.Frame:
    """`{% frame as frame %}`: everything the base template shows around the page's own content."""
    request = context.get("request")
    if request is None:
        return frames.plain()
    page = context.get("page")
    return frames.build(
        request,
        page if isinstance(page, Page) else None,
        context.get("breadcrumb_trail") or (),
        context.get("language_urls"),
        context.get("alternate_urls"),
        context.get("canonical_url") or "",
    )


@register.tag
def keep(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """`{% keep as name %}…{% endkeep %}`: prints nothing, but keeps the text for use in attributes."""
    bits = token.split_contents()
    if len(bits) != 3 or bits[1] != "as":
        raise template.TemplateSyntaxError("Write {% keep as name %}.")
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return _Kept(nodes, bits[2])


class _Kept(template.Node):
    """Blocks inside can be overridden, so one title serves the browser and those a link is shared with."""

    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        text = self.nodelist.render(context).strip()
        # Its parts are escaped already, except for the quotes of the template's own words.
        context[self.name] = SafeString(text.replace('"', "&quot;"))
        return SafeString("")


@register.simple_tag
def plain_frame() -> frames.Frame:
    """The frame of error pages that must not ask the database."""
    return frames.plain()


@register.simple_tag
def torv_asset(kind: str) -> str:
    """The address of the built `css`, `js`, `map_css` or `map_js` file."""
    return assets.url(kind)


@register.simple_tag
def torv_icon(name: str) -> SafeString:
    """An icon of the sprite, decoration only: what it means must stand beside it as text."""
    sprite = assets.url("icons")
    if not sprite or name not in assets.manifest().icon_names:
        return SafeString("")
    return format_html(
        '<svg class="icon-svg" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


@register.simple_tag
def json_ld(value: Mapping[str, Any] | None) -> SafeString:
    """`{% json_ld value %}`: a mapping in terms of schema.org for search engines; nothing for None."""
    return structured_data.script(value)


@register.simple_tag(takes_context=True)
def torv_userbar(context: template.RequestContext) -> Any:
    """Wagtail's bar for editors. Readers without a session never touch one, so their pages can be cached."""
    request = context.get("request")
    if request is None or hasattr(request, "torv_pdf") or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return wagtailuserbar(context)
