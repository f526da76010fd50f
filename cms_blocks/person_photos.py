"""Photos of private persons: files whose names nobody can guess, behind an address that asks for consent.

A web server hands out what lies under `MEDIA_URL` to everybody who knows the name, whatever was agreed to.
"""

import re
import secrets
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from wagtail.images import get_image_model

#: How the photo is cut; it is shown at half of it.
FILTER = "fill-192x192"
_BEGINNING = "person-"
_SECRET = re.compile(rf"(^|/){_BEGINNING}[0-9a-f]{{32}}\.\w+$")
_signer = Signer(salt="torv_blocks.person_photo")


def photo_url(person_id: int) -> str:
    """Where readers get the photo, while they may see it."""
    return reverse("torv_blocks:person_photo", args=[_signer.sign(str(person_id))])


def person_id_in(token: str) -> int | None:
    try:
        return int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def give_secret_name(photo: Any) -> None:
    """Moves the file of an image, once. What was made of it has the old name and goes."""
    old, storage = photo.file.name, photo.file.storage
    if _SECRET.search(old) or not storage.exists(old):
        return
    name = f"{_BEGINNING}{secrets.token_hex(16)}{PurePosixPath(old).suffix.lower()}"
    with storage.open(old) as content:
        photo.file.save(name, content, save=False)
    type(photo)._default_manager.filter(pk=photo.pk).update(file=photo.file.name)
    photo.renditions.all().delete()
    transaction.on_commit(partial(storage.delete, old))


def give_secret_names() -> None:
    """To photos that were uploaded before files were moved."""
    from .confidential_files import confidential

    model = get_image_model()
    for photo in model.objects.filter(confidential(model)).exclude(file__contains=f"/{_BEGINNING}"):
        give_secret_name(photo)
