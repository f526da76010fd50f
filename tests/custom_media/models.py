from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtailmedia.models import AbstractMedia


class CustomImage(AbstractImage):
    photographer = models.CharField("photographer", max_length=120, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "photographer")

    class Meta(AbstractImage.Meta):
        verbose_name = "own image"
        verbose_name_plural = "own images"


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="custom_media_rendition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image}, {self.filter_spec}"


class CustomDocument(AbstractDocument):
    case_number = models.CharField("case number", max_length=40, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "case_number")

    class Meta(AbstractDocument.Meta):
        verbose_name = "own document"
        verbose_name_plural = "own documents"


class CustomMedia(AbstractMedia):
    admin_form_fields = ("title", "file", "collection", "duration", "width", "height", "thumbnail", "tags")

    class Meta(AbstractMedia.Meta):
        verbose_name = "own media"
        verbose_name_plural = "own media"
