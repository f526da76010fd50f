"""What citizens want to talk about at a meeting."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ThemeStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    WORKING_GROUP = "working_group", _("Working group")
    DECLINED = "declined", _("Declined")


class Theme(models.Model):
    """A theme proposed for an edition of a meeting. Readers see those that are accepted or working groups."""

    Status = ThemeStatus
    #: `erase_person` and `export_person` look here too.
    may_name_persons = True

    # The page of the first language, so that a theme belongs to the meeting in all its languages.
    edition = models.ForeignKey(
        Page, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="themes"
    )
    title = models.CharField(_("theme"), max_length=120)
    text = models.TextField(_("more about it"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=16, choices=ThemeStatus, default=ThemeStatus.PROPOSED, db_index=True
    )
    proposer_name = models.CharField(
        _("proposed by"),
        max_length=80,
        blank=True,
        help_text=_("Private. It is deleted some weeks after the meeting."),
    )
    name_is_public = models.BooleanField(
        _("the name may be shown"),
        default=False,
        help_text=_("Only the person who proposed it decides this."),
    )
    number = models.PositiveSmallIntegerField(
        _("number of the working group"),
        null=True,
        blank=True,
        help_text=_("Leave empty to take the next number."),
    )
    host = models.CharField(
        _("host"), max_length=120, blank=True, help_text=_("Who leads the working group. Shown on the page.")
    )
    room = models.CharField(_("room"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="torv_theme_number",
                violation_error_message=_("Another working group of this meeting has this number."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.edition_id = _first_language(self.edition_id)
        if self.status != ThemeStatus.WORKING_GROUP:
            self.number = None
        elif self.number is None:
            used = Theme.objects.filter(edition=self.edition_id).aggregate(last=Max("number"))["last"]
            self.number = (used or 0) + 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.edition_id and not getattr(self.edition.specific_class, "is_event_edition", False):
            raise ValidationError({"edition": _("Choose a meeting: this page is not one.")})
        if self.number is not None and self.status != ThemeStatus.WORKING_GROUP:
            raise ValidationError({"number": _("Only a working group has a number.")})

    @property
    def shown_name(self) -> str:
        return self.proposer_name if self.name_is_public else ""


def _first_language(page_id: int) -> int:
    """The page in the language it was first written in."""
    key = Page.objects.filter(pk=page_id).values("translation_key")
    rows = Page.objects.filter(translation_key__in=key, alias_of=None).order_by("pk")
    return rows.values_list("pk", flat=True).first() or page_id
