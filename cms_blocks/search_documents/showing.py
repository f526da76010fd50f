"""What is found because pages show it: in the languages and on the sites of these pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wagtail.models import Page

from search.documents import SHOWN_ON

from ..references import original
from .pages import earlier, sites_of

#: Beside a page for the same words, the page is the better answer.
BOOST = 0.8


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The pages of one locale that show a thing, the best to send readers to first."""

    pages: Sequence[Page]
    ends: Mapping[Any, date]

    @property
    def page(self) -> Page:
        return self.pages[0]

    @property
    def lang(self) -> str:
        """The language of these pages; an alias is written in its original's, so it comes last."""
        page = min(self.pages, key=lambda page: page.alias_of_id is not None)
        return str(original(page).locale.language_code)

    @property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        return {SHOWN_ON: tuple(str(page.pk) for page in self.pages)}

    @property
    def sites(self) -> tuple[int, ...]:
        return tuple(sorted({site for page in self.pages for site in sites_of(page)}))

    @property
    def visible_to(self) -> datetime | None:
        """When the last of the pages is to be withdrawn, or somebody in its story no longer agrees."""
        ends = [earlier(page.expire_at, self.ends.get(page.translation_key)) for page in self.pages]
        return None if None in ends else max(end for end in ends if end)


def by_locale(pages: Iterable[Page], ends: Mapping[Any, date]) -> Mapping[str, Shown]:
    """Locale -> its pages, in this order; pages that stand below no site are left out."""
    found: dict[str, list[Page]] = {}
    for page in pages:
        if sites_of(page):
            found.setdefault(page.locale.language_code, []).append(page)
    return {code: Shown(pages=those, ends=ends) for code, those in found.items()}
