"""Addresses that entries had before, so that old links still lead to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .entry import SLUG_LENGTH, Entry


class FormerSlug(models.Model):
    """A slug that a published entry gave up. An entry that has the slug now comes before it."""

    slug = models.SlugField(_("address"), max_length=SLUG_LENGTH, unique=True)
    # The source row: an entry has the same slug in every language.
    entry = models.ForeignKey(
        Entry, verbose_name=_("entry"), on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


def present_slug(former: str) -> str | None:
    """The slug of the public entry that was found under this one."""
    found = FormerSlug.objects.filter(slug=former, entry__in=Entry.objects.sources().public())
    return found.values_list("entry__slug", flat=True).first()
