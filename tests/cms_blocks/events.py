"""Events, series and editions for these tests. All of it is invented."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from cms_blocks.models import Theme
from cms_blocks.pages import models
from cms_blocks.pages.models import EventEditionPage, EventIndexPage, EventPage, EventSeriesPage
from tests.cms_blocks import factories

ZONE = ZoneInfo("Europe/Copenhagen")


def soon(days: int = 7, hour: int = 19) -> datetime:
    """At that hour of a day to come (or gone, if negative), in local time."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(hour), ZONE)


def event(parent: Any, **fields: Any) -> EventPage:
    given = {"summary": "Et møde.", "place_name": "Biblioteket", "city": "Torvkøbing"}
    return factories.below(parent, EventPage, **(given | fields))


def every(page: EventPage, *days: str, **fields: Any) -> EventPage:
    given: dict[str, Any] = {"freq": "WEEKLY", "opens_at": time(19), "closes_at": time(21)}
    page.schedules = [models.EventPageSchedule(byday=list(days), **(given | fields))]
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def series(parent: Any, **fields: Any) -> EventSeriesPage:
    return factories.below(
        parent, EventSeriesPage, **({"title": "Netværksmøde", "summary": "Hvert år."} | fields)
    )


def edition(parent: Any, **fields: Any) -> EventEditionPage:
    begins = fields.get("starts_at") or soon(30, 9)
    given = {
        "title": f"Netværksmøde {begins.year}",
        "summary": "Et åbent netværk.",
        "year": begins.year,
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=8),
        "place_name": "Kulturhuset",
        "city": "Havmølle",
        "host_organisation": "Foreningen Åbent Hus",
        "organiser_email": "moede@torvkoebing.example",
        "collects_from": min(soon(-1), begins - timedelta(days=1)),
        "collects_until": begins + timedelta(hours=2),
    }
    return factories.below(parent, EventEditionPage, **(given | fields))


def theme(page: EventEditionPage, title: str = "At bo alene", **fields: Any) -> Theme:
    return Theme.objects.create(edition_id=page.pk, title=title, language="da", **fields)


def index(parent: Any, **fields: Any) -> EventIndexPage:
    return factories.below(parent, EventIndexPage, **({"title": "Det sker", "slug": "det-sker"} | fields))


def next_weekday(code: str) -> date:
    """The next day of that weekday, today not counted."""
    wanted = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(code)
    day = timezone.localdate() + timedelta(days=1)
    return day + timedelta(days=(wanted - day.weekday()) % 7)
