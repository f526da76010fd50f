"""What the database knows of the copies in Elasticsearch."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ElasticsearchIndex(models.Model):
    """An index of Elasticsearch that holds a copy, and how far it has followed the index changes.

    `position` is the last change it followed, with its `token`. Of the indexes with one `prefix` one is
    `current`; the others are kept to go back to.
    """

    name = models.CharField(max_length=120, unique=True)
    prefix = models.CharField(max_length=60)
    mapping_version = models.CharField(max_length=20)
    position = models.BigIntegerField(default=0)
    token = models.CharField(max_length=16, blank=True)
    current = models.BooleanField(default=False)
    built_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("index of Elasticsearch")
        verbose_name_plural = _("indexes of Elasticsearch")

    def __str__(self) -> str:
        return self.name
