"""What taking part costs."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from .entry import Entry


class CostOption(Orderable):
    """One price. Free of charge is an amount of 0."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="cost_options")
    option = models.CharField(
        _("for what or whom"), max_length=120, blank=True, help_text=_("Such as “members” or “each evening”.")
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("0 when it is free of charge."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="DKK",
        validators=[RegexValidator("^[A-Z]{3}$", _("Write three capital letters, such as DKK or EUR."))],
    )

    class Meta(Orderable.Meta):
        verbose_name = _("cost")
        verbose_name_plural = _("costs")

    def __str__(self) -> str:
        return f"{self.option} {self.amount} {self.currency}".strip()

    @property
    def is_free(self) -> bool:
        return self.amount == 0
