"""Which alerts a reader sees on a page, and how long an answer may be kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from . import story_consents
from .models import Alert

#: The gravest first, whatever their order in time.
GRAVITY: list[str] = [Alert.Level.CRISIS, Alert.Level.WARNING, Alert.Level.INFORMATION]


@dataclass(frozen=True, kw_only=True)
class ShownAlert:
    """An alert as printed; `lang` is empty where it is in the language of the page.

    `key` changes when somebody changes the alert, so that whoever has hidden it sees it again.
    """

    key: str
    level: str
    level_name: str
    heading: str
    text: str
    lang: str
    link_url: str
    link_text: str

    @property
    def can_be_hidden(self) -> bool:
        return self.level != Alert.Level.CRISIS


def shown(request: HttpRequest, page: Page | None, site: Site | None, code: str) -> tuple[ShownAlert, ...]:
    """What is due on this page (None: a view outside the page tree), for readers of the language `code`.

    One query; where alerts lead to pages, a fixed number more.
    """
    rows = _in_language(_due(timezone.now(), page, site, code), code)
    rows.sort(key=lambda row: GRAVITY.index(row.facts.level))
    pages = _linked_pages(rows, code)
    return tuple(_shown(row, pages.get(row.facts.link_page_id or 0), request, code) for row in rows)


def next_change(at: datetime | None = None) -> datetime | None:
    """When the next alert starts or ends: no cache may keep a page beyond it. None: nothing is planned."""
    at = at or timezone.now()
    sources = Alert.objects.filter(source_row=None)
    starts = sources.filter(starts_at__gt=at).order_by("starts_at").values_list("starts_at", flat=True)
    ends = sources.filter(ends_at__gt=at).order_by("ends_at").values_list("ends_at", flat=True)
    moments = [moment for moment in (starts.first(), ends.first()) if moment is not None]
    return min(moments, default=None)


def _due(at: datetime, page: Page | None, site: Site | None, code: str) -> QuerySet[Alert]:
    """Source rows, and their translations into that language."""
    rows = Alert.objects.annotate(
        start=Coalesce("source_row__starts_at", "starts_at"),
        end=Coalesce("source_row__ends_at", "ends_at"),
        on_site=Coalesce("source_row__site", "site"),
        below=Coalesce("source_row__section__translation_key", "section__translation_key"),
    )
    return (
        rows.filter(Q(source_row=None) | Q(locale__language_code=code), start__lte=at, end__gt=at)
        .filter(Q(on_site=None) | Q(on_site=site.pk if site else None))
        .filter(_on_page(page))
        .select_related("locale", "source_row")
        .order_by("-start", "pk")
    )


def _on_page(page: Page | None) -> Q:
    """Without a section, or on a page of it: the section's own, or its translation's."""
    if page is None or not page.path:
        return Q(below=None)
    paths = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    above = Page.objects.filter(path__in=paths, translation_key=OuterRef("below"))
    return Q(below=None) | Q(Exists(above))


def _in_language(rows: Iterable[Alert], code: str) -> list[Alert]:
    """Of each alert one row, the reader's language before the source's, in the order they came."""
    chosen: dict[int, Alert] = {}
    for row in rows:
        if row.facts.pk not in chosen or row.locale.language_code == code:
            chosen[row.facts.pk] = row
    return list(chosen.values())


def _linked_pages(rows: Iterable[Alert], code: str) -> dict[int, Page]:
    """Chosen page -> the public page that readers get: in their language where there is one."""
    wanted = {row.facts.link_page_id for row in rows if row.facts.link_page_id}
    if not wanted:
        return {}
    keys = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "translation_key"))
    pages = story_consents.readable().filter(translation_key__in=keys.values())
    found: dict[Any, Page] = {}
    for page in pages.select_related("locale"):
        if page.locale.language_code == code or (page.pk in wanted and page.translation_key not in found):
            found[page.translation_key] = page
    return {pk: found[key] for pk, key in keys.items() if key in found}


def _shown(row: Alert, page: Page | None, request: HttpRequest, code: str) -> ShownAlert:
    facts = row.facts
    changed = max(row.updated_at, facts.updated_at)
    url = (page.get_url(request) or "") if page else facts.link_url
    lang = row.locale.language_code
    return ShownAlert(
        key=f"{facts.pk}-{changed.timestamp():.0f}",
        level=facts.level,
        level_name=str(Alert.Level(facts.level).label),
        heading=row.heading,
        text=row.text,
        lang="" if lang == code else lang,
        link_url=url,
        link_text=row.link_text or facts.link_text or (page.title if page else ""),
    )
