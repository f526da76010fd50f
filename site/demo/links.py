"""Turns the links of the demo's texts into real ones: page:KEY, entry:SLUG and directory:?topic=SLUG."""

import re
from dataclasses import dataclass

from wagtail.models import Page

LINK = re.compile(r'<a href="(page|entry|directory):([^"]*)">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Links:
    """What can be linked to: the pages by language and key."""

    pages: dict[tuple[str, str], Page]
    fallback: str = "da"

    def page(self, locale: str, key: str) -> Page | None:
        """The page in that language, else in the demo's first; None where somebody has deleted it."""
        return self.pages.get((locale, key)) or self.pages.get((self.fallback, key))

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
