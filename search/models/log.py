"""What readers ask, counted by day; nothing says who asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryCount(models.Model):
    """How often a query was asked on a day, and how often it found nothing.

    `key` is a keyed hash of the words. `text`, the words themselves, is written only from the third time on.
    """

    #: Readers look for persons too; whoever erases one clears the words here as well.
    may_name_persons = True

    day = models.DateField(db_index=True)
    locale = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=100, blank=True)
    count = models.PositiveIntegerField(default=0)
    without_result = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("searches of a day")
        verbose_name_plural = _("searches of a day")
        constraints = [
            models.UniqueConstraint(fields=["locale", "key", "day"], name="torv_search_query_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.text or self.key}: {self.count}"
