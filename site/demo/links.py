"""Turns the links of the demo's texts into real ones: page:KEY, entry:SLUG and directory:?topic=SLUG."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wagtail.models import Page

LINK = re.compile(r'<a href="(page|entry|directory):([^"]*)">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Links:
    """What texts refer to: the pages by language and key, and primary keys by sort of thing and key."""

    pages: dict[tuple[str, str], Page]
    fallback: str = "da"
    keys: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def page(self, locale: str, key: str) -> Page | None:
        """The page in that language, else in the demo's first; None where somebody has deleted it."""
        return self.pages.get((locale, key)) or self.pages.get((self.fallback, key))

    def key(self, sort: str, name: str) -> int | None:
        """Of a document, an entry, a person or a topic; None where somebody has deleted it."""
        return self.keys.get(sort, {}).get(name)

    def resolve(self, html: str, locale: str) -> str:
        return LINK.sub(lambda found: self._link(found[1], found[2], found[3], locale), html)

    def _link(self, kind: str, target: str, words: str, locale: str) -> str:
        page = self.page(locale, target if kind == "page" else "directory")
        if page is None:
            return words
        if kind == "page":
            return f'<a linktype="page" id="{page.pk}">{words}</a>'
        ending = f"{target}/" if kind == "entry" else target
        return f'<a href="{page.get_url()}{ending}">{words}</a>'
