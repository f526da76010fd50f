"""What header and footer of one site show."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import Orderable

from .. import assets


@register_setting(icon="site")
class SiteFrame(BaseSiteSetting, ClusterableModel):
    """What header and footer of one site show. Pages are chosen in one language and shown in the reader's."""

    name = models.CharField(_("name of the municipality"), max_length=120, blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    theme = models.CharField(
        pgettext_lazy("look of the site", "theme"),
        max_length=60,
        blank=True,
        help_text=_("Leave empty to use the theme of the settings."),
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
    easy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("easy read"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A page that tells in easy words what this website offers, and how to use it."),
    )
    sign_language_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("sign language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A page with videos that tell the same in sign language."),
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
        MultiFieldPanel(
            [FieldPanel("easy_page"), FieldPanel("sign_language_page")],
            heading=_("Easy read and sign language"),
            help_text=_(
                "Linked at the top of every page, in the languages that have such a page. "
                "German law asks many authorities for both."
            ),
        ),
        InlinePanel(
            "quiet_sections",
            heading=_("Where readers are not asked whether the page was useful"),
            label=_("page"),
            help_text=_("The page and all below it, in its own language. Elsewhere they are asked."),
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


class QuietSection(Orderable):
    """A page that asks its readers nothing, nor does any page below it."""

    frame = ParentalKey(SiteFrame, on_delete=models.CASCADE, related_name="quiet_sections")
    section = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("section")]

    class Meta(Orderable.Meta):
        verbose_name = _("page without the question")
        verbose_name_plural = _("pages without the question")

    def __str__(self) -> str:
        return str(self.section)


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
