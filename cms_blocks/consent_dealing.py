"""“Dealt with”: what was decided about a consent that has ended, so that it is not counted for ever."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import LogActionRegistry, log

from .models import CHANGE_PERSONS, Consent

URL_NAME = "torv_blocks_deal_with_consents"
LOG_ACTION = "torv_blocks.consent.deal_with"
#: Of the ticks, and of the form that they belong to.
FIELD, FORM = "consent", "deal-with-consents"


@require_POST
def deal_with(request: HttpRequest) -> HttpResponse:
    """Takes the ticked consents off panel, report and mail. Rows and evidence stay as they are."""
    if not request.user.has_perm(CHANGE_PERSONS):
        raise PermissionDenied
    keys = [key for key in request.POST.getlist(FIELD) if key.isdecimal()]
    consents = list(Consent.objects.waiting().filter(pk__in=keys).select_related("person"))
    Consent.objects.filter(pk__in=[one.pk for one in consents]).update(dealt_with_on=timezone.localdate())
    for person in {one.person for one in consents}:
        log(instance=person, action=LOG_ACTION, user=request.user)
    count = len(consents)
    text = ngettext("%(count)d consent is dealt with.", "%(count)d consents are dealt with.", count)
    messages.success(request, text % {"count": count})
    return redirect(reverse("torv_blocks_consent_report"))


class TickColumn(Column):
    """A tick for each consent that has ended and waits for a decision."""

    cell_template_name = "torv_blocks/admin/consent_tick.html"

    def get_cell_context_data(self, instance: Consent, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "consent": instance, "field": FIELD, "form": FORM}


def register_log_action(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, _("Deal with"), _("Ended consents were marked as dealt with"))


def urls() -> list[URLPattern]:
    return [path("reports/consents/deal-with/", deal_with, name=URL_NAME)]
