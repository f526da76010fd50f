"""The forms of events, series and editions, in the order in which an editor thinks of a meeting."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.models import Page

from ..models import Theme, ThemeStatus
from .facts_note import PageFactsNotePanel
from .publishing import GapsPanel, PublishingForm
from .reading_versions import ReadingVersionsMixin
from .rows import contacts_panel, topics_panel


class ThemesPanel(Panel):
    """How many themes there are, and the way to them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "torv_blocks/admin/themes.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from ..themes import counts

            context: dict[str, Any] = super().get_context_data(parent_context)
            edition = self.instance
            if edition.pk is None:
                return context
            found = counts(edition)
            lines = [(label, found[value]) for value, label in ThemeStatus.choices if found[value]]
            return {**context, "lines": lines, "themes_url": _themes_url(edition)}


def _themes_url(edition: Any) -> str:
    try:
        address = reverse(Theme.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    except NoReverseMatch:
        return ""
    return f"{address}?edition={edition.source_page().pk}"


def status() -> MultiFieldPanel:
    return MultiFieldPanel(
        [FieldPanel("status"), FieldPanel("status_reason")], heading=_("Does it take place?")
    )


def where() -> list[Any]:
    return [
        FieldPanel("attendance_option"),
        MultiFieldPanel(
            [
                FieldPanel("place_name"),
                FieldPanel("address_1"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
                FieldPanel("place_note"),
            ],
            heading=_("Place"),
        ),
        FieldPanel("online_url"),
    ]


def registration() -> MultiFieldPanel:
    return MultiFieldPanel(
        [FieldPanel("registration_url"), FieldPanel("capacity")], heading=_("Registration")
    )


def dates() -> FieldRowPanel:
    return FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], heading=_("Date"))


def tabs(*named: tuple[Any, list[Any]]) -> TabbedInterface:
    own = [ObjectList(panels, heading=heading) for heading, panels in named]
    promote = ObjectList(ReadingVersionsMixin.promote_panels, heading=_("Promote"))
    settings = ObjectList(Page.settings_panels, heading=_("Settings"))
    return TabbedInterface([*own, promote, settings], base_form_class=PublishingForm)


event_edit_handler = tabs(
    (
        _("What it is"),
        [
            GapsPanel(),
            PageFactsNotePanel(),
            *Page.content_panels,
            FieldPanel("summary"),
            status(),
            FieldPanel("body"),
            topics_panel(),
        ],
    ),
    (
        _("When and where"),
        [
            dates(),
            InlinePanel(
                "schedules",
                heading=_("Repetition"),
                label=_("repetition"),
                help_text=_("Instead of a date, or besides it: every Tuesday, the first Monday of a month."),
            ),
            *where(),
        ],
    ),
    (
        _("Taking part"),
        [
            registration(),
            FieldPanel("price"),
            MultiFieldPanel([FieldPanel("organiser"), FieldPanel("organiser_url")], heading=_("Organiser")),
            contacts_panel(),
        ],
    ),
)

series_edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                *Page.content_panels,
                FieldPanel("summary"),
                FieldPanel("body"),
                InlinePanel(
                    "value_rows",
                    heading=_("Values"),
                    label=_("value"),
                    help_text=_("What the meetings stand for, shown as a table."),
                ),
                InlinePanel("audience_rows", heading=_("Who is invited"), label=_("audience")),
                FieldPanel("host_rule"),
                contacts_panel(),
                topics_panel(),
            ],
            heading=_("Content"),
        ),
        ObjectList(ReadingVersionsMixin.promote_panels, heading=_("Promote")),
        ObjectList(Page.settings_panels, heading=_("Settings")),
    ]
)

edition_edit_handler = tabs(
    (
        _("What it is"),
        [
            GapsPanel(),
            PageFactsNotePanel(),
            *Page.content_panels,
            FieldPanel("summary"),
            FieldPanel("year"),
            status(),
            MultiFieldPanel(
                [FieldPanel("host_organisation"), FieldPanel("host_url")], heading=_("Host organisation")
            ),
            FieldPanel("body"),
            topics_panel(),
        ],
    ),
    (_("When and where"), [dates(), *where(), registration(), contacts_panel()]),
    (
        _("Programme"),
        [
            InlinePanel(
                "programme",
                heading=_("Programme"),
                label=pgettext_lazy("programme", "item"),
                help_text=_("In the order of the day."),
            ),
        ],
    ),
    (
        _("Themes"),
        [
            ThemesPanel(heading=_("Themes of the participants")),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("collects_from"), FieldPanel("collects_until")])],
                heading=_("Collecting themes"),
                help_text=_("Between these times everyone can propose a theme on the page of the meeting."),
            ),
            FieldPanel("organiser_email"),
        ],
    ),
)
