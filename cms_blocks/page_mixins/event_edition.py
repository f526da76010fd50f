"""One edition of a series of meetings: programme, registration, and the participants' own themes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from .. import references
from ..event_calendars import CALENDAR, calendar_response
from ..related import related_pages
from ..sensitive import may_be_open_data
from ..shared_facts import synchronised
from ..themes import form_url, hand_over, shown_themes, theme_page_context
from ..years import validate_year
from .event_facts import SHARED_FACTS, EventFactsMixin, EventStatus
from .event_panels import edition_edit_handler
from .report import reports_of


class EventEditionPageMixin(RoutablePageMixin, EventFactsMixin):
    """Needs the child rows `programme`, `topic_rows` and `contact_rows`; its parent is the series."""

    torv_template = "torv_pages/event_edition_page.html"
    #: Reports may name such a page as what they report of.
    is_event_edition = True
    theme_template = "torv_pages/theme_form.html"
    fact_fields = (
        *SHARED_FACTS,
        "year",
        "host_organisation",
        "host_url",
        "organiser_email",
        "collects_from",
        "collects_until",
    )
    text_fields = (*EventFactsMixin.text_fields, "host_organisation")
    text_relations = ("programme",)

    year = models.PositiveSmallIntegerField(_("year"), validators=[validate_year])
    host_organisation = models.CharField(_("host organisation"), max_length=160, blank=True)
    host_url = models.URLField(_("website of the host"), max_length=500, blank=True)
    organiser_email = models.EmailField(
        _("e-mail of the organisers"),
        blank=True,
        help_text=_("Not shown. A message goes there when a theme is proposed."),
    )
    collects_from = models.DateTimeField(
        _("themes can be proposed from"), null=True, blank=True, validators=[validate_year]
    )
    collects_until = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        validators=[validate_year],
        help_text=_("It may be during the meeting: the form works on phones."),
    )

    edit_handler = edition_edit_handler
    override_translatable_fields = synchronised(fact_fields)
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        hand_over(self)
        return super().delete(*args, **kwargs)

    @property
    def organiser_name(self) -> str:
        return self.host_organisation

    @property
    def organiser_url(self) -> str:
        return self.host_url

    @property
    def is_over(self) -> bool:
        """Without a date the year decides."""
        return super().is_over or (self.starts_at is None and self.year < timezone.localdate().year)

    @property
    def is_coming(self) -> bool:
        return not self.is_over

    def collects_themes(self, now: datetime | None = None) -> bool:
        closed = self.status in (EventStatus.CANCELLED, EventStatus.HELD)
        if closed or not self.collects_from or not self.collects_until:
            return False
        return self.collects_from <= (now or timezone.now()) <= self.collects_until

    def date_faults(self) -> dict[str, Any]:
        faults = super().date_faults()
        if bool(self.collects_from) != bool(self.collects_until):
            missing = "collects_until" if self.collects_from else "collects_from"
            faults[missing] = _("Give both: from when and until when themes can be proposed.")
        elif self.collects_from and self.collects_until and self.collects_until <= self.collects_from:
            faults["collects_until"] = _("This must be later than the beginning.")
        if self.year and self.starts_at and timezone.localtime(self.starts_at).year != self.year:
            faults["year"] = _("The meeting begins in another year.")
        return faults

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        gaps = super().publishing_gaps(has_rows)
        if self.status in (EventStatus.PLANNED, EventStatus.CANCELLED):
            gaps.pop("place_name", None)
        if self.status not in (EventStatus.PLANNED, EventStatus.CANCELLED) and not self.starts_at:
            gaps["starts_at"] = _("Before publishing, say when it begins, or choose the status “Planned”.")
        return gaps

    @path("")
    def edition(self, request: HttpRequest) -> HttpResponse:
        return self.render(request)

    @path(f"{CALENDAR}/")
    def edition_calendar(self, request: HttpRequest) -> HttpResponse:
        if not may_be_open_data(self.topic_ids):
            raise Http404
        if self.occurrence is None:
            raise Http404
        return calendar_response([self], self.title, self.slug, request)

    def _calendar_url(self, request: HttpRequest) -> str:
        has_one = self.occurrence is not None and may_be_open_data(self.topic_ids)
        return f"{self.get_url(request)}{CALENDAR}/" if has_one else ""

    @path("themes/")
    def theme_form(self, request: HttpRequest) -> HttpResponse:
        return self.render_themes(request)

    @path("themes/thanks/")
    def theme_thanks(self, request: HttpRequest) -> HttpResponse:
        return self.render_themes(request, thanks=True)

    def render_themes(self, request: HttpRequest, **given: Any) -> HttpResponse:
        """The page of the form: `form` with what was typed, or `thanks`. Signed by time, so never cached."""
        context = theme_page_context(self, request, **given)
        response: HttpResponse = self.render(request, template=self.theme_template, context_overrides=context)
        response["Cache-Control"] = "no-store"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        accepted, groups = shown_themes(self)
        return {
            **super().get_context(request, *args, **kwargs),
            "series": self.get_parent(),
            "programme": list(self.programme.all()),
            "accepted_themes": accepted,
            "working_groups": groups,
            "theme_form_url": form_url(self, request),
            "calendar_url": self._calendar_url(request),
            "contacts": references.contacts(self),
            "topics": references.topics(self),
            "related_pages": related_pages(self, request),
            "reports": reports_of(self, request),
        }
