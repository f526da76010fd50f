"""The photo of a private person is reached through her consent alone, whatever the web server hands out."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.images import ImageFile
from django.test import TestCase
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images.models import Image

from cms_blocks.models import Consent, PrivatePerson, Scope
from cms_blocks.person_photos import give_secret_names, photo_url
from tests.cms_blocks import factories

pytestmark = pytest.mark.django_db
SECRET = r"^original_images/person-[0-9a-f]{32}\.png$"


@pytest.fixture
def xenia(home):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return PrivatePerson.objects.create(name="Xenia Qvistgård", photo=factories.image("xenia-q"))


def agree(person, *scopes):
    day = timezone.localdate()
    for scope in scopes:
        Consent.objects.create(person=person, scope=scope, given_on=day, expires_on=day + timedelta(days=9))


def names():
    return [str(path) for path in Path(Image._meta.get_field("file").storage.location).rglob("*")]


def test_readers_get_it_while_consents_for_photo_and_name_hold(xenia, client):
    address = photo_url(xenia.pk)
    assert client.get(address).status_code == 404
    agree(xenia, Scope.PHOTO)
    assert client.get(address).status_code == 404, "a photo is never shown without the name"
    agree(xenia, Scope.NAME)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "no-store" in answer["Cache-Control"]
    assert Picture.open(BytesIO(answer.content)).size == (192, 192)
    Consent.objects.filter(scope=Scope.NAME).update(expires_on=timezone.localdate())
    assert client.get(address).status_code == 404


def test_an_address_cannot_be_made_up_and_a_lost_file_is_no_fault(xenia, client):
    agree(xenia, Scope.PHOTO, Scope.NAME)
    for token in (str(xenia.pk), f"{xenia.pk}:x", "x"):
        assert client.get(f"/persons/photo/{token}/", follow=True).status_code == 404
    Path(xenia.photo.file.path).unlink()
    assert client.get(photo_url(xenia.pk)).status_code == 404
    PrivatePerson.objects.update(photo=None)
    assert client.get(photo_url(xenia.pk)).status_code == 404


def test_its_file_has_a_name_that_nobody_can_guess_and_the_old_one_is_gone(xenia):
    photo = Image.objects.get()
    assert photo.file.name == xenia.photo.file.name
    assert Image.objects.filter(file__regex=SECRET).exists()
    assert Path(photo.file.path).exists()
    assert not any("xenia-q" in name for name in names())
    assert (photo.width, photo.height, photo.title) == (1600, 900, "xenia-q")


def test_another_file_in_its_place_and_photos_of_before_are_hidden_too(xenia):
    photo = Image.objects.get()
    buffer = BytesIO()
    Picture.new("RGB", (400, 300)).save(buffer, "PNG")
    buffer.seek(0)
    with TestCase.captureOnCommitCallbacks(execute=True):
        photo.file = ImageFile(buffer, name="xenia-q2.png")
        photo.save()
    assert Image.objects.filter(file__regex=SECRET).exists()
    assert not any("xenia-q" in name for name in names())
    old = factories.image("xenia-q3")
    PrivatePerson.objects.update(photo=old)
    with TestCase.captureOnCommitCallbacks(execute=True):
        give_secret_names()
    assert Image.objects.filter(pk=old.pk, file__regex=SECRET).exists()
    assert not any("xenia-q" in name for name in names())


def test_pictures_of_pages_keep_their_names(home):
    assert "torvet" in factories.image("Torvet").file.name
