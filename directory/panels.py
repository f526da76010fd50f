"""Which fields an editor sees, and in which order."""

from typing import Any

from django import forms
from django.forms import ModelForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from cms_blocks.comparisons import ChoiceListPanel
from cms_blocks.panels import FactsNotePanel
from cms_blocks.person_panels import PersonRowForm

from . import host_fields
from .facet_panels import FacetChoicesPanel
from .forms import (
    EntryForm,
    EntryRelationFormSet,
    EntryTargetGroupFormSet,
    EntryTopicFormSet,
    LocationForm,
)
from .meetings import next_of
from .ownership import CHANGE_ENTRY
from .position_panel import PositionPanel

#: How many dates an editor sees.
NEXT_DATES = 5


class FactsInlinePanel(InlinePanel):
    """An inline panel that is left out where the form has no such rows: on a translation."""

    def __init__(
        self,
        *args: Any,
        formset: type[BaseChildFormSet] = BaseChildFormSet,
        form: type[ModelForm[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.formset = formset
        self.form = form

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "formset": self.formset, "form": self.form}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset
        if self.form:
            options["formsets"][self.relation_name] |= {"form": self.form, "inherit_kwargs": ["for_user"]}
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form = kwargs["form"]
            self.is_left_out = form is not None and kwargs["panel"].relation_name not in form.formsets
            if self.is_left_out:
                Panel.BoundPanel.__init__(self, **kwargs)
            else:
                super().__init__(**kwargs)

        def is_shown(self) -> bool:
            return not self.is_left_out


class NextDatesPanel(Panel):
    """The next five dates of a meeting time; a script brings them up to date while the editor types."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "torv_directory/admin/next_dates.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            schedule = self.instance if self.instance and self.instance.pk else None
            return {
                **context,
                "dates": next_of([schedule], NEXT_DATES) if schedule else (),
                "words": str(schedule) if schedule else "",
                "address": reverse("torv_directory_next_dates"),
            }


_location = [
    FieldPanel("location_type"),
    FieldPanel("address_1"),
    FieldPanel("address_2"),
    FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
    FieldRowPanel([FieldPanel("region"), FieldPanel("country")]),
    FieldRowPanel(
        [FieldPanel("latitude"), FieldPanel("longitude")], help_text=_("In degrees, for a map. Optional.")
    ),
    PositionPanel(),
    FieldPanel("approximate"),
    ChoiceListPanel("facilities"),
    FieldPanel(
        "accessibility_description",
        help_text=_(
            "Such as “Ring the bell at the back door”. Not shown where citizens see the neighbourhood only."
        ),
    ),
    FieldPanel("accessibility_url"),
    FieldPanel(
        "transportation",
        help_text=_("Buses, stops, parking. Not shown where citizens see the neighbourhood only."),
    ),
]

_schedule = [
    FieldRowPanel([FieldPanel("interval"), FieldPanel("freq")]),
    ChoiceListPanel("byday"),
    ChoiceListPanel("bysetpos"),
    FieldPanel("bymonthday"),
    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    FieldRowPanel([FieldPanel("dtstart"), FieldPanel("until")]),
    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    FieldRowPanel([FieldPanel("except_dates"), FieldPanel("extra_dates")]),
    FieldPanel("timezone"),
    FieldPanel("note"),
    NextDatesPanel(heading=_("The next dates")),
]

_texts = [
    FactsNotePanel(what=_("Kind, contact, places, topics and dates")),
    FieldPanel("kind", required_on_save=True),
    FieldPanel("name", required_on_save=True),
    FieldPanel("alternate_names"),
    FieldPanel("status"),
    FieldPanel("alert"),
    FieldPanel("summary"),
    FieldPanel("description"),
    FieldPanel("purposes"),
    FieldPanel("logo"),
    FactsInlinePanel("entry_topics", [FieldPanel("topic")], label=_("Topic"), formset=EntryTopicFormSet),
]

_people = [
    FactsInlinePanel(
        "entry_target_groups",
        [FieldPanel("target_group")],
        label=_("Target group"),
        formset=EntryTargetGroupFormSet,
    ),
    FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("maximum_age")]),
    FieldPanel("eligibility_description"),
    FieldPanel("ineligibility_info"),
    FieldPanel("needs_referral"),
    FacetChoicesPanel(heading=_("Filters of your own")),
    ChoiceListPanel("languages"),
]

_joining = [
    ChoiceListPanel("offer_forms"),
    FieldPanel("attendance_option"),
    FieldRowPanel([FieldPanel("conference_url"), FieldPanel("conference_phone")]),
    FieldPanel("application_process"),
    FieldPanel("response_time"),
    FieldRowPanel(
        [FieldPanel("capacity_available"), FieldPanel("capacity_maximum"), FieldPanel("capacity_updated_on")]
    ),
    FactsInlinePanel(
        "cost_options",
        [FieldPanel("option"), FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")])],
        label=_("Cost"),
    ),
]

_organisation = [
    FieldPanel("team_description"),
    FactsInlinePanel(
        "team_members",
        [FieldPanel("name"), FieldPanel("role"), FieldPanel("is_staff"), FieldPanel("person")],
        label=_("Team member"),
        form=PersonRowForm,
    ),
    FieldPanel("legal_form"),
    FieldPanel("organisation_identifier"),
    FieldRowPanel([FieldPanel("founded_year"), FieldPanel("members_count")]),
    FactsInlinePanel(
        "relations",
        [FieldPanel("kind"), FieldPanel("to_entry")],
        label=_("Relation"),
        formset=EntryRelationFormSet,
        help_text=_("Memberships and supporters. They are shown on the pages of both."),
    ),
]

_reach = [
    MultiFieldPanel(
        [
            FieldPanel("phone"),
            FieldPanel("email"),
            FieldPanel("contact_by"),
            FieldPanel("website"),
            FieldPanel("social_media", widget=forms.Textarea(attrs={"rows": 3})),
        ],
        heading=_("Contact"),
    ),
    FactsInlinePanel(
        "contacts",
        [FieldPanel("person"), FieldPanel("role")],
        label=_("Private contact person"),
        form=PersonRowForm,
        help_text=_("Readers see of each what the consents allow, and only while they hold."),
    ),
    FactsInlinePanel("locations", _location, label=_("Place"), form=LocationForm),
    FactsInlinePanel("schedules", _schedule, label=_("Meeting time")),
]

_administration = [
    FieldRowPanel([FieldPanel("assured_on"), FieldPanel("assured_by")]),
    FieldRowPanel([FieldPanel("last_contact_on"), FieldPanel("feedback_email")]),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("visible_from"), FieldPanel("visible_to")])],
        heading=_("Shown to citizens"),
    ),
    MultiFieldPanel([FieldPanel("slug"), FieldPanel("external_id")], heading=_("Web address and origin")),
    FieldPanel("owner", permission=CHANGE_ENTRY),
    PublishingPanel(),
]


def entry_edit_handler() -> TabbedInterface:
    """Made once all apps are loaded: the host's panels come in a tab of their own."""
    hosts = [_host_panel(fields) for fields in host_fields.sound() if fields.panels]
    return TabbedInterface(
        [
            ObjectList(_texts, heading=_("Description")),
            ObjectList(_reach, heading=_("Contact, places and times")),
            ObjectList(_people, heading=_("For whom")),
            ObjectList(_joining, heading=_("Taking part")),
            ObjectList(_organisation, heading=_("Organisation")),
            *([ObjectList(hosts, heading=_("More"))] if hosts else []),
            ObjectList(_administration, heading=_("Administration")),
        ],
        base_form_class=EntryForm,
    )


def _host_panel(fields: host_fields.HostFields) -> FactsInlinePanel:
    return FactsInlinePanel(
        fields.relation, list(fields.panels), heading=fields.heading, label=fields.heading, max_num=1
    )
