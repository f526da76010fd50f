"""A block that leads to an event."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock, StructBlockValidationError, StructValue
from wagtail.models import Page

from .. import event_dates, references
from ..recurrence import Occurrence
from . import groups
from .teasers import KindChooserBlock, is_of_kind

KIND = "event"


@dataclass(frozen=True, kw_only=True)
class EventTeaser:
    """An event as the teaser shows it; `when` is its next date, or its last where it is over."""

    title: str
    lang: str
    text: str
    url: str
    when: Occurrence | None = None
    place: str = ""
    status: str = ""
    status_label: str = ""


class EventTeaserBlock(StructBlock):
    """An event with its next date and place, which follow the event."""

    event = KindChooserBlock(KIND, label=_("Event"))

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        event = cleaned["event"]
        if event and not self.is_deferred_validation and not is_of_kind(event.specific_class, KIND):
            message = gettext("Choose an event: this page is not one.")
            raise StructBlockValidationError(block_errors={"event": ValidationError(message)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["event"] = _teaser(value["event"], context) if value["event"] else None
        return context

    def get_preview_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        context["event"] = EventTeaser(
            title=gettext("An evening about grief"),
            lang="",
            text=gettext("A talk, coffee and time for questions."),
            url="#",
            place="Torvkøbing",
        )
        return context

    class Meta:
        icon = "date"
        label = _("Event")
        description = _("An event with its next date and place. Both follow the event.")
        group = groups.LINKS
        template = "torv_blocks/blocks/event_teaser.html"
        preview_template = "torv_blocks/blocks/event_teaser_preview.html"
        preview_value = {"event": None}


def _teaser(page: Page, context: dict[str, Any]) -> EventTeaser | None:
    """None for what is deleted, not published or private."""
    found = references.live_pages([page.pk], references.reader_locale_id(context)).get(page.pk)
    event: Any = found.specific if found else None
    url = event.get_url(context.get("request")) if event else None
    if not url or not is_of_kind(type(event), KIND):
        return None
    return EventTeaser(
        title=event.title,
        lang=event.content_lang,
        text=references.lead(event),
        url=url,
        **(_facts(event) if hasattr(event, "starts_at") else {}),
    )


def _facts(event: Any) -> dict[str, Any]:
    """What a single event or edition has, and a series of them has not."""
    return {
        "when": next(iter(event_dates.upcoming(event, 1)), None) or event_dates.single(event),
        "place": event.location,
        "status": event.status,
        "status_label": event.get_status_display(),
    }
