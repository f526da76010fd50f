"""Opening hours: the usual week, exceptions, and whether it is open now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    DateBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    TimeBlock,
)
from wagtail.blocks.list_block import ListBlockValidationError, ListValue

from ..models import OfficeHours
from ..opening_hours import MIDNIGHT, ExceptionalHours, Interval, OpeningHours, State, WeeklyHours
from . import groups
from .limits import LimitedListBlock
from .samples import Sample

#: Days as iCalendar names them, Monday first.
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_CHOICES = list(zip(DAYS, OfficeHours.Weekday.labels, strict=True))

Hours = TypeVar("Hours", WeeklyHours, ExceptionalHours)


def _interval(row: Mapping[str, Any]) -> Interval | None:
    """The interval of a row, None if it is not given or ends before it begins."""
    if row["opens_at"] is None or row["closes_at"] is None:
        return None
    interval = Interval(opens_at=row["opens_at"], closes_at=row["closes_at"])
    return interval if interval.is_valid else None


def _interval_errors(row: Mapping[str, Any]) -> dict[str, str]:
    if (row["opens_at"] is None) != (row["closes_at"] is None):
        missing = "opens_at" if row["opens_at"] is None else "closes_at"
        return {missing: gettext("Give both times, or leave both empty.")}
    if row["opens_at"] is not None and _interval(row) is None:
        return {
            "closes_at": gettext(
                "Closing time must be after opening time. 00:00 is the end of the day; "
                "for the hours after midnight add a line for the next day."
            )
        }
    return {}


class HoursRowBlock(StructBlock):
    """A row that knows what is wrong with it, by field."""

    def errors_of(self, row: StructValue) -> dict[str, str]:
        raise NotImplementedError

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := self.errors_of(cleaned)):
            raise StructBlockValidationError(
                block_errors={name: ValidationError(message) for name, message in errors.items()}
            )
        return cleaned


class WeeklyHoursBlock(HoursRowBlock):
    first_day = ChoiceBlock(label=pgettext_lazy("opening hours", "From"), choices=DAY_CHOICES, default="MO")
    last_day = ChoiceBlock(
        label=pgettext_lazy("opening hours", "To"),
        choices=DAY_CHOICES,
        required=False,
        help_text=_("Leave empty for a single day."),
    )
    opens_at = TimeBlock(label=_("Opens"), format="%H:%M")
    closes_at = TimeBlock(label=_("Closes"), format="%H:%M")

    def errors_of(self, row: StructValue) -> dict[str, str]:
        if row["last_day"] and DAYS.index(row["last_day"]) <= DAYS.index(row["first_day"]):
            message = gettext("The last day comes after the first. Leave it empty for a single day.")
            return {"last_day": message}
        return _interval_errors(row)

    class Meta:
        icon = "time"
        label = _("Line")


class ExceptionalHoursBlock(HoursRowBlock):
    first_date = DateBlock(label=_("First date"), format="%Y-%m-%d")
    last_date = DateBlock(
        label=_("Last date"),
        format="%Y-%m-%d",
        required=False,
        help_text=_("Leave empty for a single day."),
    )
    opens_at = TimeBlock(
        label=_("Opens"), format="%H:%M", required=False, help_text=_("Leave both times empty for closed.")
    )
    closes_at = TimeBlock(label=_("Closes"), format="%H:%M", required=False)
    reason = CharBlock(label=_("Reason"), help_text=_("Such as “Christmas”."), max_length=120, required=False)

    def errors_of(self, row: StructValue) -> dict[str, str]:
        if row["last_date"] and row["last_date"] < row["first_date"]:
            return {"last_date": gettext("The last date comes before the first.")}
        return _interval_errors(row)

    class Meta:
        icon = "calendar-alt"
        label = _("Exception")


def _weekly(row: Mapping[str, Any]) -> WeeklyHours | None:
    """A row as hours; None while a draft is incomplete."""
    interval = _interval(row)
    if interval is None or row["first_day"] not in DAYS:
        return None
    first = DAYS.index(row["first_day"])
    last = DAYS.index(row["last_day"]) if row["last_day"] in DAYS else first
    return WeeklyHours(first_day=first, last_day=last, interval=interval)


def _exceptional(row: Mapping[str, Any]) -> ExceptionalHours | None:
    if row["first_date"] is None or _interval_errors(row):
        return None
    return ExceptionalHours(
        first_date=row["first_date"],
        last_date=row["last_date"] or row["first_date"],
        interval=_interval(row),
        reason=row["reason"],
    )


class HoursListBlock(LimitedListBlock):
    """Rows of hours, of which no two may speak of the same time."""

    def __init__(
        self, child_block: HoursRowBlock, *, as_hours: Callable[[Any], Any], field: str, **kwargs: Any
    ) -> None:
        super().__init__(child_block, **kwargs)
        self.as_hours, self.field = as_hours, field

    def clean(self, value: ListValue) -> ListValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := self._clashes(cleaned)):
            raise ListBlockValidationError(block_errors=errors)
        return cleaned

    def _clashes(self, rows: ListValue) -> dict[int, StructBlockValidationError]:
        hours = [self.as_hours(row) for row in rows]
        errors = {}
        for position, later in enumerate(hours):
            earlier = next((i for i in range(position) if later.clashes(hours[i])), None)
            if earlier is not None:
                message = gettext("This overlaps with line %(line)d.") % {"line": earlier + 1}
                errors[position] = StructBlockValidationError(
                    block_errors={self.field: ValidationError(message)}
                )
        return errors


def _known(rows: Sequence[Hours | None]) -> tuple[Hours, ...]:
    return tuple(row for row in rows if row)


class OpeningHoursValue(StructValue):
    @property
    def hours(self) -> OpeningHours:
        return OpeningHours(
            weekly=_known([_weekly(row) for row in self["weekly"]]),
            exceptions=_known([_exceptional(row) for row in self["exceptions"]]),
            timezone=timezone.get_default_timezone(),
        )


@dataclass(frozen=True, kw_only=True)
class WeekLine:
    """One line of the usual week, in words; `last_day` is empty for a single day."""

    first_day: str
    last_day: str
    intervals: tuple[Interval, ...]


def _week(hours: OpeningHours) -> list[WeekLine]:
    names = OfficeHours.Weekday.labels
    return [
        WeekLine(
            first_day=str(names[days.first_day]),
            last_day=str(names[days.last_day]) if days.last_day > days.first_day else "",
            intervals=days.intervals,
        )
        for days in hours.week()
    ]


def when(state: State, now: datetime) -> str:
    """How people say when it changes: never, today, midnight, tomorrow, weekday or date."""
    if state.changes_at is None:
        return "never"
    days = (state.changes_at.date() - now.date()).days
    if days == 1 and state.is_open and state.changes_at.time() == MIDNIGHT:
        return "midnight"
    if days < 2:
        return "tomorrow" if days else "today"
    return "weekday" if days < 7 else "date"


class OpeningHoursBlock(StructBlock):
    """Opening hours that say, when a page is made, whether it is open now."""

    heading = CharBlock(
        label=_("Heading"), help_text=_("Leave empty for “Opening hours”."), max_length=120, required=False
    )
    weekly = HoursListBlock(
        WeeklyHoursBlock(),
        as_hours=_weekly,
        field="opens_at",
        most=21,
        label=_("The usual week"),
        help_text=_("One line for each part of the week, such as Monday to Wednesday, 10 to 14."),
    )
    exceptions = HoursListBlock(
        ExceptionalHoursBlock(),
        as_hours=_exceptional,
        field="first_date",
        least=0,
        most=40,
        default=[],
        label=_("Exceptions"),
        help_text=_("Days on which it is closed, or open at other times."),
    )
    note = TextBlock(label=_("Note"), max_length=300, required=False, rows=2)

    def get_context(self, value: OpeningHoursValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        hours = value.hours
        now = timezone.now().astimezone(hours.timezone)
        state = hours.state_at(now)
        context.update(
            state=state,
            when=when(state, now),
            week=_week(hours),
            exceptions=sorted(
                (row for row in hours.exceptions if row.last_date >= now.date()),
                key=lambda row: row.first_date,
            ),
        )
        return context

    class Meta:
        icon = "time"
        label = _("Opening hours")
        description = _("The usual week and its exceptions. Readers see whether it is open now.")
        group = groups.PEOPLE
        value_class = OpeningHoursValue
        template = "torv_blocks/blocks/opening_hours.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "heading": _("Citizen service"),
                "weekly": [
                    {"first_day": "MO", "last_day": "WE", "opens_at": time(10), "closes_at": time(14)},
                    {"first_day": "TH", "last_day": "", "opens_at": time(10), "closes_at": time(17)},
                ],
                "exceptions": [
                    {
                        "first_date": date(2030, 12, 24),
                        "last_date": date(2030, 12, 26),
                        "opens_at": None,
                        "closes_at": None,
                        "reason": _("Christmas"),
                    }
                ],
                "note": "",
            }
        )
