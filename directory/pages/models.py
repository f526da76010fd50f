"""The directory page for sites on Wagtail's own base page."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from directory.page_mixins import DirectoryPageMixin


class DirectoryPage(DirectoryPageMixin, Page):
    class Meta:
        verbose_name = _("directory page")
        verbose_name_plural = _("directory pages")
