"""Child rows of events, series and editions. Each subclass adds the ParentalKey `page`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from ..comparisons import ChoiceListPanel
from ..rule_fields import RuleFields
from ..years import validate_year


class EventScheduleRow(RuleFields, Orderable):
    """A rule by which an event is repeated. It is read from the source page alone."""

    panels = [
        FieldRowPanel([FieldPanel("interval"), FieldPanel("freq")]),
        ChoiceListPanel("byday"),
        MultiFieldPanel([ChoiceListPanel("bysetpos"), FieldPanel("bymonthday")], heading=_("Each month")),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("dtstart"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldRowPanel([FieldPanel("except_dates"), FieldPanel("extra_dates")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("repetition")
        verbose_name_plural = _("repetitions")


class ProgrammeRow(TranslatableMixin, Orderable):
    """One item of the programme."""

    #: It names persons.
    unsearched_fields = ("speaker",)

    day = models.DateField(
        _("day"),
        null=True,
        blank=True,
        validators=[validate_year],
        help_text=_("Only where the meeting lasts for several days."),
    )
    begins_at = models.TimeField(_("time"), null=True, blank=True)
    title = models.CharField(_("what happens"), max_length=160)
    speaker = models.CharField(
        _("who"),
        max_length=160,
        blank=True,
        help_text=_("Name, role and organisation, as they want it shown."),
    )
    text = RichTextField(_("more about it"), blank=True, features=["bold", "ol", "ul", "link"])

    panels = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("begins_at")]),
        FieldPanel("title"),
        FieldPanel("speaker"),
        FieldPanel("text"),
    ]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("speaker"),
        TranslatableField("text"),
        SynchronizedField("day", overridable=False),
        SynchronizedField("begins_at", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("item of the programme")
        verbose_name_plural = _("programme")

    def __str__(self) -> str:
        return self.title


class ValueRow(TranslatableMixin, Orderable):
    """A word for what the meetings stand for."""

    term = models.CharField(_("value"), max_length=80)
    text = models.CharField(_("in a sentence"), max_length=255, blank=True)

    panels = [FieldPanel("term"), FieldPanel("text")]
    translatable_fields = [TranslatableField("term"), TranslatableField("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("value")
        verbose_name_plural = _("values")

    def __str__(self) -> str:
        return self.term


class AudienceRow(TranslatableMixin, Orderable):
    """Somebody who is invited."""

    text = models.CharField(_("who is invited"), max_length=200)

    panels = [FieldPanel("text")]
    translatable_fields = [TranslatableField("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self) -> str:
        return self.text
