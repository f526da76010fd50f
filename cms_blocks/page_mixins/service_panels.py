"""The form of a service page: four tabs in the order in which an editor thinks of a service."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page

from .facts_note import PageFactsNotePanel
from .home import MAX_TASKS
from .publishing import GapsPanel, PublishingForm
from .reading_versions import ReadingVersionsMixin
from .rows import contacts_panel, topics_panel

about = [
    GapsPanel(),
    PageFactsNotePanel(),
    *Page.content_panels,
    FieldPanel("summary"),
    MultiFieldPanel(
        [FieldPanel("status"), FieldPanel("status_reason")],
        heading=_("Is the service available?"),
    ),
    FieldPanel("audience"),
    FieldPanel("body"),
    InlinePanel(
        "common_tasks",
        heading=_("Common tasks"),
        label=_("common task"),
        max_num=MAX_TASKS,
        help_text=_("Buttons at the top of the page, for what most readers come for."),
    ),
    topics_panel(),
    InlinePanel(
        "life_event_rows",
        heading=_("Life events"),
        label=_("life event"),
        help_text=_("When people need this service. Readers can filter by them."),
    ),
]

procedure = [
    MultiFieldPanel(
        [
            FieldPanel("digital_channel"),
            FieldPanel("digital_channel_label"),
            FieldPanel("digital_channel_note"),
        ],
        heading=_("Digital self-service"),
        help_text=_("Shown as the start button at the top of the page."),
    ),
    FieldPanel("booking_url"),
    FieldPanel("how_to"),
    InlinePanel("steps", heading=_("Steps"), label=_("step"), help_text=_("Shown with numbers.")),
    InlinePanel(
        "requirements",
        heading=_("What you need"),
        label=_("requirement"),
        help_text=_("A list to tick off: papers, numbers, pictures."),
    ),
    FieldPanel("outcome"),
    InlinePanel(
        "deadlines",
        heading=_("Deadlines"),
        label=_("deadline"),
        help_text=_("In the order in which they come."),
    ),
    InlinePanel("documents", heading=_("Documents"), label=_("document")),
]

conditions = [
    InlinePanel("costs", heading=_("Costs"), label=_("cost")),
    FieldPanel("eligibility"),
    FieldPanel("constraints"),
    FieldPanel("special_cases"),
    InlinePanel(
        "related_service_rows",
        heading=_("Related services"),
        label=_("related service"),
        help_text=_("Pages that readers of this one often need too."),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("identifier_scheme"), FieldPanel("identifier")])],
        heading=_("Number of the service"),
        help_text=_("Not shown on the page. Other systems know the service by it."),
    ),
]

contact = [
    contacts_panel(),
    InlinePanel(
        "physical_channels",
        heading=_("Where you can come"),
        label=_("place"),
    ),
    FieldPanel("responsible_unit"),
    FieldPanel("area_served"),
]

service_edit_handler = TabbedInterface(
    [
        ObjectList(about, heading=_("What it is")),
        ObjectList(procedure, heading=_("How it is done")),
        ObjectList(conditions, heading=_("Costs and conditions")),
        ObjectList(contact, heading=_("Contact and places")),
        ObjectList(ReadingVersionsMixin.promote_panels, heading=_("Promote")),
        ObjectList(Page.settings_panels, heading=_("Settings")),
    ],
    base_form_class=PublishingForm,
)
