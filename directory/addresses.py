"""Where entries are read: the directory page of a site in a language."""

from django.apps import apps
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import Page, PageViewRestriction, Site


def directory_page(site: Site, locale: str) -> Page | None:
    """The first live public directory page of that site in that language, in one query.

    Whichever model the host made with `DirectoryPageMixin`; it comes as a plain `Page`.
    """
    roots = [root for root in Site.get_site_root_paths() if root.site_id == site.pk]
    path = next((root.root_path for root in roots if root.language_code == locale), None)
    if path is None:
        return None
    pages = public_directory_pages().filter(locale__language_code=locale, url_path__startswith=path)
    return pages.order_by("path").first()


def public_directory_pages() -> "QuerySet[Page]":
    """Live directory pages that nobody has to log in for."""
    models = [model for model in apps.get_models() if getattr(model, "shows_directory_entries", False)]
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.alias(restricted=path).filter(
        restricted__startswith=F("page__path")
    )
    return Page.objects.type(*models).live().filter(~Exists(restrictions)).select_related("locale")


def language_versions(page: Page) -> dict[str, Page]:
    """Language code -> that directory page's public version in the language, with itself, in one query."""
    versions = public_directory_pages().filter(translation_key=page.translation_key)
    return {version.locale.language_code: version for version in versions}
