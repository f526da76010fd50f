"""Members of staff, used by reference."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.images import get_image_model_string
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from ..translation import SourceRowMixin

NO_CONTACT = _("Give at least one way of contact: e-mail, phone or mobile.")


#: Who may see and change the private ways of contact.
VIEW_PRIVATE = "torv_blocks.view_private_contact"

#: Never printed, searched, exported or sent: for colleagues with `VIEW_PRIVATE`, in the edit form alone.
PRIVATE_FIELDS = ("private_email", "private_phone", "private_note")


class ContactPerson(SourceRowMixin, index.Indexed, models.Model):
    """A member of staff, used by reference on pages. At least one way of contact is required."""

    fact_fields = ("email", "phone", "mobile", "website", "photo", "archived", *PRIVATE_FIELDS)

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    department = models.CharField(_("department"), max_length=160, blank=True)
    organisation = models.CharField(
        _("organisation"),
        max_length=160,
        blank=True,
        help_text=_("Only where it is not the municipality itself."),
    )
    area_of_responsibility = models.CharField(
        _("area of responsibility"),
        max_length=300,
        blank=True,
        help_text=_("What people can ask this person about."),
    )
    opening_hours = models.TextField(
        _("opening hours"),
        blank=True,
        help_text=_("When this person can be reached. One line for each part of the week."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    mobile = PhoneNumberField(_("mobile"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    archived = models.BooleanField(
        _("archived"),
        default=False,
        help_text=_("No longer shown on any page, and no longer offered to editors."),
    )
    # Not serialised, so that no copy of them reaches a translation's source, a revision or a dump.
    private_email = models.EmailField(_("private e-mail"), blank=True, serialize=False)
    private_phone = PhoneNumberField(_("private phone"), blank=True, serialize=False)
    private_note = models.TextField(_("private note"), blank=True, serialize=False)

    translatable_fields = [
        SynchronizedField("name", overridable=False),
        TranslatableField("role"),
        TranslatableField("department"),
        TranslatableField("organisation"),
        TranslatableField("area_of_responsibility"),
        TranslatableField("opening_hours"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["name"]
        permissions = [("view_private_contact", _("Can see and change private ways of contact"))]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="torv_blocks_person_translation",
                violation_error_message=_("This person is already translated into that language."),
            ),
            # A translation has no ways of contact of its own.
            models.CheckConstraint(
                condition=models.Q(source_row__isnull=False) | ~models.Q(email="", phone="", mobile=""),
                name="torv_blocks_person_contact",
                violation_error_message=NO_CONTACT,
            ),
        ]
        unique_together = ()

    def __str__(self) -> str:
        """For editors: wherever a person is chosen, they see that readers do not see it."""
        if self.facts.archived:
            return pgettext("contact person", "%s (archived, not shown)") % self.name
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.is_source and not (self.email or self.phone or self.mobile):
            raise ValidationError({"email": NO_CONTACT})
