"""Topics: the controlled vocabulary."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from .shared_slug import SLUG_LENGTH, SharedSlugMixin
from .topic_rules import relation_errors, taken_labels

SLUG_TAKEN = _("Another topic has this address. Choose a different one.")


class Topic(SharedSlugMixin, index.Indexed, models.Model):
    """A term of the controlled vocabulary (SKOS concept). Its slug is the same in every language."""

    fact_fields = ("broader", "related", "see", "notation", "uri", "is_sensitive")
    default_slug = "topic"
    slug_taken = SLUG_TAKEN

    pref_label = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=SLUG_LENGTH,
        blank=True,
        help_text=_(
            "Part of web addresses, the same in every language. Leave empty to make it from the name."
        ),
    )
    alt_labels = models.TextField(
        _("other words for it"),
        blank=True,
        help_text=_("Words that citizens use for this topic, one on each line."),
    )
    scope_note = models.TextField(
        _("what belongs here"),
        blank=True,
        help_text=_("One or two sentences: what the topic is about. Readers see them on the topic's page."),
    )
    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="narrower",
        help_text=_("The wider topic this one is a part of, if there is one."),
    )
    related = models.ManyToManyField(
        "self",
        verbose_name=_("related topics"),
        blank=True,
        help_text=_("Topics that readers of this one may want too. Each shows the other."),
    )
    see = models.ForeignKey(
        "self",
        verbose_name=_("use this topic instead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="seen_from",
        help_text=_(
            "Only where this topic is not to be used: its page leads to the other one, "
            "and its words find the other one."
        ),
    )
    notation = models.CharField(
        _("notation"),
        max_length=60,
        blank=True,
        help_text=_("Its number or code in a classification, such as KLE 27.00.00."),
    )
    uri = models.URLField(
        _("web address of the concept"),
        max_length=500,
        blank=True,
        help_text=_("Where a public vocabulary defines the same concept. Kept for the exchange of data."),
    )
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_(
            "For topics such as violence or suicide, and all narrower ones: pages show crisis numbers and a "
            "button to leave quickly, places are shown roughly (not those of contact points), and search "
            "engines and calendars get no data of their own."
        ),
    )

    translatable_fields = [
        TranslatableField("pref_label"),
        TranslatableField("alt_labels"),
        TranslatableField("scope_note"),
        SynchronizedField("slug", overridable=False),
    ]
    search_fields = [
        index.SearchField("pref_label"),
        index.AutocompleteField("pref_label"),
        index.SearchField("alt_labels"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["pref_label"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="torv_blocks_topic_translation",
                violation_error_message=_("This topic is already translated into that language."),
            ),
            models.UniqueConstraint(
                fields=["slug", "locale"], name="torv_blocks_topic_slug", violation_error_message=SLUG_TAKEN
            ),
            # Across languages too: filters and addresses know a topic by its slug alone.
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(source_row__isnull=True),
                name="torv_blocks_topic_source_slug",
                violation_error_message=SLUG_TAKEN,
            ),
        ]
        unique_together = ()

    def __str__(self) -> str:
        return self.pref_label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._use_source_rows()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self._use_source_rows()
        errors: dict[str, Any] = {**taken_labels(self)}
        if self.is_source:
            errors |= relation_errors(self)
        if errors:
            raise ValidationError(errors)

    def is_within(self, other: "Topic") -> bool:
        """Whether this topic is `other` or one of the topics above it."""
        seen: set[int] = set()
        above: Topic | None = other.facts
        while above is not None and above.pk not in seen:
            if self.pk is not None and above.pk == self.facts.pk:
                return True
            seen.add(above.pk)
            above = above.broader.facts if above.broader else None
        return False

    def _use_source_rows(self) -> None:
        """Whoever follows the relations, from search to crisis numbers, knows topics by their source rows."""
        for name in ("broader", "see"):
            if getattr(self, f"{name}_id"):
                setattr(self, name, getattr(self, name).facts)

    @property
    def preferred(self) -> "Topic":
        """The source row of the topic that is to be used: this one's, or the one it says to use instead."""
        return self.facts.see or self.facts

    @property
    def synonyms(self) -> list[str]:
        """The other words, one per line in the form, without blanks."""
        return [word for line in self.alt_labels.splitlines() if (word := line.strip())]
