"""The demo's pictures as images of the library, drawn when they are missing."""

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.models import Collection

from . import drawing
from .records import Run
from .texts import Text, rows

ImageModel = get_image_model()


def texts() -> list[Text]:
    return rows("pictures.toml", "picture")


def count() -> int:
    return len(texts())


def load(run: Run) -> dict[str, int]:
    """Primary keys of the images by key; one that somebody has deleted is absent."""
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    loaded: dict[str, int] = {}
    for text in texts():
        image = _load(run, text)
        if image is not None:
            loaded[text.key] = image.pk
    return loaded


def _load(run: Run, text: Text) -> Any:
    name = f"picture:{text.key}"
    found = ImageModel.objects.filter(pk=run.row_id(name)).first()
    image = run.write(name, text, found, lambda row: _saved(row or ImageModel(), text))
    if image is not None and not image.file.storage.exists(image.file.name):
        image.file.storage.save(image.file.name, _file(text))  # the folder of media was emptied
    return image


def _saved(image: Any, text: Text) -> Any:
    image.title = text.values["title"]
    if not image.file:
        image.file = _file(text)
    image.save()
    image.refresh_from_db()
    return image


def _file(text: Text) -> ImageFile:
    content = BytesIO()
    drawing.draw(text.key).save(content, "PNG", optimize=False)
    content.seek(0)
    return ImageFile(content, name=f"torv-demo-{text.key}.png")
