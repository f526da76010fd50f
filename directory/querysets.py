"""The questions that lists, pages and the index ask of entries, each in a constant number of queries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Locale, WorkflowState

from . import conf

if TYPE_CHECKING:
    from .models import Entry  # noqa: F401 - the type of the rows


_FACTS = ("locations", "entry_topics__topic", "schedules", "cost_options")


class EntryQuerySet(models.QuerySet["Entry"]):
    def sources(self) -> Self:
        """Source rows only: each entry once, with its facts."""
        return self.filter(source_row__isnull=True)

    def public(self, at: datetime | None = None) -> Self:
        """Rows that citizens may read at that moment (now): source row live, visible and not defunct."""
        moment = at or timezone.now()
        source = Q(source_row__isnull=True) & _visible(moment)
        translation = Q(source_row__live=True) & _visible(moment, "source_row__")
        return self.filter(source | translation, live=True)

    def due_for_check(self, day: date | None = None) -> Self:
        """What citizens read and nobody has checked since that day (CHECK_AFTER_DAYS ago); source rows."""
        before = day or timezone.localdate() - timedelta(days=conf.current().check_after_days)
        unchecked = Q(assured_on__isnull=True) | Q(assured_on__lt=before)
        return self.sources().public().filter(unchecked)

    def in_moderation(self) -> Self:
        """Rows that wait for somebody's approval; of each language its own."""
        states = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        waiting = states.annotate(key=Cast("object_id", models.BigIntegerField())).values("key")
        return self.filter(pk__in=waiting)

    def imported_drafts(self) -> Self:
        """What an import brought and nobody has published yet; source rows."""
        return self.sources().filter(live=False, first_published_at=None).exclude(external_id="")

    def in_language(self, locale: Locale) -> Self:
        """These source rows in that language: the live translation of each, else the source row itself."""
        wanted = self.order_by().values("pk")
        translations = self.model._default_manager.filter(source_row__isnull=False, locale=locale, live=True)
        untranslated = Q(pk__in=wanted) & ~Exists(translations.filter(source_row=OuterRef("pk")))
        translated = Q(source_row__in=wanted, locale=locale, live=True)
        return cast("Self", self.model._default_manager.filter(untranslated | translated))

    def with_facts(self) -> Self:
        """Facts come along, so that a list of any length reads `entry.facts…` without another query."""
        return self.select_related("locale", "source_row__locale").prefetch_related(
            *_FACTS,
            *(f"source_row__{name}" for name in _FACTS),
        )


def _visible(moment: datetime, prefix: str = "") -> Q:
    begun = Q(**{f"{prefix}visible_from__isnull": True}) | Q(**{f"{prefix}visible_from__lte": moment})
    not_over = Q(**{f"{prefix}visible_to__isnull": True}) | Q(**{f"{prefix}visible_to__gt": moment})
    not_expired = Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": moment})
    return begun & not_over & not_expired & ~Q(**{f"{prefix}status": "defunct"})
