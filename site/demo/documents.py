"""The demo's files in the library, made when they are missing."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

from . import files
from .records import Run
from .texts import Text, rows

Document = get_document_model()


def texts() -> list[Text]:
    return rows("documents.toml", "document")


def count() -> int:
    return len(texts())


def load(run: Run) -> dict[str, int]:
    """Primary keys of the files by key; one that somebody has deleted is absent."""
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    loaded: dict[str, int] = {}
    for text in texts():
        document = _load(run, text)
        if document is not None:
            loaded[text.key] = document.pk
    return loaded


def _load(run: Run, text: Text) -> Any:
    name = f"document:{text.key}"
    found = Document.objects.filter(pk=run.row_id(name)).first()
    document = run.write(name, text, found, lambda row: _saved(row or Document(), text))
    if document is not None and not document.file.storage.exists(document.file.name):
        document.file.storage.save(document.file.name, _file(text))  # the folder of media was emptied
    return document


def _saved(document: Any, text: Text) -> Any:
    """At an update the file is another one, and nobody refers to the old one."""
    if document.file:
        document.file.delete(save=False)
    document.title = text.values["title"]
    document.file = _file(text)
    document._set_document_file_metadata()
    document.save()
    document.refresh_from_db()
    return document


def _file(text: Text) -> ContentFile[bytes]:
    content = files.pdf(text.values["title"], text.values["lines"])
    return ContentFile(content, name=f"torv-demo-{text.key}.pdf")
