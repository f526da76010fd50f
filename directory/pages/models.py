"""Pages for sites on Wagtail's own base page; behaviour is in `page_mixins`."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from directory.page_mixins import DirectoryPageMixin, TopicIndexPageMixin


class DirectoryPage(DirectoryPageMixin, Page):
    page_description = _("Lists the entries of the directory and gives each a page.")

    class Meta:
        verbose_name = _("directory page")
        verbose_name_plural = _("directory pages")


class TopicIndexPage(TopicIndexPageMixin, Page):
    page_description = _("Lists the topics and gives each a page with all that carries it.")

    class Meta:
        verbose_name = _("topic page")
        verbose_name_plural = _("topic pages")
