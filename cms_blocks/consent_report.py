"""The report of consents that have ended or end soon, and the reminder of it on the admin's first page."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from .consent_dealing import FORM, TickColumn
from .consent_dealing import URL_NAME as DEAL_URL_NAME
from .day_column import DayColumn
from .models import CHANGE_PERSONS, Basis, Consent, Scope
from .private_person_viewset import may_see_persons
from .spreadsheets import TextCellsMixin

#: Ahead of the end of a consent, so that there is time to ask the person again.
AHEAD = timedelta(days=90)
VIEW_CONSENTS = "torv_blocks.view_consent"
URL_NAME = "torv_blocks_consent_report"
RESULTS_URL_NAME = "torv_blocks_consent_report_results"

ENDED, ENDING, DEALT_WITH = "ended", "ending", "dealt-with"


def may_read(user: Any) -> bool:
    """Who may not see private persons reads numbers in place of names."""
    return bool(may_see_persons(user) or user.has_perm(VIEW_CONSENTS))


def to_do() -> QuerySet[Consent]:
    """What has ended or ends within 90 days, and is neither renewed nor dealt with."""
    either = Q(pk__in=Consent.objects.waiting().values("pk"))
    either |= Q(pk__in=Consent.objects.ending(_ahead()).values("pk"))
    return _listed(Consent.objects.filter(either))


def dealt_with() -> QuerySet[Consent]:
    return _listed(Consent.objects.ended().filter(dealt_with_on__isnull=False))


def _listed(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    return consents.select_related("person").order_by("expires_on", "pk")


class ConsentFilterSet(WagtailFilterSet):
    """What is dealt with is another list, see `ConsentReport.get_base_queryset`."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            (ENDED, _("Has ended")),
            (ENDING, _("Ends within 90 days")),
            (DEALT_WITH, _("Dealt with")),
        ],
        method="filter_state",
    )
    scope = django_filters.MultipleChoiceFilter(label=_("What may be shown"), choices=Scope.choices)
    basis = django_filters.MultipleChoiceFilter(label=_("Basis"), choices=Basis.choices)

    class Meta:
        model = Consent
        fields = ["scope", "basis"]

    def filter_state(self, consents: QuerySet[Consent], name: str, state: str) -> QuerySet[Consent]:
        if state == DEALT_WITH:
            return consents
        over = Consent.objects.ended().values("pk")
        return consents.filter(pk__in=over) if state == ENDED else consents.exclude(pk__in=over)


class ConsentReport(TextCellsMixin, ReportView):
    model = Consent
    page_title = _("Consents that end")
    header_icon = "user"
    results_template_name = "torv_blocks/admin/consent_report_results.html"
    index_url_name = URL_NAME
    index_results_url_name = RESULTS_URL_NAME
    filterset_class = ConsentFilterSet
    default_ordering = "expires_on"
    list_export = [
        "reader_label",
        "get_scope_display",
        "get_basis_display",
        "given_on",
        "expires_on",
        "withdrawn_on",
        "dealt_with_on",
    ]
    export_headings = {
        "reader_label": _("Person"),
        "get_scope_display": _("What may be shown"),
        "get_basis_display": _("Basis"),
        "given_on": _("Given on"),
        "expires_on": _("Expires on"),
        "withdrawn_on": _("Withdrawn on"),
        "dealt_with_on": _("Dealt with on"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def may_deal(self) -> bool:
        return self.request.user.has_perm(CHANGE_PERSONS)

    @property
    def columns(self) -> list[Column]:
        ticks = [TickColumn("tick", label=_("Dealt with"), accessor="pk")] if self.may_deal else []
        return [
            *ticks,
            _PersonColumn("person", label=_("Person"), accessor=self._label),
            Column("scope", label=_("What may be shown"), accessor="get_scope_display"),
            Column("basis", label=_("Basis"), accessor="get_basis_display"),
            DayColumn("given_on", label=_("Given on"), sort_key="given_on"),
            DayColumn("expires_on", label=_("Expires on"), sort_key="expires_on"),
            DayColumn("withdrawn_on", label=_("Withdrawn on"), sort_key="withdrawn_on"),
        ]

    def get_base_queryset(self) -> QuerySet[Consent]:
        return dealt_with() if self._shows_dealt_with else to_do()

    @property
    def _shows_dealt_with(self) -> bool:
        return self.request.GET.get("state") == DEALT_WITH

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        can_deal = self.may_deal and not self._shows_dealt_with
        return {**context, "deal_with_url": reverse(DEAL_URL_NAME) if can_deal else "", "form_id": FORM}

    def get_filename(self) -> str:
        return f"consents-{timezone.localdate():%Y-%m-%d}"

    def to_row_dict(self, item: Consent) -> dict[str, Any]:
        item.reader_label = self._label(item)  # type: ignore[attr-defined]
        row: dict[str, Any] = super().to_row_dict(item)
        return row

    def _label(self, consent: Consent) -> str:
        return consent.person.name if may_see_persons(self.request.user) else str(consent.person)


class _PersonColumn(Column):
    """With the way to the person, for those who may go it."""

    cell_template_name = "wagtailadmin/tables/title_cell.html"

    def get_cell_context_data(self, instance: Consent, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        return {
            **context,
            "link_url": person_url(instance.person_id) if user.has_perm(CHANGE_PERSONS) else "",
        }


def person_url(pk: int) -> str:
    return reverse("wagtailsnippets_torv_blocks_privateperson:edit", args=[pk])


class ConsentsPanel(Component):
    """On the admin's first page, while there is something to do."""

    order = 150
    template_name = "torv_blocks/admin/consents_panel.html"

    def __init__(self, ended: int, ending: int) -> None:
        self.ended, self.ending = ended, ending

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"ended": self.ended, "ending": self.ending, "url": reverse(URL_NAME)}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    if not may_see_persons(request.user):
        return
    ended = Consent.objects.waiting().count()
    ending = Consent.objects.ending(_ahead()).count()
    if ended or ending:
        panels.append(ConsentsPanel(ended, ending))


def _ahead() -> date:
    return timezone.localdate() + AHEAD


class ConsentReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def register_report_item() -> MenuItem:
    return ConsentReportItem(
        _("Consents that end"), reverse(URL_NAME), name="consents", icon_name="user", order=1200
    )


def report_urls() -> list[URLPattern]:
    return [
        path("reports/consents/", ConsentReport.as_view(), name=URL_NAME),
        path("reports/consents/results/", ConsentReport.as_view(results_only=True), name=RESULTS_URL_NAME),
    ]
