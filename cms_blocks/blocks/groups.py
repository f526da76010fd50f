"""The groups in which editors find the blocks."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Text")
LISTS = _("Lists and tables")
PEOPLE = _("People and opening hours")
MEDIA = _("Pictures and files")
LINKS = _("Links")
