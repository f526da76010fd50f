"""Template tags of the blocks and pages."""

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from phonenumber_field.phonenumber import PhoneNumber

register = template.Library()


@register.simple_tag(takes_context=True)
def main_lang(context: Context) -> SafeString:
    """` lang="da"` around a page's text where it is not in the language of the page: on an alias."""
    return _attribute(context.get("content_lang"), get_language())


@register.simple_tag(takes_context=True)
def lang_attr(context: Context, code: str | None = None) -> SafeString:
    """` lang="de"` on words inside a page's text that are in another language than the text.

    Without a code the words are the template's own, in the language of the page.
    """
    return _attribute(code or get_language(), context.get("content_lang") or get_language())


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
