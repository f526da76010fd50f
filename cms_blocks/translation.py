"""Facts are stored once: on the row of the source language, which every translation points at."""

from typing import Any, Self, cast

from django.db import models
from wagtail.models import Locale, TranslatableMixin


class SourceRowMixin(TranslatableMixin):
    """A translatable model whose facts (numbers, places, relations) live on its source row alone.

    A translation carries texts only. Read facts through `facts`, never from the translation itself:
    `entry.facts.phone`. `fact_fields` and `fact_relations` (child relations) name them, so that a
    translation does not receive copies that would grow old, and its form does not show them.
    """

    fact_fields: tuple[str, ...] = ()
    fact_relations: tuple[str, ...] = ()

    source_row = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="translation_rows",
    )
    # A translation is no use of its source: lists of usage and protection from deletion leave it out.
    source_row.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @property
    def facts(self) -> Self:
        """The row that holds the facts: the source row, or this one where it is the source."""
        return cast("Self", self.source_row) if self.source_row_id else self

    @property
    def is_source(self) -> bool:
        return self.source_row_id is None

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> Self:
        """A translation of the source row in `locale`, unsaved as Wagtail's own is."""
        excluded = [*(exclude_fields or []), *self.fact_fields, *self.fact_relations]
        copy = super().copy_for_translation(locale, exclude_fields=excluded)
        copy.source_row = self.facts
        return copy
