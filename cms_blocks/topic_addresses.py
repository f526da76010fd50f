"""Where topics are read: the page of a site in a language that shows each topic at its own address.

`directory` has such a page; a host's own model that says `shows_topics = True` is found as well.
"""

from django.apps import apps
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet


def public_topic_pages() -> PageQuerySet:
    """Live pages that show topics and that nobody has to log in for."""
    models = [model for model in apps.get_models() if getattr(model, "shows_topics", False)]
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    hiding = PageViewRestriction.objects.alias(below=path).filter(below__startswith=F("page__path"))
    pages = Page.objects.type(*models) if models else Page.objects.none()
    return pages.live().filter(~Exists(hiding)).select_related("locale")


def topic_page(site: Site | None, locale: str) -> Page | None:
    """The first of them on that site in that language, in one query."""
    roots = [root for root in Site.get_site_root_paths() if site and root.site_id == site.pk]
    path = next((root.root_path for root in roots if root.language_code == locale), None)
    if path is None:
        return None
    pages = public_topic_pages().filter(locale__language_code=locale, url_path__startswith=path)
    return pages.order_by("path").first()


def topic_versions(page: Page) -> dict[str, Page]:
    """Language code -> that page's public version in the language, with itself, in one query."""
    versions = public_topic_pages().filter(translation_key=page.translation_key)
    return {version.locale.language_code: version for version in versions}
