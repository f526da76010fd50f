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
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import translation
from wagtail.models import Page, Site

from . import alerts, assets, conf, feedback, languages, pdf, sharing, story_consents, structured_data
from .frame_languages import Switch, home_title
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
            return self._told(self._with_tools(self._dressed(frame, settings_row), settings_row))

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
        switch = self._switch()
        menu = self._menu_pages()
        return Frame(
            language_code=self.code,
            home_url=self._url(self.home) if self.home else "/",
            is_home=bool(self.page and self.home and self.page.pk == self.home.pk and not self.trail),
            search_url=search_url(),
            suggest_url=_address(conf.current().suggest_url_name),
            languages=switch.languages(),
            alternates=switch.alternates(),
            navigation=self._links_below(self.home, menu),
            breadcrumbs=self._breadcrumbs(),
            section_navigation=self._section_navigation(menu),
            canonical_url=self.canonical_url or self._canonical(),
            alerts=alerts.shown(self.request, self.page, self.site, self.code),
        )

    def _switch(self) -> Switch:
        return Switch(
            request=self.request,
            page=self.page,
            line=self.line,
            has_trail=bool(self.trail),
            code=self.code,
            homes=self.homes,
            language_urls=self.language_urls,
            alternate_urls=self.alternate_urls,
        )

    # -- navigation

    def _menu_pages(self) -> list[Page]:
        """What menus show: below the home page, below the section the reader is in, and one level more."""
        if self.home is None:
            return []
        wanted = Q(depth=self.home.depth + 1)
        for above in self._below_home()[:2]:
            wanted |= Q(depth=above.depth + 1, path__startswith=above.path)
        below = self.home.get_descendants().live().public().in_menu()
        return list(story_consents.agreed(below).filter(wanted))

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
        links = self._links_below(way[0], menu) if way and self._can_be_opened(way[0]) else ()
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
        return [self._crumb(page) for page in self.line if self._can_be_opened(page)]

    def _can_be_opened(self, above: Page) -> bool:
        """A page may stay online below one that was taken offline: the way there leads past it."""
        return bool(above.live or above is self.page)

    def _crumb(self, page: Page) -> Link:
        is_home = self.home is not None and page.pk == self.home.pk
        return Link(
            title=home_title() if is_home else page.title,
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

    def _with_tools(self, frame: Frame, row: SiteFrame | None) -> Frame:
        """What readers can do with the page: say whether it was useful, and keep it."""
        if self.page is None:
            return frame
        is_asked = not self.trail and feedback.is_asked(self.page, row)
        return replace(
            frame,
            feedback_url=feedback.form_url(self.page) if is_asked else "",
            pdf_url=pdf.url_of(self.request, self.page),
        )

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
        pages = ("privacy_page", "accessibility_page", "imprint_page", "easy_page", "sign_language_page")
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
            **(self._linked(row) if row else {"footer": Footer(accessibility=_statement())}),
        )

    def _linked(self, row: SiteFrame) -> dict[str, Any]:
        """The footer, and what the header leads to in easy words and in sign language."""
        chosen = (row.privacy_page, row.accessibility_page, row.imprint_page)
        linked = self._localised([*chosen, row.easy_page, row.sign_language_page])
        return {
            "easy": self._own_page(translation.gettext("Easy read"), row.easy_page, linked),
            "sign_language": self._own_page(
                translation.gettext("Sign language"), row.sign_language_page, linked
            ),
            "footer": self._footer(row, linked),
        }

    def _own_page(self, title: str, chosen: Page | None, linked: Mapping[Any, Page]) -> Link | None:
        """Easy words of another language help nobody."""
        link = self._page_link(title, chosen, linked)
        return link if link and not link.lang else None

    def _footer(self, row: SiteFrame, linked: Mapping[Any, Page]) -> Footer:
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
        for page in story_consents.readable().filter(translation_key__in=keys):
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
