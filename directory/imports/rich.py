"""Descriptions: plain text or HTML of a file as the HTML that the description's editor itself writes."""

import re

import nh3
from django.utils.html import escape

#: What the editor of a description offers, and the tags people write for the same.
ALLOWED = frozenset({"a", "b", "br", "h3", "li", "ol", "p", "strong", "ul"})
_dropped_with_text = frozenset({"script", "style"})
_tag = re.compile(r"</?([a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a tag is in it; “a < b” is plain text."""
    return _tag.search(text) is not None


def paragraphs(text: str) -> str:
    """An empty line parts paragraphs, a line end becomes a break."""
    blocks = (escape(block.strip()).replace("\n", "<br/>") for block in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{block}</p>" for block in blocks if block)


def foreign_tags(text: str) -> list[str]:
    """Tags that `cleaned` takes away, in the order of the alphabet."""
    return sorted({name.lower() for name in _tag.findall(text)} - ALLOWED)


def cleaned(text: str) -> str:
    """HTML with nothing but what the editor offers; links keep only their address."""
    return nh3.clean(
        text,
        tags=set(ALLOWED),
        clean_content_tags=set(_dropped_with_text),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
