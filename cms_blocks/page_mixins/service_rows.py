"""Child rows of a service page. Texts are translated; amounts, dates and addresses stay in step.

Each subclass adds the ParentalKey `page`.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField


class StepRow(TranslatableMixin, Orderable):
    """One step of how it is done."""

    title = models.CharField(
        _("step"), max_length=120, help_text=_("Begin with what to do: Call us, Fill in the form.")
    )
    text = RichTextField(_("more about it"), blank=True, features=["bold", "ol", "ul", "link"])

    panels = [FieldPanel("title"), FieldPanel("text")]
    translatable_fields = [TranslatableField("title"), TranslatableField("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.title


class RequirementRow(TranslatableMixin, Orderable):
    """A thing to have at hand."""

    text = models.CharField(_("what is needed"), max_length=200)
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("For example where to get it, or who needs it.")
    )

    panels = [FieldPanel("text"), FieldPanel("note")]
    translatable_fields = [TranslatableField("text"), TranslatableField("note")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")

    def __str__(self) -> str:
        return self.text


class DeadlineRow(TranslatableMixin, Orderable):
    """When something happens: on a date, or after an interval in words."""

    milestone = models.CharField(_("what happens"), max_length=120)
    interval = models.CharField(
        _("when, in words"), max_length=120, blank=True, help_text=_("For example: within 14 days.")
    )
    date = models.DateField(_("or on a date"), null=True, blank=True)
    description = models.CharField(_("more about it"), max_length=300, blank=True)

    panels = [
        FieldPanel("milestone"),
        FieldRowPanel([FieldPanel("interval"), FieldPanel("date")]),
        FieldPanel("description"),
    ]
    translatable_fields = [
        TranslatableField("milestone"),
        TranslatableField("interval"),
        TranslatableField("description"),
        SynchronizedField("date", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")

    def __str__(self) -> str:
        return self.milestone

    def clean(self) -> None:
        super().clean()
        if self.interval and self.date:
            raise ValidationError({"date": _("Say it in words or give a date, not both.")})
        if not (self.interval or self.date):
            raise ValidationError({"interval": _("Say when, in words or with a date.")})


class Currency(models.TextChoices):
    DKK = "DKK", _("kroner")
    EUR = "EUR", _("euros")


class CostRow(TranslatableMixin, Orderable):
    """What something costs: an amount, nothing, or what the note says."""

    label = models.CharField(_("what for"), max_length=120)
    is_free = models.BooleanField(_("free of charge"), default=False)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.DKK)
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("For example who pays less, or what the price depends on."),
    )

    panels = [
        FieldPanel("label"),
        FieldPanel("is_free"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        FieldPanel("note"),
    ]
    translatable_fields = [
        TranslatableField("label"),
        TranslatableField("note"),
        SynchronizedField("is_free", overridable=False),
        SynchronizedField("amount", overridable=False),
        SynchronizedField("currency", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("cost")
        verbose_name_plural = _("costs")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.amount is not None and self.amount < 0:
            raise ValidationError({"amount": _("An amount cannot be less than zero.")})
        if self.is_free and self.amount:
            raise ValidationError({"amount": _("Tick “free of charge” or give an amount, not both.")})
        if not self.is_free and self.amount is None and not self.note:
            raise ValidationError(
                {"amount": _("Give an amount, tick “free of charge”, or say in the note what it depends on.")}
            )


class PhysicalChannelRow(TranslatableMixin, Orderable):
    """A place where citizens can come."""

    name = models.CharField(_("name of the place"), max_length=120)
    address_1 = models.CharField(_("street and number"), max_length=160)
    address_2 = models.CharField(_("address, second line"), max_length=160, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("For example opening hours, or which door to use.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("address_1"),
        FieldPanel("address_2"),
        FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
        FieldPanel("note"),
    ]
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("note"),
        SynchronizedField("address_1", overridable=False),
        SynchronizedField("address_2", overridable=False),
        SynchronizedField("postal_code", overridable=False),
        SynchronizedField("city", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return self.name


class DocumentRow(TranslatableMixin, Orderable):
    """A file to download, with a title of its own in each language."""

    document = models.ForeignKey(
        get_document_model_string(), verbose_name=_("file"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(
        _("words of the link"),
        max_length=160,
        blank=True,
        help_text=_("Leave empty to use the title of the file."),
    )

    panels = [FieldPanel("document"), FieldPanel("title")]
    translatable_fields = [TranslatableField("title"), SynchronizedField("document")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title or str(self.document)


class RelatedServiceRow(Orderable):
    """Another service. The subclass adds the ForeignKey `service` to its own page type, too."""

    panels = [FieldPanel("service")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("related service")
        verbose_name_plural = _("related services")
