"""What a search finds of files: those that a public page links to, with the text inside them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Collection as Folder
from wagtail.models import CollectionViewRestriction, Page, Site

from search.documents import Document
from search.registry import HitAddress, Searchable
from search.results import StoredHit

from .. import files, story_consents
from ..models import Consent, FileText
from ..tasks import read_file
from .showing import BOOST, Shown, by_locale

#: They belong to a video: nobody looks for them by themselves.
CAPTIONS = ("vtt", "srt")


class FileSearchable(Searchable):
    """One document for each locale whose pages link to the file."""

    name = "torv_blocks.document"
    label = _("File")
    is_shown_by_pages = True

    def __init__(self) -> None:
        self.models = (get_document_model(),)
        self.related_models = (FileText, Folder, CollectionViewRestriction, Consent)

    def key(self, instance: Model) -> str:
        return str(instance.pk)

    def keys(self) -> Iterable[str]:
        keys = get_document_model().objects.order_by("pk").values_list("pk", flat=True)
        return (str(key) for key in keys.iterator())

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        """Asks for the text of files that were not read yet; they are found by their titles until then."""
        linking = files.pages_linking([int(key) for key in keys])
        public = [
            file
            for file in files.public(linking).order_by("pk")
            if file.file_extension.lower() not in CAPTIONS
        ]
        texts = files.texts(public)
        ends = story_consents.ends(page for pages in linking.values() for page in pages)
        for file in public:
            if file.pk not in texts:
                transaction.on_commit(partial(read_file.enqueue, file.pk))
            text = texts[file.pk].text if file.pk in texts else ""
            for locale, shown in by_locale(linking[file.pk], ends).items():
                yield _document(file, text, locale, shown)

    def address(self, site: Site, locale: str) -> HitAddress | None:
        try:
            reverse("wagtaildocs_serve", args=(0, "name.pdf"))
        except NoReverseMatch:  # the host hands out no files
            return None
        return _address

    def related_keys(self, instance: Model) -> Iterable[str]:
        if isinstance(instance, FileText):
            return (str(instance.document_id),)
        if isinstance(instance, Consent):
            return (str(instance.evidence_id),) if instance.evidence_id else ()
        folder = instance if isinstance(instance, Folder) else instance.collection  # type: ignore[attr-defined]
        model = get_document_model()
        below = model.objects.filter(collection__path__startswith=folder.path)
        return (str(key) for key in below.values_list("pk", flat=True))

    def keys_on(self, pages: Collection[Page]) -> Iterable[str]:
        return (str(key) for key in files.linked_from([page.pk for page in pages]))


def _address(hit: StoredHit) -> str:
    return reverse("wagtaildocs_serve", args=(hit.object_id, hit.stored["file_name"]))


def _document(file: Any, text: str, locale: str, shown: Shown) -> Document:
    with translation.override(locale):
        kind_label = str(FileSearchable.label)
    return Document(
        object_key=str(file.pk),
        object_id=file.pk,
        locale=locale,
        lang=shown.lang,
        kind="document",
        title=file.title,
        body=text,
        stored={
            "file_name": file.filename,
            "file_type": file.file_extension.upper(),
            "file_size": file.file_size,
            "kind_label": kind_label,
        },
        facets=shown.facets,
        sites=shown.sites,
        visible_to=shown.visible_to,
        boost=BOOST,
    )
