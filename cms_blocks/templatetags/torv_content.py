"""Template tags of the blocks and pages."""

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from phonenumber_field.phonenumber import PhoneNumber

register = template.Library()


@register.simple_tag(takes_context=True)
def lang_attr(context: Context, code: str | None = None) -> SafeString:
    """` lang="de"` where a text is in another language than what surrounds it, else nothing.

    Without a code: the language of the page's own words, which differs from the text around them on an alias page.
    """
    code = code or get_language() or ""
    around = context.get("content_lang") or get_language()
    return mark_safe("") if code == around else format_html(' lang="{}"', code)


@register.filter
def tel_link(number: PhoneNumber) -> str:
    """An address to call the number; empty where it cannot be one."""
    return number.as_rfc3966 if number.is_valid() else ""


@register.filter
def phone(number: PhoneNumber) -> str:
    """The number as people read it, with its country."""
    return number.as_international if number.is_valid() else str(number.raw_input or number)
