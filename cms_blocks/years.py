"""The years that meetings may lie in: what is outside was mistyped, and calendars cannot count there."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST, LAST = 2000, 2100


def year_fault(day: date) -> Any:
    """What is wrong with the year of a day or a moment; empty where nothing is."""
    return "" if FIRST <= day.year <= LAST else _("Give a year from 2000 to 2100.")


def year_faults(row: Any, *names: str) -> dict[str, Any]:
    """For `clean`: what is wrong with the days and moments of a row, by field. Empty ones are not."""
    given = {name: getattr(row, name) for name in names}
    return {name: fault for name, day in given.items() if day and (fault := year_fault(day))}


def validate_year(value: date | int) -> None:
    """A validator for dates, moments and numbers of years."""
    year = value if isinstance(value, int) else value.year
    if not FIRST <= year <= LAST:
        raise ValidationError(_("Give a year from 2000 to 2100."))
