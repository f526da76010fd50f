"""The same entries as a plain indexed model."""

from django.db import models
from wagtail.search import index


class StockTopic(models.Model):
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.slug


class StockEntry(index.Indexed, models.Model):
    name = models.CharField(max_length=255)
    summary = models.TextField()
    description = models.TextField()
    kind = models.CharField(max_length=40, db_index=True)
    town = models.SlugField()
    region = models.SlugField()
    topics = models.ManyToManyField(StockTopic, related_name="entries")

    search_fields = [
        index.SearchField("name", boost=8),
        index.SearchField("summary", boost=3),
        index.SearchField("description"),
        index.AutocompleteField("name"),
        index.AutocompleteField("summary"),
        index.AutocompleteField("description"),
        index.FilterField("kind"),
        index.FilterField("town"),
        index.FilterField("region"),
    ]

    def __str__(self) -> str:
        return self.name
