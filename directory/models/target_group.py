"""Whom entries are for: a small vocabulary, and the groups each entry names."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms_blocks.models.shared_slug import SharedSlugMixin

from .entry import Entry

SLUG_TAKEN = _("Another target group has this address. Choose a different one.")


class TargetGroup(SharedSlugMixin, models.Model):
    """Relatives, young people, newcomers … Its slug is the same in every language."""

    default_slug = "group"
    slug_taken = SLUG_TAKEN

    label = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        blank=True,
        help_text=_(
            "Part of web addresses, the same in every language. Leave empty to make it from the name."
        ),
    )

    translatable_fields = [TranslatableField("label"), SynchronizedField("slug", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="torv_directory_targetgroup_translation"
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(source_row__isnull=True),
                name="torv_directory_targetgroup_source_slug",
                violation_error_message=SLUG_TAKEN,
            ),
        ]
        unique_together = ()

    def __str__(self) -> str:
        return self.label


class EntryTargetGroup(Orderable):
    """A target group an entry names; always the group's source row."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="entry_target_groups")
    target_group = models.ForeignKey(
        TargetGroup,
        verbose_name=_("target group"),
        on_delete=models.CASCADE,
        related_name="entry_target_groups",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "target_group"], name="torv_directory_entrytargetgroup_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.target_group)

    def clean(self) -> None:
        super().clean()
        self._use_source_group()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._use_source_group()
        super().save(*args, **kwargs)

    def _use_source_group(self) -> None:
        if self.target_group_id:
            self.target_group = self.target_group.facts
