"""The gazetteer: where postcodes and towns lie. `manage.py load_places FILE` fills it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A postcode of a town. Coordinates are WGS 84 degrees."""

    postcode = models.CharField(_("postcode"), max_length=12)
    town = models.CharField(_("town"), max_length=120)
    town_slug = models.SlugField(max_length=120, editable=False)
    country = models.CharField(_("country"), max_length=2)
    latitude = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    class Meta:
        verbose_name = _("place of the gazetteer")
        verbose_name_plural = _("places of the gazetteer")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "postcode", "town_slug"], name="torv_directory_place_once"
            )
        ]
        indexes = [models.Index(fields=["country", "town_slug"], name="torv_directory_place_town")]

    def __str__(self) -> str:
        return f"{self.postcode} {self.town}"
