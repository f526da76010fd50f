"""Rows of private persons in the forms of pages and entries."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from .models import PrivatePerson
from .private_person_viewset import may_see_persons


class PersonRowForm(WagtailAdminModelForm):
    """Who may not see private persons sees a number, and cannot put anybody else there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].widget.reader = self.for_user

    def clean_person(self) -> PrivatePerson | None:
        person: PrivatePerson | None = self.cleaned_data["person"]
        if "person" in self.changed_data and person and not may_see_persons(self.for_user):
            raise ValidationError(_("You may not choose private persons. Ask those who keep the directory."))
        return person


class PersonInlinePanel(InlinePanel):
    """Rows that name a private person, or may."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": PersonRowForm, "inherit_kwargs": ["for_user"]}
        return options
