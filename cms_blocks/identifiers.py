"""Keys of public services: KLE numbers in Denmark, LeiKa keys in Germany."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifierScheme(models.TextChoices):
    KLE = "kle", _("KLE number (Denmark)")
    LEIKA = "leika", _("LeiKa key (Germany)")


_FORMS = {
    IdentifierScheme.KLE: re.compile(r"\d{2}\.\d{2}\.\d{2}( [A-ZÆØÅ]\d{2})?"),
    IdentifierScheme.LEIKA: re.compile(r"\d{14}"),
}
_RIGHT = {
    IdentifierScheme.KLE: _(
        "A KLE number is three pairs of digits with dots between them, such as 27.36.04, "
        "if need be followed by an action facet, such as 27.36.04 G01."
    ),
    IdentifierScheme.LEIKA: _("A LeiKa key has 14 digits, such as 99012345678901."),
}


def tidy(scheme: str, identifier: str) -> str:
    """As it is stored: LeiKa keys without blanks, a KLE facet in capitals after one blank."""
    words = identifier.upper().split()
    return ("" if scheme == IdentifierScheme.LEIKA else " ").join(words)


def validate(scheme: str, identifier: str) -> None:
    """Raises ValidationError for the field at fault. Both may be empty, but not one of them."""
    if scheme and not identifier:
        raise ValidationError({"identifier": _("Give the number, or choose no kind of number.")})
    if identifier and not scheme:
        raise ValidationError({"identifier_scheme": _("Say which kind of number this is.")})
    if scheme and not _FORMS[IdentifierScheme(scheme)].fullmatch(identifier):
        raise ValidationError({"identifier": _RIGHT[IdentifierScheme(scheme)]})
