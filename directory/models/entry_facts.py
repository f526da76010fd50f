"""What there is to know of an entry besides its name and how to reach it: texts, and facts."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.images import get_image_model_string

from cms_blocks.list_fields import ChoiceListField

from .languages import language_choices


class EntryStatus(models.TextChoices):
    """Whether it takes place. A defunct entry is not shown to citizens."""

    ACTIVE = "active", _("Active")
    INACTIVE = "inactive", _("Inactive")
    TEMPORARILY_CLOSED = "temporarily-closed", _("Temporarily closed")
    DEFUNCT = "defunct", _("No longer exists")


class OfferForm(models.TextChoices):
    GROUP = "group", _("Group")
    ONE_TO_ONE = "one-to-one", _("One to one")
    HOME_VISIT = "home-visit", _("Home visit")
    PHONE = "phone", _("By phone")
    ONLINE = "online", _("Online")


class AttendanceOption(models.TextChoices):
    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person or online")


class LegalForm(models.TextChoices):
    INFORMAL = "informal", _("Informal group")
    ASSOCIATION = "association", _("Association")
    FOUNDATION = "foundation", _("Foundation")
    CHURCH = "church", _("Church or faith community")
    PUBLIC = "public", _("Public authority")
    COMPANY = "company", _("Company")
    SOCIAL_ENTERPRISE = "social-enterprise", _("Social enterprise")
    OTHER = "other", _("Other legal form")


class ContactBy(models.TextChoices):
    """How readers write to an entry."""

    MAILBOX = "mailbox", _("The e-mail address, which is shown")
    RELAY = "relay", _("A form; the address is not shown")


RESPONSE_TIMES = [
    (timedelta(days=1), _("within one day")),
    (timedelta(days=2), _("within two days")),
    (timedelta(days=3), _("within three days")),
    (timedelta(days=7), _("within a week")),
    (timedelta(days=14), _("within two weeks")),
    (timedelta(days=30), _("within a month")),
]


_valid_link = URLValidator(schemes=["http", "https"])


def lines_of(text: str) -> list[str]:
    return [line for written in text.splitlines() if (line := written.strip())]


def validate_links(text: str) -> None:
    """One address on each line."""
    for line in lines_of(text):
        try:
            _valid_link(line)
        except ValidationError as error:
            told = _("“%(line)s” is no web address. Write one on each line, such as https://example.org/.")
            raise ValidationError(told, params={"line": line}) from error


class EntryTexts(models.Model):
    """Texts that are translated with the entry."""

    #: In addition to name, summary and description.
    detail_texts = (
        "alternate_names",
        "alert",
        "purposes",
        "eligibility_description",
        "ineligibility_info",
        "application_process",
        "team_description",
    )

    alternate_names = models.TextField(
        _("other names"), blank=True, help_text=_("One on each line. The search finds the entry by them too.")
    )
    alert = models.CharField(
        _("important message"),
        max_length=255,
        blank=True,
        help_text=_("One sentence that everybody must see, such as “Closed until 15 August”."),
    )
    purposes = models.TextField(_("purposes"), blank=True, help_text=_("What it wants to achieve."))
    eligibility_description = models.TextField(
        _("who can take part"), blank=True, help_text=_("For whom it is, in plain words.")
    )
    ineligibility_info = models.TextField(
        _("who it is not for"), blank=True, help_text=_("Spares people a call in vain.")
    )
    application_process = models.TextField(
        _("how to join"), blank=True, help_text=_("The first step, such as “Call us before you come”.")
    )
    team_description = models.TextField(
        _("about the team"), blank=True, help_text=_("Who meets people here, without names.")
    )

    class Meta:
        abstract = True

    @property
    def other_names(self) -> list[str]:
        return lines_of(self.alternate_names)


class EntryFacts(models.Model):
    """Facts that are plain fields, on the source row alone."""

    #: In addition to the contact and the dates, which `Entry` names itself.
    detail_facts = (
        "status",
        "minimum_age",
        "maximum_age",
        "needs_referral",
        "offer_forms",
        "attendance_option",
        "conference_url",
        "conference_phone",
        "response_time",
        "capacity_available",
        "capacity_maximum",
        "capacity_updated_on",
        "languages",
        "legal_form",
        "members_count",
        "founded_year",
        "organisation_identifier",
        "logo",
        "social_media",
        "feedback_email",
        "last_contact_on",
    )

    status = models.CharField(
        _("status"),
        max_length=20,
        choices=EntryStatus,
        default=EntryStatus.ACTIVE,
        help_text=_(
            "Inactive and closed entries are still found, without meetings. "
            "What no longer exists is not shown."
        ),
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    maximum_age = models.PositiveSmallIntegerField(
        _("up to age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    needs_referral = models.BooleanField(
        _("needs a referral"), default=False, help_text=_("A doctor or the municipality must send you.")
    )
    offer_forms = ChoiceListField(_("forms of the offer"), choices=OfferForm.choices)
    attendance_option = models.CharField(_("attendance"), max_length=20, choices=AttendanceOption, blank=True)
    conference_url = models.URLField(_("online meeting room"), max_length=500, blank=True)
    conference_phone = PhoneNumberField(_("phone number of the meeting"), blank=True)
    response_time = models.DurationField(
        _("answers"),
        null=True,
        blank=True,
        choices=RESPONSE_TIMES,
        help_text=_("How soon somebody who writes or calls gets an answer. A promise."),
    )
    capacity_available = models.PositiveIntegerField(
        _("free places"), null=True, blank=True, help_text=_("0 when it is full; empty when nobody counts.")
    )
    capacity_maximum = models.PositiveIntegerField(_("places in all"), null=True, blank=True)
    capacity_updated_on = models.DateField(_("places counted on"), null=True, blank=True)
    languages = ChoiceListField(_("languages spoken"), choices=language_choices)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm, blank=True)
    members_count = models.PositiveIntegerField(_("number of members"), null=True, blank=True)
    founded_year = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MinValueValidator(1000)]
    )
    organisation_identifier = models.CharField(
        _("register number"),
        max_length=40,
        blank=True,
        help_text=_("The number in the public register: CVR in Denmark, VR or HRB in Germany."),
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    social_media = models.TextField(
        _("social media"),
        blank=True,
        validators=[validate_links],
        help_text=_("Addresses of its pages elsewhere, one on each line."),
    )
    feedback_email = models.EmailField(
        _("e-mail for corrections"),
        blank=True,
        help_text=_("Hears of it when a reader reports an error. Citizens do not see it."),
    )
    last_contact_on = models.DateField(
        _("last contact on"),
        null=True,
        blank=True,
        help_text=_("For your colleagues; citizens do not see it."),
    )

    class Meta:
        abstract = True

    @property
    def social_links(self) -> list[str]:
        return lines_of(self.social_media)

    @property
    def takes_place(self) -> bool:
        return self.status == EntryStatus.ACTIVE

    @property
    def is_open_for_new(self) -> bool:
        """Somebody counted free places, and there are some; unknown is no promise."""
        return self.takes_place and bool(self.capacity_available)

    @property
    def is_full(self) -> bool:
        return self.capacity_available == 0

    def detail_faults(self) -> dict[str, Any]:
        """Field -> what is wrong with it in the light of the others."""
        faults: dict[str, Any] = {}
        if _is_above(self.minimum_age, self.maximum_age):
            faults["maximum_age"] = _("This must not be lower than “from age”.")
        if _is_above(self.capacity_available, self.capacity_maximum):
            faults["capacity_available"] = _("There cannot be more free places than places in all.")
        if _is_above(self.founded_year, date.today().year):
            faults["founded_year"] = _("This year is still to come.")
        return faults


def _is_above(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other
