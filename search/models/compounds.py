"""How compounds are read on this site: what editors decided, and what the index taught."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .steering import languages


class CompoundWord(models.Model):
    """An editor's decision: this word is split so, or stays whole. It counts for every inflection."""

    locale = models.CharField(_("language"), max_length=20, choices=languages)
    word = models.CharField(
        _("word"), max_length=60, help_text=_("One word as your pages write it: “pårørendegruppe”.")
    )
    parts = models.CharField(
        _("parts"),
        max_length=120,
        blank=True,
        help_text=_(
            "Joined by +, without what only links them: “pårørende+gruppe”. Empty: the word stays whole."
        ),
    )
    stem = models.CharField(max_length=60, editable=False)

    class Meta:
        verbose_name = _("compound word")
        verbose_name_plural = _("compound words")
        ordering = ["locale", "word", "pk"]
        constraints = [models.UniqueConstraint(fields=["locale", "stem"], name="torv_search_compound_once")]

    def __str__(self) -> str:
        return f"{self.word} = {'+'.join(self.pieces) or self.word}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        from ..compound_rules import stem_of

        self.stem = stem_of(self.word, self.locale)
        super().save(*args, **kwargs)

    @property
    def pieces(self) -> tuple[str, ...]:
        """The parts; none where the word stays whole."""
        return tuple(piece.strip() for piece in self.parts.split("+") if piece.strip())

    def clean(self) -> None:
        super().clean()
        from .. import compound_rules

        compound_rules.check(self)


class LearntWord(models.Model):
    """A word of the index that may be a part of others, since the index was last compared as a whole."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    written = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("part that the index taught")
        verbose_name_plural = _("parts that the index taught")
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="torv_search_learnt_once")]

    def __str__(self) -> str:
        return f"{self.written} [{self.language}]"
