from django.db import models

SIZES = [("small", "Up to 12 people"), ("large", "More than 12 people")]


class Room(models.Model):
    """A room that the municipality lends."""

    name = models.CharField("name", max_length=80)
    description = models.TextField("description", blank=True)
    size = models.CharField("size", max_length=10, choices=SIZES)
    is_lent = models.BooleanField("may be borrowed", default=True)

    def __str__(self) -> str:
        return self.name
