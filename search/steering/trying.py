"""Trying the search: what readers would get, and why each result is there. Nothing of it is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Locale, Site

from .. import conf, engines, promotions
from ..explaining import Why
from ..models import Promotion
from ..models.steering import languages
from ..query import Query
from ..results import Hit, Results
from .forms import PromotionForm
from .viewsets import PromotionViewSet

PER_PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One answer, with the reasons; `milliseconds` is what it took here and now."""

    results: Results
    milliseconds: int
    rows: Sequence[tuple[int, Hit, Why]]


class TryForm(forms.Form):
    q = forms.CharField(label=_("Search words"), required=False, max_length=200)
    locale = forms.ChoiceField(label=_("Language"), choices=languages)
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.all(), empty_label=None)


def tried(query: Query) -> Tried:
    start = perf_counter()
    results = engines.search(query)
    taken = perf_counter() - start
    rows = [(place, hit, hit.why) for place, hit in enumerate(results.hits, 1)]
    return Tried(results=results, milliseconds=round(taken * 1000), rows=rows)


class TryView(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("Try the search")
    header_icon = "view"
    template_name = "torv_search/admin/try.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = TryForm(self._given())
        answer = tried(_query(form)) if form.is_valid() and form.cleaned_data["q"] else None
        return {**super().get_context_data(**kwargs), "form": form, "tried": answer}

    def _given(self) -> dict[str, Any]:
        """What was asked; the default language and site where nothing was."""
        site = Site.objects.filter(is_default_site=True).values_list("pk", flat=True).first()
        start = {"locale": Locale.get_default().language_code, "site": site, "q": ""}
        given = {
            name: self.request.GET[name].replace("\x00", " ") for name in start if name in self.request.GET
        }
        return {**start, **given}


def _query(form: TryForm) -> Query:
    values = form.cleaned_data
    return Query(
        text=values["q"][: conf.current().max_query_length],
        locale=values["locale"],
        site=values["site"],
        per_page=PER_PAGE,
    )


class PreviewView(WagtailAdminTemplateMixin, TemplateView):
    """The first page of results as it would be with the promotion in the form, which is not saved."""

    page_title = _("Preview")
    header_icon = "pick"
    template_name = "torv_search/admin/preview.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        needed = "change" if pk else "add"
        if not request.user.has_perm(f"torv_search.{needed}_promotion"):
            raise PermissionDenied
        saved = get_object_or_404(Promotion, pk=pk) if pk else Promotion()
        form = _form_class()(request.POST, instance=saved, for_user=request.user)
        valid = form.is_valid()
        previews = _previews(form.instance) if valid else []
        return self.render_to_response(self.get_context_data(form=form, previews=previews))


def _form_class() -> type[PromotionForm]:
    panel = PromotionViewSet().edit_handler.bind_to_model(Promotion)
    form_class: type[PromotionForm] = panel.get_form_class()
    return form_class


def _previews(promotion: Promotion) -> list[Tried]:
    """One for each search, or one for the filter."""
    site = Site.objects.get(is_default_site=True)
    selected = {promotion.facet: (promotion.value,)} if promotion.facet and not promotion.queries else {}
    with promotions.trying(promotion):
        return [
            tried(
                Query(
                    text=text,
                    locale=promotion.locale,
                    site=site,
                    selected=selected,
                    per_page=conf.current().per_page,
                )
            )
            for text in promotion.queries or [""]
        ]
