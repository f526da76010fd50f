"""The list of events: what was asked, which pages answer it, and the month as a table."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import F, Max, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from . import event_dates, references
from .event_calendars import CALENDAR
from .models import EventDate, Topic
from .page_mixins.event_facts import EventAttendance, EventFactsMixin
from .recurrence import Occurrence
from .years import FIRST, LAST

PER_PAGE = 20
#: Pages in one feed; more would make calendars slow.
MOST_IN_FEED = 500

LIST, MONTH, PAST = "list", "month", "past"
VIEWS = [(LIST, _("List")), (MONTH, _("Month")), (PAST, _("Past events"))]


class MonthField(forms.CharField):
    """`2026-11` -> the first day of that month."""

    def clean(self, value: Any) -> date | None:
        text = (super().clean(value) or "").strip()
        if not text:
            return None
        try:
            month = datetime.strptime(text, "%Y-%m").date()
        except ValueError:
            raise forms.ValidationError(_("Write a month such as 2026-11.")) from None
        if not FIRST <= month.year <= LAST:
            raise forms.ValidationError(_("Give a year from 2000 to 2100."))
        return month


class EventFilterForm(forms.Form):
    """The GET parameters. A wrong value becomes a message beside its field and is left out."""

    view = forms.ChoiceField(choices=VIEWS, required=False, widget=forms.HiddenInput)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    attendance = forms.ChoiceField(
        label=_("Attendance"), required=False, choices=[("", _("All")), *EventAttendance.choices]
    )
    month = MonthField(
        label=_("Month"),
        required=False,
        # Browsers without a month field show a line of text, in which the example helps.
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"}),
    )

    def __init__(self, data: Any, topics: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, label_suffix="")
        self.fields["topic"].choices = [("", _("All")), *topics]  # type: ignore[attr-defined]
        for name in ("topic", "attendance", "month"):
            css = "form-input" if name == "month" else "form-select"
            self.fields[name].widget.attrs["class"] = css

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("topic", "attendance", "month")]


@dataclass(frozen=True, kw_only=True)
class Asked:
    view: str = LIST
    topic: str = ""
    attendance: str = ""
    month: date | None = None

    def query(self, **changes: Any) -> str:
        """As GET parameters, without empty ones; with `?` where there are any."""
        values = {
            "view": self.view if self.view != LIST else "",
            "topic": self.topic,
            "attendance": self.attendance,
            "month": f"{self.month:%Y-%m}" if self.month else "",
            **changes,
        }
        text = urlencode({name: value for name, value in values.items() if value})
        return f"?{text}" if text else ""


@dataclass(frozen=True, kw_only=True)
class EventCard:
    title: str
    url: str
    summary: str
    lang: str
    date: Occurrence | None
    status: str
    status_label: str
    place: str


@dataclass(frozen=True, kw_only=True)
class Day:
    """A cell of the month. `events` are pairs of a card and its time."""

    day: date
    is_in_month: bool
    is_today: bool
    events: list[EventCard]


def event_models() -> list[type[Any]]:
    return [model for model in apps.get_models() if issubclass(model, EventFactsMixin)]


def events(index: Any, request: HttpRequest) -> "QuerySet[Page]":
    """The events of the site in the language of the list, which all may read."""
    site = Site.find_for_request(request)
    roots = [root.root_path for root in Site.get_site_root_paths() if site and root.site_id == site.pk]
    own = next((root for root in roots if index.url_path.startswith(root)), index.url_path)
    pages = Page.objects.live().public().filter(locale_id=index.locale_id, url_path__startswith=own)
    kinds = Q()
    for model in event_models():
        kinds |= Q(pk__in=model._default_manager.values("pk"))
    return pages.filter(kinds) if kinds else pages.none()


def read(index: Any, request: HttpRequest) -> tuple[EventFilterForm, Asked]:
    form = EventFilterForm(request.GET, _topics(events(index, request), index.locale_id))
    form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value}
    return form, Asked(**given)


def _topic_rows() -> list[type[Any]]:
    return [model._meta.get_field("topic_rows").related_model for model in event_models()]


def _topics(pages: "QuerySet[Page]", locale_id: int) -> list[tuple[str, str]]:
    """Slug and name of the topics that these pages carry."""
    used = Q()
    for rows in _topic_rows():
        used |= Q(pk__in=rows._default_manager.filter(page__in=pages.values("pk")).values("topic"))
    keys = list(Topic.objects.filter(used).values_list("pk", flat=True)) if used else []
    found = references.in_locale(Topic, keys, locale_id)
    return sorted(((row.facts.slug, row.pref_label) for row in found), key=lambda pair: pair[1].casefold())


def filtered(pages: "QuerySet[Page]", asked: Asked) -> "QuerySet[Page]":
    if asked.topic:
        wanted = Q()
        for rows in _topic_rows():
            wanted |= Q(pk__in=rows._default_manager.filter(topic__slug=asked.topic).values("page"))
        pages = pages.filter(wanted)
    if asked.attendance:
        ways = {asked.attendance, EventAttendance.HYBRID.value}
        wanted = Q()
        for model in event_models():
            wanted |= Q(pk__in=model._default_manager.filter(attendance_option__in=ways).values("pk"))
        pages = pages.filter(wanted)
    return pages


def _bounds(month: date) -> tuple[datetime, datetime]:
    """From the first moment of a month to the first of the next, in local time."""
    following = (month + timedelta(days=32)).replace(day=1)
    zone = timezone.get_current_timezone()
    return datetime.combine(month, time(), zone), datetime.combine(following, time(), zone)


def in_order(pages: "QuerySet[Page]", asked: Asked, now: datetime) -> "QuerySet[Page]":
    """By the next date from now on, or within the month asked for; past ones by their last, latest first."""
    if asked.month:
        begin, end = _bounds(asked.month)
        dates = Q(event_dates__ends_at__gte=begin, event_dates__begins_at__lt=end)
    elif asked.view == PAST:
        coming = EventDate.objects.filter(_not_over(now)).values("page")
        dated = pages.exclude(pk__in=coming).filter(event_dates__isnull=False)
        return dated.annotate(at=Max("event_dates__begins_at")).order_by("-at", "pk")
    else:
        dates = _not_over(now, "event_dates__")
    return pages.filter(dates).annotate(at=Min("event_dates__begins_at", filter=dates)).order_by("at", "pk")


def _not_over(now: datetime, path: str = "") -> Q:
    """Where no end is known, an event is not over before its day is: people are on their way."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    without_end = {f"{path}begins_at__gte": today, f"{path}ends_at": F(f"{path}begins_at")}
    return Q(**{f"{path}ends_at__gte": now}) | Q(**without_end)


def cards(rows: Iterable[Any], request: HttpRequest) -> list[EventCard]:
    """Rows with `at`, the date they are listed by, in their order. The number of queries does not grow."""
    found = list(rows)
    dates = {
        (one.page_id, one.begins_at): one
        for one in EventDate.objects.filter(page__in=[row.pk for row in found])
        if one.begins_at in {row.at for row in found}
    }
    specific = _specific([row.pk for row in found])
    return [_card(specific[row.pk], dates.get((row.pk, row.at)), request) for row in found]


def _specific(keys: Iterable[int]) -> dict[int, Any]:
    """Primary key -> the page as its own type, with the language of its text as `lang`."""
    return {page.pk: page for page in references.specific(Page.objects.filter(pk__in=list(keys)))}


def _card(page: Any, date_row: EventDate | None, request: HttpRequest) -> EventCard:
    occurrence = None
    if date_row:
        begins, ends = timezone.localtime(date_row.begins_at), timezone.localtime(date_row.ends_at)
        occurrence = Occurrence(begins=begins, ends=ends)
    return EventCard(
        title=page.title,
        url=page.get_url(request) or "",
        summary=page.lead,
        lang=page.lang,
        date=occurrence,
        status=page.status,
        status_label=page.get_status_display(),
        place=page.location or (str(EventAttendance.ONLINE.label) if page.is_online else ""),
    )


def month_table(pages: "QuerySet[Page]", month: date, request: HttpRequest) -> list[list[Day]]:
    """Weeks of days, Monday first. A meeting of several days is on each of them."""
    begin, end = _bounds(month)
    dates = list(EventDate.objects.filter(page__in=pages.values("pk"), ends_at__gte=begin, begins_at__lt=end))
    specific = _specific({row.page_id for row in dates})
    by_day: dict[date, list[EventCard]] = defaultdict(list)
    for row in dates:
        card = _card(specific[row.page_id], row, request)
        for day in _days(row, begin, end):
            by_day[day].append(card)
    today = timezone.localdate()
    return [
        [
            Day(
                day=day,
                is_in_month=day.month == month.month,
                is_today=day == today,
                events=by_day[day] if day.month == month.month else [],
            )
            for day in week
        ]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]


def _days(row: EventDate, begin: datetime, end: datetime) -> Iterable[date]:
    """The days of the month on which it is; a meeting that ends at midnight does not reach the next day."""
    first = max(timezone.localtime(row.begins_at), begin).date()
    until = max(row.begins_at, row.ends_at - timedelta(microseconds=1))
    last = min(timezone.localtime(until), end - timedelta(days=1)).date()
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def list_context(index: Any, request: HttpRequest) -> dict[str, Any]:
    form, asked = read(index, request)
    now = timezone.now()
    here = index.get_url(request)
    pages = filtered(events(index, request), asked)
    context = {
        "form": form,
        "asked": asked,
        "views": [(value, label, f"{here}{asked.query(view=value)}") for value, label in VIEWS],
        "calendar_url": f"{here}{CALENDAR}/{asked.query(view='', month='')}",
    }
    if asked.view == MONTH:
        return context | _month_context(pages, asked, here, request)
    page = Paginator(in_order(pages, asked, now), PER_PAGE).get_page(request.GET.get("page"))
    return context | {
        "cards": cards(page.object_list, request),
        "listing": page,
        "previous_url": f"{here}{asked.query(page=page.number - 1)}" if page.has_previous() else "",
        "next_url": f"{here}{asked.query(page=page.number + 1)}" if page.has_next() else "",
    }


def _month_context(pages: "QuerySet[Page]", asked: Asked, here: str, request: HttpRequest) -> dict[str, Any]:
    month = asked.month or timezone.localdate().replace(day=1)
    before, after = (month - timedelta(days=1)).replace(day=1), (month + timedelta(days=32)).replace(day=1)
    weeks = month_table(pages, month, request)
    return {
        "month": month,
        "weeks": weeks,
        "has_events": any(day.events for week in weeks for day in week),
        "before": (before, f"{here}{asked.query(month=f'{before:%Y-%m}')}") if before.year >= FIRST else None,
        "after": (after, f"{here}{asked.query(month=f'{after:%Y-%m}')}") if after.year <= LAST else None,
    }


def feed_pages(index: Any, request: HttpRequest) -> list[Any]:
    """The events to come that the filter finds, not more than a calendar can bear."""
    _form, asked = read(index, request)
    rows = in_order(filtered(events(index, request), asked), Asked(), timezone.now())[:MOST_IN_FEED]
    keys = [row.pk for row in rows]
    specific = {page.pk: page for page in Page.objects.filter(pk__in=keys).specific()}
    found = [specific[key] for key in keys]
    event_dates.prefetch_schedules(found)
    return found
