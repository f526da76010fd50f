"""System checks of the page frame: assets, theme, addresses, and what a country requires."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name
from django.db import DatabaseError
from django.urls import NoReverseMatch, reverse

from . import assets, conf

COUNTRIES = ("DK", "DE")
MIDDLEWARE = "cms_blocks.middleware.LanguageTreeMiddleware"
REDIRECT_MIDDLEWARE = "wagtail.contrib.redirects.middleware.RedirectMiddleware"
LOCALE_MIDDLEWARE = "django.middleware.locale.LocaleMiddleware"


@register(Tags.staticfiles)
def check_assets(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    if not assets.manifest().is_built:
        return [
            Error(
                "The stylesheets and scripts of the public pages are not built.",
                hint="Run `npm ci` and `npm run build` in the project's folder (`make demo` does).",
                id="torv_blocks.E020",
            )
        ]
    theme: object = conf.current().theme
    if not isinstance(theme, str) or assets.theme_file(theme):
        return []  # another type is named by `check_settings`
    known = ", ".join(sorted(assets.manifest().themes))
    return [
        Error(
            f"TORV_BLOCKS['THEME'] names the theme {theme!r}, which does not exist.",
            hint=f"Choose one of {known}, or name a stylesheet among your static files: 'ourtown/theme.css'.",
            id="torv_blocks.E021",
        )
    ]


@register()
def check_addresses(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Where readers are sent must be a whole address, else browsers take it as a path of the site."""
    current = conf.current()
    given = {
        "WAS_REDIRECT_URL": current.was_redirect_url,
        "ACCESSIBILITY_STATEMENT_URL": current.accessibility_statement_url,
        "QUICK_EXIT_URL": current.quick_exit_url,
    }
    return [
        Error(
            f"TORV_BLOCKS['{key}'] is no web address: {url!r}.",
            hint="Give the whole address, beginning with https://, or leave the setting empty.",
            id="torv_blocks.E022",
        )
        for key, url in given.items()
        if isinstance(url, str) and url and not _is_whole(url)
    ]


def _is_whole(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # of a bracket without its other half
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


@register()
def check_country(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    country: object = conf.current().country
    if not isinstance(country, str) or country in COUNTRIES:
        return []  # another type is named by `check_settings`
    return [
        Error(
            f"TORV_BLOCKS['COUNTRY'] is {country!r}, for which Torv knows no rules.",
            hint=f"Choose one of {', '.join(COUNTRIES)}: it decides which links the footer must have.",
            id="torv_blocks.E023",
        )
    ]


@register(Tags.urls)
def check_search_address(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Without a search there is nothing to suggest in, so the first of the two is enough."""
    current = conf.current()
    if not _leads_somewhere(current.search_url_name):
        return [
            Warning(
                f"TORV_BLOCKS['SEARCH_URL_NAME'] names {current.search_url_name!r}, which does not exist: "
                "no page has a search.",
                hint="Include `search.urls` in your URLs, or name your own search, or set '' for none.",
                id="torv_blocks.W024",
            )
        ]
    if current.search_url_name and not _leads_somewhere(current.suggest_url_name):
        return [
            Warning(
                f"TORV_BLOCKS['SUGGEST_URL_NAME'] names {current.suggest_url_name!r}, which does not exist: "
                "nothing is suggested while readers type.",
                hint="Include `search.service_urls` in your URLs, or name your own, or set '' for none.",
                id="torv_blocks.W029",
            )
        ]
    return []


def _leads_somewhere(url_name: object) -> bool:
    """An empty name stands for none, which is no mistake; another type is named by `check_settings`."""
    try:
        return not url_name or not isinstance(url_name, str) or bool(reverse(url_name))
    except NoReverseMatch:
        return False


@register(Tags.security)
def check_middleware(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    installed = list(settings.MIDDLEWARE)
    if MIDDLEWARE in installed and LOCALE_MIDDLEWARE in installed[: installed.index(MIDDLEWARE)]:
        return []
    return [
        Warning(
            "Addresses of a language without pages may show another language's pages.",
            hint=f"Put {MIDDLEWARE!r} after {LOCALE_MIDDLEWARE!r} in MIDDLEWARE.",
            id="torv_blocks.W025",
        )
    ]


@register()
def check_redirects(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Without them every link to a page that is renamed or moved breaks, and nobody is told."""
    follows = REDIRECT_MIDDLEWARE in settings.MIDDLEWARE
    creates = getattr(settings, "WAGTAILREDIRECTS_AUTO_CREATE", True)
    if apps.is_installed("wagtail.contrib.redirects") and follows and creates:
        return []
    return [
        Warning(
            "Old addresses of pages that are renamed or moved lead nowhere.",
            hint="Put 'wagtail.contrib.redirects' in INSTALLED_APPS and "
            f"{REDIRECT_MIDDLEWARE!r} in MIDDLEWARE, and leave WAGTAILREDIRECTS_AUTO_CREATE at True.",
            id="torv_blocks.W027",
        )
    ]


@register()
def check_sitemap(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    if apps.is_installed("django.contrib.sitemaps"):
        return []
    return [
        Warning(
            "The site has no sitemap: /sitemap.xml is not found.",
            hint="Put 'django.contrib.sitemaps' in INSTALLED_APPS.",
            id="torv_blocks.W028",
        )
    ]


@register(Tags.database)
def check_imprint(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """German law wants an imprint on every page; the footer can only link to it when it is chosen."""
    if conf.current().country != "DE" or not databases:
        return []
    return [
        Warning(
            f"The site {site} has no imprint, which Germany requires.",
            hint="Write a page with the imprint, publish it, and choose it in Settings > Header and footer.",
            id="torv_blocks.W026",
        )
        for site in _sites_without_imprint()
    ]


def _sites_without_imprint() -> list[str]:
    from wagtail.models import Site

    try:
        sites = Site.objects.exclude(siteframe__imprint_page__live=True)
        return [site.hostname for site in sites.order_by("hostname")]
    except DatabaseError:  # before the first migration there are no tables, and no site either
        return []
