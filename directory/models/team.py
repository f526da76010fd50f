"""Who meets people at an entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from .entry import Entry


class TeamMember(Orderable):
    """A person. Citizens see staff alone; the names of all others stay in the admin, and none is indexed."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="team_members")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True)
    is_staff = models.BooleanField(
        _("is employed here"),
        default=False,
        help_text=_("Only staff are shown to citizens. A volunteer's name stays in the admin."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("team member")
        verbose_name_plural = _("team members")

    def __str__(self) -> str:
        return self.name
