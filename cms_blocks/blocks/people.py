"""Blocks about people: what somebody said, and whom to call."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    FieldBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.models import Site
from wagtail.snippets.blocks import SnippetChooserBlock

from .. import references
from ..models import Consent, PrivatePerson, Scope, SiteFrame
from . import groups
from .facts import FactMixin
from .limits import LimitedListBlock
from .samples import Sample


class PrivatePersonBlock(FieldBlock):
    """Names a private person by number alone: also one who is erased by now, whom nobody may show."""

    def __init__(self, *, required: bool = False, help_text: Any = None, **kwargs: Any) -> None:
        self._required = required
        self._help_text = help_text
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> Any:
        chooser = PrivatePerson.snippet_viewset.chooser_viewset.widget_class
        return forms.ModelChoiceField(
            PrivatePerson.objects.all(),
            widget=chooser(),
            required=self._required,
            help_text=self._help_text or "",
        )

    def get_form_state(self, value: int | None) -> Any:
        known = value if PrivatePerson.objects.filter(pk=value).exists() else None
        return self.field.widget.get_value_data(known)

    def value_from_form(self, value: Any) -> int | None:
        return value.pk if isinstance(value, PrivatePerson) else value

    def extract_references(self, value: int | None) -> Iterator[tuple[type[Model], str, str, str]]:
        if value is not None:
            yield PrivatePerson, str(value), "", ""

    # A fact: the same in every language.
    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return value

    class Meta:
        icon = "user"


class QuoteBlock(StructBlock):
    """What somebody said. Who said it may be a private person, so that name is not searchable.

    Words of a person who is chosen here are shown while the person agrees to be quoted.
    """

    text = TextBlock(
        label=pgettext_lazy("quote", "Words"),
        help_text=_("Without quotation marks; they are added."),
        max_length=800,
        rows=4,
    )
    attribution = CharBlock(
        label=_("Who said it"),
        help_text=_("A name, or a description such as “a citizen, 54”."),
        max_length=160,
        search_index=False,
    )
    person = PrivatePersonBlock(
        label=_("Private person"),
        help_text=_("The quote is shown only while this person agrees to be quoted."),
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
        if not self.is_deferred_validation and not self.is_shown(cleaned):
            message = gettext("%(person)s has not agreed to be quoted, or no longer does.")
            error = ValidationError(message % {"person": PrivatePerson(pk=cleaned["person"])})
            raise StructBlockValidationError(block_errors={"person": error})
        return cleaned

    def is_private(self, value: Mapping[str, Any]) -> bool:
        return bool(value.get("person"))

    def is_shown(self, value: Mapping[str, Any], parent_context: Any = None) -> bool:
        return not self.is_private(value) or value["person"] in _quotable(parent_context)

    def render(self, value: StructValue, context: Any = None) -> str:
        """Nothing without the consent, whatever template a host has."""
        return str(super().render(value, context)) if self.is_shown(value, context) else ""

    def get_api_representation(self, value: StructValue, context: Any = None) -> Any:
        if not self.is_shown(value):
            return None
        shown: dict[str, Any] = super().get_api_representation(value, context)
        return {name: part for name, part in shown.items() if name != "person"}

    def get_searchable_content(self, value: StructValue) -> list[str]:
        words: list[str] = super().get_searchable_content(value)
        return [] if self.is_private(value) else words

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("What somebody said, and who.")
        group = groups.PEOPLE
        template = "torv_blocks/blocks/quote.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "text": _("For the first time I was asked what I needed myself."),
                "attribution": _("A citizen, 54"),
                "person": None,
                "source_title": "",
                "source_url": "",
            }
        )


def _quotable(context: Any) -> frozenset[int]:
    """Who agrees to be quoted at this moment; asked once for a page, however many quotes it has."""
    page = (context or {}).get("page")
    known: frozenset[int] | None = getattr(page, "_torv_quotable", None)
    if known is None:
        known = frozenset(Consent.objects.valid(Scope.QUOTE).values_list("person", flat=True))
        if page is not None:
            page._torv_quotable = known
    return known


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


class ContactsBlock(StructBlock):
    """Below a heading, `contacts`; in a preview, an invented one."""

    heading = CharBlock(
        label=_("Heading"), help_text=_("Leave empty for “Contact”."), max_length=120, required=False
    )

    def get_preview_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        context["contacts"] = [_sample_contact()]
        return context


class ContactPersonsBlock(ContactsBlock):
    """Whom to call or write to."""

    persons = LimitedListBlock(
        ContactPersonChooserBlock(label=_("Contact person")), most=12, label=_("Contact persons")
    )

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        keys = [person.pk for person in value["persons"] if person]
        context["contacts"] = references.contacts_of(keys, references.reader_locale_id(context))
        return context

    class Meta:
        icon = "user"
        label = _("Contact persons")
        description = _("People to call or write to. Their data is kept in one place.")
        group = groups.PEOPLE
        template = "torv_blocks/blocks/contact_persons.html"
        preview_template = "torv_blocks/blocks/contact_persons_preview.html"
        preview_value = {"heading": "", "persons": []}


class ContactCardBlock(ContactsBlock):
    """One contact person, or the contact point of the website: what its header and footer say."""

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
