"""What entries are to each other, stored once and read from both sides."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from .entry import Entry

TO_ITSELF = _("An entry cannot be related to itself. Choose another one.")
IN_A_CIRCLE = _("That one is already a part of this entry. Choose another one.")


class RelationKind(models.TextChoices):
    MEMBER_OF = "member_of", _("Member of")
    SUPPORTED_BY = "supported_by", _("Supported by")
    PART_OF = "part_of", _("Part of")


class EntryRelation(Orderable):
    """`from_entry` is a member of, supported by or a part of `to_entry`; both are source rows."""

    from_entry = ParentalKey(
        Entry, verbose_name=_("entry"), on_delete=models.CASCADE, related_name="relations"
    )
    kind = models.CharField(_("relation"), max_length=20, choices=RelationKind)
    to_entry = models.ForeignKey(
        Entry, verbose_name=_("entry"), on_delete=models.CASCADE, related_name="relations_to_it"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                fields=["from_entry", "to_entry", "kind"], name="torv_directory_entryrelation_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_entry=models.F("to_entry")),
                name="torv_directory_entryrelation_other",
                violation_error_message=TO_ITSELF,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.to_entry}"

    def clean(self) -> None:
        super().clean()
        self._use_source_rows()
        if not self.to_entry_id or not self.from_entry_id:
            return
        if self.to_entry_id == self.from_entry_id:
            raise ValidationError({"to_entry": TO_ITSELF})
        if self.kind == RelationKind.PART_OF and self._is_above_target():
            raise ValidationError({"to_entry": IN_A_CIRCLE})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._use_source_rows()
        super().save(*args, **kwargs)

    def _use_source_rows(self) -> None:
        if self.to_entry_id:
            self.to_entry = self.to_entry.facts

    def _is_above_target(self) -> bool:
        """Whether the target is, through any number of steps, a part of `from_entry` already."""
        parts = EntryRelation.objects.filter(kind=RelationKind.PART_OF).exclude(pk=self.pk)
        seen: set[int] = set()
        level = {self.to_entry_id}
        while level - seen:
            seen |= level
            level = set(parts.filter(from_entry__in=level).values_list("to_entry_id", flat=True))
        return self.from_entry_id in seen
