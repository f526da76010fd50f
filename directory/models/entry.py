"""An entry: its texts in one language, and on its source row its facts."""

from collections.abc import Callable
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms_blocks.slugs import free_slug, slug_of
from cms_blocks.translation import SourceRowMixin

from ..querysets import EntryQuerySet
from .entry_facts import ContactBy, EntryFacts, EntryTexts
from .kinds import EntryKind, missing_facts

SLUG_LENGTH = 255
#: Last part of the addresses of calendars, which no entry can have.
CALENDAR = "calendar"
#: Addresses below a directory page that are no entries.
RESERVED = frozenset({CALENDAR, "map", "shortlist"})


class Entry(
    SourceRowMixin,
    EntryTexts,
    EntryFacts,
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

    fact_relations: tuple[str, ...] = (
        "locations",
        "entry_topics",
        "entry_target_groups",
        "entry_facet_values",
        "schedules",
        "cost_options",
        "team_members",
        "relations",
        "contacts",
    )
    #: Facts that are plain fields. Slug, kind and external_id are facts too, but kept in step on every row:
    #: the database compares them, and an import finds a translation by its external_id.
    fact_fields = (
        "phone",
        "email",
        "contact_by",
        "website",
        "owner",
        "visible_from",
        "visible_to",
        "assured_on",
        "assured_by",
        *EntryFacts.detail_facts,
    )
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
    contact_by = models.CharField(
        _("readers write by"),
        max_length=20,
        choices=ContactBy,
        default=ContactBy.MAILBOX,
        help_text=_("With a form the address is not shown. Choose it where the address is somebody's own."),
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_entries",
        help_text=_("Who may change this entry alone, where the group of the login allows that."),
    )
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
    assured_by = models.CharField(
        _("checked by"),
        max_length=120,
        blank=True,
        help_text=_(
            "Citizens read it. Name your department or contact point, no colleague who has not agreed."
        ),
    )

    objects = EntryQuerySet.as_manager()

    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("summary"),
        TranslatableField("description"),
        *(TranslatableField(name) for name in EntryTexts.detail_texts),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("kind", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["name", "pk"]
        permissions = [("change_own_entry", _("Can change the entries that the login owns"))]
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
        self._leave_out_double_topics()
        super().save(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where readers would lack something, whoever or whatever publishes."""
        revision.as_object().validate_for_publishing()
        with transaction.atomic():  # its rows reach the index together
            super().publish(revision, *args, **kwargs)

    @property
    def public_email(self) -> str:
        """The address that readers may see; empty where they get a form instead."""
        return "" if self.contact_by == ContactBy.RELAY else self.email

    @property
    def topic_ids(self) -> list[int]:
        """Primary keys of the topics it carries; read them through `facts`."""
        return [carried.topic_id for carried in self.entry_topics.all()]

    def validate_for_publishing(self) -> None:
        if not self.is_source:
            return
        if missing := self.missing_facts(self._is_given):
            raise ValidationError(missing)

    def missing_facts(self, is_given: Callable[[str], bool]) -> dict[str, Any]:
        """Field -> what to say; what another system keeps need only be within reach, as it gives no more."""
        return missing_facts("" if self.external_id else self.kind, is_given)

    def _is_given(self, name: str) -> bool:
        if name in self.fact_relations:
            return bool(getattr(self, name).exists())
        return bool(getattr(self, name))

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> Self:
        copy = super().copy_for_translation(
            locale, exclude_fields=[*(exclude_fields or []), *self._row_fields]
        )
        copy.live = False
        return copy

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The entry in its own directory page, in its own language; works without such a page too."""
        from ..detail import render_preview

        if not self.locale_id:  # the preview of an entry that is not saved yet
            self.locale = self.get_default_locale()
        with translation.override(self.locale.language_code):
            return render_preview(self, request)

    def _leave_out_double_topics(self) -> None:
        """A draft may carry a topic and the one it leads to since it was written: they are stored as one."""
        rows = getattr(self, "_cluster_related_objects", {}).get("entry_topics")
        if rows:
            once = {row.topic.preferred.pk: row for row in reversed(rows) if row.topic_id}
            rows[:] = [row for row in rows if not row.topic_id or once[row.topic.preferred.pk] is row]

    def _fill_slug(self) -> None:
        if not self.is_source:
            self.slug = self.facts.slug
        elif not self.slug:
            wanted = slug_of(self.name, SLUG_LENGTH) or "entry"
            others = Entry.objects.sources().exclude(pk=self.pk).filter(slug__startswith=wanted[:100])
            taken = {*RESERVED, *others.values_list("slug", flat=True)}
            self.slug = free_slug(wanted, taken, SLUG_LENGTH)

    def fact_faults(self) -> dict[str, Any]:
        """Field -> what is wrong with it in the light of the others, without a question to the database."""
        faults = self.detail_faults()
        if self.visible_from and self.visible_to and self.visible_from >= self.visible_to:
            faults["visible_to"] = _("This must be later than “visible from”.")
        return faults

    def _validate_facts(self) -> None:
        errors = self.fact_faults()
        others = Entry.objects.exclude(pk=self.pk)
        if self.slug in RESERVED or others.sources().filter(slug=self.slug).exists():
            errors["slug"] = _(
                "Another entry has this address. Change it, or leave it empty to have one made."
            )
        if (
            self.external_id
            and others.filter(external_id=self.external_id, locale_id=self.locale_id).exists()
        ):
            errors["external_id"] = _("Another entry in this language has this id.")
        if errors:
            raise ValidationError(errors)
