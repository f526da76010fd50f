"""What the editor's scripts ask."""

from django.core.exceptions import PermissionDenied
from django.forms import modelform_factory
from django.http import HttpRequest, JsonResponse
from wagtail.permission_policies import ModelPermissionPolicy

from .meetings import next_of
from .models import Entry, Schedule
from .panels import NEXT_DATES

ScheduleForm = modelform_factory(Schedule, exclude=["entry", "sort_order"])


def next_dates(request: HttpRequest) -> JsonResponse:
    """The next dates of the meeting time that the query string holds, or what is wrong with it."""
    policy = ModelPermissionPolicy(Entry)
    if not policy.user_has_any_permission(request.user, ["add", "change"]):
        raise PermissionDenied
    form = ScheduleForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors, "words": "", "dates": []})
    schedule = form.save(commit=False)
    dates = [occurrence.describe() for occurrence in next_of([schedule], NEXT_DATES)]
    return JsonResponse({"errors": {}, "words": str(schedule), "dates": dates})
