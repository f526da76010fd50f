"""Blocks about people: what somebody said, and whom to call."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.models import Site
from wagtail.snippets.blocks import SnippetChooserBlock

from .. import references
from ..models import SiteFrame
from . import groups
from .facts import FactMixin
from .limits import LimitedListBlock


class QuoteBlock(StructBlock):
    """What somebody said. Who said it may be a private person, so that name is not searchable."""

    text = TextBlock(
        label=_("Words"), help_text=_("Without quotation marks; they are added."), max_length=800, rows=4
    )
    attribution = CharBlock(
        label=_("Who said it"),
        help_text=_("A name, or a description such as “a citizen, 54”."),
        max_length=160,
        search_index=False,
    )
    source_title = CharBlock(
        label=_("Source"),
        help_text=_("Where the words were said or printed."),
        max_length=160,
        required=False,
    )
    source_url = URLBlock(label=_("Web address of the source"), required=False)

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["source_url"] and not cleaned["source_title"] and not self.is_deferred_validation:
            message = gettext("Name the source: this is the text of the link.")
            raise StructBlockValidationError(block_errors={"source_title": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("What somebody said, and who.")
        group = groups.PEOPLE
        template = "torv_blocks/blocks/quote.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = {
            "text": "For første gang blev jeg spurgt, hvad jeg selv havde brug for.",
            "attribution": "En borger, 54 år",
            "source_title": "",
            "source_url": "",
        }


class ContactPersonChooserBlock(FactMixin, SnippetChooserBlock):
    """A contact person, the same in every language: their texts are looked up for the reader.

    wagtail-localize would leave a person out whose role is not translated.
    """

    def __init__(self, target_model: str = "torv_blocks.ContactPerson", **kwargs: Any) -> None:
        super().__init__(target_model, **kwargs)


def _sample_contact() -> references.Contact:
    return references.Contact(
        name="Mette Lundager",
        role=gettext("Head of department"),
        department=gettext("Social services and health"),
        lang="",
        email="mette.lundager@torvkoebing.example",
        phones=(),
        photo=None,
    )


class ContactPersonsBlock(StructBlock):
    """Whom to call or write to."""

    heading = CharBlock(
        label=_("Heading"), help_text=_("Leave empty for “Contact”."), max_length=120, required=False
    )
    persons = LimitedListBlock(
        ContactPersonChooserBlock(label=_("Contact person")), most=12, label=_("Contact persons")
    )

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        keys = [person.pk for person in value["persons"] if person]
        context["contacts"] = references.contacts_of(keys, references.reader_locale_id(context))
        return context

    def get_preview_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        context["contacts"] = [_sample_contact()]
        return context

    class Meta:
        icon = "user"
        label = _("Contact persons")
        description = _("People to call or write to. Their data is kept in one place.")
        group = groups.PEOPLE
        template = "torv_blocks/blocks/contact_persons.html"
        preview_template = "torv_blocks/blocks/contact_persons_preview.html"
        preview_value = {"heading": "", "persons": []}


class ContactCardBlock(StructBlock):
    """One contact person, or the contact point of the website: what its header and footer say."""

    heading = CharBlock(
        label=_("Heading"), help_text=_("Leave empty for “Contact”."), max_length=120, required=False
    )
    person = ContactPersonChooserBlock(
        label=_("Contact person"),
        help_text=_("Leave empty to show the address, phone and e-mail that the footer shows."),
        required=False,
    )

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        if value["person"]:
            context["contacts"] = references.contacts_of(
                [value["person"].pk], references.reader_locale_id(context)
            )
        else:
            context["contact_point"] = _contact_point(context.get("request"))
        return context

    def get_preview_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        context["contacts"] = [_sample_contact()]
        return context

    class Meta:
        icon = "mail"
        label = _("Contact card")
        description = _("One person to ask, or the address and phone number of the municipality.")
        group = groups.PEOPLE
        template = "torv_blocks/blocks/contact_card.html"
        preview_template = "torv_blocks/blocks/contact_persons_preview.html"
        preview_value = {"heading": "", "person": None}


def _contact_point(request: Any) -> SiteFrame | None:
    """None where nobody has filled in the footer."""
    site = Site.find_for_request(request) if request else None
    frame = SiteFrame.objects.filter(site=site).first()
    return frame if frame and (frame.address or frame.phone or frame.email) else None
