"""Numbers to call in a crisis, shown at the top of pages about sensitive topics."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from ..translation import SourceRowMixin


class CrisisNumber(SourceRowMixin, index.Indexed, models.Model):
    """A number that helps at once. It is plain text: short ones such as 112 are no full phone numbers."""

    fact_fields = ("phone", "url", "order")

    name = models.CharField(_("name"), max_length=120, help_text=_("Who answers: “Emergency services”."))
    audience = models.CharField(
        _("who it is for"),
        max_length=200,
        blank=True,
        help_text=_("In a few words: “When life is in danger”."),
    )
    opening = models.CharField(
        _("when it is open"), max_length=120, blank=True, help_text=_("“Day and night”, “Daily 11 to 23”.")
    )
    phone = models.CharField(
        _("phone"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[0-9][0-9 ]*$", _("Write digits and spaces only, such as 112 or +45 68 00 12 34.")
            )
        ],
    )
    url = models.URLField(
        _("website"),
        max_length=500,
        blank=True,
        help_text=_("Where help can be had in writing, such as a chat."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=10, help_text=_("The smallest number stands first.")
    )

    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("audience"),
        TranslatableField("opening"),
    ]
    search_fields = [index.SearchField("name"), index.FilterField("locale_id")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("crisis number")
        verbose_name_plural = _("crisis numbers")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.phone = " ".join(self.phone.split())
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.is_source and not (self.phone or self.url):
            raise ValidationError({"phone": _("Give a phone number, a website or both.")})

    @property
    def tel(self) -> str:
        """An address to call it."""
        return f"tel:{self.facts.phone.replace(' ', '')}" if self.facts.phone else ""
