"""What surrounds every public page: header, navigation, languages and footer, as one frozen value.

Building it costs the same number of queries however many pages, languages and rows there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse, translate_url
from django.utils import translation
from wagtail.models import Page, Site

from . import alerts, assets, conf, languages, sharing, structured_data
from .frame_values import Alternate, Footer, Frame, Hours, Language, Link, SectionNavigation
from .models import OfficeHours, SiteFrame

__all__ = [
    "Alternate",
    "Footer",
    "Frame",
    "Hours",
    "Language",
    "Link",
    "SectionNavigation",
    "build",
    "plain",
]


def plain() -> Frame:
    """A frame that asks no database, for templates that are rendered without a request."""
    code = translation.get_language() or settings.LANGUAGE_CODE
    return Frame(
        language_code=code,
        site_name=getattr(settings, "WAGTAIL_SITE_NAME", ""),
        home_url=f"{get_script_prefix()}{code}/",
        theme_css=assets.theme_url(),
        favicon=assets.favicon_url(),
    )


def build(
    request: HttpRequest,
    page: Page | None = None,
    trail: Sequence[tuple[str, str]] = (),
    language_urls: Mapping[str, str] | None = None,
    alternate_urls: Mapping[str, str] | None = None,
    canonical_url: str = "",
) -> Frame:
    """`trail` adds breadcrumbs below the page; `language_urls` (code -> address) replaces the page's own.

    `alternate_urls` are what search engines are told, where that is not the same: fewer languages, no filter.
    `canonical_url` (absolute) replaces the page's own.
    """
    return _Builder(request, page, trail, language_urls, alternate_urls, canonical_url).frame()


class _Builder:
    def __init__(
        self,
        request: HttpRequest,
        page: Page | None,
        trail: Sequence[tuple[str, str]],
        language_urls: Mapping[str, str] | None,
        alternate_urls: Mapping[str, str] | None,
        canonical_url: str,
    ) -> None:
        self.request = request
        self.page = page
        self.trail = trail
        self.language_urls = language_urls
        self.alternate_urls = alternate_urls
        self.canonical_url = canonical_url
        self.site = Site.find_for_request(request)
        self.homes = languages.live_homes(request)
        self.code = self._language()
        self.home = self.homes.get(self.code)
        self.line = self._line()

    def frame(self) -> Frame:
        with translation.override(self.code):
            frame = self._around_page()
            settings_row = self._site_frame()
            return self._told(self._dressed(frame, settings_row))

    def _line(self) -> list[Page]:
        """The pages from the root of the site to this one."""
        if self.page is None:
            return []
        depth = self.site.root_page.depth if self.site else 2
        return [*self.page.get_ancestors().filter(depth__gte=depth), self.page]

    def _language(self) -> str:
        if self.page is not None:
            return self._code_of(self.page) or str(self.page.locale.language_code)
        return translation.get_language() or settings.LANGUAGE_CODE

    def _code_of(self, page: Page) -> str:
        """A page's language without a query; empty where the site has no live home page in it."""
        return next((code for code, home in self.homes.items() if home.locale_id == page.locale_id), "")

    def _url(self, page: Page) -> str:
        return page.get_url(self.request) or ""

    def _around_page(self) -> Frame:
        translations = self._translations()
        menu = self._menu_pages()
        return Frame(
            language_code=self.code,
            home_url=self._url(self.home) if self.home else "/",
            is_home=bool(self.page and self.home and self.page.pk == self.home.pk and not self.trail),
            search_url=search_url(),
            suggest_url=_address(conf.current().suggest_url_name),
            languages=self._languages(translations),
            alternates=self._alternates(translations if self.alternate_urls is None else self.alternate_urls),
            navigation=self._links_below(self.home, menu),
            breadcrumbs=self._breadcrumbs(),
            section_navigation=self._section_navigation(menu),
            canonical_url=self.canonical_url or self._canonical(),
            alerts=alerts.shown(self.request, self.page, self.site, self.code),
        )

    # -- languages

    def _translations(self) -> dict[str, str]:
        """Language code -> address. Aliases show another language's text and do not count."""
        if self.language_urls is not None:
            return {code: url for code, url in self.language_urls.items() if code in self.homes}
        if self.page is None:
            return self._view_translations()
        if not self.page.pk:
            return {}
        pages = Page.objects.filter(translation_key=self.page.translation_key, alias_of__isnull=True).live()
        found = {self._code_of(page): self._url(page) for page in pages}
        return {code: found[code] for code in self.homes if found.get(code)}

    def _view_translations(self) -> dict[str, str]:
        """A view outside the page tree, such as the search, has an address in every language."""
        match = self.request.resolver_match
        if match is None or match.view_name == "wagtail_serve":
            return {}
        here = self.request.get_full_path()
        translated = {code: translate_url(here, code) for code in self.homes}
        return translated if len(set(translated.values())) == len(translated) else {}

    def _languages(self, translations: Mapping[str, str]) -> tuple[Language, ...]:
        return tuple(
            Language(
                code=code,
                name=languages.own_name(code),
                url=translations.get(code) or self._url(home),
                is_current=code == self.code,
                is_translated=code in translations or code == self.code,
            )
            for code, home in self.homes.items()
        )

    def _alternates(self, translations: Mapping[str, str]) -> tuple[Alternate, ...]:
        """Nothing for a page in one language; else each, and the default one for everybody else."""
        if len(translations) < 2:
            return ()
        absolute = {code: self.request.build_absolute_uri(url) for code, url in translations.items()}
        default = absolute.get(settings.LANGUAGE_CODE) or next(iter(absolute.values()))
        links = [Alternate(code=code, url=url) for code, url in absolute.items()]
        return (*links, Alternate(code="x-default", url=default))

    # -- navigation

    def _menu_pages(self) -> list[Page]:
        """What menus show: below the home page, below the section the reader is in, and one level more."""
        if self.home is None:
            return []
        wanted = Q(depth=self.home.depth + 1)
        for above in self._below_home()[:2]:
            wanted |= Q(depth=above.depth + 1, path__startswith=above.path)
        return list(self.home.get_descendants().live().public().in_menu().filter(wanted))

    def _below_home(self) -> list[Page]:
        """The section the reader is in, and the way from there to the page."""
        home = self.home
        if home is None:
            return []
        return [page for page in self.line if page.depth > home.depth and page.path.startswith(home.path)]

    def _links_below(self, parent: Page | None, menu: Sequence[Page]) -> tuple[Link, ...]:
        if parent is None:
            return ()
        return tuple(
            Link(
                title=page.title,
                url=self._url(page),
                is_current=self._is_within(page),
                children=self._links_below(page, menu),
            )
            for page in menu
            if page.depth == parent.depth + 1 and page.path.startswith(parent.path)
        )

    def _section_navigation(self, menu: Sequence[Page]) -> SectionNavigation | None:
        """Nothing for a section without pages in the menu, nor where the home page is the only one above."""
        way = self._below_home()
        links = self._links_below(way[0], menu) if way else ()
        if not links:
            return None
        section = Link(title=way[0].title, url=self._url(way[0]), is_current=True)
        return SectionNavigation(section=section, is_section=len(way) == 1, links=links)

    def _is_within(self, ancestor: Page) -> bool:
        return bool(self.page and self.page.path and self.page.path.startswith(ancestor.path))

    def _breadcrumbs(self) -> tuple[Link, ...]:
        crumbs = [*self._page_crumbs(), *(Link(title=str(title), url=url) for title, url in self.trail)]
        if len(crumbs) < 2:
            return ()
        return (*crumbs[:-1], replace(crumbs[-1], url="", is_current=True))

    def _page_crumbs(self) -> list[Link]:
        if self.page is None:
            return [self._crumb(self.home)] if self.home else []
        return [self._crumb(page) for page in self.line]

    def _crumb(self, page: Page) -> Link:
        is_home = self.home is not None and page.pk == self.home.pk
        return Link(
            title=translation.pgettext("first breadcrumb", "Home") if is_home else page.title,
            url=self._url(page),
        )

    # -- what search engines and networks are told

    def _canonical(self) -> str:
        if self.page is not None:
            return sharing.canonical_url(self.page, self.request)
        match = self.request.resolver_match
        if match is None or match.view_name == "wagtail_serve":
            return ""
        return self.request.build_absolute_uri(self.request.path)

    def _told(self, frame: Frame) -> Frame:
        own = self.page if self.page and not self.trail else None
        image, alt = getattr(own, "share_image", None) or (frame.logo, frame.site_name)
        return replace(
            frame,
            picture=sharing.picture(image, self.request, alt),
            structured_data=tuple(filter(None, (self._breadcrumb_list(frame), self._organisation(frame)))),
        )

    def _breadcrumb_list(self, frame: Frame) -> dict[str, Any] | None:
        here = self._absolute(frame, self.request.path)
        return structured_data.breadcrumb_list(
            [
                (crumb.title, self._absolute(frame, crumb.url) if crumb.url else frame.canonical_url or here)
                for crumb in frame.breadcrumbs
            ]
        )

    def _organisation(self, frame: Frame) -> dict[str, Any] | None:
        if not frame.is_home or not frame.site_name:
            return None
        logo = sharing.picture(frame.logo, self.request)
        return structured_data.organisation(
            frame, url=self._absolute(frame, frame.home_url), logo=logo.url if logo else ""
        )

    def _absolute(self, frame: Frame, url: str) -> str:
        """On the host of the page's one address, whichever the reader came by."""
        return urljoin(frame.canonical_url or self.request.build_absolute_uri(), url)

    # -- what editors set for the site

    def _site_frame(self) -> SiteFrame | None:
        pages = ("privacy_page", "accessibility_page", "imprint_page")
        return SiteFrame.objects.select_related("logo", *pages).filter(site=self.site).first()

    def _dressed(self, frame: Frame, row: SiteFrame | None) -> Frame:
        site_name = (row.name if row else "") or (self.site.site_name if self.site else "")
        theme = row.theme if row else ""
        return replace(
            frame,
            site_name=site_name or getattr(settings, "WAGTAIL_SITE_NAME", ""),
            logo=row.logo if row else None,
            theme_css=assets.theme_url(theme),
            favicon=assets.favicon_url(theme),
            footer=self._footer(row) if row else Footer(accessibility=_statement()),
        )

    def _footer(self, row: SiteFrame) -> Footer:
        linked = self._localised([row.privacy_page, row.accessibility_page, row.imprint_page])
        privacy = self._page_link(translation.pgettext("footer", "Privacy"), row.privacy_page, linked)
        statement = self._page_link(
            translation.gettext("Accessibility statement"), row.accessibility_page, linked
        )
        return Footer(
            address=row.address,
            phone=row.phone,
            email=row.email,
            barrier_email=row.barrier_email or row.email,
            hours=tuple(_hours(line) for line in row.office_hours.all()),
            privacy=privacy,
            accessibility=statement or _statement(),
            imprint=self._page_link(translation.gettext("Imprint"), row.imprint_page, linked),
        )

    def _localised(self, chosen: Sequence[Page | None]) -> dict[Any, Page]:
        """Translation key -> the public page in the reader's language, else the chosen one."""
        keys = [page.translation_key for page in chosen if page is not None]
        if not keys:
            return {}
        chosen_ids = {page.pk for page in chosen if page is not None}
        found: dict[Any, Page] = {}
        for page in Page.objects.filter(translation_key__in=keys).live().public():
            if self._code_of(page) == self.code or (
                page.pk in chosen_ids and page.translation_key not in found
            ):
                found[page.translation_key] = page
        return found

    def _page_link(self, title: str, chosen: Page | None, linked: Mapping[Any, Page]) -> Link | None:
        page = linked.get(chosen.translation_key) if chosen else None
        if page is None:
            return None
        code = self._code_of(page)
        return Link(title=title, url=self._url(page), lang="" if code == self.code else code)


def search_url() -> str:
    return _address(conf.current().search_url_name)


def _address(name: str) -> str:
    """The address of a view that the settings name; empty where there is none."""
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


def _statement() -> Link | None:
    """Denmark keeps accessibility statements in a national tool; its address is a setting."""
    url = conf.current().accessibility_statement_url
    return Link(title=translation.gettext("Accessibility statement"), url=url) if url else None


def _hours(line: OfficeHours) -> Hours:
    last = line.last_day if line.last_day not in (None, line.first_day) else None
    return Hours(
        first_day=str(OfficeHours.Weekday(line.first_day).label),
        last_day=str(OfficeHours.Weekday(last).label) if last is not None else "",
        opens_at=line.opens_at,
        closes_at=line.closes_at,
        weekdays=tuple(range(line.first_day, (line.first_day if last is None else last) + 1)),
    )
