"""What a private person agreed to, since when and until when."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model_string

from .confidential import ConfidentialCollection
from .private_person import PrivatePerson


class Scope(models.TextChoices):
    """What may be shown. Membership of a group can reveal somebody's health, so it is asked for apart."""

    NAME = "name", _("Name")
    PHOTO = "photo", _("Photo")
    PHONE = "phone", _("Phone")
    EMAIL = "mail", _("E-mail")
    MEMBERSHIP = "membership", _("Membership")
    QUOTE = "quote", _("Quote")
    STORY = "story", _("Story")


class Basis(models.TextChoices):
    """Why it may be shown. Who is employed or holds a public office for it need not be asked."""

    CONSENT = "consent", _("Consent")
    EMPLOYMENT = "employment", _("Employment")
    PUBLIC_OFFICE = "public-office", _("Public office")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def valid(self, scope: str = "", on: date | None = None) -> Self:
        """In force on that day (today): compared with the dates, so an end needs no job to take effect."""
        day = on or timezone.localdate()
        begun = Q(given_on__lte=day) | Q(given_on=None) & ~Q(basis=Basis.CONSENT)
        running = Q(expires_on__gt=day) | Q(expires_on=None) & ~Q(basis=Basis.CONSENT)
        found = self.filter(begun, running, withdrawn_on=None)
        return found.filter(scope=scope) if scope else found

    def ended(self, on: date | None = None) -> Self:
        """Withdrawn or expired, and no newer one in force that covers the same."""
        day = on or timezone.localdate()
        over = self.filter(Q(withdrawn_on__isnull=False) | Q(expires_on__lte=day))
        return over.exclude(_renewed(day))

    def waiting(self, on: date | None = None) -> Self:
        """Of the ended ones those about which nobody has decided anything."""
        return self.ended(on).filter(dealt_with_on=None)

    def ending(self, before: date, on: date | None = None) -> Self:
        """In force, but not any more on the day `before`, and not renewed for longer."""
        day = on or timezone.localdate()
        return self.valid(on=day).filter(expires_on__lte=before).exclude(_renewed(before))


def _renewed(day: date) -> models.Exists:
    same = Consent.objects.valid(on=day).filter(person=models.OuterRef("person"))
    return models.Exists(same.filter(scope=models.OuterRef("scope")).exclude(pk=models.OuterRef("pk")))


class Consent(models.Model):
    """One scope of one person; a renewal is a new row, so that it stays known what held when."""

    person = ParentalKey(
        PrivatePerson, verbose_name=_("person"), on_delete=models.CASCADE, related_name="consents"
    )
    scope = models.CharField(_("what may be shown"), max_length=20, choices=Scope)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis, default=Basis.CONSENT)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    expires_on = models.DateField(
        _("expires on"), null=True, blank=True, help_text=_("From this day on it is no longer shown.")
    )
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("Fill in the day when somebody changes their mind. It is gone as soon as you save."),
    )
    evidence = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("evidence"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The signed form or the letter. Only who may see private persons can open it."),
    )
    end_told_on = models.DateField(null=True, editable=False)
    #: When somebody decided to leave the end as it is.
    dealt_with_on = models.DateField(_("dealt with on"), null=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["person", "scope", "-given_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_scope_display()}: {self.person}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A day of withdrawal that is taken back or an end that is put off is told anew when it comes."""
        if not self.ends_on or self.ends_on > timezone.localdate():
            self.end_told_on = self.dealt_with_on = None
        super().save(*args, **kwargs)
        if self.evidence is not None:
            ConfidentialCollection.take_in(self.evidence)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.basis == Basis.CONSENT and not self.given_on:
            errors["given_on"] = _("Say when the consent was given.")
        if self.basis == Basis.CONSENT and not self.expires_on:
            errors["expires_on"] = _("Say when the consent expires.")
        elif self.given_on and self.expires_on and self.expires_on <= self.given_on:
            errors["expires_on"] = _("It must expire after the day it was given.")
        if self.withdrawn_on and self.withdrawn_on > timezone.localdate():
            errors["withdrawn_on"] = _("This day is still to come. For a later end use “expires on”.")
        if errors:
            raise ValidationError(errors)

    @property
    def ends_on(self) -> date | None:
        return min(filter(None, (self.withdrawn_on, self.expires_on)), default=None)

    @property
    def waits(self) -> bool:
        """Of an ended row at hand that is not renewed; the same as `ConsentQuerySet.waiting`."""
        is_over = self.ends_on is not None and self.ends_on <= timezone.localdate()
        return is_over and self.dealt_with_on is None

    @property
    def is_valid(self) -> bool:
        """For rows at hand; the same as `ConsentQuerySet.valid`."""
        day = timezone.localdate()
        asked = self.basis == Basis.CONSENT
        begun = self.given_on <= day if self.given_on else not asked
        running = self.expires_on > day if self.expires_on else not asked
        return begun and running and self.withdrawn_on is None
