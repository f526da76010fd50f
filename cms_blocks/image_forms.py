"""The form by which pictures are uploaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from PIL import ImageFile
from wagtail.images.forms import BaseImageForm

_PILLOW = Lock()


class WholeImageForm(BaseImageForm):
    """Refuses a picture that is cut off or damaged: every list that shows it would fail.

    For `WAGTAILIMAGES_IMAGE_FORM_BASE`. Wagtail itself looks at the first bytes of a file alone.
    """

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and not _can_be_drawn(file):
            raise ValidationError(
                gettext("This picture is damaged or not complete. Save or export it anew and try again."),
                code="damaged_image",
            )
        return file


def _can_be_drawn(file: Any) -> bool:
    """Whether all of it can be read. `file.image` is Willow's, made by Wagtail's form field."""
    try:
        with _whole_files_alone():
            file.image.resize((16, 16))
    except Exception:  # the libraries raise errors of their own for each format
        return False
    file.seek(0)
    return True


@contextmanager
def _whole_files_alone() -> Iterator[None]:
    """WeasyPrint makes Pillow take half a picture for a whole one, in all of the process."""
    with _PILLOW:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before
