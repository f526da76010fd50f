"""Who meets people at an entry."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms_blocks.models import PersonRowMixin, PrivatePerson, Scope

from .entry import Entry


class TeamMember(PersonRowMixin, Orderable):
    """Staff by name, or a private person who is shown while name and membership are agreed to."""

    needs = (Scope.NAME, Scope.MEMBERSHIP)

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="team_members")
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Of staff only. A volunteer is a private person.")
    )
    role = models.CharField(_("role"), max_length=120, blank=True)
    is_staff = models.BooleanField(
        _("is employed here"), default=False, help_text=_("Staff are shown to citizens by their name.")
    )
    person = models.ForeignKey(  # type: ignore[assignment]  # staff have none
        PrivatePerson,
        verbose_name=_("private person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_(
            "A volunteer is shown only while there are consents for the name and for the membership."
        ),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("team member")
        verbose_name_plural = _("team members")

    def __str__(self) -> str:
        return self.name if self.is_staff else str(self.person or _("Volunteer"))

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.person_id and (self.name or self.is_staff):
            errors["person"] = _("Give staff a name, or choose a private person, not both.")
        elif not self.person_id and not self.name:
            errors["name"] = _("Give the name of staff, or choose a private person.")
        elif self.name and not self.is_staff:
            errors["name"] = _(
                "A volunteer's name belongs to the private persons: choose the person there instead."
            )
        if errors:
            raise ValidationError(errors)
