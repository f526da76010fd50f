"""Blocks with pictures and files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock, StructBlockValidationError, StructValue
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import Filter

from . import groups
from .limits import LimitedListBlock
from .samples import Sample

#: The renditions of a picture in the text; the template asks for the same. WebP and no AVIF: Pillow takes
#: four to ten times as long for an AVIF of much the same size, and a page's first reader waits for it.
PICTURE = ("format-{webp,jpeg}", "width-{480,800,1200}")


class ResponsiveImageChooserBlock(ImageChooserBlock):
    """An image with the renditions its template asks for: two queries for all images of a text."""

    def __init__(self, renditions: Sequence[str] = PICTURE, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.renditions = renditions

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        keys = list(values)
        images = self.model_class.objects.prefetch_renditions(*Filter.expand_spec(self.renditions)).in_bulk(
            [key for key in keys if key is not None]
        )
        return [images.get(key) for key in keys]


class ImageValue(StructValue):
    @property
    def alt(self) -> str:
        """What stands in for the image; empty where it only decorates."""
        return "" if self["decorative"] else self["alt_text"]


class ImageBlock(StructBlock):
    """An image, described in words or marked as decoration: one of the two, never both."""

    image = ResponsiveImageChooserBlock(label=_("Image"))
    alt_text = CharBlock(
        label=_("Description for people who cannot see it"),
        help_text=_("Say what the image shows and why it is here. Do not repeat the caption."),
        max_length=250,
        required=False,
    )
    decorative = BooleanBlock(
        label=_("Only decoration"),
        help_text=_("Tick this if readers miss nothing without the image."),
        required=False,
    )
    caption = CharBlock(
        label=pgettext_lazy("picture", "Caption"),
        help_text=_("Shown below the image."),
        max_length=250,
        required=False,
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if error := self._description_error(cleaned):
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(error)})
        return cleaned

    def _description_error(self, value: StructValue) -> str:
        described = bool(value["alt_text"].strip())
        if described and value["decorative"]:
            return gettext("An image that is only decoration has no description. Remove one of the two.")
        if not described and not value["decorative"] and not self.is_deferred_validation:
            return gettext("Describe the image, or mark it as decoration.")
        return ""

    class Meta:
        icon = "image"
        label = _("Image")
        group = groups.MEDIA
        description = _("An image with a description and, if you like, a caption.")
        template = "torv_blocks/blocks/image.html"
        preview_template = "torv_blocks/blocks/image_preview.html"
        value_class = ImageValue
        preview_value = Sample(
            {
                "image": None,
                "alt_text": _("The square on a summer day"),
                "decorative": False,
                "caption": _("The square"),
            }
        )


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file as shown. Where it is missing there is a title and no address; `size` is in bytes."""

    title: str
    url: str
    type: str
    size: int | None


class DownloadBlock(StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    title = CharBlock(
        label=_("Title"),
        help_text=_("Leave empty to show the title that the file has in the library."),
        max_length=160,
        required=False,
    )

    class Meta:
        icon = "download"
        label = _("Download")


class DownloadsBlock(StructBlock):
    """Files to download, with type and size."""

    heading = CharBlock(label=_("Heading"), max_length=120, required=False)
    files = LimitedListBlock(DownloadBlock(), most=30, label=_("Files"))

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["downloads"] = [_download(row) for row in value["files"] if row["document"]]
        return context

    def get_preview_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        context["downloads"] = [
            Download(title=gettext("Leaflet on network meetings"), url="#", type="PDF", size=1_240_000),
            Download(title=gettext("Application form"), url="#", type="DOCX", size=48_000),
        ]
        return context

    class Meta:
        icon = "download"
        label = _("Downloads")
        description = _("Files from the library. Type and size are added.")
        group = groups.MEDIA
        template = "torv_blocks/blocks/downloads.html"
        preview_template = "torv_blocks/blocks/downloads_preview.html"
        preview_value = {"heading": "", "files": []}


def _download(row: StructValue) -> Download:
    document = row["document"]
    is_there, size = _stored(document)
    return Download(
        title=row["title"] or document.title,
        url=document.url if is_there else "",
        type=document.file_extension.upper(),
        size=size,
    )


def _stored(document: Any) -> tuple[bool, int | None]:
    """Whether the file is there, and its size in bytes.

    A storage other than this machine's disk is believed: to ask it takes a request for each file.
    """
    try:
        path = Path(document.file.path)
    except NotImplementedError:
        return True, document.file_size
    except ValueError:  # there never was a file
        return False, None
    return (True, document.file_size or path.stat().st_size) if path.is_file() else (False, None)
