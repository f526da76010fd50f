"""The directory page for sites on Wagtail's own base page; behaviour is in `directory.page_mixins`."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from directory.page_mixins import DirectoryPageMixin


class DirectoryPage(DirectoryPageMixin, Page):
    page_description = _("Lists the entries of the directory and gives each a page.")

    class Meta:
        verbose_name = _("directory page")
        verbose_name_plural = _("directory pages")
