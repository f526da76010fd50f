"""Snippets that editors use by reference, and each site's frame (header and footer)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from . import assets
from .slugs import free_slug, slug_of
from .translation import SourceRowMixin

SLUG_TAKEN = _("Another topic has this address. Choose a different one.")
NO_CONTACT = _("Give at least one way of contact: e-mail, phone or mobile.")


class Topic(SourceRowMixin, index.Indexed, models.Model):
    """A term of the controlled vocabulary (SKOS concept). Its slug is the same in every language."""

    fact_fields = ("broader",)

    pref_label = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=120,
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
        _("what belongs here"), blank=True, help_text=_("For your colleagues: when to use this topic.")
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
        self._complete_slug()
        super().save(*args, **kwargs)
        if self.is_source:
            self.translation_rows.exclude(slug=self.slug).update(slug=self.slug)

    def clean(self) -> None:
        super().clean()
        self._complete_slug()
        errors: dict[str, Any] = {}
        if self.is_source and self._other_sources().filter(slug=self.slug).exists():
            errors["slug"] = SLUG_TAKEN
        if self.broader and self.is_within(self.broader):
            errors["broader"] = _("A topic cannot be a part of itself. Choose another broader topic.")
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

    @property
    def synonyms(self) -> list[str]:
        """The other words, one per line in the form, without blanks."""
        return [word for line in self.alt_labels.splitlines() if (word := line.strip())]

    def _other_sources(self) -> "models.QuerySet[Topic]":
        return Topic.objects.filter(source_row=None).exclude(pk=self.pk)

    def _complete_slug(self) -> None:
        """A translation has its source's slug; a source without one gets one of its name."""
        if not self.is_source:
            self.slug = self.facts.slug
        elif not self.slug:
            wanted = slug_of(self.pref_label, 120) or "topic"
            taken = set(
                self._other_sources().filter(slug__startswith=wanted[:100]).values_list("slug", flat=True)
            )
            self.slug = free_slug(wanted, taken, 120)


class ContactPerson(SourceRowMixin, index.Indexed, models.Model):
    """A member of staff, used by reference on pages. At least one way of contact is required."""

    fact_fields = ("email", "phone", "mobile", "photo")

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    department = models.CharField(_("department"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    mobile = PhoneNumberField(_("mobile"), blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    translatable_fields = [
        SynchronizedField("name", overridable=False),
        TranslatableField("role"),
        TranslatableField("department"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="torv_blocks_person_translation",
                violation_error_message=_("This person is already translated into that language."),
            ),
            # A translation has no ways of contact of its own.
            models.CheckConstraint(
                condition=models.Q(source_row__isnull=False) | ~models.Q(email="", phone="", mobile=""),
                name="torv_blocks_person_contact",
                violation_error_message=NO_CONTACT,
            ),
        ]
        unique_together = ()

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.is_source and not (self.email or self.phone or self.mobile):
            raise ValidationError({"email": NO_CONTACT})


@register_setting(icon="site")
class SiteFrame(BaseSiteSetting, ClusterableModel):
    """What header and footer of one site show. Pages are chosen in one language and shown in the reader's."""

    name = models.CharField(_("name of the municipality"), max_length=120, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    theme = models.CharField(
        _("theme"), max_length=60, blank=True, help_text=_("Leave empty to use the theme of the settings.")
    )
    address = models.TextField(_("postal address"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    barrier_email = models.EmailField(
        _("e-mail for accessibility problems"),
        blank=True,
        help_text=_("Readers report barriers to this address."),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    imprint_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("imprint"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("logo"), FieldPanel("theme")], heading=_("Name and looks")
        ),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")],
            heading=_("Contact in the footer"),
        ),
        InlinePanel(
            "office_hours",
            heading=_("Opening hours"),
            label=_("line"),
            help_text=_("One line for each part of the week, such as Monday to Wednesday, 10 to 14."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("privacy_page"),
                FieldPanel("accessibility_page"),
                FieldPanel("barrier_email"),
                FieldPanel("imprint_page"),
            ],
            heading=_("Required by law"),
            help_text=_(
                "Choose each page in one language. Readers are led to their own where it is translated."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("header and footer")

    def __str__(self) -> str:
        return self.name or str(self.site)

    def clean(self) -> None:
        super().clean()
        if self.theme and assets.manifest().is_built and not assets.theme_file(self.theme):
            names = ", ".join(sorted(assets.manifest().themes))
            raise ValidationError({"theme": _("There is no such theme. Available themes: %s.") % names})


class OfficeHours(Orderable):
    """One line of the opening hours in the footer; weekdays are facts, so every language can print them."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    frame = ParentalKey(SiteFrame, on_delete=models.CASCADE, related_name="office_hours")
    first_day = models.IntegerField(_("from"), choices=Weekday)
    last_day = models.IntegerField(
        _("to"), choices=Weekday, null=True, blank=True, help_text=_("Leave empty for a single day.")
    )
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(_("closes"))

    class Meta(Orderable.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        days = self.get_first_day_display()
        if self.last_day is not None:
            days = f"{days}-{self.get_last_day_display()}"
        return f"{days} {self.opens_at:%H:%M}-{self.closes_at:%H:%M}"

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            errors["closes_at"] = _("Closing time must be after opening time.")
        if self.last_day is not None and self.first_day is not None and self.last_day <= self.first_day:
            errors["last_day"] = _("The last day comes after the first. Leave it empty for a single day.")
        if errors:
            raise ValidationError(errors)


class ChoreRun(models.Model):
    """When a chore of `torv_tick` last ran.

    While it runs, `busy_until` keeps other ticks from running it too. That time passes by itself, so that
    a tick that was killed is made up.
    """

    name = models.CharField(max_length=100, unique=True)
    ran_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chore")
        verbose_name_plural = _("chores")

    def __str__(self) -> str:
        return self.name
