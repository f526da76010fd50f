"""Private ways of contact: for colleagues with the permission, in the edit form, and nowhere else."""

import json
from io import BytesIO, StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail_localize.models import TranslatableObject, TranslationSource

from cms_blocks.models import PRIVATE_FIELDS, VIEW_PRIVATE, ContactPerson
from search.models import SearchDocument
from tests.cms_blocks import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

PERSONS = "wagtailsnippets_torv_blocks_contactperson"
SECRETS = ("hjemme.mette", "68112233", "68 11 22 33", "Ring aldrig om natten")
FORM = {
    "name": "Mette Lundager",
    "role": "Leder",
    "department": "",
    "organisation": "",
    "area_of_responsibility": "",
    "opening_hours": "",
    "email": "mette.lundager@torvkoebing.example",
    "phone": "",
    "mobile": "",
    "website": "",
    "photo": "",
}


@pytest.fixture
def mette(home):
    return factories.person(
        role="Leder",
        private_email="hjemme.mette@torvkoebing.example",
        private_phone="+4568112233",
        private_note="Ring aldrig om natten",
    )


def client_of(*codenames):
    user = get_user_model().objects.create_user("editor-" + "-".join(codenames)[:20])
    group = Group.objects.create(name="+".join(codenames))
    group.permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "change_contactperson", "view_contactperson", *codenames]
        )
    )
    user.groups.add(group)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user)
    return client


def holds_secret(words):
    return [secret for secret in SECRETS if secret in words]


def test_no_reader_comes_by_them(home, mette, client):
    page = factories.attach(factories.below(home), persons=[mette])
    factories.translated(mette, "de", role="Leiterin")
    card = reverse("torv_blocks:vcard", args=[mette.translation_key])
    for url in (page.url, "/da/", card):
        answer = client.get(url)
        assert answer.status_code == 200
        assert holds_secret(answer.content.decode()) == []
    call_command("rebuild_search_index", stdout=StringIO())
    rows = json.dumps(list(SearchDocument.objects.values()), default=str)
    assert "Mette Lundager" in rows
    assert holds_secret(rows) == []


def test_an_editor_without_the_permission_finds_them_nowhere_in_the_admin(home, mette):
    factories.attach(factories.below(home), persons=[mette])
    editor = client_of()
    views = [reverse(f"{PERSONS}:{view}", args=[mette.pk]) for view in ("edit", "history", "usage")]
    chooser = reverse("wagtailsnippetchoosers_torv_blocks_contactperson:choose")
    lists = [reverse(f"{PERSONS}:list"), f"{reverse(f'{PERSONS}:list')}?ordering=private_phone", chooser]
    for url in [*views, *lists]:
        answer = editor.get(url)
        assert answer.status_code == 200, url
        assert holds_secret(answer.content.decode()) == [], url
        assert "private_note" not in answer.content.decode().replace("ordering=private_phone", ""), url


def test_a_search_in_the_list_does_not_betray_them(home, mette):
    editor = client_of()
    for query in ("hjemme.mette", "68112233", "natten"):
        found = editor.get(reverse(f"{PERSONS}:list_results"), {"q": query}).content.decode()
        assert "Mette Lundager" not in found


def test_no_export_holds_them(home, mette, admin_client):
    url = reverse(f"{PERSONS}:list")
    rows = b"".join(admin_client.get(url, {"export": "csv"}).streaming_content).decode()
    book = b"".join(admin_client.get(url, {"export": "xlsx"}))
    cells = [str(cell) for row in load_workbook(BytesIO(book)).active.values for cell in row]
    for words in (rows, " ".join(cells)):
        assert "mette.lundager@torvkoebing.example" in words
        assert holds_secret(words) == []


def test_saving_without_the_permission_keeps_them_even_if_they_are_sent(home, mette):
    sent = {**FORM, "role": "Chef", "private_note": "", "private_phone": "", "private_email": "x@y.example"}
    answer = client_of().post(reverse(f"{PERSONS}:edit", args=[mette.pk]), sent)
    assert answer.status_code == 302
    mette.refresh_from_db()
    assert mette.role == "Chef"
    assert mette.private_email == "hjemme.mette@torvkoebing.example"
    assert mette.private_note == "Ring aldrig om natten"


def test_colleagues_with_the_permission_see_and_change_them(home, mette):
    colleague = client_of("view_private_contact")
    url = reverse(f"{PERSONS}:edit", args=[mette.pk])
    page = colleague.get(url).content.decode()
    assert "For colleagues only" in page
    assert "hjemme.mette@torvkoebing.example" in page
    changed = {**FORM, "private_email": "", "private_phone": "68 11 22 34", "private_note": "Ring gerne"}
    assert colleague.post(url, changed).status_code == 302
    mette.refresh_from_db()
    assert (mette.private_email, mette.private_note) == ("", "Ring gerne")
    assert mette.private_phone.as_e164 == "+4568112234"


def test_the_log_and_the_references_do_not_hold_them(home, mette):
    url = reverse(f"{PERSONS}:edit", args=[mette.pk])
    client_of("view_private_contact").post(url, {**FORM, "private_note": "Ring aldrig om natten"})
    log = json.dumps(list(ModelLogEntry.objects.values("label", "data")), default=str)
    assert "Mette Lundager" in log
    assert holds_secret(log) == []
    assert holds_secret(json.dumps(list(ReferenceIndex.objects.values()), default=str)) == []


def test_a_translation_and_its_source_text_do_not_hold_them(home, mette):
    source, _ = TranslationSource.get_or_create_from_instance(mette)
    assert TranslatableObject.objects.filter(translation_key=mette.translation_key).exists()
    assert "Mette Lundager" in source.content_json
    assert holds_secret(source.content_json) == []
    row = factories.translated(mette, "de", role="Leiterin")
    assert [str(getattr(row, name)) for name in PRIVATE_FIELDS] == ["", "", ""]
    edit = client_of("view_private_contact").get(reverse(f"{PERSONS}:edit", args=[row.pk]))
    assert holds_secret(edit.content.decode()) == []


def test_a_dump_does_not_hold_them(home, mette):
    out = StringIO()
    call_command("dumpdata", "torv_blocks.contactperson", stdout=out)
    assert "Mette Lundager" in out.getvalue()
    assert holds_secret(out.getvalue()) == []


def test_groups_can_be_given_the_permission_in_the_admin(home, admin_client):
    permission = Permission.objects.get(codename=VIEW_PRIVATE.split(".")[1])
    page = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    assert f'value="{permission.pk}"' in page


def test_the_name_of_an_archived_person_is_marked_for_editors_alone(home):
    person = factories.person(archived=True)
    assert str(person) == "Mette Lundager (archived, not shown)"
    assert ContactPerson.objects.get().name == "Mette Lundager"
