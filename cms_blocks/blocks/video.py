"""Blocks with videos: the municipality's own file, and a video elsewhere that is loaded on click."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtailmedia.blocks import VideoChooserBlock

from .. import conf, policy
from ..pictures import rendition
from ..videos import host_of, player_of
from . import groups
from .facts import FactMixin
from .limits import LimitedListBlock
from .media import ResponsiveImageChooserBlock
from .samples import Sample
from .text import INNER_FEATURES

#: Of the picture before a video elsewhere is played; the template asks for the same.
POSTER = ("format-{webp,jpeg}", "fill-{640x360,1280x720}")
#: Of the picture before an own video is played: a `video` element takes one file.
OWN_POSTER = "fill-1280x720|format-jpeg"


def _languages() -> list[tuple[str, Any]]:
    return list(settings.LANGUAGES)


class CaptionsBlock(StructBlock):
    file = DocumentChooserBlock(
        label=_("Captions file"), help_text=_("A WebVTT file: its name ends in .vtt, it begins with WEBVTT.")
    )
    language = ChoiceBlock(label=_("Language of the captions"), choices=_languages)

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if (
            cleaned["file"]
            and not self.is_deferred_validation
            and (error := _captions_error(cleaned["file"]))
        ):
            raise StructBlockValidationError(block_errors={"file": ValidationError(error)})
        return cleaned

    class Meta:
        icon = "openquote"
        label = _("Captions")


def _captions_error(document: Any) -> str:
    if PurePath(document.filename).suffix.lower() != ".vtt":
        return gettext("“%(name)s” is no captions file: choose one whose name ends in .vtt.") % {
            "name": document.filename
        }
    try:
        with document.open_file() as file:
            begins = file.read(9)
    except OSError:
        return gettext("The file cannot be read. Upload it again.")
    if not begins.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return gettext("These are no captions: the file must begin with WEBVTT.")
    return ""


@dataclass(frozen=True, kw_only=True)
class Track:
    url: str
    lang: str
    label: str
    is_default: bool


class VideoBlock(StructBlock):
    """A video of the municipality's own, with captions and its words as text."""

    title = CharBlock(label=_("Title"), help_text=_("Says what the video is about."), max_length=120)
    video = VideoChooserBlock(label=_("Video"))
    poster = ResponsiveImageChooserBlock(
        [OWN_POSTER],
        label=_("Picture before it is played"),
        help_text=_("Leave empty for a plain frame."),
        required=False,
    )
    captions = LimitedListBlock(
        CaptionsBlock(),
        least=0,
        most=8,
        default=[],
        label=_("Captions"),
        help_text=_("What is said and heard, as text in the picture: one file for each language."),
    )
    no_captions_reason = CharBlock(
        label=_("Why there are no captions"),
        help_text=_("Such as “Nobody speaks in this video.” Readers see it."),
        max_length=200,
        required=False,
        search_index=False,
    )
    transcript = RichTextBlock(
        label=_("The video as text"),
        help_text=_("All that is said, and what is seen where that matters. The search finds it."),
        features=INNER_FEATURES,
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (error := _reason_error(cleaned)):
            raise StructBlockValidationError(block_errors={"no_captions_reason": ValidationError(error)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["poster_url"] = _poster_url(value["poster"])
        context["tracks"] = _tracks(value["captions"])
        return context

    class Meta:
        icon = "wagtailmedia-video"
        label = _("Video")
        description = _("A video from your library with captions and its words as text.")
        group = groups.MEDIA
        template = "torv_blocks/blocks/video.html"
        preview_template = "torv_blocks/blocks/video_preview.html"
        preview_value = Sample(
            {
                "title": _("A network meeting in five minutes"),
                "video": None,
                "poster": None,
                "captions": [],
                "no_captions_reason": "",
                "transcript": _("<p>Five people sit around a table. “Welcome,” says one of them.</p>"),
            }
        )


def _reason_error(value: StructValue) -> str:
    has_reason = bool(value["no_captions_reason"].strip())
    if not value["captions"] and not has_reason:
        return gettext("Add captions above, or say here why there are none.")
    if value["captions"] and has_reason:
        return gettext("There are captions, so no reason is needed. Remove one of the two.")
    return ""


def _poster_url(image: Any) -> str:
    found = rendition(image, OWN_POSTER) if image else None
    return str(found.url) if found else ""


def _tracks(rows: Any) -> list[Track]:
    """Captions in the reader's language are shown at once; of other languages the reader chooses."""
    names, reader = dict(settings.LANGUAGES), get_language()
    return [
        Track(
            url=row["file"].url,
            lang=row["language"],
            label=str(names.get(row["language"], row["language"])),
            is_default=row["language"] == reader,
        )
        for row in rows
        if row["file"]
    ]


class FactURLBlock(FactMixin, URLBlock):
    """An address that is the same in every language."""


class ExternalVideoBlock(StructBlock):
    """A video on another website. Nothing is loaded from there before the reader presses play."""

    title = CharBlock(label=_("Title"), help_text=_("Says what the video is about."), max_length=120)
    url = FactURLBlock(
        label=_("Web address of the video"), help_text=_("Copy it from the page on which the video is shown.")
    )
    poster = ResponsiveImageChooserBlock(
        POSTER,
        label=_("Picture before it is played"),
        help_text=_("From your library, so that nothing is fetched from elsewhere. Decoration only."),
    )
    transcript = RichTextBlock(
        label=_("The video as text"),
        help_text=_("For people who cannot see or hear it, or do not want to go there."),
        features=INNER_FEATURES,
        required=False,
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["url"] and not self.is_deferred_validation and player_of(cleaned["url"]) is None:
            error = ValidationError(_not_allowed(cleaned["url"]))
            raise StructBlockValidationError(block_errors={"url": error})
        return cleaned

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        player = player_of(value["url"]) if value["url"] else None
        if player:
            policy.allow(context.get("request"), "frame-src", player.source)
        context["player"] = player
        context["watch_host"] = host_of(value["url"]).removeprefix("www.")
        return context

    class Meta:
        icon = "media"
        label = _("Video on another website")
        description = _("A picture of yours, and the video once the reader presses play.")
        group = groups.MEDIA
        template = "torv_blocks/blocks/external_video.html"
        preview_template = "torv_blocks/blocks/external_video_preview.html"
        preview_value = Sample(
            {
                "title": _("A network meeting in five minutes"),
                "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
                "poster": None,
                "transcript": "",
            }
        )


def _not_allowed(url: str) -> str:
    hosts = ", ".join(conf.current().video_hosts)
    if not hosts:
        return gettext("This website shows no videos from elsewhere. Ask those who run it.")
    return gettext("Videos from %(host)s cannot be shown here. Allowed players are: %(hosts)s.") % {
        "host": host_of(url),
        "hosts": hosts,
    }
