"""What the editor's scripts ask."""

from django.core.exceptions import PermissionDenied
from django.forms import modelform_factory
from django.http import HttpRequest, JsonResponse

from . import gazetteer
from .meetings import next_of
from .models import Entry, Location, Schedule
from .ownership import OwnEntryPolicy
from .panels import NEXT_DATES

ScheduleForm = modelform_factory(Schedule, exclude=["entry", "sort_order"])


def next_dates(request: HttpRequest) -> JsonResponse:
    """The next dates of the meeting time that the query string holds, or what is wrong with it."""
    _check_writes_entries(request)
    form = ScheduleForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors, "words": "", "dates": []})
    schedule = form.save(commit=False)
    dates = [occurrence.describe() for occurrence in next_of([schedule], NEXT_DATES)]
    return JsonResponse({"errors": {}, "words": str(schedule), "dates": dates})


def find_position(request: HttpRequest) -> JsonResponse:
    """Where the address of the query string lies, by the gazetteer; `middle` is where to look otherwise."""
    _check_writes_entries(request)
    given = {name: request.GET.get(name, "").strip() for name in ("postal_code", "city", "country")}
    location = Location(**{name: value for name, value in given.items() if value})
    location.derive()
    place = gazetteer.place_of(location)
    if place is None:
        return JsonResponse({"name": "", "position": None, "middle": gazetteer.middle()})
    position = [round(degrees, gazetteer.DECIMALS) for degrees in (place.latitude, place.longitude)]
    return JsonResponse({"name": str(place), "position": position, "middle": None})


def _check_writes_entries(request: HttpRequest) -> None:
    """Owners too: what these answer is told of no stored entry."""
    if not OwnEntryPolicy(Entry).user_has_any_permission(request.user, ["add", "change"]):
        raise PermissionDenied
