"""Loads what stands around the pages: languages, the site itself, its header and footer."""

from urllib.parse import urlsplit

from django.core.management.base import CommandError
from wagtail.models import Locale, Page, Site

from cms_blocks.models import OfficeHours, SiteFrame

from .pages import Tree
from .records import Run
from .texts import LOCALES, Text, read

DEFAULT_PORTS = {"http": 80, "https": 443}
#: The page that Wagtail's own migrations make.
WELCOME = {"slug": "home", "depth": 2, "title": "Welcome to your new Wagtail site!"}


def load_locales() -> None:
    for code in LOCALES:
        Locale.objects.get_or_create(language_code=code)


def refuse_a_site_in_use(home: Page | None) -> None:
    """The demo becomes the default site, so it must not push another one aside."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or (home is not None and site.root_page_id == home.pk) or _is_untouched(site.root_page):
        return
    raise CommandError(
        f'The default site shows "{site.root_page.title}", which is not the demo\'s. '
        "Load the demo into a database without a site of your own."
    )


def load_site(home: Page, address: str, *, keep_address: bool) -> Site:
    """The default site, at `address` (scheme, host, port); an existing demo site may keep the one it has."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    site = site or Site(is_default_site=True)
    old_root = site.root_page if site.root_page_id else None
    if old_root is None or old_root.pk != home.pk:
        site.root_page, site.site_name, keep_address = home, home.title, False
    host = (site.hostname, site.port) if keep_address else _host(address)
    if old_root is None or old_root.pk != home.pk or host != (site.hostname, site.port):
        site.hostname, site.port = host
        site.save()  # not without need: it has the whole index built anew
    if old_root is not None and old_root.pk != home.pk and _is_untouched(old_root):
        old_root.delete()
    return site


def load_frame(run: Run, site: Site, tree: Tree) -> None:
    text = Text("frame", read("frame.toml"))
    run.write("frame", text, SiteFrame.objects.filter(site=site).first(), lambda row: _frame(row, site, tree))


def _host(address: str) -> tuple[str, int]:
    wrong = CommandError(f'"{address}" is no address of a site. Write it as http://localhost:8000.')
    try:
        parts = urlsplit(address)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError as error:
        raise wrong from error
    if port is None or not parts.hostname:
        raise wrong
    return parts.hostname, port


def _is_untouched(page: Page) -> bool:
    return page.numchild == 0 and all(getattr(page, name) == value for name, value in WELCOME.items())


def _frame(frame: SiteFrame | None, site: Site, tree: Tree) -> SiteFrame:
    values = read("frame.toml")
    frame = frame or SiteFrame(site=site)
    for name in ("name", "phone", "email", "barrier_email"):
        setattr(frame, name, values[name])
    frame.address = values["address"].strip()
    frame.privacy_page = _plain(tree.get((LOCALES[0], values["privacy_page"])))
    frame.accessibility_page = _plain(tree.get((LOCALES[0], values["accessibility_page"])))
    frame.office_hours = [
        OfficeHours(sort_order=order, **hours) for order, hours in enumerate(values["hours"])
    ]
    frame.full_clean()
    frame.save()
    frame.refresh_from_db()
    return frame


def _plain(page: Page | None) -> Page | None:
    """The row of the table of all pages, which a reference to any page wants."""
    return Page.objects.get(pk=page.pk) if page else None
