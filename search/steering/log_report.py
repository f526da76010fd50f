"""The report "Searches": what readers ask, what they do not find, and what can be done about it."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django import forms
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Locale

from .. import conf
from ..models import QueryCount
from ..models.steering import languages
from ..query_log import SHOWN_FROM, first_day

URL_NAME = "torv_search_log"
_LISTED = 200
_PERIODS = (7, 30, 90, 365)


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    """A query with its numbers in the period, and where to do something about it."""

    text: str
    count: int
    without_result: int
    synonym_url: str
    promote_url: str

    @classmethod
    def of(cls, values: dict[str, Any], locale: str) -> Self:
        text = values["words"]
        synonym = urlencode({"locale": locale, "word": text})
        promotion = urlencode({"locale": locale, "words": text})
        return cls(
            text=text,
            count=values["asked"],
            without_result=values["missed"],
            synonym_url=f"{reverse('torv_search_synonyms:add')}?{synonym}",
            promote_url=f"{reverse('torv_search_promotions:add')}?{promotion}",
        )


def _periods() -> list[tuple[int, Any]]:
    """Those that the log is long enough for."""
    days = conf.current().log_days
    kept = sorted({min(period, days) for period in _PERIODS})
    return [(period, _("The last %(days)d days") % {"days": period}) for period in kept]


class LogForm(forms.Form):
    locale = forms.ChoiceField(label=_("Language"), choices=languages)
    days = forms.TypedChoiceField(label=_("Period"), choices=_periods, coerce=int)
    missed = forms.BooleanField(label=_("Only searches without a result"), required=False)


def asked(locale: str, days: int, *, missed: bool) -> QuerySet[Any, dict[str, Any]]:
    """Queries with their numbers in the last so many days; those that were asked too seldom are left out."""
    kept = QueryCount.objects.filter(locale=locale, day__gte=first_day())
    shown = kept.values("key").annotate(all=Sum("count")).filter(all__gte=SHOWN_FROM).values("key")
    rows = _since(days).filter(locale=locale, key__in=shown)
    counted: QuerySet[Any, Any] = (
        rows.values("key")
        .annotate(words=Max("text"), asked=Sum("count"), missed=Sum("without_result"))
        .exclude(words="")
    )
    if missed:
        return counted.filter(missed__gt=0).order_by("-missed", "words")
    return counted.order_by("-asked", "words")


def _since(days: int) -> QuerySet[QueryCount]:
    return QueryCount.objects.filter(day__gt=timezone.localdate() - timedelta(days=days))


class LogReport(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("Searches")
    header_icon = "search"
    template_name = "torv_search/admin/log_report.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form()
        if request.GET.get("export") == "csv" and form.is_valid():
            values = form.cleaned_data
            return _as_csv(asked(values["locale"], values["days"], missed=values["missed"]))
        return self.render_to_response(self.get_context_data(form=form))

    def _form(self) -> LogForm:
        periods = _periods()
        start = {"locale": Locale.get_default().language_code, "days": periods[min(1, len(periods) - 1)][0]}
        return LogForm({**start, **self.request.GET.dict()})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form: LogForm = context["form"]
        context["log_days"] = conf.current().log_days
        context["shown_from"] = SHOWN_FROM
        if form.is_valid():
            locale, days = form.cleaned_data["locale"], form.cleaned_data["days"]
            found = asked(locale, days, missed=form.cleaned_data["missed"])
            context["rows"] = [AskedRow.of(values, locale) for values in found[:_LISTED]]
            context["totals"] = (
                _since(days).filter(locale=locale).aggregate(asked=Sum("count"), missed=Sum("without_result"))
            )
            context["export_url"] = "?" + urlencode({**form.data, "export": "csv"})
        return context


def _as_csv(rows: Iterable[dict[str, Any]]) -> HttpResponse:
    """The words hold letters and digits alone, so no program takes one for a formula."""
    response = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="searches.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(["search", "count", "without_result"])
    writer.writerows([row["words"], row["asked"], row["missed"]] for row in rows)
    return response
