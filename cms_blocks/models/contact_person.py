"""Members of staff, used by reference."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from ..translation import SourceRowMixin

NO_CONTACT = _("Give at least one way of contact: e-mail, phone or mobile.")


class ContactPerson(SourceRowMixin, index.Indexed, models.Model):
    """A member of staff, used by reference on pages. At least one way of contact is required."""

    fact_fields = ("email", "phone", "mobile", "photo")

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    department = models.CharField(_("department"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    mobile = PhoneNumberField(_("mobile"), blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    translatable_fields = [
        SynchronizedField("name", overridable=False),
        TranslatableField("role"),
        TranslatableField("department"),
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
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.is_source and not (self.email or self.phone or self.mobile):
            raise ValidationError({"email": NO_CONTACT})
