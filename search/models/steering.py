"""How editors steer the search: words that mean the same, and results that come first or last."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import get_content_languages

from .. import expressions


def languages() -> list[tuple[str, Any]]:
    """The site's languages, for a choice."""
    return list(get_content_languages().items())


class Steering(models.Model):
    """What is in force in one language from one day to another, both included."""

    locale = models.CharField(gettext_lazy("language"), max_length=20, choices=languages)
    valid_from = models.DateField(gettext_lazy("first day"), null=True, blank=True)
    valid_to = models.DateField(gettext_lazy("last day"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day is before the first one.")})

    def is_in_force(self, day: date) -> bool:
        """Whether that day is within the dates."""
        starts, ends = self.valid_from, self.valid_to
        return (starts is None or starts <= day) and (ends is None or day <= ends)


class Synonym(Steering):
    """Expressions that mean the same: who asks for one finds the others too."""

    class Direction(models.TextChoices):
        BOTH = "both", gettext_lazy("Both ways: each finds the others")
        ONE_WAY = "one_way", gettext_lazy("One way: the first finds the others, they do not find the first")

    word = models.CharField(
        gettext_lazy("word"),
        max_length=100,
        help_text=gettext_lazy("What readers type: a word or a short expression."),
    )
    same_as = models.TextField(
        gettext_lazy("means the same as"),
        help_text=gettext_lazy("One word or short expression on each line."),
    )
    direction = models.CharField(
        gettext_lazy("direction"), max_length=10, choices=Direction.choices, default=Direction.BOTH
    )

    class Meta:
        verbose_name = gettext_lazy("synonym")
        verbose_name_plural = gettext_lazy("synonyms")
        ordering = ["locale", "word", "pk"]

    def __str__(self) -> str:
        return f"{self.word} = {', '.join(self.equivalents)}"

    @property
    def equivalents(self) -> list[str]:
        """The lines of `same_as`."""
        return [line.strip() for line in self.same_as.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        from .. import synonym_rules

        synonym_rules.check(self)


class Promotion(Steering):
    """A result that comes first, or last, for certain words or a certain choice."""

    class Action(models.TextChoices):
        PROMOTE = "promote", gettext_lazy("Show first")
        DEMOTE = "demote", gettext_lazy("Show last")

    words = models.TextField(
        gettext_lazy("searches"),
        blank=True,
        help_text=gettext_lazy("What readers type, one search a line. Endings and order make no difference."),
    )
    facet = models.CharField(gettext_lazy("filter"), max_length=40, blank=True)
    value = models.CharField(
        gettext_lazy("choice"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("As in the address of a page of results: “sorg” in “?topic=sorg”."),
    )
    searchable = models.CharField(max_length=80, editable=False)
    object_key = models.CharField(max_length=64, editable=False)
    action = models.CharField(
        gettext_lazy("action"), max_length=10, choices=Action.choices, default=Action.PROMOTE
    )
    position = models.PositiveSmallIntegerField(
        gettext_lazy("position"),
        default=1,
        validators=[MaxValueValidator(100)],
        help_text=gettext_lazy("Where several come first: 1 is the topmost."),
    )

    class Meta:
        verbose_name = gettext_lazy("promoted result")
        verbose_name_plural = gettext_lazy("promoted results")
        ordering = ["locale", "position", "pk"]

    def __str__(self) -> str:
        asked = ", ".join(self.queries) or f"{self.facet}={self.value}"
        return f"{asked}: {self.get_action_display()}"

    @property
    def queries(self) -> list[str]:
        """The lines of `words`."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        if not self.queries and not self.facet:
            raise ValidationError({"words": _("Say for which searches, or choose a filter.")})
        for query in self.queries:
            if not expressions.stems(query, self.locale):
                message = _("“%(words)s” has no word that can be searched for.") % {"words": query}
                raise ValidationError({"words": message})
        if bool(self.facet) != bool(self.value):
            raise ValidationError({"value": _("A filter and its choice belong together.")})


class SteeringState(models.Model):
    """One row whose `token` changes whenever synonyms or promotions do: every process looks at it."""

    token = models.CharField(max_length=16)

    class Meta:
        verbose_name = gettext_lazy("state of the steering")
        verbose_name_plural = gettext_lazy("state of the steering")

    def __str__(self) -> str:
        return self.token
