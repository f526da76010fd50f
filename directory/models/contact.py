"""Private persons whom readers may turn to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms_blocks.models import PersonRowMixin

from .entry import Entry


class EntryContact(PersonRowMixin, Orderable):
    """Shown with what the person agreed to: name, phone and e-mail each on its own."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("What to ask this person about, without names.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("contact of the group")
        verbose_name_plural = _("contacts of groups")

    def __str__(self) -> str:
        return f"{self.person}, {self.role}" if self.role else str(self.person)
