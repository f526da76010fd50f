"""Content of a block type that is no longer offered: kept as it is, shown to editors, hidden from readers."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks import (
    BoundBlock,
    CharBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)
from wagtail.blocks.stream_block import StreamBlockAdapter, StreamBlockValidationError

#: Name of the stand-in block in forms; it is never stored.
KEPT = "torv_kept"
_SALT = "torv_blocks.kept"


@dataclass(frozen=True)
class KeptValue:
    """A stored block, untouched: `type` and `content` as in the database; `broken` if a form altered it."""

    type: str = ""
    content: Any = None
    broken: bool = False

    def __str__(self) -> str:
        return ""

    def __html__(self) -> str:
        return ""

    @property
    def text(self) -> str:
        """The words in it, one line for each piece."""
        return "\n".join(_words(self.content))


def _words(content: Any) -> Iterable[str]:
    if isinstance(content, str):
        if plain := strip_tags(content.replace("</p>", "</p> ")).strip():
            yield plain
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if key not in ("id", "type"):
                yield from _words(value)
    elif isinstance(content, list):
        for item in content:
            yield from _words(item)


class KeptBlock(StructBlock):
    """Stand-in for a block whose type is gone. Its form shows what is kept and carries it along, signed.

    Signed, because the content is stored without a block that could validate it.
    """

    was = CharBlock(label=_("Kind of block"), required=False)
    text = TextBlock(label=_("Its text"), required=False)
    data = CharBlock(required=False)

    class Meta:
        icon = "history"
        label = _("Kept content")
        form_template = "torv_blocks/blocks/kept_form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_only = {"readonly": True, "aria-readonly": "true"}
        for name in ("was", "text"):
            self.child_blocks[name].field.widget.attrs.update(read_only)
        self.child_blocks["data"].field.widget = forms.HiddenInput()

    def get_default(self) -> KeptValue:
        return KeptValue()

    def normalize(self, value: Any) -> KeptValue:
        return self.to_python(value)

    def to_python(self, value: Any) -> KeptValue:
        return value if isinstance(value, KeptValue) else KeptValue(value["type"], value["value"])

    def bulk_to_python(self, values: Iterable[Any]) -> list[KeptValue]:
        return [self.to_python(value) for value in values]

    def get_prep_value(self, value: KeptValue) -> dict[str, Any]:
        return {"type": value.type, "value": value.content}

    def get_form_state(self, value: KeptValue) -> dict[str, Any]:
        data = signing.dumps([value.type, value.content], salt=_SALT, compress=True) if value.type else ""
        return {"was": value.type, "text": value.text, "data": data}

    def get_form_context(self, value: KeptValue, prefix: str = "", errors: Any = None) -> dict[str, Any]:
        return super().get_form_context({}, prefix=prefix, errors=errors)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, prefix: str) -> KeptValue:
        try:
            type_, content = signing.loads(data.get(f"{prefix}-data", ""), salt=_SALT)
        except signing.BadSignature:
            return KeptValue(broken=True)
        return KeptValue(type_, content)

    def clean(self, value: KeptValue) -> KeptValue:
        if value.broken:
            message = gettext("This kept content came back altered. Reload the page, or remove this block.")
            raise StructBlockValidationError(non_block_errors=[ValidationError(message)])
        return value

    def render(self, value: KeptValue, context: Any = None) -> SafeString:
        return mark_safe("")

    def get_searchable_content(self, value: KeptValue) -> list[str]:
        return []

    def extract_references(self, value: KeptValue) -> Iterable[Any]:
        return ()

    def get_block_by_content_path(self, value: KeptValue, path_elements: list[str]) -> BoundBlock | None:
        return None if path_elements else self.bind(value)

    # wagtail-localize: nothing here can be translated.
    def get_translatable_segments(self, value: KeptValue) -> list[Any]:
        return []

    def restore_translated_segments(self, value: KeptValue, segments: list[Any]) -> KeptValue:
        return value


class KeepingStreamBlock(StreamBlock):
    """Mixed into a StreamBlock: stored blocks of unknown type are neither lost nor shown to readers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = KeptBlock()
        kept.set_name(KEPT)
        self.child_blocks[KEPT] = kept

    def to_python(self, value: Any) -> StreamValue:
        if isinstance(value, str) and value:
            with suppress(ValueError):  # not JSON: the base class keeps the raw text
                value = json.loads(value)
        if isinstance(value, list):
            value = [self._known(item) for item in value]
        return super().to_python(value)

    def _known(self, item: Any) -> Any:
        """The stored item, or its stand-in where the type is not offered (any more, or again)."""
        if isinstance(item, Mapping):
            if item["type"] == KEPT:
                item = {**item["value"], "id": item.get("id")}
            if item["type"] not in self.child_blocks:
                return {
                    "type": KEPT,
                    "value": {"type": item["type"], "value": item["value"]},
                    "id": item.get("id"),
                }
        elif isinstance(item, tuple) and len(item) == 2 and item[0] not in self.child_blocks:
            return (KEPT, KeptValue(*item))
        return item

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        return [
            {**item["value"], "id": item["id"]} if item["type"] == KEPT else item
            for item in super().get_prep_value(value)
        ]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, prefix: str) -> StreamValue:
        value = super().value_from_datadict(data, files, prefix)
        positions = range(int(data[f"{prefix}-count"]))
        removed = [i for i in positions if data[f"{prefix}-{i}-deleted"]]
        value.removed_ids = frozenset(data.get(f"{prefix}-{i}-id") for i in removed)
        # Taken out of the setting while the form was open: their fields cannot be read any more.
        types = {data[f"{prefix}-{i}-type"] for i in positions if i not in removed}
        value.vanished_types = sorted(types - set(self.child_blocks))
        return value

    def clean(self, value: StreamValue) -> StreamValue:
        if vanished := getattr(value, "vanished_types", None):
            message = gettext(
                "These kinds of block were switched off while you were writing: %(types)s. "
                "Copy what you changed in them and reload the page; what was saved before is kept."
            ) % {"types": ", ".join(vanished)}
            raise StreamBlockValidationError(non_block_errors=[ValidationError(message)])
        cleaned = super().clean(value)
        cleaned.removed_ids = getattr(value, "removed_ids", frozenset())
        return cleaned

    def render_basic(self, value: StreamValue, context: Any = None) -> SafeString:
        shown = [child for child in value if child.block_type != KEPT]
        return super().render_basic(shown, context=context)

    def get_api_representation(self, value: StreamValue, context: Any = None) -> list[dict[str, Any]]:
        shown = [child for child in value or () if child.block_type != KEPT]
        return super().get_api_representation(shown, context=context)


def restore_unmentioned(stream: StreamValue, before: StreamValue) -> None:
    """Put kept blocks back that a form neither sent nor removed, as a client does that never saw them."""
    mentioned = {child.id for child in stream} | getattr(stream, "removed_ids", frozenset())
    for position, child in enumerate(before):
        if child.block_type == KEPT and child.id and child.id not in mentioned:
            stream.insert(min(position, len(stream)), (KEPT, child.value, child.id))


def stored_types(stream: StreamValue) -> set[str]:
    """The types of the blocks as they are in the database."""
    return {item["type"] for item in stream.stream_block.get_prep_value(stream)}


class KeepingStreamAdapter(StreamBlockAdapter):
    """Hides the stand-in from the list of blocks an editor can add, and from nothing else."""

    js_constructor = "torv_blocks.KeepingStreamBlock"

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/blocks.js"),
                "torv_blocks_admin/keeping_stream_block.js",
            ]
        )


register(KeepingStreamAdapter(), KeepingStreamBlock)
