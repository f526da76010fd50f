"""What may be shown of private persons at this moment. The one place that every output asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .models import Consent, PersonRowMixin, PrivatePerson, Scope
from .person_photos import photo_url

if TYPE_CHECKING:
    from phonenumber_field.phonenumber import PhoneNumber


#: A photo shows more than the name, so it is never shown without.
_PHOTO = frozenset({Scope.PHOTO, Scope.NAME})


@dataclass(frozen=True, kw_only=True)
class ShownPerson:
    """What readers may see of a person in one role; what they may not is empty."""

    name: str = ""
    role: str = ""
    phone: PhoneNumber | str = ""
    email: str = ""
    #: Never the address of the file itself, which would outlive the consent.
    photo_url: str = ""


def valid_scopes(persons: Iterable[int]) -> dict[int, frozenset[str]]:
    """Person -> what may be shown now; in one query. Who gave no consent is absent."""
    found: dict[int, set[str]] = defaultdict(set)
    pairs = Consent.objects.valid().filter(person__in=set(persons)).order_by()
    for person, scope in pairs.values_list("person", "scope"):
        found[person].add(scope)
    return {person: frozenset(scopes) for person, scopes in found.items()}


def refusing_mail(persons: Iterable[int]) -> set[int]:
    """To whom nothing is forwarded: who agreed once, and to the e-mail or to anything no longer does.

    Who was never asked is not among them: the address is not shown, and they were chosen as the contact.
    """
    keys = set(persons)
    asked: dict[int, set[str]] = defaultdict(set)
    for person, scope in Consent.objects.filter(person__in=keys).order_by().values_list("person", "scope"):
        asked[person].add(scope)
    valid = valid_scopes(asked) if asked else {}
    return {
        person
        for person, scopes in asked.items()
        if person not in valid or (Scope.EMAIL in scopes and Scope.EMAIL not in valid[person])
    }


def may_show_photo(person: PrivatePerson) -> bool:
    return valid_scopes([person.pk]).get(person.pk, frozenset()) >= _PHOTO


def forget_photos(persons: Iterable[int]) -> None:
    """Deletes the files made of the photos that may not be shown; made anew should that change again."""
    known = PrivatePerson.objects.filter(pk__in=set(persons), photo__isnull=False).select_related("photo")
    scopes = valid_scopes(person.pk for person in known)
    for person in known:
        if person.photo and not scopes.get(person.pk, frozenset()) >= _PHOTO:
            person.photo.renditions.all().delete()


def shown_persons(rows: Sequence[Any]) -> list[ShownPerson]:
    """Of these `PersonRowMixin` rows what readers may see now, in a constant number of queries."""
    scopes = valid_scopes(row.person_id for row in rows)
    known = PrivatePerson.objects.in_bulk(scopes)
    shown = (
        _shown(row, known[row.person_id], scopes[row.person_id])
        for row in rows
        if row.person_id in known and scopes[row.person_id].issuperset(row.needs)
    )
    return [person for person in shown if person.name or person.phone or person.email]


def _shown(row: PersonRowMixin, person: PrivatePerson, scopes: frozenset[str]) -> ShownPerson:
    return ShownPerson(
        name=person.name if Scope.NAME in scopes else "",
        role=getattr(row, "role", ""),
        phone=person.phone if Scope.PHONE in scopes else "",
        email=person.email if Scope.EMAIL in scopes else "",
        photo_url=photo_url(person.pk) if person.photo_id and scopes >= _PHOTO else "",
    )
