"""What is held on a private person, as a file for that person; each time is written to the log."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.log_actions import LogActionRegistry, log

from .erasure import export
from .models import CHANGE_PERSONS, PrivatePerson
from .traces import Words

LOG_ACTION = "torv_blocks.person.export"


@require_safe
@cache_control(private=True, no_store=True)
def hand_out(request: HttpRequest, pk: Any) -> JsonResponse:
    """Reads every text there is, as erasing does."""
    if not request.user.has_perm(CHANGE_PERSONS):
        raise PermissionDenied
    person = get_object_or_404(PrivatePerson, pk=pk)
    log(instance=person, action=LOG_ACTION, user=request.user)
    response = JsonResponse(
        export(person, Words.of(person)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="person-{person.pk}.json"'
    return response


def register_log_action(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, _("Hand out"), _("All that is held was downloaded for the person"))
