"""Where texts name a person: rows, versions, logs, comments and what the translations keep."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote_plus
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models.signals import post_save
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.phonenumber import PhoneNumber, to_python
from wagtail.admin.models import FormState
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail_localize.models import String
from wagtailmedia import get_media_model

from .models import ContactPerson, PrivatePerson

#: What stands where part of a text was taken out.
GAP = "[…]"

#: Kept texts that are no content themselves.
_KEPT = {
    "wagtailcore.Revision": ("content", "object_str"),
    "wagtailcore.ModelLogEntry": ("label", "data"),
    "wagtailcore.PageLogEntry": ("label", "data"),
    "wagtailcore.TaskState": ("comment",),
    "wagtailcore.Comment": ("text",),
    "wagtailcore.CommentReply": ("text",),
    "wagtailforms.FormSubmission": ("form_data",),
    "wagtail_localize.TranslationSource": ("object_repr", "content_json"),
    "wagtail_localize.String": ("data",),
    "wagtail_localize.StringTranslation": ("data",),
    "wagtail_localize.SegmentOverride": ("data_json",),
    "wagtail_localize.OverridableSegment": ("data_json",),
    "wagtail_localize.Template": ("template",),
}


#: What a quote says, and of whom.
_SAID = ("text", "attribution")

#: Fields of texts that are no words.
_ADDRESSES = ("path", "url_path")


@dataclass(frozen=True)
class Words:
    """What betrays a person in a text. A single word is no name to look for: too many people have it."""

    name: str = ""
    email: str = ""
    phone: str = ""
    #: The person's, by which quotes say whose words they are.
    number: int | None = None

    @classmethod
    def of(cls, person: PrivatePerson) -> "Words":
        return cls(person.name, person.email, str(person.phone) if person.phone else "", person.pk)

    @property
    def can_look_for_name(self) -> bool:
        return len(self.name.split()) > 1

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        parts = [*self._names(), *self._emails(), *self._numbers()]
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def _names(self) -> Iterator[str]:
        if self.can_look_for_name:
            for name in dict.fromkeys((self.name, html.escape(self.name))):
                joined = r"(?:\s|&nbsp;)+".join(re.escape(word) for word in name.split())
                yield rf"(?<!\w){joined}s?(?!\w)"  # with the genitive of Danish and German

    def _emails(self) -> Iterator[str]:
        if self.email:
            yield rf"(?<![\w.+-]){re.escape(self.email)}(?![\w-])"

    def _numbers(self) -> Iterator[str]:
        number = to_python(self.phone) if self.phone else None
        if number is None:
            return
        digits = str(number.national_number) if number.is_valid() else re.sub(r"\D", "", self.phone)
        spaced = r"[\s./-]*".join(digits)
        if digits:
            yield rf"(?<!\d)(?:(?:\+|00){number.country_code or ''}[\s./-]*)?(?:\(0\)|0)?{spaced}(?!\d)"

    def taken_out_of(self, value: Any) -> Any:
        """The value without them; the same object where it names nobody."""
        if isinstance(value, str):
            return self._out_of_json(value) if value[:1] in ("[", "{") else self._out_of_text(value)
        if isinstance(value, PhoneNumber):
            return "" if self._out_of_text(str(value)) != str(value) else value
        if isinstance(value, StreamValue):
            return self._out_of_stream(value)
        if isinstance(value, dict):
            if self._are_said_in(value):
                return {**value, **dict.fromkeys(_SAID, "")}
            changed = {key: self.taken_out_of(one) for key, one in value.items()}
            return changed if changed != value else value
        if isinstance(value, list | tuple):
            rows = [self.taken_out_of(one) for one in value]
            return rows if rows != list(value) else value
        return value

    def _are_said_in(self, value: dict[str, Any]) -> bool:
        """A quote of the person, as a block or as a row in a version, that is not cleared yet."""
        is_theirs = self.number is not None and value.get("person") == self.number
        return is_theirs and "text" in value and any(value.get(name) for name in _SAID)

    def _out_of_json(self, text: str) -> str:
        """Versions hold streams as JSON in a text, where a letter such as å is written by its number."""
        try:
            held = json.loads(text)
        except ValueError:
            return self._out_of_text(text)
        changed = self.taken_out_of(held)
        return text if changed is held else json.dumps(changed)

    def texts_in(self, value: Any) -> Iterator[str]:
        """The texts in it that name the person, each whole."""
        value = _opened(value)
        if isinstance(value, dict):
            if self._are_said_in(value):
                yield from (str(value[name]) for name in _SAID if value.get(name))
                return
            value = list(value.values())
        if isinstance(value, list | tuple):
            for one in value:
                yield from self.texts_in(one)
        elif isinstance(value, str | PhoneNumber) and self.taken_out_of(value) != value:
            yield str(value)

    def _out_of_text(self, text: str) -> str:
        if self.pattern is None or not self.pattern.search(text):
            return text
        return "" if self.pattern.fullmatch(text.strip()) else self.pattern.sub(GAP, text)

    def _out_of_stream(self, value: StreamValue) -> Any:
        raw = list(value.raw_data)
        changed = self.taken_out_of(raw)
        return value if changed is raw else StreamValue(value.stream_block, changed, is_lazy=True)


@dataclass(frozen=True)
class Mention:
    """A stored row that names the person, with its fields as they would be without the name."""

    model: type[models.Model]
    pk: Any
    texts: tuple[str, ...] = field(repr=False)
    cleared: dict[str, Any] = field(repr=False)

    def clear(self) -> None:
        values = dict(self.cleared)
        if self.model is String:
            values["data_hash"] = _free_hash(self.pk, values["data"])
        rows = self.model._base_manager.filter(pk=self.pk)
        rows.update(**values)
        if _is_content(self.model) and (row := self.model._default_manager.filter(pk=self.pk).first()):
            # An update tells nobody; the search and the index of references have to know.
            post_save.send(
                self.model, instance=row, created=False, raw=False, using="default", update_fields=None
            )


def _opened(value: Any) -> Any:
    if isinstance(value, StreamValue):
        return list(value.raw_data)
    if isinstance(value, str) and value[:1] in ("[", "{"):
        with suppress(ValueError):
            return json.loads(value)
    return value


def mentions(words: Words) -> Iterator[Mention]:
    """All rows whose texts name the person. Reads every text there is: for rare occasions."""
    if words.pattern is None and words.number is None:
        return
    for model, names in _places():
        for row in model._base_manager.values("pk", *names).iterator(chunk_size=500):
            pk = row.pop("pk")
            cleared = {name: new for name, old in row.items() if (new := words.taken_out_of(old)) is not old}
            if cleared:
                texts = tuple(text for name in cleared for text in words.texts_in(row[name]))
                yield Mention(model, pk, texts, cleared)


def open_forms(words: Words) -> list[Any]:
    """Keys of the forms that Wagtail keeps for a preview, encoded as an address, and that name the person."""
    rows = FormState.objects.values_list("pk", "data").iterator(chunk_size=500)
    return [pk for pk, data in rows if words.taken_out_of(text := unquote_plus(data)) != text]


def _places() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        names = _KEPT.get(model._meta.label)
        if names is None and _is_content(model):
            names = tuple(_text_fields(model._meta.local_fields))
        if names:
            yield model, list(names)


def _is_content(model: type[models.Model]) -> bool:
    """Staff with the same name stay; the person's own row is another's work."""
    if issubclass(model, ContactPerson | PrivatePerson):
        return False
    if getattr(model, "may_name_persons", False):  # rows that people sent, which are no content
        return True
    is_child = any(isinstance(one, ParentalKey) for one in model._meta.fields)  # a host's own fields too
    is_content = issubclass(model, Page | TranslatableMixin | Orderable | ClusterableModel)
    return is_content or is_child or model in _file_models()


def _file_models() -> Iterator[type[models.Model]]:
    yield get_document_model()
    yield get_image_model()
    if apps.is_installed("wagtailmedia"):
        yield get_media_model()


def _text_fields(fields: Iterable[models.Field[Any, Any]]) -> Iterator[str]:
    kinds = (models.CharField, models.TextField, models.JSONField, StreamField)
    for one in fields:
        is_address = isinstance(one, models.SlugField | models.FileField) or bool(one.choices)
        if isinstance(one, kinds) and not is_address and one.name not in _ADDRESSES:
            yield one.name


def _free_hash(pk: Any, data: str) -> Any:
    """The translations find a string by it; it is unique in its language."""
    wanted = String._get_data_hash(data)
    taken = String.objects.filter(data_hash=wanted).exclude(pk=pk).exists()
    return uuid4() if taken else wanted
