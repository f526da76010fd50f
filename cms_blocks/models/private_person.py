"""Private persons: who runs or joins a group, tells a story, is quoted. Kept once, and erased once."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.images import get_image_model_string

from .confidential import ConfidentialCollection

#: Who may see private persons in the admin, with their consents.
VIEW_PERSONS = "torv_blocks.view_privateperson"
CHANGE_PERSONS = "torv_blocks.change_privateperson"

#: What is known of a person, besides the consents. Nothing of it enters a revision, a dump or a log.
PERSONAL_FIELDS = ("name", "email", "phone", "photo", "note")


class PrivatePerson(ClusterableModel):
    """Everything else refers to the row by its number, so that no copy of a name is ever made.

    Readers see of it what a valid `Consent` covers: ask `cms_blocks.consents`, never the fields.
    """

    name = models.CharField(_("name"), max_length=120, serialize=False)
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        serialize=False,
        help_text=_("Messages from a group's contact form can go to it without anybody seeing it."),
    )
    phone = PhoneNumberField(_("phone"), blank=True, serialize=False)
    photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        serialize=False,
    )
    note = models.TextField(
        _("note"),
        blank=True,
        serialize=False,
        help_text=_("For colleagues. Readers never see it; the person does, under “My data”."),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("login"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="private_person",
        serialize=False,
        help_text=_("With it this person sees under “My data” what is kept, and can withdraw a consent."),
    )

    class Meta:
        verbose_name = _("private person")
        verbose_name_plural = _("private persons")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        """Without the name: this is what logs, lists of usage and other people's forms print."""
        return gettext("Person %(number)s") % {"number": self.pk or ""}

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if self.photo is not None:
            ConfidentialCollection.take_in(self.photo)
