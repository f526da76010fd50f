"""What meetings of every sort have: when, where, how to take part, and whether it takes place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import event_dates
from ..event_data import event_data
from ..recurrence import Occurrence
from ..shared_facts import SharedFactsMixin, saves_all
from ..years import validate_year
from .base import SummaryMixin, TorvPageMixin
from .publishing import PublishingRulesMixin

SHARED_FACTS = (
    "status",
    "starts_at",
    "ends_at",
    "attendance_option",
    "address_1",
    "postal_code",
    "city",
    "online_url",
    "registration_url",
    "capacity",
)


class EventStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open for registration")
    FULL = "full", _("Full")
    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")
    HELD = "held", _("Held")


class EventAttendance(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class EventFactsMixin(SharedFactsMixin, PublishingRulesMixin, TorvPageMixin, SummaryMixin):
    """A page about a meeting. Its dates are kept in `EventDate` as often as it is saved."""

    search_kind = "event"
    kind_label = _("Event")
    fact_fields: ClassVar[tuple[str, ...]] = SHARED_FACTS
    #: Fields besides title, summary and body that the search reads.
    text_fields: tuple[str, ...] = ("place_name", "place_note", "address_1", "city")

    status = models.CharField(_("status"), max_length=12, choices=EventStatus, default=EventStatus.PLANNED)
    status_reason = models.CharField(
        _("more about it"),
        max_length=300,
        blank=True,
        help_text=_("Shown with the status: why it is cancelled, or how to get on the waiting list."),
    )
    starts_at = models.DateTimeField(_("begins at"), null=True, blank=True, validators=[validate_year])
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True, validators=[validate_year])
    attendance_option = models.CharField(
        _("attendance"), max_length=12, choices=EventAttendance, default=EventAttendance.IN_PERSON
    )
    place_name = models.CharField(_("name of the place"), max_length=120, blank=True)
    address_1 = models.CharField(_("street and number"), max_length=160, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    place_note = models.CharField(
        _("how to find it"), max_length=300, blank=True, help_text=_("For example which door, bus or lift.")
    )
    online_url = models.URLField(
        _("address for taking part online"),
        max_length=500,
        blank=True,
        help_text=_("Everyone can see it. Leave it empty if you send it to those who register."),
    )
    registration_url = models.URLField(
        _("address for registration"), max_length=500, blank=True, help_text=_("With https://.")
    )
    capacity = models.PositiveIntegerField(
        _("number of places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        locale: Any

    @property
    def is_cancelled(self) -> bool:
        return self.status == EventStatus.CANCELLED

    @property
    def takes_registrations(self) -> bool:
        """Whether readers are led to the registration."""
        closed = self.status in (EventStatus.FULL, EventStatus.CANCELLED)
        return bool(self.registration_url) and not closed and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether its last day is gone, or the editors say so. Without any date nobody knows."""
        return self.status == EventStatus.HELD or event_dates.is_over(self)

    @property
    def has_place(self) -> bool:
        return self.attendance_option != EventAttendance.ONLINE and bool(
            self.place_name or self.address_1 or self.city
        )

    @property
    def is_online(self) -> bool:
        return self.attendance_option != EventAttendance.IN_PERSON

    @property
    def location(self) -> str:
        """The place in one line."""
        town = " ".join(filter(None, (self.postal_code, self.city)))
        return ", ".join(filter(None, (self.place_name, self.address_1, town))) if self.has_place else ""

    @property
    def occurrence(self) -> Occurrence | None:
        """The single date, in local time."""
        return event_dates.single(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if saves_all(kwargs):
            event_dates.refresh(self)

    def clean(self) -> None:
        super().clean()
        if errors := self.date_faults():
            raise ValidationError(errors)

    def date_faults(self) -> dict[str, Any]:
        if self.ends_at and not self.starts_at:
            return {"starts_at": _("Say when it begins, too.")}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            return {"ends_at": _("This must be later than “begins at”.")}
        return {}

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        gaps: dict[str, Any] = {}
        if not self.summary:
            gaps["summary"] = _("Before publishing, say in one or two sentences what this is about.")
        if self.attendance_option != EventAttendance.ONLINE and not self.has_place:
            gaps["place_name"] = _("Before publishing, say where it is, or choose “Online”.")
        return gaps

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        return event_data(self, request)
