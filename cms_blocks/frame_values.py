"""The frozen values that the templates of the frame print; `cms_blocks.frame` builds them."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from . import assets, sensitive, sharing
from .alerts import ShownAlert


@dataclass(frozen=True, kw_only=True)
class Link:
    """`url` is empty for the page the reader is on; `lang` is set where the target is in another language.

    In menus `is_current` also marks what the page the reader is on lies below.
    """

    title: str
    url: str
    is_current: bool = False
    lang: str = ""
    children: tuple["Link", ...] = ()


@dataclass(frozen=True, kw_only=True)
class SectionNavigation:
    """`section` is the page below the home page that the reader is in; two levels of links below it."""

    section: Link
    is_section: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Language:
    """`url` leads to this page in that language, or to its home page where `is_translated` is false.

    Then `nearest` is the page closest above that can be read in that language. `has_text` is false where the
    page is there but its text is shown in another language.
    """

    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool
    nearest: Link | None = None
    has_text: bool = True


@dataclass(frozen=True, kw_only=True)
class Alternate:
    """A link for search engines; `url` is absolute."""

    code: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Hours:
    """One line of the opening hours; `last_day` is empty for a single day. Weekdays count from 0, Monday."""

    first_day: str
    last_day: str
    opens_at: time
    closes_at: time
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Footer:
    address: str = ""
    phone: Any = None
    email: str = ""
    barrier_email: str = ""
    hours: tuple[Hours, ...] = ()
    privacy: Link | None = None
    accessibility: Link | None = None
    imprint: Link | None = None

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(link for link in (self.privacy, self.accessibility, self.imprint) if link)


@dataclass(frozen=True, kw_only=True)
class Frame:
    language_code: str
    site_name: str = ""
    logo: Any = None
    home_url: str = "/"
    is_home: bool = False
    theme_css: str = ""
    favicon: str = ""
    search_url: str = ""
    suggest_url: str = ""
    languages: tuple[Language, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    navigation: tuple[Link, ...] = ()
    breadcrumbs: tuple[Link, ...] = ()
    alerts: tuple[ShownAlert, ...] = ()
    easy: Link | None = None
    sign_language: Link | None = None
    feedback_url: str = ""
    pdf_url: str = ""
    section_navigation: SectionNavigation | None = None
    canonical_url: str = ""
    picture: sharing.Picture | None = None
    structured_data: tuple[dict[str, Any], ...] = ()
    footer: Footer = Footer()

    @property
    def og_locale(self) -> str:
        return sharing.locale_name(self.language_code)

    @property
    def og_alternate_locales(self) -> tuple[str, ...]:
        codes = (alternate.code for alternate in self.alternates)
        return tuple(
            sharing.locale_name(code) for code in codes if code not in (self.language_code, "x-default")
        )

    @property
    def crisis_lines(self) -> tuple[sensitive.CrisisLine, ...]:
        """The crisis numbers, asked of the database only where they are printed."""
        return sensitive.crisis_lines(self.language_code)

    @property
    def stylesheets(self) -> tuple[str, ...]:
        """In the order they must load: the theme's tokens come after their defaults."""
        return tuple(url for url in (assets.url("css"), self.theme_css) if url)
