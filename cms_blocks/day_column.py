"""Dates in lists of the admin, as dates: Wagtail's own column says "just now" of all that is to come."""

from datetime import date, datetime

from django.db.models import Model
from django.utils import formats, timezone
from wagtail.admin.ui.tables import Column


class DayColumn(Column):
    """A day, or a moment with its time, as the reader's language writes it; empty where there is none."""

    def get_value(self, instance: Model) -> str:
        value: date | None = super().get_value(instance)
        if isinstance(value, datetime):
            return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        return formats.date_format(value, "SHORT_DATE_FORMAT") if value else ""
