"""Files of the library that readers may find: those that a public page links to. And their texts."""

import json
import logging
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from . import conf, file_text, story_consents
from .confidential_files import confidential
from .models.file_text import FileText, Note
from .references import ORIGINAL

logger = logging.getLogger(__name__)


def public(keys: Collection[int]) -> QuerySet[Any]:
    """Those of these files that nobody has to sign in for, with their collections."""
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    hiding = CollectionViewRestriction.objects.alias(below=path).filter(
        below__startswith=F("collection__path")
    )
    model = get_document_model()
    return model.objects.filter(pk__in=keys).exclude(confidential(model)).filter(~Exists(hiding))


def pages_linking(keys: Collection[int]) -> dict[int, list[Page]]:
    """File -> the live pages, open to everyone, that refer to it. Three queries."""
    pairs = _links().filter(to_object_id__in=[str(key) for key in keys])
    linked = [
        (int(key), int(page)) for key, page in pairs.values_list("to_object_id", "object_id").distinct()
    ]
    readable = story_consents.readable().select_related(*ORIGINAL)
    pages = readable.in_bulk({page for _key, page in linked})
    found: dict[int, list[Page]] = defaultdict(list)
    for key, page in sorted(linked):
        if page in pages:
            found[key].append(pages[page])
    return found


def linked_from(pages: Collection[int]) -> set[int]:
    """The files that these pages refer to, live or not."""
    found = (
        _links().filter(object_id__in=[str(page) for page in pages]).values_list("to_object_id", flat=True)
    )
    return {int(key) for key in found}


def _links() -> QuerySet[ReferenceIndex]:
    types = ContentType.objects.get_for_models(get_document_model(), Page, for_concrete_models=False)
    links: QuerySet[ReferenceIndex] = ReferenceIndex.objects.filter(
        to_content_type=types[get_document_model()], base_content_type=types[Page]
    )
    return links


def forget_missing() -> None:
    """Of files that were not there: they are read anew, for they may be back."""
    FileText.objects.filter(note=Note.MISSING).delete()


def texts(documents: Collection[Any]) -> dict[int, FileText]:
    """File -> what was read of it; nothing for a file that was exchanged since."""
    hashes = {document.pk: document.file_hash for document in documents}
    rows = FileText.objects.filter(document__in=hashes)
    return {row.document_id: row for row in rows if row.file_hash == hashes[row.document_id]}


def read(key: int) -> bool:
    """Read a public file that was not read since it is what it is; says whether it did."""
    document = public([key]).first()
    if document is None or texts([document]):
        return False
    note, text = _text_of(document)
    if note:
        logger.warning("File %s of the library: %s", document.pk, note)
    # Without a hash Wagtail has none yet: it is made from the file, which may be missing.
    file_hash = document.file_hash if note == Note.MISSING else document.get_file_hash()
    values = {"file_hash": file_hash, "note": note, "text": text}
    FileText.objects.update_or_create(document=document, defaults=values)
    return True


def _text_of(document: Any) -> tuple[str, str]:
    kind = document.file_extension.lower()
    try:
        if document.file.size > conf.current().file_megabytes * 1_000_000:
            return Note.TOO_BIG, ""
        if kind not in file_text.READERS:
            return "", ""
        with document.file.storage.open(document.file.name) as file:
            content = file.read()
    except (OSError, ValueError):
        return Note.MISSING, ""
    return _read_apart(kind, content)


def _read_apart(kind: str, content: bytes) -> tuple[str, str]:
    """In a process of its own, ended when its time is over."""
    now = conf.current()
    limits = (now.file_pages, now.file_characters, now.file_seconds)
    command = [sys.executable, "-P", file_text.__file__, kind, *map(str, limits)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script; the file is what it reads, no part of the command
            command, input=content, capture_output=True, timeout=now.file_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return Note.TOO_SLOW, ""
    if done.returncode:
        return Note.BROKEN, ""
    note, text = json.loads(done.stdout)
    return note, text
