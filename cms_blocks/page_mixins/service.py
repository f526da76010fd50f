"""A public service: what it is, how to get it, and whom to ask."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from .. import identifiers, references
from ..government_service import government_service
from ..related import related_pages
from ..service_sections import layout
from ..shared_facts import SharedFactsMixin, synchronised
from .base import SummaryMixin, TorvPageMixin
from .publishing import PublishingRulesMixin
from .service_panels import service_edit_handler

TEXT = ["bold", "ol", "ul", "link"]


class Status(models.TextChoices):
    ACTIVE = "active", _("Available")
    SUSPENDED = "suspended", _("Suspended for now")


def _text(label: Any, help_text: Any) -> RichTextField:
    return RichTextField(label, blank=True, features=TEXT, help_text=help_text)


class ServicePageMixin(SharedFactsMixin, PublishingRulesMixin, TorvPageMixin, SummaryMixin):
    """A service and all that a citizen needs to get it.

    Needs the child rows `topic_rows`, `contact_rows`, `life_event_rows`, `related_service_rows`,
    `common_tasks`, `steps`, `requirements`, `deadlines`, `costs`, `physical_channels` and `documents`.
    """

    torv_template = "torv_pages/service_page.html"
    fact_fields = ("status", "identifier_scheme", "identifier")
    search_kind = "service"
    kind_label = _("Service")
    text_fields = (
        "audience",
        "how_to",
        "outcome",
        "eligibility",
        "constraints",
        "special_cases",
        "status_reason",
        "digital_channel_label",
        "digital_channel_note",
        "responsible_unit",
        "area_served",
        "identifier",
    )
    text_relations = (
        "common_tasks",
        "steps",
        "requirements",
        "deadlines",
        "costs",
        "physical_channels",
        "documents",
    )

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.ACTIVE)
    status_reason = models.CharField(
        _("why, and until when"),
        max_length=300,
        blank=True,
        help_text=_(
            "Shown at the top of the page while the service is suspended. Say what to do instead: "
            "the start button and the booking are not shown then."
        ),
    )
    audience = _text(_("who it is for"), _("Whom the service is meant for, in a sentence or a short list."))
    how_to = _text(_("how to get it"), _("A few words before the steps, or instead of them."))
    outcome = _text(_("what happens then"), _("What the citizen gets, and how the answer comes."))
    eligibility = _text(
        _("who can get it"), _("What the law or the municipality asks for: age, address, need.")
    )
    constraints = _text(_("limits"), _("What the service does not cover, and when it cannot be used."))
    special_cases = _text(_("special cases"), _("What is different for some, and whom they turn to."))
    digital_channel = models.URLField(
        _("address of the self-service"),
        max_length=500,
        blank=True,
        help_text=_("The web address where citizens start, with https://."),
    )
    digital_channel_label = models.CharField(
        _("words on the button"),
        max_length=80,
        blank=True,
        help_text=_("What the button does, for example: Apply for home support. Leave empty for “Start”."),
    )
    digital_channel_note = models.CharField(
        _("words below the button"),
        max_length=200,
        blank=True,
        help_text=_("For example which login is needed, or how long it takes."),
    )
    booking_url = models.URLField(
        _("address for booking"),
        max_length=500,
        blank=True,
        help_text=_("The web address where citizens book an appointment, with https://."),
    )
    responsible_unit = models.CharField(
        _("responsible unit"), max_length=160, blank=True, help_text=_("The department that answers for it.")
    )
    area_served = models.CharField(
        _("area served"),
        max_length=160,
        blank=True,
        help_text=_("Only where it is not the whole municipality."),
    )
    identifier_scheme = models.CharField(
        _("kind of number"), max_length=10, blank=True, choices=identifiers.IdentifierScheme
    )
    identifier = models.CharField(_("number"), max_length=40, blank=True)

    edit_handler = service_edit_handler
    override_translatable_fields = [
        *synchronised(fact_fields),
    ]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        common_tasks: Any
        locale_id: int

    @property
    def is_suspended(self) -> bool:
        return self.status == Status.SUSPENDED

    @property
    def has_online_way(self) -> bool:
        """Whether readers are offered to start or book; not while the service is suspended."""
        return not self.is_suspended and bool(self.digital_channel or self.booking_url)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "layout": layout(self, request),
            "common_tasks": references.task_links(self.common_tasks.all(), self.locale_id, request),
            "topics": references.topics(self),
            "life_events": references.life_events(self),
            "related_pages": related_pages(self, request),
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        return government_service(self, request)

    def clean(self) -> None:
        super().clean()
        self.identifier = identifiers.tidy(self.identifier_scheme, self.identifier)
        identifiers.validate(self.identifier_scheme, self.identifier)

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        has_rows = has_rows or self.has_rows
        gaps: dict[str, Any] = {}
        if not self.summary:
            gaps["summary"] = _("Before publishing, say in one or two sentences what this service is.")
        if self.is_suspended and not self.status_reason:
            gaps["status_reason"] = _("Before publishing, say why the service is suspended.")
        has_way = self.digital_channel or self.booking_url
        if not (has_way or has_rows("contact_rows") or has_rows("physical_channels")):
            gaps["digital_channel"] = _(
                "Before publishing, give readers a way on: a digital self-service, an address for booking, "
                "a contact person or a place."
            )
        return gaps
