"""Life events: what happens in people's lives, as a second way to services."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from .shared_slug import SLUG_LENGTH, SharedSlugMixin

SLUG_TAKEN = _("Another life event has this address. Choose a different one.")


class LifeEvent(SharedSlugMixin, models.Model):
    """Such as having a child, moving, losing somebody. Its slug is the same in every language."""

    default_slug = "life-event"
    slug_taken = SLUG_TAKEN

    pref_label = models.CharField(
        _("name"), max_length=120, help_text=_("As citizens would say it, for example: Having a child.")
    )
    slug = models.SlugField(
        _("address"),
        max_length=SLUG_LENGTH,
        blank=True,
        help_text=_(
            "Part of web addresses, the same in every language. Leave empty to make it from the name."
        ),
    )
    intro = models.TextField(
        _("introduction"), max_length=300, blank=True, help_text=_("One or two sentences.")
    )

    translatable_fields = [
        TranslatableField("pref_label"),
        TranslatableField("intro"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("life event")
        verbose_name_plural = _("life events")
        ordering = ["pref_label"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="torv_blocks_life_event_translation",
                violation_error_message=_("This life event is already translated into that language."),
            ),
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="torv_blocks_life_event_slug",
                violation_error_message=SLUG_TAKEN,
            ),
            # Across languages too: filters and addresses know a life event by its slug alone.
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(source_row__isnull=True),
                name="torv_blocks_life_event_source_slug",
                violation_error_message=SLUG_TAKEN,
            ),
        ]
        unique_together = ()

    def __str__(self) -> str:
        return self.pref_label
