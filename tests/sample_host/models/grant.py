from django.db import models
from modelcluster.fields import ParentalKey

from directory.models import Entry


class Grant(models.Model):
    """What the municipality pays an entry for."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="grants")
    sort = models.CharField(
        "sort of grant", max_length=20, choices=[("rent", "Rent"), ("activity", "Activities")]
    )
    year = models.PositiveSmallIntegerField("year", null=True, blank=True)
    purpose = models.TextField("what it is for", blank=True, max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry"], name="sample_host_grant_once")]

    def __str__(self) -> str:
        return self.get_sort_display()
