"""What happens when an entry changes."""

from typing import Any

from django.db.models import Q
from django.db.models.signals import pre_save

from .models import Entry, FormerSlug


def connect() -> None:
    pre_save.connect(remember_slug, sender=Entry, dispatch_uid="torv_directory.remember_slug")


def remember_slug(instance: Entry, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    """Only a published address can be known to somebody."""
    kept = update_fields is not None and "slug" not in update_fields
    if raw or kept or instance.pk is None or not instance.is_source:
        return
    known = Q(live=True) | Q(first_published_at__isnull=False)
    before = Entry.objects.filter(known, pk=instance.pk).values_list("slug", flat=True).first()
    if before and before != instance.slug:
        FormerSlug.objects.update_or_create(slug=before, defaults={"entry": instance})
