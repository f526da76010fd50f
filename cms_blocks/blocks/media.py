"""Blocks with pictures."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock, StructBlockValidationError, StructValue
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import Filter

#: Widths in pixels a browser may choose from; the template asks for the same.
WIDTHS = (480, 800, 1200)
RENDITIONS = "width-{" + ",".join(str(width) for width in WIDTHS) + "}"


class ResponsiveImageChooserBlock(ImageChooserBlock):
    """An image with its renditions: two queries for all images of a text together."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        keys = list(values)
        images = self.model_class.objects.prefetch_renditions(*Filter.expand_spec(RENDITIONS)).in_bulk(
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
        label=_("Caption"), help_text=_("Shown below the image."), max_length=250, required=False
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
        description = _("An image with a description and, if you like, a caption.")
        template = "torv_blocks/blocks/image.html"
        preview_template = "torv_blocks/blocks/image_preview.html"
        value_class = ImageValue
        preview_value = {
            "image": None,
            "alt_text": "Torvet i Torvkøbing en sommerdag",
            "decorative": False,
            "caption": "Torvet i Torvkøbing",
        }
