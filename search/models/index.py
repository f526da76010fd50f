"""The index: one row a thing and site locale, its facets, and what is waiting to be indexed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """A `documents.Document` as stored. Its words are in the text index of the database (engines/)."""

    searchable = models.CharField(max_length=80)
    object_key = models.CharField(max_length=64)
    object_id = models.BigIntegerField()
    locale = models.CharField(max_length=20)
    lang = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    keywords = models.JSONField(default=list)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    stored = models.JSONField(default=dict)
    sites = models.CharField(max_length=500, blank=True)
    visible_from = models.DateTimeField(null=True)
    visible_to = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    boost = models.FloatField(default=1.0)
    checked_on = models.DateField(null=True)
    sort_key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=40)
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [
            models.UniqueConstraint(
                fields=["searchable", "object_key", "locale"], name="torv_search_document_thing"
            )
        ]
        indexes = [models.Index(fields=["locale", "sort_key", "id"], name="torv_search_document_sorted")]

    def __str__(self) -> str:
        return f"{self.searchable} {self.object_key} [{self.locale}]"


class DocumentFacet(models.Model):
    """One facet value of a document, as a locale-neutral slug."""

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("facet value")
        verbose_name_plural = _("facet values")
        constraints = [
            models.UniqueConstraint(fields=["document", "facet", "value"], name="torv_search_facet_once")
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class IndexChange(models.Model):
    """A document that was written or removed: each web process follows these to keep its counts right.

    `token` is random: where the row at a known id bears another token, a transaction that a process had
    read was rolled back, and the process starts afresh.
    """

    document_id = models.BigIntegerField()
    token = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("index change")
        verbose_name_plural = _("index changes")

    def __str__(self) -> str:
        return f"{self.pk}: {self.document_id}"


class OutboxRow(models.Model):
    """A thing whose documents have to be written anew. Its id is the version it is written with."""

    searchable = models.CharField(max_length=80)
    object_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("waiting for the index")
        verbose_name_plural = _("waiting for the index")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.searchable} {self.object_key}"
