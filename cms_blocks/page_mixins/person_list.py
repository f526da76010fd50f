"""Contact persons by department."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from .. import references
from ..models import ContactPerson
from .base import SummaryMixin, TorvPageMixin
from .rows import contacts_panel


class PersonListPageMixin(TorvPageMixin, SummaryMixin):
    """Everybody of some departments, and those chosen by hand. Needs child rows `contact_rows`."""

    torv_template = "torv_pages/person_list_page.html"
    search_kind = "persons"
    kind_label = _("Contact persons")

    departments = models.TextField(
        _("departments"),
        blank=True,
        help_text=_("One a line, written as on the contact persons: all of each department are shown."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("departments"),
        contacts_panel(),
        FieldPanel("body"),
    ]
    override_translatable_fields = [SynchronizedField("departments", overridable=False)]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        contact_rows: Any
        locale_id: int

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "groups": self.groups()}

    def groups(self) -> list[tuple[str, list[references.Contact]]]:
        """(department, its persons); those without one come last."""
        wanted = [line.strip() for line in self.departments.splitlines() if line.strip()]
        members = ContactPerson.objects.filter(source_row=None, archived=False, department__in=wanted)
        keys = [row.person_id for row in self.contact_rows.all()]
        keys += members.order_by("name").values_list("pk", flat=True)
        contacts = references.contacts_of(keys, self.locale_id)
        contacts.sort(key=lambda contact: (not contact.department, contact.department))
        return [(name, list(found)) for name, found in groupby(contacts, key=lambda one: one.department)]
