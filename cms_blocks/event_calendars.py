"""Calendar files of pages about meetings."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from . import event_dates
from .calendars import CONTENT_TYPE, Series, Single, as_calendar
from .sensitive import open_pages

#: Wagtail's addresses have no dot, so the name of the file is said beside it.
CALENDAR = "calendar"
#: A feed of repeated events reaches this far.
YEAR = timedelta(days=366)


def calendar_response(pages: Iterable[Any], title: str, name: str, request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    meetings = (one for page in open_pages(pages) for one in _meetings(page, request))
    calendar = as_calendar(title, meetings, today, today + YEAR)
    disposition = content_disposition_header(as_attachment=False, filename=f"{name}.ics")
    return HttpResponse(calendar, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition})


def _meetings(page: Any, request: HttpRequest) -> Iterable[Series | Single]:
    """The uid is the same in every language, so that a calendar has a meeting once."""
    common = {
        "title": page.title,
        "description": page.lead,
        "location": page.location or page.online_url,
        "url": page.get_full_url(request),
        "cancelled": page.is_cancelled,
    }
    if only := page.occurrence:
        yield Single(uid=f"{page.translation_key}@torv", begins=only.begins, ends=only.ends, **common)
    for row in event_dates.schedules(page):  # named by the row, which stays when others come and go
        yield Series(uid=f"{page.translation_key}-{row.pk}@torv", rule=row.rule, **common)
