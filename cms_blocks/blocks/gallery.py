"""Several pictures beside each other."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, StructBlock
from wagtail.images.models import Filter

from . import groups
from .limits import LimitedListBlock
from .media import ResponsiveImageChooserBlock
from .samples import Sample

#: The pictures beside each other, and what a click opens; the template asks for the same.
SMALL = ("format-{webp,jpeg}", "fill-{480x360,800x600}")
LARGE = "max-1920x1920|format-jpeg"


class GalleryImageChooserBlock(ResponsiveImageChooserBlock):
    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        keys = list(values)
        specs = [*Filter.expand_spec(self.renditions), Filter(spec=LARGE)]
        images = self.model_class.objects.prefetch_renditions(*specs).in_bulk(
            [key for key in keys if key is not None]
        )
        return [images.get(key) for key in keys]


class GalleryPictureBlock(StructBlock):
    image = GalleryImageChooserBlock(SMALL, label=_("Image"))
    alt_text = CharBlock(
        label=_("Description for people who cannot see it"),
        help_text=_("Say what the image shows and why it is here. Do not repeat the caption."),
        max_length=250,
    )
    caption = CharBlock(
        label=pgettext_lazy("picture", "Caption"),
        help_text=_("Shown below the image."),
        max_length=250,
        required=False,
    )
    credit = CharBlock(
        label=_("Who made it"),
        help_text=_("Such as “Photo: the town archive”."),
        max_length=120,
        required=False,
        search_index=False,
    )

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(StructBlock):
    """Pictures, each described; a click opens one large, without a script."""

    heading = CharBlock(label=_("Heading"), max_length=120, required=False)
    pictures = LimitedListBlock(GalleryPictureBlock(), least=2, most=24, label=_("Pictures"))

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Pictures beside each other. Readers can open each one large.")
        group = groups.MEDIA
        template = "torv_blocks/blocks/gallery.html"
        preview_template = "torv_blocks/blocks/gallery_preview.html"
        preview_value = Sample(
            {
                "heading": _("A day in the house"),
                "pictures": [
                    {
                        "image": None,
                        "alt_text": _("People around a long table"),
                        "caption": _("Lunch for everybody"),
                        "credit": "",
                    },
                    {
                        "image": None,
                        "alt_text": _("The square on a summer day"),
                        "caption": _("A walk together"),
                        "credit": "",
                    },
                ],
            }
        )
