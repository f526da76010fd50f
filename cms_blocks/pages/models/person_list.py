"""Contact persons by department."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import ContactRow, PersonListPageMixin
from .base import TorvPage


class PersonListPage(PersonListPageMixin, TorvPage):
    page_description = _("Contact persons by department.")

    class Meta:
        verbose_name = _("person list page")
        verbose_name_plural = _("person list pages")


class PersonListPageContact(ContactRow):
    page = ParentalKey(PersonListPage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False
