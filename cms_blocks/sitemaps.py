"""What search engines may know of the site: each public page in each language, and its translations."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.query import PageQuerySet

from . import languages, story_consents


class SiteSitemap(Sitemap):
    """Wagtail's own lists the pages below the root page of the site, which is one language.

    A language whose home page is not live is not offered to readers, so nothing of it is listed.
    The number of queries depends on the number of page types alone.
    """

    def items(self) -> PageQuerySet:
        return self._pages().defer_streamfields().specific()

    def _pages(self) -> PageQuerySet:
        within = Q(pk__in=[])
        for home in languages.live_homes(self.request).values():
            within |= Q(path__startswith=home.path)
        # An alias shows the text of another page, which is listed.
        return story_consents.readable().filter(within, alias_of__isnull=True).order_by("path")

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super()._urls(page, protocol, domain)
        alternates = self._alternates()
        return [{"alternates": alternates.get(url["location"], []), **url} for url in urls]

    def _alternates(self) -> dict[str, list[dict[str, str]]]:
        """Address -> all language versions of that page, its own too; nothing for a page in one language."""
        versions: dict[Any, dict[str, str]] = defaultdict(dict)
        for page in self._pages().select_related("locale"):
            versions[page.translation_key][page.locale.language_code] = page.get_full_url(self.request)
        return {
            url: _links(addresses)
            for addresses in versions.values()
            if len(addresses) > 1
            for url in addresses.values()
        }


def _links(addresses: dict[str, str]) -> list[dict[str, str]]:
    links = [{"lang_code": code, "location": url} for code, url in addresses.items()]
    default = addresses.get(settings.LANGUAGE_CODE)
    return [*links, {"lang_code": "x-default", "location": default}] if default else links
