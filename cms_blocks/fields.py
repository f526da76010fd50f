"""ContentField: a StreamField whose blocks are a setting's business, not a migration's."""

import weakref
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self, cast

from django.apps import apps
from django.core.signals import setting_changed
from django.db import models
from django.utils.functional import cached_property
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.fields import Creator, StreamField

from . import conf
from .dotted import imported
from .kept import KEPT, KeepingStreamBlock, restore_unmentioned


class NotAStreamBlock(Exception):  # noqa: N818 - says what was found, as Django's DoesNotExist does
    """The setting names something that is not a StreamBlock class."""


def body_class() -> type[StreamBlock]:
    """The class that `TORV_BLOCKS["BODY"]` names. Raises ImportError or NotAStreamBlock."""
    found = imported(conf.current().body)
    if not (isinstance(found, type) and issubclass(found, StreamBlock)):
        raise NotAStreamBlock(conf.current().body)
    return cast("type[StreamBlock]", found)


def _usable_body_class() -> type[StreamBlock]:
    """As `body_class`, without blocks where the setting is wrong: a check says so, all content is kept."""
    try:
        return body_class()
    except (ImportError, NotAStreamBlock):
        return StreamBlock


class _ContentDescriptor(Creator):
    """Sets the value, and keeps a translation's own kept blocks when its source's stream is copied over it.

    wagtail-localize assigns the source's stream to the translation and then writes the translated
    texts into it. Blocks of a type no longer offered have no texts it could write, so without this
    their translation would be replaced by the source's words.
    """

    def __set__(self, obj: models.Model, value: Any) -> None:
        name = self.field.name
        incoming = self.field.to_python(value)
        owner = getattr(incoming, "_content_owner", None)
        if owner is None:
            incoming._content_owner = weakref.ref(obj)
        elif owner() is not obj and (own := _kept_by_id(obj.__dict__.get(name))):
            incoming = self.field.to_python(_with_kept(incoming, own))
            incoming._content_owner = weakref.ref(obj)
        obj.__dict__[name] = incoming


def _kept_by_id(stream: StreamValue | None) -> dict[str, Mapping[str, Any]]:
    if stream is None:
        return {}
    return {raw["id"]: raw for raw in stream.raw_data if raw["type"] == KEPT and raw.get("id")}


def _with_kept(stream: StreamValue, own: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    prepared = stream.stream_block.get_prep_value(stream)
    kept = {raw["id"] for raw in stream.raw_data if raw["type"] == KEPT}
    return [own.get(item["id"], item) if item["id"] in kept else item for item in prepared]


class ContentField(StreamField):
    """A StreamField whose blocks come from `TORV_BLOCKS["BODY"]`.

    No block definition enters a migration. Content whose type the setting no longer offers stays in
    the database as it is, is shown to editors as kept, and to readers not at all.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([], **kwargs)

    def clone(self) -> Self:
        _name, _path, _args, kwargs = self.deconstruct()
        return self.__class__(**kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        offered = _usable_body_class()
        block = type(f"Keeping{offered.__name__}", (KeepingStreamBlock, offered), {})()
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [], kwargs

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        if isinstance(data, StreamValue):
            restore_unmentioned(data, self.value_from_object(instance))
        super().save_form_data(instance, data)

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.name, _ContentDescriptor(self))


def content_fields(models_: Iterable[type[models.Model]]) -> Iterator[ContentField]:
    """The content fields that these models themselves have."""
    for model in models_:
        yield from (field for field in model._meta.local_fields if isinstance(field, ContentField))


def _forget_blocks(*, setting: str, **kwargs: Any) -> None:
    if setting == conf.NAME:
        for field in content_fields(apps.get_models()):
            field.__dict__.pop("stream_block", None)


setting_changed.connect(_forget_blocks)
