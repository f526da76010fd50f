"""On which weekdays and at what time of the day an entry meets, as readers filter by it."""

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from cms_blocks.rule_fields import Frequency, Weekday

from .models import Schedule

#: Code of a rule -> value in addresses, and its name; Monday first.
WEEKDAYS = {day.value: (day.name.lower(), day.label) for day in Weekday}

TIMES_OF_DAY = [("morning", _("Morning")), ("afternoon", _("Afternoon")), ("evening", _("Evening"))]

NOON = time(12)
EVENING = time(17)


def weekdays_of(schedule: Schedule, today: date) -> list[str]:
    """Those of the pattern; where there is none those of the dates to come; none for a day of the month."""
    if schedule.freq == Frequency.DATES:
        by_number = [value for value, _label in WEEKDAYS.values()]
        return [by_number[day.weekday()] for day in schedule.extra_dates if day >= today]
    return [WEEKDAYS[code][0] for code in schedule.byday if code in WEEKDAYS]


def time_of_day(moment: time) -> str:
    if moment < NOON:
        return "morning"
    return "afternoon" if moment < EVENING else "evening"
