"""Where an entry is found."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms_blocks.list_fields import ChoiceListField
from cms_blocks.slugs import slug_of

from .. import conf, gazetteer
from .entry import SLUG_LENGTH, Entry


def default_country() -> str:
    return conf.current().default_country


class LocationType(models.TextChoices):
    PHYSICAL = "physical", _("Place to come to")
    POSTAL = "postal", _("Postal address")
    VIRTUAL = "virtual", _("Online")


class PositionSource(models.TextChoices):
    """Where coordinates come from; those of the gazetteer follow the address."""

    GIVEN = "", _("given")
    GAZETTEER = "gazetteer", _("from the gazetteer")


class Facility(models.TextChoices):
    """What makes a place accessible. The values are part of web addresses."""

    STEP_FREE = "step-free", _("Step-free entrance")
    LIFT = "lift", _("Lift")
    TOILET = "accessible-toilet", _("Accessible toilet")
    PARKING = "accessible-parking", _("Accessible parking")
    HEARING_LOOP = "hearing-loop", _("Hearing loop")
    ASSISTANCE_DOG = "assistance-dog", _("Assistance dogs welcome")
    QUIET_ROOM = "quiet-room", _("Quiet room")
    TACTILE_PATH = "tactile-path", _("Tactile guidance")
    SIGN_LANGUAGE = "sign-language", _("Sign language on request")
    CHANGING_TABLE = "changing-table", _("Baby changing table")


#: Decimals of a blurred position: about one kilometre.
BLURRED = 2

_HALF_A_POSITION = _("Give both latitude and longitude, or neither.")


class Location(Orderable):
    """Where an entry is found. Coordinates are WGS 84 degrees; both are given or neither."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="locations")
    location_type = models.CharField(
        _("sort of place"), max_length=10, choices=LocationType, default=LocationType.PHYSICAL
    )
    address_1 = models.CharField(_("street and number"), max_length=160, blank=True)
    address_2 = models.CharField(_("address, second line"), max_length=160, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True, help_text=_("Needed, except online."))
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

    position_source = models.CharField(
        max_length=10, choices=PositionSource, default=PositionSource.GIVEN, blank=True, editable=False
    )
    approximate = models.BooleanField(
        _("show the neighbourhood only"),
        default=False,
        help_text=_("Citizens see the town and a rough position, never the street."),
    )
    facilities = ChoiceListField(_("accessibility"), choices=Facility.choices)
    accessibility_description = models.TextField(
        _("more on accessibility"), blank=True, help_text=_("Such as “Ring the bell at the back door”.")
    )
    accessibility_url = models.URLField(_("page on accessibility"), max_length=500, blank=True)
    transportation = models.TextField(
        _("how to get there"), blank=True, help_text=_("Buses, stops, parking.")
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

    @property
    def public_street(self) -> tuple[str, ...]:
        """The lines of the street that citizens may read: none of a blurred place."""
        return () if self.approximate else tuple(filter(None, (self.address_1, self.address_2)))

    @property
    def facility_names(self) -> list[str]:
        return [str(Facility(code).label) for code in self.facilities if code in Facility.values]

    @property
    def public_position(self) -> tuple[float, float] | None:
        """Latitude and longitude as they may leave the admin, to where somebody can come."""
        if self.latitude is None or self.longitude is None or self.location_type != LocationType.PHYSICAL:
            return None
        if not self.approximate:
            return self.latitude, self.longitude
        return round(self.latitude, BLURRED), round(self.longitude, BLURRED)

    def clean(self) -> None:
        super().clean()
        if not self.city and self.location_type != LocationType.VIRTUAL:
            raise ValidationError({"city": self._meta.get_field("city").error_messages["blank"]})
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: _HALF_A_POSITION})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        gazetteer.fill_positions([self])
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
