"""The words of the index: how rare they are, and which are near to a word that was typed wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexWord(models.Model):
    """A word of one locale's documents, in plain letters; or, `is_part`, the stem of a compound's part.

    `written` is the word with its own letters. `bare` leaves special letters out, so that `parorende` is near
    to `paaroerende`; `initial`, `ending` and `length` are those of `bare`, and find what is near to it.
    The row without a word counts all documents of the locale.
    """

    locale = models.CharField(max_length=20)
    is_part = models.BooleanField(default=False)
    word = models.CharField(max_length=120)
    stem = models.CharField(max_length=120)
    written = models.CharField(max_length=120)
    bare = models.CharField(max_length=120)
    initial = models.CharField(max_length=1)
    ending = models.CharField(max_length=3)
    length = models.PositiveSmallIntegerField()
    documents = models.IntegerField()

    class Meta:
        verbose_name = _("word of the index")
        verbose_name_plural = _("words of the index")
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "is_part", "word", "stem"], name="torv_search_word_once"
            )
        ]
        indexes = [
            models.Index(fields=["locale", "stem"], name="torv_search_word_stem"),
            models.Index(fields=["locale", "initial", "length"], name="torv_search_word_initial"),
            models.Index(fields=["locale", "ending", "length"], name="torv_search_word_ending"),
        ]

    def __str__(self) -> str:
        return f"{self.written} [{self.locale}]: {self.documents}"
