"""The report "Search index" in Wagtail's admin: what the index holds, what waits for it, what has failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.coreutils import get_content_languages

from . import conf, engines, outbox
from .engines import mirroring
from .engines.vendors import text_index
from .models import OutboxRow, SearchDocument

PERMISSION = "torv_search.view_outboxrow"
URL_NAME = "torv_search_report"
#: So many of the failed are listed; their number is always shown.
_LISTED = 100


@dataclass(frozen=True, kw_only=True)
class KindRow:
    """How many documents of one kind there are, one number for each locale of the table's head."""

    searchable: str
    kind: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The rows of the outbox, by whether they are still tried by themselves."""

    count: int
    oldest: datetime | None
    dead: int


def documents() -> tuple[tuple[str, ...], list[KindRow]]:
    """The locales of the index, and its documents by kind."""
    counted = SearchDocument.objects.values_list("searchable", "kind", "locale").annotate(number=Count("id"))
    numbers = {(searchable, kind, locale): number for searchable, kind, locale, number in counted}
    locales = tuple(sorted({locale for *_rest, locale in numbers}))
    kinds = sorted({(searchable, kind) for searchable, kind, _locale in numbers})
    rows = [
        KindRow(
            searchable=searchable,
            kind=kind,
            counts=tuple(numbers.get((searchable, kind, locale), 0) for locale in locales),
        )
        for searchable, kind in kinds
    ]
    return locales, rows


def waiting() -> Waiting:
    alive = Q(attempts__lt=conf.current().max_attempts)
    found = OutboxRow.objects.aggregate(
        count=Count("id", filter=alive),
        oldest=Min("created_at", filter=alive),
        dead=Count("id", filter=~alive),
    )
    return Waiting(**found)


def index_size() -> int:
    """Bytes that the words of all documents take in the database."""
    return text_index().size()


def locale_names(codes: Sequence[str]) -> list[str]:
    """As the site names its languages; the code where it does not any more."""
    names = get_content_languages()
    return [str(names.get(code, code)) for code in codes]


class IndexReport(WagtailAdminTemplateMixin, TemplateView):
    """Reads with GET; POST has everything tried again that is not tried by itself any more."""

    page_title = gettext_lazy("Search index")
    header_icon = "search"
    template_name = "torv_search/admin/index_report.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        locales, rows = documents()
        return {
            **super().get_context_data(**kwargs),
            "engine": f"{engines.current().name} ({text_index().name})",
            "locale_names": locale_names(locales),
            "rows": rows,
            "waiting": waiting(),
            "size": index_size(),
            "elasticsearch": mirroring.state(),
            "dead": outbox.dead()[:_LISTED],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = outbox.try_again()
        if count:
            text = ngettext("%(count)d item is tried again.", "%(count)d items are tried again.", count)
            messages.success(request, text % {"count": count})
        else:
            messages.info(request, _("Nothing has failed."))
        return redirect(reverse(URL_NAME))
