"""Rows that name a private person, on an entry or a page."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .consent import Scope
from .private_person import PrivatePerson


class PersonRowMixin(models.Model):
    """Names the person by number. `needs` are the consents without which the whole row is not shown;
    what is then printed of the person depends on the consents for name, phone, mail and photo.

    Render such rows through `cms_blocks.consents.shown_persons` alone. The row goes with the person.
    """

    needs: ClassVar[tuple[Scope, ...]] = ()

    person = models.ForeignKey(
        PrivatePerson,
        verbose_name=_("private person"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        abstract = True
