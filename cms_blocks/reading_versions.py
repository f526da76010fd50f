"""The same content in easy words and in sign language, and the way back from there to the full text."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex

from . import story_consents

#: The fields that name a page.
PAGES = ("easy_page", "sign_language_page")


@dataclass(frozen=True, kw_only=True)
class ReadingVersions:
    """Addresses, each empty where there is none. `is_video`: the sign language lies outside the site.

    `full_url` and `full_title` lead from a page in easy words to the one it tells of.
    """

    easy_url: str = ""
    sign_language_url: str = ""
    is_video: bool = False
    full_url: str = ""
    full_title: str = ""

    def __bool__(self) -> bool:
        return bool(self.easy_url or self.sign_language_url or self.full_url)


def reading_versions(page: Any, request: HttpRequest) -> ReadingVersions:
    """What readers of the page's language can read; the number of queries is fixed.

    A translation keeps the choice of its source until its editors make their own, so the chosen page counts
    in the page's language alone: easy words in another language help nobody.
    """
    chosen = _in_language(page, [key for name in PAGES if (key := getattr(page, f"{name}_id"))])
    easy = chosen.get(page.easy_page_id)
    sign = chosen.get(page.sign_language_page_id)
    full = _full_page(page)
    video = "" if sign else _own_video(page)
    return ReadingVersions(
        easy_url=(easy.get_url(request) or "") if easy else "",
        sign_language_url=(sign.get_url(request) or "") if sign else video,
        is_video=bool(video),
        full_url=(full.get_url(request) or "") if full else "",
        full_title=full.title if full else "",
    )


def _in_language(page: Any, keys: Collection[int]) -> dict[int, Page]:
    """Chosen page's primary key -> its public version in the language of the page."""
    if not keys:
        return {}
    by_translation = {row.translation_key: row.pk for row in Page.objects.filter(pk__in=keys)}
    versions = story_consents.readable().filter(translation_key__in=by_translation, locale_id=page.locale_id)
    return {by_translation[version.translation_key]: version for version in versions if version.pk != page.pk}


def _own_video(page: Any) -> str:
    """Sign languages differ: an address that a translation has from its source is not in its own."""
    url: str = page.sign_language_url
    if not url:
        return ""
    rows = type(page)._default_manager.filter(
        translation_key=page.translation_key, sign_language_url=url, pk__lt=page.pk or 0
    )
    return "" if rows.exists() else url


def _full_page(page: Any) -> Page | None:
    """The first page in this language that names this one, in any language, as its easy or signed version."""
    if not page.pk:
        return None
    kind = ContentType.objects.get_for_model(Page)
    versions = Page.objects.filter(translation_key=page.translation_key)
    named = ReferenceIndex.objects.filter(
        base_content_type=kind,
        to_content_type=kind,
        model_path__in=PAGES,
        to_object_id__in=versions.values(text=Cast("pk", CharField())),
    )
    keys = [int(key) for key in named.values_list("object_id", flat=True)]
    if not keys:
        return None
    groups = Page.objects.filter(pk__in=keys).values("translation_key")
    found = story_consents.readable().filter(translation_key__in=groups, locale_id=page.locale_id)
    return found.exclude(pk=page.pk).order_by("path").first()
