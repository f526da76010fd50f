"""What happens when an entry, or a topic that entries carry, changes."""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save, pre_save

from cms_blocks.models import Topic

from .models import Entry, EntryTopic, FormerSlug


def connect() -> None:
    pre_save.connect(remember_slug, sender=Entry, dispatch_uid="torv_directory.remember_slug")
    post_save.connect(drop_double_topics, sender=Topic, dispatch_uid="torv_directory.drop_double_topics")


def remember_slug(instance: Entry, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    """Only a published address can be known to somebody."""
    kept = update_fields is not None and "slug" not in update_fields
    if raw or kept or instance.pk is None or not instance.is_source:
        return
    known = Q(live=True) | Q(first_published_at__isnull=False)
    before = Entry.objects.filter(known, pk=instance.pk).values_list("slug", flat=True).first()
    if before and before != instance.slug:
        FormerSlug.objects.update_or_create(slug=before, defaults={"entry": instance})


def drop_double_topics(instance: Topic, raw: bool = False, **kwargs: Any) -> None:
    """Where a topic now leads to another one, an entry that carries both keeps the other."""
    if raw or not instance.see_id:
        return
    both = EntryTopic.objects.filter(topic=instance.see_id).values("entry")
    EntryTopic.objects.filter(topic=instance.pk, entry__in=both).delete()
