"""Which fields an editor sees, and in which order."""

from typing import Any

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

from cms_blocks.panels import FactsNotePanel

from .forms import EntryForm, EntryTopicFormSet


class FactsInlinePanel(InlinePanel):
    """An inline panel that is left out where the form has no such rows: on a translation."""

    def __init__(self, *args: Any, formset: type[BaseChildFormSet] = BaseChildFormSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formset = formset

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "formset": self.formset}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset
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


_location = [
    FieldPanel("address_1"),
    FieldPanel("address_2"),
    FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
    FieldRowPanel([FieldPanel("region"), FieldPanel("country")]),
    FieldRowPanel(
        [FieldPanel("latitude"), FieldPanel("longitude")], help_text=_("In degrees, for a map. Optional.")
    ),
]

_texts = [
    FactsNotePanel(what=_("Kind, contact, places, topics and dates")),
    FieldPanel("kind", required_on_save=True),
    FieldPanel("name", required_on_save=True),
    FieldPanel("summary"),
    FieldPanel("description"),
    FactsInlinePanel("entry_topics", [FieldPanel("topic")], label=_("Topic"), formset=EntryTopicFormSet),
]

_reach = [
    MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")], heading=_("Contact")),
    FactsInlinePanel("locations", _location, label=_("Place")),
]

_administration = [
    FieldPanel("assured_on"),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("visible_from"), FieldPanel("visible_to")])],
        heading=_("Shown to citizens"),
    ),
    MultiFieldPanel([FieldPanel("slug"), FieldPanel("external_id")], heading=_("Web address and origin")),
    PublishingPanel(),
]

entry_edit_handler = TabbedInterface(
    [
        ObjectList(_texts, heading=_("Description")),
        ObjectList(_reach, heading=_("Contact and places")),
        ObjectList(_administration, heading=_("Administration")),
    ],
    base_form_class=EntryForm,
)
