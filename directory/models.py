"""Entries of the directory: self-help groups, co-operation partners, contact points and networks."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms_blocks.models import Topic
from cms_blocks.slugs import free_slug, slug_of
from cms_blocks.translation import SourceRowMixin

from . import conf
from .querysets import EntryQuerySet

SLUG_LENGTH = 255


def default_country() -> str:
    return conf.current().default_country


class EntryKind(models.TextChoices):
    """What an entry is. The values are part of web addresses and of imported files."""

    SELF_HELP_GROUP = "self-help-group", _("Self-help group")
    COOPERATION_PARTNER = "co-operation-partner", _("Co-operation partner")
    CONTACT_POINT = "contact-point", _("Contact point")
    NETWORK = "network", _("Network")


class Entry(
    SourceRowMixin,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """One entry in one language. Texts are this row's own; facts are read through `facts`.

    Not in Wagtail's own search index: it recomputes an average over all rows at each save.
    """

    fact_relations = ("locations", "entry_topics")
    #: Facts that are plain fields. Slug, kind and external_id are facts too, but kept in step on every row:
    #: the database compares them, and an import finds a translation by its external_id.
    fact_fields = ("phone", "email", "website", "visible_from", "visible_to", "assured_on")
    #: What belongs to one row's own life and must not reach its translations.
    _row_fields = (
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
    )

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(
        _("address"),
        max_length=SLUG_LENGTH,
        blank=True,
        help_text=_(
            "Part of the web address, the same in every language. Leave empty to have it made from the name."
        ),
    )
    kind = models.CharField(_("kind"), max_length=40, choices=EntryKind)
    summary = models.TextField(
        _("summary"), blank=True, max_length=400, help_text=_("One or two sentences. Shown in lists.")
    )
    description = RichTextField(_("description"), blank=True, features=["h3", "bold", "ol", "ul", "link"])

    external_id = models.CharField(
        _("id in the source system"),
        max_length=120,
        blank=True,
        db_index=True,
        help_text=_("Imports find the entry by it. Leave empty for an entry that is written here."),
    )
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    visible_from = models.DateTimeField(
        _("visible from"),
        null=True,
        blank=True,
        help_text=_("Before this moment citizens do not see the entry."),
    )
    visible_to = models.DateTimeField(
        _("visible to"),
        null=True,
        blank=True,
        help_text=_("From this moment on citizens no longer see the entry."),
    )
    assured_on = models.DateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last made sure that all this is right."),
    )

    objects = EntryQuerySet.as_manager()

    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("summary"),
        TranslatableField("description"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("kind", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="torv_directory_entry_translation"
            ),
            # An entry answers at one address in every language, whichever it was written in.
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(source_row__isnull=True), name="torv_directory_entry_slug"
            ),
            models.UniqueConstraint(
                fields=["external_id", "locale"],
                condition=~models.Q(external_id=""),
                name="torv_directory_entry_external_id",
            ),
        ]
        unique_together = ()

    def __str__(self) -> str:
        return self.name

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._fill_slug()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.is_source:  # a translation has no facts, nor fields beside which to say what is wrong
            self._validate_facts()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._fill_slug()
        super().save(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where readers would lack something, whoever or whatever publishes."""
        revision.as_object().validate_for_publishing()
        super().publish(revision, *args, **kwargs)

    def validate_for_publishing(self) -> None:
        if not self.is_source:
            return
        if not (self.phone or self.email or self.website or self.locations.exists()):
            raise ValidationError({"phone": self.unreachable_message})

    unreachable_message = _(
        "Before publishing, say how to reach it: a phone number, an e-mail, a website or a place."
    )

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> Self:
        copy = super().copy_for_translation(
            locale, exclude_fields=[*(exclude_fields or []), *self._row_fields]
        )
        copy.live = False
        return copy

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The entry in its own directory page, in its own language; works without such a page too."""
        from .detail import render_preview

        if not self.locale_id:  # the preview of an entry that is not saved yet
            self.locale = self.get_default_locale()
        with translation.override(self.locale.language_code):
            return render_preview(self, request)

    def _fill_slug(self) -> None:
        if not self.is_source:
            self.slug = self.facts.slug
        elif not self.slug:
            wanted = slug_of(self.name, SLUG_LENGTH) or "entry"
            others = Entry.objects.sources().exclude(pk=self.pk).filter(slug__startswith=wanted[:100])
            self.slug = free_slug(wanted, set(others.values_list("slug", flat=True)), SLUG_LENGTH)

    def _validate_facts(self) -> None:
        errors: dict[str, Any] = {}
        others = Entry.objects.exclude(pk=self.pk)
        if others.sources().filter(slug=self.slug).exists():
            errors["slug"] = _(
                "Another entry has this address. Change it, or leave it empty to have one made."
            )
        if (
            self.external_id
            and others.filter(external_id=self.external_id, locale_id=self.locale_id).exists()
        ):
            errors["external_id"] = _("Another entry in this language has this id.")
        if self.visible_from and self.visible_to and self.visible_from >= self.visible_to:
            errors["visible_to"] = _("This must be later than “visible from”.")
        if errors:
            raise ValidationError(errors)


_HALF_A_POSITION = _("Give both latitude and longitude, or neither.")


class Location(Orderable):
    """Where an entry is found. Coordinates are WGS 84 degrees; both are given or neither."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="locations")
    address_1 = models.CharField(_("street and number"), max_length=160, blank=True)
    address_2 = models.CharField(_("address, second line"), max_length=160, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=120)
    city_slug = models.SlugField(max_length=SLUG_LENGTH, blank=True, editable=False)
    region = models.CharField(_("region or state"), max_length=120, blank=True)
    region_slug = models.SlugField(max_length=SLUG_LENGTH, blank=True, editable=False)
    country = models.CharField(
        _("country"),
        max_length=2,
        default=default_country,
        validators=[RegexValidator("^[A-Za-z]{2}$", _("Write two letters, such as DK or DE."))],
        help_text=_("Two letters: DK, DE."),
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="torv_directory_location_coordinates",
                violation_error_message=_HALF_A_POSITION,
            )
        ]

    def __str__(self) -> str:
        return f"{self.postal_code} {self.city}".strip()

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: _HALF_A_POSITION})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)
        PlaceName.remember([self])

    def derive(self) -> None:
        """Fields that follow from others; `bulk_create` does not call `save`, so its callers call this."""
        self.country = self.country.upper()
        self.city_slug = slug_of(self.city, SLUG_LENGTH)
        self.region_slug = slug_of(self.region, SLUG_LENGTH)


class PlaceName(models.Model):
    """How a town or a region is written: the first spelling that was saved for its slug.

    Facets show it; looking it up in the places themselves would cost more with every entry.
    """

    class Sort(models.TextChoices):
        TOWN = "town", _("town")
        REGION = "region", _("region or state")

    sort = models.CharField(max_length=10, choices=Sort)
    slug = models.SlugField(max_length=SLUG_LENGTH)
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("name of a place")
        verbose_name_plural = _("names of places")
        constraints = [models.UniqueConstraint(fields=["sort", "slug"], name="torv_directory_placename_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def remember(locations: Iterable[Location]) -> None:
        """Keep the names of these places, where their slugs are new."""
        sorts = PlaceName.Sort
        names = [
            PlaceName(sort=sort, slug=slug, name=name)
            for place in locations
            for sort, slug, name in (
                (sorts.TOWN, place.city_slug, place.city),
                (sorts.REGION, place.region_slug, place.region),
            )
            if slug
        ]
        PlaceName.objects.bulk_create(names, ignore_conflicts=True)


class EntryTopic(Orderable):
    """A topic an entry carries; always the topic's source row, whose slug all languages share."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="entry_topics")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="entry_topics"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(fields=["entry", "topic"], name="torv_directory_entrytopic_once")
        ]

    def __str__(self) -> str:
        return str(self.topic)

    def clean(self) -> None:
        super().clean()
        self._use_source_topic()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._use_source_topic()
        super().save(*args, **kwargs)

    def _use_source_topic(self) -> None:
        if self.topic_id:
            self.topic = self.topic.facts
