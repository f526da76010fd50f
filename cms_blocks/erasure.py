"""Erases all that is kept of a private person, and its opposite: hands it all out."""

import base64
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.admin.models import FormState
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from . import logins, story_consents
from .models import Consent, PersonRowMixin, PrivatePerson
from .traces import Mention, Words, mentions, open_forms


def erase(
    person: PrivatePerson | None, words: Words, *, dry_run: bool = False, with_login: bool = False
) -> Counter[str]:
    """Place -> how many rows were cleared there. Without a person only texts are; all or nothing.

    `with_login` empties and closes the person's login too, unless somebody works with it.
    """
    counts: Counter[str] = Counter()
    with transaction.atomic():
        if person is not None:
            if with_login and (user := person.user) is not None and not logins.may_more(user):
                counts[_place(type(user))] += 1
                logins.empty(user)
            story_consents.take_down_about(person)
            _delete_files(person, counts)
            for row in _rows_of(person):
                counts[_place(type(row))] += 1
                row.delete()
            counts[_place(Consent)] += person.consents.count()
            counts[_place(PrivatePerson)] += 1
            person.delete()
        for mention in mentions(words):
            counts[_place(mention.model)] += 1
            mention.clear()
        forms = FormState.objects.filter(pk__in=open_forms(words))
        counts[_place(FormState)] += forms.count()
        forms.delete()
        if dry_run:
            transaction.set_rollback(True)
    return +counts


def notes(person: PrivatePerson | None, words: Words, *, with_login: bool = False) -> list[str]:
    """What erasing leaves, without repeating it; ask before you erase."""
    found = []
    if words.name and not words.can_look_for_name:
        found.append(_("The name is a single word: texts are not searched for it."))
    if person is None or (user := person.user) is None:
        return found
    if logins.may_more(user):
        found.append(_("The person's login stays: it may do more than an owner's."))
    elif with_login:
        found.append(_("The person's login is emptied too, and nobody can use it any more."))
    else:
        found.append(_("The person's login stays, with its name and address."))
    return found


def _delete_files(person: PrivatePerson, counts: Counter[str]) -> None:
    """The files go when the transaction is committed. Evidence that covers others too stays."""
    for document in _evidence_of(person):
        if not Consent.objects.filter(evidence=document).exclude(person=person).exists():
            counts[_place(type(document))] += 1
            document.delete()
    if (photo := person.photo) is not None:
        counts[_place(photo.renditions.model)] += photo.renditions.count()
        counts[_place(type(photo))] += 1
        photo.delete()
        person.photo = None


def _evidence_of(person: PrivatePerson) -> "models.QuerySet[Any]":
    return get_document_model().objects.filter(pk__in=person.consents.values("evidence"))


def _rows_of(person: PrivatePerson) -> Iterator[Any]:
    for model in apps.get_models():
        if issubclass(model, PersonRowMixin):
            yield from model._default_manager.filter(person=person)


def _place(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name_plural)


def export(person: PrivatePerson | None, words: Words) -> dict[str, Any]:
    """All that is held on the person, for `json.dumps` with Django's encoder; files as base64.

    Without a person it is what texts say; `Words.of` gives the words of a person.
    """
    return {**(_held(person) if person else {}), "mentioned_in": [_mention(one) for one in mentions(words)]}


def _held(person: PrivatePerson) -> dict[str, Any]:
    return {
        "person": {name: str(getattr(person, name) or "") for name in ("name", "email", "phone", "note")},
        "photo": _file(person.photo),
        "login": logins.facts(person.user) if person.user else None,
        "consents": [
            {**model_to_dict(one, exclude=["id", "person", "evidence"]), "evidence": _file(one.evidence)}
            for one in person.consents.select_related("evidence")
        ],
        "shown_on": [_row(row) for row in _rows_of(person)],
    }


def named_on(person: PrivatePerson) -> list[Any]:
    """The pages and entries that name the person by number, in rows of theirs or in quotes in their text."""
    parents = (_parent(row) for row in _rows_of(person))
    others = (source for source, _rows in ReferenceIndex.get_grouped_references_to(person))
    found = {
        (Page if isinstance(one, Page) else type(one), one.pk): one for one in (*parents, *others) if one
    }
    found.pop((PrivatePerson, person.pk), None)
    return sorted((getattr(one, "specific", one) for one in found.values()), key=str)


def _parent(row: Any) -> Any:
    parents = (getattr(row, one.name) for one in row._meta.fields if isinstance(one, ParentalKey))
    return next(parents, None)


def _file(file: Any) -> dict[str, str] | None:
    """A file that is lost in the storage has no content."""
    if file is None:
        return None
    content = ""
    with suppress(OSError), file.open_file() as opened:
        content = base64.b64encode(opened.read()).decode()
    return {"title": file.title, "name": file.filename, "content": content}


def _row(row: Any) -> dict[str, str]:
    kept = {name: str(value) for name, value in model_to_dict(row, exclude=["person"]).items()}
    parents = (
        field.name
        for field in row._meta.fields
        if field.is_relation and field.name not in ("person", "locale")
    )
    return {
        "kind": str(row._meta.verbose_name),
        **kept,
        **{name: str(getattr(row, name)) for name in parents},
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "kind": str(mention.model._meta.verbose_name),
        "id": str(mention.pk),
        "texts": list(dict.fromkeys(mention.texts)),
    }
