"""A page that leads to the pages below it."""

from django.utils.translation import gettext_lazy as _

from ...page_mixins import SectionPageMixin
from .base import TorvPage


class SectionPage(SectionPageMixin, TorvPage):
    page_description = _("Leads to the pages below it and shows each as a card.")

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")
