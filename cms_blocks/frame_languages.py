"""The language switch, and what search engines are told of a page in other languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation
from wagtail.models import Page

from . import languages
from .frame_values import Alternate, Language, Link


def home_title() -> str:
    return translation.pgettext("first breadcrumb", "Home")


@dataclass(frozen=True)
class Switch:
    """`line` leads from the site's root to the page; `has_trail`: the reader is on an address below the page.

    `homes`, `language_urls` and `alternate_urls` are by language code.
    """

    request: HttpRequest
    page: Page | None
    line: Sequence[Page]
    has_trail: bool
    code: str
    homes: Mapping[str, Page]
    language_urls: Mapping[str, str] | None
    alternate_urls: Mapping[str, str] | None

    def languages(self) -> tuple[Language, ...]:
        return tuple(self._language(code) for code in self.homes)

    def alternates(self) -> tuple[Alternate, ...]:
        """Nothing for a page in one language; else each, and the default one for everybody else."""
        urls = self._translations if self.alternate_urls is None else self.alternate_urls
        if len(urls) < 2:
            return ()
        absolute = {code: self.request.build_absolute_uri(url) for code, url in urls.items()}
        default = absolute.get(settings.LANGUAGE_CODE) or next(iter(absolute.values()))
        links = [Alternate(code=code, url=url) for code, url in absolute.items()]
        return (*links, Alternate(code="x-default", url=default))

    def _language(self, code: str) -> Language:
        is_translated = code in self._translations or code == self.code
        return Language(
            code=code,
            name=languages.own_name(code),
            url=self._translations.get(code) or self._url(self.homes[code]),
            is_current=code == self.code,
            is_translated=is_translated,
            nearest=None if is_translated else self._nearest(code),
            has_text=not self.alternate_urls or code in self.alternate_urls,
        )

    @cached_property
    def _translations(self) -> dict[str, str]:
        """Addresses of what the reader sees."""
        if self.language_urls is not None:
            return {code: url for code, url in self.language_urls.items() if code in self.homes}
        if self.page is None:
            return self._view_translations()
        pages = self._versions.get(self.page.translation_key, {})
        return {code: url for code in self.homes if code in pages and (url := self._url(pages[code]))}

    def _view_translations(self) -> dict[str, str]:
        """A view outside the page tree, such as the search, has an address in every language."""
        match = self.request.resolver_match
        if match is None or match.view_name == "wagtail_serve":
            return {}
        here = self.request.get_full_path()
        translated = {code: translate_url(here, code) for code in self.homes}
        return translated if len(set(translated.values())) == len(translated) else {}

    @cached_property
    def _versions(self) -> dict[UUID, dict[str, Page]]:
        """Of the page and those above it, by translation key: what is published in which language; one query.

        Aliases show another language's text and do not count. Who may read the page itself is asked where
        it is served; a page above is offered to everybody, so it must be one that everybody may read.
        """
        if self.page is None or not self.page.pk:
            return {}
        keys = {page.translation_key for page in self.line}
        pages = Page.objects.live().filter(alias_of__isnull=True, translation_key__in=keys)
        is_own = Q(translation_key=self.page.translation_key)
        codes = {home.locale_id: code for code, home in self.homes.items()}
        found: dict[UUID, dict[str, Page]] = {}
        for page in pages.filter(is_own | ~Page.objects.all().private_q()):
            if page.locale_id in codes:
                found.setdefault(page.translation_key, {})[codes[page.locale_id]] = page
        return found

    def _nearest(self, code: str) -> Link | None:
        """The page closest above that can be read in that language, the home page at last."""
        above = self.line if self.has_trail else self.line[:-1]
        versions = (self._versions.get(page.translation_key, {}).get(code) for page in reversed(above))
        page = next((version for version in versions if version), None)
        if page is None:
            return None
        if page.pk != self.homes[code].pk:
            return Link(title=page.title, url=self._url(page))
        with translation.override(code):
            return Link(title=home_title(), url=self._url(page))

    def _url(self, page: Page) -> str:
        return page.get_url(self.request) or ""
