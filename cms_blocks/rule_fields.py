"""A rule of repeated dates as editors fill it in, for rows of entries and of events."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .list_fields import ChoiceListField, DateListField
from .recurrence import Rule
from .years import year_fault


class Frequency(models.TextChoices):
    WEEKLY = "WEEKLY", _("week")
    MONTHLY = "MONTHLY", _("month")
    DATES = "DATES", _("only on the dates below")


class Weekday(models.TextChoices):
    MONDAY = "MO", _("Monday")
    TUESDAY = "TU", _("Tuesday")
    WEDNESDAY = "WE", _("Wednesday")
    THURSDAY = "TH", _("Thursday")
    FRIDAY = "FR", _("Friday")
    SATURDAY = "SA", _("Saturday")
    SUNDAY = "SU", _("Sunday")


INTERVALS = [(1, _("every")), (2, _("every other")), (3, _("every third")), (4, _("every fourth"))]
POSITIONS = [
    ("1", _("first")),
    ("2", _("second")),
    ("3", _("third")),
    ("4", _("fourth")),
    ("5", _("fifth")),
    ("-1", _("last")),
]


def default_timezone() -> str:
    return settings.TIME_ZONE


def validate_timezone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("This is not a time zone. Write one such as Europe/Copenhagen."))


class RuleFields(models.Model):
    """A rule, or single dates, in local time: at the same time of the clock all the year round."""

    interval = models.PositiveSmallIntegerField(_("how often"), choices=INTERVALS, default=1)
    freq = models.CharField(_("week or month"), max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    byday = ChoiceListField(_("weekdays"), choices=Weekday.choices)
    bysetpos = ChoiceListField(
        _("which of the month"),
        choices=POSITIONS,
        help_text=_("For each month: “second” and Tuesday make the second Tuesday."),
    )
    bymonthday = models.PositiveSmallIntegerField(
        _("or day of the month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("For each month, instead of a weekday: 15 is the 15th."),
    )
    opens_at = models.TimeField(_("begins at"))
    closes_at = models.TimeField(_("ends at"), null=True, blank=True)
    dtstart = models.DateField(
        _("first date"),
        null=True,
        blank=True,
        help_text=_("Weeks and months are counted from it. Needed unless it is every week or month."),
    )
    valid_from = models.DateField(_("season from"), null=True, blank=True)
    valid_to = models.DateField(_("season to"), null=True, blank=True)
    except_dates = DateListField(_("not on these dates"), help_text=_("One date on each line."))
    extra_dates = DateListField(_("also on these dates"), help_text=_("One date on each line."))
    timezone = models.CharField(
        _("time zone"), max_length=64, default=default_timezone, validators=[validate_timezone]
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.rule.describe()

    @property
    def rule(self) -> Rule:
        """As it stands; whoever has not validated the row gets the errors of the rule."""
        # A row that was changed from months to weeks still has what was chosen for months.
        monthly = self.freq == Frequency.MONTHLY
        return Rule(
            freq="" if self.freq == Frequency.DATES else self.freq,
            interval=self.interval,
            byday=tuple(self.byday),
            bymonthday=self.bymonthday if monthly else None,
            bysetpos=tuple(int(position) for position in self.bysetpos) if monthly else (),
            dtstart=self.dtstart,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            timezone=self.timezone,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            except_dates=frozenset(self.except_dates),
            extra_dates=frozenset(self.extra_dates),
        )

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {**self._pattern_faults(), **self._time_faults(), **self._year_faults()}
        if errors:
            raise ValidationError(errors)

    def _pattern_faults(self) -> dict[str, Any]:
        if self.freq == Frequency.WEEKLY:
            return {} if self.byday else {"byday": _("Choose at least one weekday.")}
        if self.freq == Frequency.MONTHLY:
            return self._monthly_faults()
        return {} if self.extra_dates else {"extra_dates": _("Write at least one date.")}

    def _monthly_faults(self) -> dict[str, Any]:
        if self.bymonthday and (self.byday or self.bysetpos):
            return {"bymonthday": _("Choose a weekday of the month or a day of the month, not both.")}
        if self.bymonthday:
            return {}
        if not self.byday:
            return {"byday": _("Choose a weekday, or write a day of the month.")}
        return {} if self.bysetpos else {"bysetpos": _("Choose which of the month, such as the second.")}

    def _time_faults(self) -> dict[str, Any]:
        faults: dict[str, Any] = {}
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            faults["closes_at"] = _("This must be later than “begins at”.")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            faults["valid_to"] = _("This must not be before “season from”.")
        if self.freq != Frequency.DATES and self.interval and self.interval > 1 and not self.dtstart:
            faults["dtstart"] = _(
                "Give a date on which it meets, so that the weeks or months can be counted."
            )
        return faults

    def _year_faults(self) -> dict[str, Any]:
        faults: dict[str, Any] = {}
        for name in ("dtstart", "valid_from", "valid_to", "except_dates", "extra_dates"):
            value = getattr(self, name)
            days = [value] if isinstance(value, date) else value or []
            if found := next(filter(None, map(year_fault, days)), None):
                faults[name] = found
        return faults
