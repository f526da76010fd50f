"""Loads private persons who lead groups; their consents hold, end soon, have expired or are withdrawn."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms_blocks.models import Consent, PrivatePerson

from .records import Run
from .texts import Text, rows

#: How long before loading a consent was given.
GIVEN = timedelta(days=200)


def load(run: Run) -> dict[str, PrivatePerson]:
    """By key; without those whom somebody has erased."""
    found = {text.key: _person(run, text) for text in _texts()}
    return {key: person for key, person in found.items() if person}


def count() -> int:
    return len(_texts())


def _texts() -> list[Text]:
    return rows("private-persons.toml", "person")


def _person(run: Run, text: Text) -> PrivatePerson | None:
    name = f"private-person:{text.key}"

    def write(row: PrivatePerson | None) -> PrivatePerson:
        row = row or PrivatePerson()
        for field in ("name", "phone", "email"):
            setattr(row, field, text.values[field])
        row.consents = [_consent(consent) for consent in text.values["consents"]]
        row.full_clean()
        row.save()
        row.refresh_from_db()
        return row

    found = PrivatePerson.objects.filter(pk=run.row_id(name)).first()
    return run.write(name, text, found, write)


def _consent(values: dict[str, Any]) -> Consent:
    today = timezone.localdate()
    return Consent(
        scope=values["scope"],
        given_on=today - GIVEN,
        expires_on=today + timedelta(days=values["days"]),
        withdrawn_on=today if values.get("withdrawn") else None,
    )
