"""A host with models of its own, from an empty database to its pages.

tests/install/test_own_models.py calls `main()` in a process of its own, for a process has one image model. A
wrong picture is an `AssertionError`.
"""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission, Site
from wagtailmedia import get_media_model

from cms_blocks import files
from cms_blocks.models import Consent, FileText, PrivatePerson, Scope, SiteFrame
from cms_blocks.person_photos import photo_url
from directory.models import Entry, EntryTopic
from directory.pages.models import DirectoryPage
from tests.cms_blocks import articles, factories, services

RED = (200, 20, 20)
PASSWORD = "a-long-password-for-tests"
OWN = {get_image_model(), get_document_model(), get_media_model()}
TORV = ("torv_blocks", "torv_pages", "torv_directory", "torv_directory_pages", "torv_search")


def main() -> None:
    assert {model._meta.label for model in OWN} == {
        "custom_media.CustomImage",
        "custom_media.CustomDocument",
        "custom_media.CustomMedia",
    }
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check_changes=True, dry_run=True)
    call_command("migrate", verbosity=0)
    the_tables_refer_to_own_rows()
    home = a_town()
    reader, editor = Client(), an_editor()
    a_contact_person_has_the_right_photo(home, reader)
    a_story_has_the_right_portrait(home, reader)
    an_entry_has_the_right_logo(home, reader)
    documents_are_handed_out_and_read(home, reader)
    a_video_is_played(home, reader)
    the_photo_of_a_private_person_is_kept(reader, editor)
    connection.check_constraints()
    assert not any(model.objects.exists() for model in _wagtails_models())


def the_tables_refer_to_own_rows() -> None:
    with connection.cursor() as cursor:
        for field in _keys_of_torv():
            table = field.model._meta.db_table
            _column, found = connection.introspection.get_relations(cursor, table)[field.column]
            assert found == field.related_model._meta.db_table, (field, found)
            assert field.related_model not in _wagtails_models(), field
    to_files = [field for field in _keys_of_torv() if field.related_model in OWN]
    assert len(to_files) > 8, to_files


def _keys_of_torv() -> Iterator[Any]:
    for model in apps.get_models():
        if model._meta.app_label in TORV:
            yield from (field for field in model._meta.local_fields if isinstance(field, models.ForeignKey))


def _wagtails_models() -> list[type[models.Model]]:
    names = ("wagtailimages.Image", "wagtaildocs.Document", "wagtailmedia.Media")
    return [apps.get_model(name) for name in names]


def a_town() -> Any:
    """Its first picture is nobody's, so that keys of two tables do not agree by chance."""
    for code in ("da", "de", "en"):
        factories.locale(code)
    factories.image("nobody")
    logo = factories.image("townlogo", 300, 100)
    home = factories.home()
    SiteFrame.objects.create(site=Site.objects.get(), name="Torvkøbing", logo=logo)
    return home


def an_editor() -> Client:
    """May choose all images and documents, but not see private persons."""
    group = Group.objects.create(name="Choosers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    root = get_image_model()._meta.get_field("collection").related_model.get_first_root_node()
    for app in ("wagtailimages", "wagtaildocs"):
        for codename in ("choose_image", "change_image", "choose_document", "change_document"):
            for right in Permission.objects.filter(content_type__app_label=app, codename=codename):
                GroupCollectionPermission.objects.create(group=group, collection=root, permission=right)
    user = get_user_model().objects.create_user("editor", password=PASSWORD)
    user.groups.add(group)
    return _signed_in(user)


def _signed_in(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _shown(client: Client, url: str) -> str:
    answer = client.get(url, headers={"host": "localhost"})
    assert answer.status_code == 200, (url, answer.status_code)
    html = answer.content.decode()
    assert "images/nobody" not in html
    return html


def a_contact_person_has_the_right_photo(home: Any, reader: Client) -> None:
    mette = factories.person(photo=factories.image("mette"))
    page = factories.attach(factories.below(home), persons=[mette])
    html = _shown(reader, page.url)
    assert "images/mette" in html
    assert "images/townlogo" in html


def a_story_has_the_right_portrait(home: Any, reader: Client) -> None:
    page = articles.published(articles.story(home, portrait=factories.image("karla"), portrait_alt="Karla"))
    assert "images/karla" in _shown(reader, page.url)


def an_entry_has_the_right_logo(home: Any, reader: Client) -> None:
    page = home.add_child(instance=DirectoryPage(title="Vejviser", slug="vejviser"))
    logo = factories.image("grouplogo", 300, 100)
    entry = Entry(
        name="Sorggruppen", kind="self-help-group", locale=home.locale, logo=logo, phone="+4568001234"
    )
    entry.entry_topics = [EntryTopic(topic=factories.topic())]
    entry.save()
    entry.save_revision().publish()
    assert "images/grouplogo" in _shown(reader, f"{page.url}{entry.slug}/")


def documents_are_handed_out_and_read(home: Any, reader: Client) -> None:
    page = services.full_service(home)
    document = page.documents.get().document
    assert document.url in _shown(reader, page.url)
    assert b"".join(reader.get(document.url).streaming_content) == b"%PDF-1.4"
    report = articles.published(articles.report(home))
    for row in (*report.talks.all(), *report.attachments.all()):
        assert row.document.url in _shown(reader, report.url)
    leaflet = factories.document("Pjece", "pjece.txt", "Støtte på Søndergade".encode())
    downloads = {"heading": "", "files": [{"document": leaflet, "title": ""}]}
    body = [("downloads", downloads), *factories.four_blocks(factories.image("bridge"))]
    page = factories.below(home, body=body)
    html = _shown(reader, page.url)
    assert leaflet.url in html
    assert "images/bridge" in html
    assert [found.pk for found in files.pages_linking([leaflet.pk])[leaflet.pk]] == [page.pk]
    FileText.objects.all().delete()
    assert files.read(leaflet.pk)
    assert FileText.objects.get(document=leaflet).text == "Støtte på Søndergade"


def a_video_is_played(home: Any, reader: Client) -> None:
    film = factories.video()
    block = {
        "title": "Et møde",
        "video": film,
        "poster": factories.image("poster"),
        "captions": [{"file": factories.captions(), "language": "da"}],
        "no_captions_reason": "",
        "transcript": "<p>Fem mennesker hilser.</p>",
    }
    html = _shown(reader, factories.below(home, body=[("video", block)]).url)
    assert film.url in html
    assert "images/poster" in html


def the_photo_of_a_private_person_is_kept(reader: Client, editor: Client) -> None:
    photo = factories.image("xenia", 400, 400, colour=RED)
    xenia = PrivatePerson.objects.create(name="Xenia Qvistgård", photo=photo)
    evidence = factories.document("Samtykke", "samtykke.pdf")
    day = timezone.localdate()
    agreed = {"given_on": day, "expires_on": day + timedelta(days=9)}
    for scope in (Scope.NAME, Scope.PHOTO):
        Consent.objects.create(person=xenia, scope=scope, evidence=evidence, **agreed)
    photo.refresh_from_db()
    assert "xenia" not in photo.file.name
    assert _colour(reader.get(photo_url(xenia.pk)).content) == RED
    assert reader.get(evidence.url).status_code == 404
    chief = _signed_in(
        get_user_model().objects.create_superuser("chief", password="a-long-password-for-tests")
    )
    for name, file in (("wagtailimages:edit", photo), ("wagtaildocs:edit", evidence)):
        assert editor.get(reverse(name, args=[file.pk])).status_code == 302
        assert chief.get(reverse(name, args=[file.pk])).status_code == 200
    form = chief.get(
        reverse(PrivatePerson.snippet_viewset.get_url_name("edit"), args=[xenia.pk])
    ).content.decode()
    assert f'name="photo" value="{photo.pk}"' in form
    out = StringIO()
    call_command("erase_person", str(xenia.pk), stdout=out)
    assert "own images 1" in out.getvalue(), out.getvalue()
    assert "own documents 1" in out.getvalue(), out.getvalue()
    assert not get_image_model().objects.filter(pk=photo.pk).exists()
    assert not get_document_model().objects.filter(pk=evidence.pk).exists()


def _colour(content: bytes) -> Any:
    return Picture.open(BytesIO(content)).convert("RGB").getpixel((5, 5))
