"""The topics an entry carries."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms_blocks.models import Topic

from .entry import Entry


class EntryTopic(Orderable):
    """A topic an entry carries; always the topic's source row, whose slug all languages share."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="entry_topics")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="entry_topics"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(fields=["entry", "topic"], name="torv_directory_entrytopic_once")
        ]

    def __str__(self) -> str:
        return str(self.topic)

    def clean(self) -> None:
        super().clean()
        self._use_source_topic()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._use_source_topic()
        super().save(*args, **kwargs)

    def _use_source_topic(self) -> None:
        if self.topic_id:
            self.topic = self.topic.preferred
