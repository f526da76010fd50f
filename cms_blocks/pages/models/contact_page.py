"""A page with a form, with its fields."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import ContactRow, TopicRow
from ...page_mixins.contact_page import ContactFormFieldRow, ContactPageMixin
from .base import TorvPage


class ContactPage(ContactPageMixin, TorvPage):
    page_description = _("Contact persons and a form that citizens can send.")

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")


class ContactPageField(ContactFormFieldRow):
    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="form_fields")

    class Meta(ContactFormFieldRow.Meta):
        abstract = False


class ContactPageContact(ContactRow):
    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False


class ContactPageTopic(TopicRow):
    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False
