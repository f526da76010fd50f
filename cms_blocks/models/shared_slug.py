"""Vocabularies that addresses and filters know by a slug."""

from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from ..slugs import free_slug, slug_of
from ..translation import SourceRowMixin

SLUG_LENGTH = 120


class SharedSlugMixin(SourceRowMixin):
    """A term with a field `slug` that is the same in every language, made of the name where it is empty.

    `default_slug` stands in where the name has no letter an address could be made of.
    """

    default_slug: str
    slug_length = SLUG_LENGTH
    slug_taken: Any = _("This address is taken. Choose a different one.")

    class Meta(TranslatableMixin.Meta):
        abstract = True

    if TYPE_CHECKING:
        slug: Any

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._complete_slug()
        super().save(*args, **kwargs)
        if self.is_source:
            self.translation_rows.exclude(slug=self.slug).update(slug=self.slug)

    def clean(self) -> None:
        super().clean()
        self._complete_slug()
        if self.is_source and self._other_sources().filter(slug=self.slug).exists():
            raise ValidationError({"slug": self.slug_taken})

    def _other_sources(self) -> "models.QuerySet[Self]":
        rows: models.QuerySet[Self] = type(self)._default_manager.filter(source_row=None)
        return rows.exclude(pk=self.pk)

    def _complete_slug(self) -> None:
        """A translation has its source's slug; a source without one gets one of its name."""
        if not self.is_source:
            self.slug = self.facts.slug
        elif not self.slug:
            wanted = slug_of(str(self), self.slug_length) or self.default_slug
            taken = self._other_sources().filter(slug__startswith=wanted[:100])
            self.slug = free_slug(wanted, set(taken.values_list("slug", flat=True)), self.slug_length)
