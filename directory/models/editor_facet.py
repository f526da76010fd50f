"""Facets that editors make: what a directory can be narrowed by besides what is built in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms_blocks.models.shared_slug import SharedSlugMixin
from cms_blocks.slugs import free_slug, slug_of

from .entry import Entry

#: The index has room for so many characters of a facet's name.
FACET_SLUG_LENGTH = 40
VALUE_SLUG_LENGTH = 120

FACET_TAKEN = _("Another filter has this address. Choose a different one.")
VALUE_TAKEN = _("Another choice of this filter has this address. Choose a different one.")
KEPT = _("Links lead to this address, so it stays “%(slug)s”. Delete this and make a new one instead.")
RESERVED = _("“%(slug)s” has another meaning in the addresses of the site. Choose a different one.")


def check_kept(row: models.Model, slug: str) -> None:
    """Raises ValidationError where a row that is already stored has another slug than before."""
    stored = type(row)._default_manager.filter(pk=row.pk).values_list("slug", flat=True).first()
    if stored and stored != slug:
        raise ValidationError({"slug": KEPT % {"slug": stored}})


class EditorFacet(SharedSlugMixin, ClusterableModel):
    """A filter with its choices. Its slug is a parameter of the directory's address, in every language."""

    default_slug = "filter"
    slug_taken = FACET_TAKEN
    slug_length = FACET_SLUG_LENGTH

    label = models.CharField(_("name"), max_length=80, help_text=_("Heading above the choices."))
    slug = models.SlugField(
        _("address"),
        max_length=FACET_SLUG_LENGTH,
        blank=True,
        help_text=_(
            "Part of web addresses, the same in every language; it cannot be changed later. "
            "Leave empty to make it from the name."
        ),
    )

    translatable_fields = [
        TranslatableField("label"),
        TranslatableField("facet_values"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("filter")
        verbose_name_plural = _("filters")
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="torv_directory_editorfacet_translation"
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(source_row__isnull=True),
                name="torv_directory_editorfacet_source_slug",
                violation_error_message=FACET_TAKEN,
            ),
        ]
        unique_together = ()

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        from ..facets import reserved_names

        super().clean()
        if self.is_source:
            check_kept(self, self.slug)
            if self.slug in reserved_names():
                raise ValidationError({"slug": RESERVED % {"slug": self.slug}})


class EditorFacetValue(TranslatableMixin, Orderable):
    """A choice of a filter; those of a translated filter hold the names in its language.

    A choice is known everywhere by the row that belongs to the filter's source row.
    """

    facet = ParentalKey(EditorFacet, on_delete=models.CASCADE, related_name="facet_values")
    label = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=VALUE_SLUG_LENGTH,
        blank=True,
        help_text=_("Leave empty to make it from the name. It cannot be changed later."),
    )

    translatable_fields = [TranslatableField("label"), SynchronizedField("slug", overridable=False)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [
            models.UniqueConstraint(
                fields=["facet", "slug"],
                name="torv_directory_editorfacetvalue_slug",
                violation_error_message=VALUE_TAKEN,
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.slug:
            check_kept(self, self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            others = EditorFacetValue.objects.filter(facet=self.facet_id).exclude(pk=self.pk)
            self.slug = free_value_slug(self.label, set(others.values_list("slug", flat=True)))
        super().save(*args, **kwargs)


def free_value_slug(label: str, taken: set[str]) -> str:
    return free_slug(slug_of(label, VALUE_SLUG_LENGTH) or "choice", taken, VALUE_SLUG_LENGTH)


class EntryFacetValue(Orderable):
    """A choice that holds for an entry; always of the filter's source row."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="entry_facet_values")
    value = models.ForeignKey(
        EditorFacetValue,
        verbose_name=_("choice"),
        on_delete=models.CASCADE,
        related_name="entry_facet_values",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("choice of a filter")
        verbose_name_plural = _("choices of filters")
        constraints = [
            models.UniqueConstraint(fields=["entry", "value"], name="torv_directory_entryfacetvalue_once")
        ]

    def __str__(self) -> str:
        return f"{self.value.facet}: {self.value}"
