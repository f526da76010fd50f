"""Blocks that show entries and places; `DirectoryBody` offers them beside those of `cms_blocks`."""

import json
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    MultipleChoiceBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)
from wagtail.snippets.blocks import SnippetChooserBlock

from cms_blocks import policy
from cms_blocks.blocks import BodyBlock, groups
from cms_blocks.blocks.facts import FactCharBlock, FactMixin
from cms_blocks.blocks.limits import LimitedListBlock
from cms_blocks.blocks.samples import Sample

from . import maps
from .models import Entry, EntryKind, PlaceName
from .shown_entries import EntryCard, EntryFilter, card_of, filtered

MOST_ENTRIES = 12
BY_NAME, BY_CHECK = "name", "checked"
_LANGUAGE_NEUTRAL = _("Choose it in any language: readers see it in theirs.")


class FactSnippetChooserBlock(FactMixin, SnippetChooserBlock):
    """A snippet that is the same in every language; wagtail-localize would leave an untranslated one out."""


def _sample_cards() -> list[EntryCard]:
    return [
        EntryCard(
            name=gettext("Grief group by the stream"),
            lang="",
            url="#",
            kind=str(EntryKind.SELF_HELP_GROUP.label),
            city="Havmølle",
            summary=gettext("For adults who have lost somebody close."),
        )
    ]


class EntryTeaserBlock(StructBlock):
    """One entry of the directory, in the reader's language."""

    entry = FactSnippetChooserBlock(Entry, label=_("Entry"), help_text=_LANGUAGE_NEUTRAL)

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        entry = cleaned["entry"]
        if entry and not self.is_deferred_validation and not _is_public(entry):
            message = gettext(
                "Readers do not see “%(name)s” at present. Publish it first, or choose another."
            )
            error = ValidationError(message % {"name": entry.name})
            raise StructBlockValidationError(block_errors={"entry": error})
        return cleaned

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["entry"] = card_of(value["entry"], context) if value["entry"] else None
        return context

    def get_preview_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        context["entry"] = _sample_cards()[0]
        return context

    class Meta:
        icon = "group"
        label = _("Entry of the directory")
        description = _("A group, partner or contact point, with what its entry says of it.")
        group = groups.LINKS
        template = "torv_directory/blocks/entry_teaser.html"
        preview_template = "torv_directory/blocks/entry_teaser_preview.html"
        preview_value = {"entry": None}


def _is_public(entry: Entry) -> bool:
    return Entry.objects.sources().public().filter(pk=entry.facts.pk).exists()


def _towns() -> list[tuple[str, str]]:
    towns = PlaceName.objects.filter(sort=PlaceName.Sort.TOWN).order_by("name")
    return list(towns.values_list("slug", "name"))


class EntryListBlock(StructBlock):
    """The first entries that a filter finds, and a link to them all. What is stored is no language's own."""

    heading = CharBlock(label=_("Heading"), max_length=120, required=False)
    kinds = MultipleChoiceBlock(
        label=_("Kinds"),
        help_text=_("Tick none for all kinds."),
        choices=EntryKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = LimitedListBlock(
        FactSnippetChooserBlock("torv_blocks.Topic", label=_("Topic")),
        least=0,
        most=6,
        default=[],
        label=_("Topics"),
        help_text=_("Entries that carry one of them, or a narrower one."),
    )
    target_groups = LimitedListBlock(
        FactSnippetChooserBlock("torv_directory.TargetGroup", label=_("Target group")),
        least=0,
        most=6,
        default=[],
        label=_("Target groups"),
        help_text=_("Entries for one of them."),
    )
    place = ChoiceBlock(
        label=_("Town"), help_text=_("Leave empty for all towns."), choices=_towns, required=False
    )
    order = ChoiceBlock(
        label=_("Order"),
        choices=[(BY_NAME, _("By name")), (BY_CHECK, _("Last checked first"))],
        default=BY_NAME,
    )
    most = IntegerBlock(
        label=_("How many at most"),
        help_text=_("A link leads to the directory with all that the filter finds."),
        min_value=1,
        max_value=MOST_ENTRIES,
        default=5,
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not _asks_anything(cleaned):
            message = gettext("Choose at least one kind, topic, target group or town.")
            raise StructBlockValidationError(block_errors={"kinds": ValidationError(message)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["found"] = filtered(_filter(value), context)
        return context

    def get_preview_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        context["cards"] = _sample_cards()
        return context

    class Meta:
        icon = "list-ul"
        label = _("List of entries")
        description = _("Entries of the directory that a filter finds. The list keeps itself up to date.")
        group = groups.LINKS
        template = "torv_directory/blocks/entry_list.html"
        preview_template = "torv_directory/blocks/entry_list_preview.html"
        preview_value = Sample(
            {
                "heading": _("Groups near you"),
                "kinds": [EntryKind.SELF_HELP_GROUP.value],
                "topics": [],
                "target_groups": [],
                "place": "",
                "order": BY_NAME,
                "most": 5,
            }
        )


def _asks_anything(value: StructValue) -> bool:
    return any(value[name] for name in ("kinds", "topics", "target_groups", "place"))


def _filter(value: StructValue) -> EntryFilter:
    """What somebody has deleted since is left out of the question."""
    return EntryFilter(
        kinds=tuple(value["kinds"]),
        topics=tuple(topic.facts.pk for topic in value["topics"] if topic),
        target_groups=tuple(group.facts.slug for group in value["target_groups"] if group),
        place=value["place"] or "",
        order=value["order"] or BY_NAME,
        most=value["most"] or MOST_ENTRIES,
    )


class PlaceBlock(StructBlock):
    name = CharBlock(label=_("Name"), max_length=120)
    street = FactCharBlock(label=_("street and number"), max_length=160, required=False)
    postal_code = FactCharBlock(label=_("postcode"), max_length=12, required=False)
    city = FactCharBlock(label=_("town"), max_length=120)
    note = TextBlock(
        label=_("how to find it"),
        help_text=_("For example which door, bus or lift."),
        max_length=300,
        required=False,
        rows=2,
    )
    position = FactCharBlock(
        label=_("Position on the map"),
        help_text=_(
            "Latitude and longitude: 55.861, 9.845. Without it the place is listed, but not on the map."
        ),
        max_length=60,
        required=False,
        search_index=False,
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        is_wrong = bool(cleaned["position"]) and maps.position_of(cleaned["position"]) is None
        if is_wrong and not self.is_deferred_validation:
            message = gettext("Write two numbers with a comma between: 55.861, 9.845")
            raise StructBlockValidationError(block_errors={"position": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "site"
        label = _("Place")


class MapBlock(StructBlock):
    """Places with their addresses, and on click a map of them."""

    heading = CharBlock(label=_("Heading"), max_length=120, required=False)
    places = LimitedListBlock(PlaceBlock(), most=20, label=_("Places"))

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        button = _map_of(value)
        request = context.get("request")
        if button and request:
            request.torv_map_count = getattr(request, "torv_map_count", 0) + 1
            button = replace(button, number=request.torv_map_count)
        context["map"] = button
        if button and (source := maps.tile_source()):
            policy.allow(request, "img-src", source)
        return context

    class Meta:
        icon = "site"
        label = _("Map")
        description = _("One or more places: their addresses, and a map once the reader asks for it.")
        group = groups.MEDIA
        template = "torv_directory/blocks/map.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "heading": _("Where to find us"),
                "places": [
                    {
                        "name": _("The town hall"),
                        "street": "Torvet 1",
                        "postal_code": "6350",
                        "city": "Torvkøbing",
                        "note": _("Ring the bell at the back door."),
                        "position": "",
                    }
                ],
            }
        )


def _map_of(value: StructValue) -> maps.MapButton | None:
    """None where there are no tiles, or nothing to draw."""
    positions = [(place["name"], maps.position_of(place["position"])) for place in value["places"]]
    markers = [maps.marker(name, position) for name, position in positions if position]
    if not markers:
        return None
    names = ", ".join(str(marker["name"]) for marker in markers)
    return maps.map_button(places=json.dumps(markers), label=gettext("Map: %(places)s") % {"places": names})


class DirectoryBody(BodyBlock):
    """All blocks of `cms_blocks`, and those that show the directory: `TORV_BLOCKS["BODY"]` may name it."""

    entry_teaser = EntryTeaserBlock()
    entry_list = EntryListBlock()
    map = MapBlock()
