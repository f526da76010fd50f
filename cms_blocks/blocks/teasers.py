"""Blocks that lead to other pages."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    PageChooserBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.models import Page, get_page_models

from .. import references
from . import groups
from .limits import LimitedListBlock
from .media import ResponsiveImageChooserBlock
from .samples import Sample

#: The renditions of a card's picture, cropped around its focal point; the template asks for the same.
CARD_PICTURE = ("format-{webp,jpeg}", "fill-{480x270,800x450}")


@dataclass(frozen=True, kw_only=True)
class LinkCard:
    """A card as shown. `lang` is the language of the title, empty where it is the one of the text around."""

    title: str
    lang: str
    text: str
    url: str
    image: Any


class LinkBlock(StructBlock):
    """Where a link leads: to a page of the website or to a web address, never to both."""

    page = PageChooserBlock(label=_("Page of this website"), required=False)
    url = URLBlock(label=_("Or a web address"), required=False)
    title = CharBlock(
        label=_("Title"),
        help_text=_("Leave empty to show the page's own title in the reader's language."),
        max_length=120,
        required=False,
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := _link_errors(cleaned)):
            raise StructBlockValidationError(
                block_errors={name: ValidationError(message) for name, message in errors.items()}
            )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Link")


class LinkCardBlock(LinkBlock):
    text = TextBlock(label=_("Text"), max_length=300, required=False, rows=3)
    image = ResponsiveImageChooserBlock(
        CARD_PICTURE,
        label=_("Image"),
        help_text=_("Decoration only: people who cannot see it miss nothing."),
        required=False,
    )

    class Meta:
        label = _("Card")


def _link_errors(value: StructValue) -> dict[str, str]:
    """What is wrong with where the card leads, by the field to mend it in."""
    if value["page"] and value["url"]:
        return {"url": gettext("A card leads to a page or to a web address. Remove one of the two.")}
    if not value["page"] and not value["url"]:
        return {"page": gettext("Choose a page, or give a web address below.")}
    if value["url"] and not value["title"]:
        return {"title": gettext("A card with a web address needs a title.")}
    return {}


class LinkCardsBlock(StructBlock):
    """Cards that lead to pages and web addresses."""

    cards = LimitedListBlock(LinkCardBlock(), most=12, label=_("Cards"))

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["cards"] = _cards(value["cards"], context)
        return context

    class Meta:
        icon = "grid"
        label = _("Link cards")
        description = _("Cards beside each other that lead to pages or web addresses.")
        group = groups.LINKS
        template = "torv_blocks/blocks/link_cards.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "cards": [
                    {
                        "page": None,
                        "url": "https://sorg.example/",
                        "title": _("When somebody has died"),
                        "text": _("Groups, talks and advice for relatives."),
                        "image": None,
                    },
                    {
                        "page": None,
                        "url": "https://netvaerk.example/",
                        "title": _("Network meetings"),
                        "text": _("How a meeting goes."),
                        "image": None,
                    },
                ]
            }
        )


def _cards(values: Any, context: dict[str, Any]) -> list[LinkCard]:
    """The cards that lead somewhere: what is deleted, not published or private is left out."""
    keys = [value["page"].pk for value in values if value["page"]]
    pages = references.live_pages(keys, references.reader_locale_id(context)) if keys else {}
    cards = (_card(value, pages, context.get("request")) for value in values)
    return [card for card in cards if card]


def _card(value: StructValue, pages: dict[int, Page], request: Any) -> LinkCard | None:
    page = pages.get(value["page"].pk) if value["page"] else None
    url = page.get_url(request) if page else value["url"]
    title = value["title"] or (page.title if page else "")
    if not url or not title:
        return None
    is_own_title = page is not None and not value["title"]
    lang = references.original(page).locale.language_code if page and is_own_title else ""
    return LinkCard(title=title, lang=lang, text=value.get("text", ""), url=url, image=value.get("image"))


class RelatedLinksBlock(StructBlock):
    """Links that readers may want next, one below the other."""

    heading = CharBlock(
        label=_("Heading"), help_text=_("Leave empty for “Read more”."), max_length=120, required=False
    )
    links = LimitedListBlock(LinkBlock(), most=20, label=_("Links"))

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["links"] = _cards(value["links"], context)
        return context

    class Meta:
        icon = "link"
        label = _("Related links")
        description = _("Links to pages and web addresses, one below the other.")
        group = groups.LINKS
        template = "torv_blocks/blocks/related_links.html"
        preview_template = "torv_blocks/blocks/preview.html"
        preview_value = Sample(
            {
                "heading": "",
                "links": [
                    {"page": None, "url": "https://sorg.example/", "title": _("When somebody has died")},
                    {"page": None, "url": "https://netvaerk.example/", "title": _("Network meetings")},
                ],
            }
        )


@dataclass(frozen=True, kw_only=True)
class StoryTeaser:
    """A story as the teaser shows it."""

    title: str
    lang: str
    text: str
    who: str
    url: str
    portrait: Any
    changes: list[Any]


class KindChooserBlock(PageChooserBlock):
    """Offers pages of one kind alone, a host's too.

    By what the page type's mixin says of it: the page mixins build on the blocks, not the other way.
    """

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    @cached_property
    def target_models(self) -> list[type[Page]]:
        return [model for model in get_page_models() if is_of_kind(model, self.kind)] or [Page]


def is_of_kind(page_class: Any, kind: str) -> bool:
    return getattr(page_class, "search_kind", "") == kind


class StoryTeaserBlock(StructBlock):
    """A success story with what has changed for the people in it."""

    story = KindChooserBlock("story", label=_("Story"))

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        story = cleaned["story"]
        if story and not self.is_deferred_validation and not is_of_kind(story.specific_class, "story"):
            message = gettext("Choose a story: this page is not one.")
            raise StructBlockValidationError(block_errors={"story": ValidationError(message)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["story"] = _teaser(value["story"], context) if value["story"] else None
        return context

    def get_preview_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        context["story"] = StoryTeaser(
            title=gettext("The house with the open door"),
            lang="",
            text=gettext("In the day centre everybody does what they can."),
            who=gettext("Users of the day centre"),
            url="#",
            portrait=None,
            changes=[
                {"text": gettext("I get up by myself in the morning")},
                {"text": gettext("I take the bus alone")},
            ],
        )
        return context

    class Meta:
        icon = "pick"
        label = _("Story")
        description = _("A success story and what has changed for the people in it.")
        group = groups.LINKS
        template = "torv_blocks/blocks/story_teaser.html"
        preview_template = "torv_blocks/blocks/story_teaser_preview.html"
        preview_value = {"story": None}


def _teaser(page: Page, context: dict[str, Any]) -> StoryTeaser | None:
    found = references.live_pages([page.pk], references.reader_locale_id(context)).get(page.pk)
    story: Any = found.specific if found else None
    url = story.get_url(context.get("request")) if story else None
    if not url or not is_of_kind(type(story), "story"):
        return None
    return StoryTeaser(
        title=story.title,
        lang=story.content_lang,
        text=references.lead(story),
        who=story.who,
        url=url,
        portrait=story.portrait,
        changes=list(story.changes.all()),
    )
