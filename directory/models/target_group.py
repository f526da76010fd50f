"""Whom entries are for: a small vocabulary, and the groups each entry names."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms_blocks.slugs import free_slug, slug_of
from cms_blocks.translation import SourceRowMixin

from .entry import Entry

SLUG_TAKEN = _("Another target group has this address. Choose a different one.")


class TargetGroup(SourceRowMixin, models.Model):
    """Relatives, young people, newcomers … Its slug is the same in every language."""

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._complete_slug()
        super().save(*args, **kwargs)
        if self.is_source:
            self.translation_rows.exclude(slug=self.slug).update(slug=self.slug)

    def clean(self) -> None:
        super().clean()
        self._complete_slug()
        if self.is_source and self._other_sources().filter(slug=self.slug).exists():
            raise ValidationError({"slug": SLUG_TAKEN})

    def _other_sources(self) -> "models.QuerySet[TargetGroup]":
        return TargetGroup.objects.filter(source_row=None).exclude(pk=self.pk)

    def _complete_slug(self) -> None:
        if not self.is_source:
            self.slug = self.facts.slug
        elif not self.slug:
            taken = set(self._other_sources().values_list("slug", flat=True))
            self.slug = free_slug(slug_of(self.label, 120) or "group", taken, 120)


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
