"""Erasing a private person clears every trace and repeats none; exporting hands out all of it."""

import json
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import formats, timezone
from wagtail.admin.models import FormState
from wagtail.contrib.forms.models import FormSubmission
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, ModelLogEntry, PageLogEntry, Revision
from wagtail.users.models import UserProfile
from wagtail_localize.models import String, TranslationSource

from cms_blocks.consent_reminders import tell_ended
from cms_blocks.consent_report import to_do
from cms_blocks.consents import valid_scopes
from cms_blocks.erasure import export
from cms_blocks.models import ConfidentialCollection, Consent, PageFeedback, PrivatePerson, Scope, Theme
from cms_blocks.pages.models import StoryPagePerson
from cms_blocks.traces import Words
from search.models import QueryCount
from tests.cms_blocks import articles, events, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NAME, EMAIL, PHONE = "Xenia Qvistgård", "xenia.qv@privat.example", "+4560708090"
TEXT = f"<p>Ring til {NAME}s gruppe på 60 70 80 90 eller skriv til {EMAIL}. Kom gerne.</p>"


@pytest.fixture
def xenia(home):
    evidence = factories.document("Samtykke", "samtykke.pdf", b"signed by hand")
    person = PrivatePerson.objects.create(
        name=NAME, email=EMAIL, phone=PHONE, photo=factories.image("portraet")
    )
    Consent.objects.create(
        person=person,
        scope=Scope.NAME,
        given_on=date(2026, 1, 1),
        expires_on=date(2036, 1, 1),
        evidence=evidence,
    )
    return person


@pytest.fixture
def page(home, xenia):
    """Names her in the text, in versions, in a log and in what the translation keeps."""
    page = factories.below(home, title=f"Om {NAME}", slug="om", body=[("text", TEXT)], summary=PHONE)
    page.save_revision().publish()
    page.title = f"Mere om {NAME}"
    page.save_revision().publish()
    log(instance=page, action="wagtail.edit", data={"title": f"Om {NAME}"})
    TranslationSource.update_or_create_from_instance(page)
    return page


def everything_kept():
    models = (Revision, PageLogEntry, ModelLogEntry, TranslationSource, String, Document, Image, Collection)
    rows = [list(model._default_manager.values()) for model in (*models, Consent, PrivatePerson)]
    words = json.dumps(rows, default=str, ensure_ascii=False)
    return re.sub(r"\\+u00e5", "å", words)


def signs_in(text):
    return [sign for sign in ("Qvistg", "xenia.qv", "60708090", "60 70 80 90") if sign in text]


def run(*args):
    out = StringIO()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command(*args, stdout=out)
    return out.getvalue()


def test_erasing_clears_rows_versions_logs_translations_and_files(page, xenia, client):
    xenia.photo.get_rendition("fill-96x96")
    renditions = [rendition.file.path for rendition in xenia.photo.renditions.all()]
    files = [xenia.photo.file.path, Document.objects.get().file.path, *renditions]
    assert set(signs_in(everything_kept())) == {"Qvistg", "xenia.qv", "60708090", "60 70 80 90"}
    printed = run("erase_person", str(xenia.pk))
    assert signs_in(printed) == []
    for place in ("private persons 1", "consents 1", "revisions 2", "documents 1", "images 1"):
        assert place in printed
    assert signs_in(everything_kept()) == []
    assert [path for path in files if Path(path).exists()] == []
    page.refresh_from_db()
    shown = client.get(page.url).content.decode()
    assert signs_in(shown) == []
    assert "Kom gerne." in shown
    assert page.title == "Mere om […]"


def test_what_readers_sent_in_is_reached_too(home, xenia):
    """A theme with its proposer, a message to the municipality, feedback on a page."""
    theme = events.theme(events.edition(events.series(home)), proposer_name=NAME, text=f"Skriv til {EMAIL}.")
    sent = {"dit_navn": NAME, "din_mail": EMAIL, "din_tekst": "Ring 60 70 80 90 efter kl. 16.", "antal": 3}
    message = FormSubmission.objects.create(page=articles.contact(home), form_data=sent)
    answer = PageFeedback.objects.create(page=home, is_useful=False, text=f"{NAME} er flyttet")
    places = {place["kind"]: place["texts"] for place in export(xenia, Words.of(xenia))["mentioned_in"]}
    assert places["theme"] == [f"Skriv til {EMAIL}.", NAME]
    assert set(places["form submission"]) == {NAME, EMAIL, sent["din_tekst"]}
    assert places["feedback"] == [f"{NAME} er flyttet"]
    printed = run("erase_person", str(xenia.pk))
    assert "themes 1" in printed
    assert "form submissions 1" in printed
    for row in (theme, message, answer):
        row.refresh_from_db()
    assert (theme.title, theme.proposer_name, theme.text) == ("At bo alene", "", "Skriv til […].")
    assert message.form_data == {
        "dit_navn": "",
        "din_mail": "",
        "din_tekst": "Ring […] efter kl. 16.",
        "antal": 3,
    }
    assert answer.text == "[…] er flyttet"
    assert signs_in(str(list(Theme.objects.values()) + list(FormSubmission.objects.values()))) == []


def test_a_dry_run_changes_nothing_and_a_second_run_finds_nothing(page, xenia):
    before = everything_kept()
    printed = run("erase_person", "--email", EMAIL, "--dry-run")
    assert printed.startswith("Would erase: ")
    assert everything_kept() == before
    assert Path(xenia.photo.file.path).exists()
    run("erase_person", "--name", NAME)
    assert run("erase_person", "--name", NAME).strip() == "Erased: nothing"


def test_who_is_meant_must_be_clear(xenia):
    other = PrivatePerson.objects.create(name=NAME)
    with pytest.raises(CommandError, match=f"{xenia.pk}, {other.pk}|{other.pk}, {xenia.pk}"):
        run("erase_person", "--name", NAME)
    with pytest.raises(CommandError, match="Say who"):
        run("erase_person")
    with pytest.raises(CommandError, match="no person 999"):
        run("erase_person", "999")
    assert PrivatePerson.objects.count() == 2


def test_evidence_that_covers_others_stays(xenia):
    evidence = Document.objects.get()
    other = PrivatePerson.objects.create(name="Bodil Friis")
    Consent.objects.create(person=other, scope=Scope.NAME, given_on=date(2026, 1, 1), evidence=evidence)
    run("erase_person", str(xenia.pk))
    assert Document.objects.filter(pk=evidence.pk).exists()


@pytest.fixture
def login(xenia, django_user_model):
    """Hers, with an owner's rights."""
    login = django_user_model.objects.create_user("xqvist", email="xq@privat.example", first_name="Xenia")
    owners = Group.objects.create(name="Owners of entries")
    owners.permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_own_entry"]))
    login.groups.add(owners)
    xenia.user = login
    xenia.save()
    return login


def test_the_login_stays_until_somebody_says_otherwise(xenia, login):
    log(instance=login, action="wagtail.edit")
    told = run("erase_person", str(xenia.pk), "--dry-run")
    assert "login stays" in told
    assert "xq" not in told
    assert "users 1" in run("erase_person", str(xenia.pk), "--dry-run", "--with-login")
    login.refresh_from_db()
    assert login.is_active
    told = run("erase_person", str(xenia.pk), "--with-login")
    assert "login is emptied" in told
    login.refresh_from_db()
    assert (login.username, login.email, login.first_name) == (f"erased-{login.pk}", "", "")
    assert not login.is_active
    assert not login.has_usable_password()
    assert not login.groups.exists()
    assert not any("xqvist" in str(one) for one in ModelLogEntry.objects.values("label", "data"))


def test_the_login_of_a_colleague_stays_whatever_is_said(xenia, login):
    login.user_permissions.add(Permission.objects.get(codename="change_alert"))
    assert "may do more" in run("erase_person", str(xenia.pk), "--with-login")
    login.refresh_from_db()
    assert (login.is_active, login.username) == (True, "xqvist")


def test_the_page_that_asks_says_what_stays(xenia, login, admin_client):
    PrivatePerson.objects.update(name="Sol")
    url = reverse("wagtailsnippets_torv_blocks_privateperson:delete", args=[xenia.pk])
    asked = admin_client.get(url).content.decode()
    assert "single word" in asked
    assert "login stays" in asked
    assert 'name="with_login"' in asked
    answer = admin_client.post(url, {"with_login": "on"}, follow=True).content.decode()
    assert "single word" in answer
    assert "login is emptied" in answer
    login.refresh_from_db()
    assert not login.is_active


def test_words_of_searches_and_forms_that_wait_are_reached(xenia, django_user_model):
    today = timezone.localdate()
    asked = QueryCount.objects.create(
        day=today, locale="da", key="k", text=f"ring {NAME.casefold()}", count=3
    )
    FormState.objects.create(
        user=django_user_model.objects.create_user("writer"),
        content_type=ContentType.objects.get_for_model(Theme),
        data=urlencode({"title": f"Om {NAME}"}),
        last_updated_at=timezone.now(),
    )
    run("erase_person", str(xenia.pk))
    asked.refresh_from_db()
    assert (asked.text, asked.count) == ("ring […]", 3)
    assert not FormState.objects.exists()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Ring til {NAME}.", "Ring til […]."),
        ("Ring 60708090 nu", "Ring […] nu"),
        ("Ring +45 60 70 80 90", "Ring […]"),
        ("0045 6070 8090", ""),
        ("nummer 160708090", "nummer 160708090"),
        ("XENIA QVISTGÅRD kommer", "[…] kommer"),
        ("Xenia Qvistgårdsen", "Xenia Qvistgårdsen"),
        ("anna.xenia.qv@privat.example", "anna.xenia.qv@privat.example"),
        (EMAIL, ""),
        ("Xenia alene", "Xenia alene"),
    ],
)
def test_what_is_taken_out_of_a_text(text, left):
    assert Words(NAME, EMAIL, PHONE).taken_out_of(text) == left


def test_a_single_word_is_no_name_to_look_for(home):
    person = PrivatePerson.objects.create(name="Sol")
    page = factories.below(home, title="Sol og sommer")
    assert "single word" in run("erase_person", str(person.pk))
    page.refresh_from_db()
    assert page.title == "Sol og sommer"


def test_the_export_holds_all_and_names_the_places(page, xenia, tmp_path):
    target = tmp_path / "person.json"
    call_command("export_person", str(xenia.pk), str(target))
    held = json.loads(target.read_text(encoding="utf-8"))
    assert held["person"] == {"name": NAME, "email": EMAIL, "phone": "+45 60 70 80 90", "note": ""}
    assert held["consents"][0]["scope"] == "name"
    assert held["consents"][0]["evidence"]["title"] == "Samtykke"
    assert held["photo"]["content"]
    assert any(NAME in text for place in held["mentioned_in"] for text in place["texts"])


def test_the_export_takes_a_name_or_an_address_and_tells_the_login(page, xenia, login):
    for args in (["--name", NAME], ["--email", EMAIL]):
        held = json.loads(run("export_person", "-", *args))
        assert held["person"]["email"] == EMAIL
        assert held["login"]["username"] == "xqvist"
        assert held["login"]["email"] == "xq@privat.example"
    assert json.loads(run("export_person", "-", "--name", "Bodil Friis")) == {"mentioned_in": []}


def test_the_download_is_for_those_who_may_change_persons_and_is_logged(
    page, xenia, client, admin_client, django_user_model
):
    Path(Document.objects.get().file.path).unlink()  # a lost file is no reason to hand out nothing
    url = reverse("wagtailsnippets_torv_blocks_privateperson:hand_out", args=[xenia.pk])
    form = admin_client.get(reverse("wagtailsnippets_torv_blocks_privateperson:edit", args=[xenia.pk]))
    assert url in form.content.decode()
    answer = admin_client.get(url)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="person-{xenia.pk}.json"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.json()["person"]["name"] == NAME
    entry = ModelLogEntry.objects.get(action="torv_blocks.person.export")
    assert (entry.object_id, signs_in(str(entry.data) + entry.label)) == (str(xenia.pk), [])
    reader = django_user_model.objects.create_user("reader")
    seeing = Permission.objects.filter(codename__in=["access_admin", "view_privateperson"])
    reader.user_permissions.add(*seeing)
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code != 200
    assert ModelLogEntry.objects.filter(action="torv_blocks.person.export").count() == 1


def test_my_data_shows_photo_note_and_places(xenia, login, client, home, django_user_model):
    PrivatePerson.objects.update(note="Ringer helst om aftenen")
    story = articles.story(home, title="Min vej ud")
    StoryPagePerson.objects.create(page=story, person=xenia)
    quote = ("quote", {"text": "Ja", "attribution": "", "person": xenia.pk})
    factories.below(home, title="Citatet", slug="citat", body=[quote])
    call_command("rebuild_references_index", stdout=StringIO(), verbosity=0)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("torv_blocks_my_data")).content.decode()
    photo = reverse("torv_blocks_my_photo")
    for part in ("Ringer helst om aftenen", "Min vej ud", "Citatet", f'src="{photo}"', "xqvist"):
        assert shown.count(part) == 1, part
    answer = client.get(photo)
    assert b"".join(answer.streaming_content)
    assert "no-store" in answer.headers["Cache-Control"]
    other = django_user_model.objects.create_user("other")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(photo).status_code != 200


def test_the_button_asks_first_and_tells_counts_only(page, xenia, admin_client):
    url = reverse("wagtailsnippets_torv_blocks_privateperson:delete", args=[xenia.pk])
    asked = admin_client.get(url).content.decode()
    assert "Everything that is kept of Person" in asked
    assert signs_in(asked) == []
    assert PrivatePerson.objects.exists()
    answer = admin_client.post(url, follow=True).content.decode()
    assert "Erased: " in answer
    assert signs_in(answer) == []
    assert signs_in(everything_kept()) == []


def test_evidence_is_for_those_alone_who_may_see_persons(xenia, client, admin_client, django_user_model):
    evidence = Document.objects.get()
    assert evidence.collection == ConfidentialCollection.get()
    assert xenia.photo.collection == ConfidentialCollection.get()
    plain = django_user_model.objects.create_user("plain")

    group = Group.objects.create(name="Plain")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    for codename in ("change_document", "choose_document", "change_image", "choose_image"):
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=codename),
        )
    plain.groups.add(group)
    assert client.get(evidence.url).status_code == 404
    client.force_login(plain, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(evidence.url).status_code == 404
    for url in ("/admin/documents/", "/admin/documents/chooser/", "/admin/images/", "/admin/images/chooser/"):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert "Samtykke" not in answer.content.decode(), url
        assert "portraet" not in answer.content.decode(), url
    assert client.get(reverse("wagtaildocs:edit", args=[evidence.pk])).status_code == 302
    assert b"".join(admin_client.get(evidence.url).streaming_content) == b"signed by hand"


def test_a_consent_says_what_it_lacks(xenia):

    today = timezone.localdate()
    with pytest.raises(ValidationError) as caught:
        Consent(person=xenia, scope="name").full_clean()
    assert set(caught.value.message_dict) == {"given_on", "expires_on"}
    with pytest.raises(ValidationError) as caught:
        Consent(person=xenia, scope="name", given_on=today, expires_on=today).full_clean()
    assert set(caught.value.message_dict) == {"expires_on"}


def test_a_person_takes_a_consent_back(xenia, client, django_user_model):
    user = django_user_model.objects.create_user("xenia", is_superuser=False)

    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert NAME not in client.get(reverse("torv_blocks_my_data"), follow=True).content.decode()
    xenia.user = user
    xenia.save()
    assert NAME in client.get(reverse("torv_blocks_my_data")).content.decode()
    assert Scope.NAME in valid_scopes([xenia.pk])[xenia.pk]
    client.post(reverse("torv_blocks_my_data"), {"consent": xenia.consents.get().pk})
    assert valid_scopes([xenia.pk]) == {}
    assert client.post(reverse("torv_blocks_my_data"), {"consent": "x"}).status_code in (302, 404)


def test_an_end_is_told_once_in_the_readers_language_without_the_name(xenia, django_user_model, mailoutbox):
    user = django_user_model.objects.create_user("keeper", email="keeper@torvkoebing.example")
    user.user_permissions.add(Permission.objects.get(codename="change_privateperson"))
    UserProfile.objects.create(user=user, preferred_language="de")
    tell_ended()
    assert mailoutbox == []
    Consent.objects.update(expires_on=timezone.localdate())
    tell_ended()
    tell_ended()
    [mail] = mailoutbox
    assert mail.to == ["keeper@torvkoebing.example"]
    assert f"/admin/snippets/torv_blocks/privateperson/edit/{xenia.pk}/" in mail.body
    assert "Name von Person" in mail.body
    assert signs_in(mail.body + mail.subject) == []


def test_the_report_lists_what_ends_and_hides_names_from_others(
    xenia, client, admin_client, django_user_model
):
    report = reverse("torv_blocks_consent_report")
    assert NAME not in admin_client.get(report).content.decode()
    Consent.objects.update(expires_on=timezone.localdate() + timedelta(days=80))
    listed = admin_client.get(report).content.decode()
    assert NAME in listed
    assert formats.date_format(Consent.objects.get().expires_on, "SHORT_DATE_FORMAT") in listed
    assert NAME in b"".join(admin_client.get(report, {"export": "csv"}).streaming_content).decode()
    assert "ends within 90 days" in admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert NAME not in admin_client.get(report, {"state": "ended"}).content.decode()
    user = django_user_model.objects.create_user("reader")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_consent"]))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    exported = b"".join(client.get(report, {"export": "csv"}).streaming_content).decode()
    assert str(xenia.pk) in exported
    assert signs_in(exported + client.get(report).content.decode()) == []
    renewed = {"given_on": timezone.localdate(), "expires_on": timezone.localdate() + timedelta(days=700)}
    Consent.objects.create(person=xenia, scope=Scope.NAME, **renewed)
    assert NAME not in admin_client.get(report).content.decode()


def test_what_is_dealt_with_leaves_the_panel_and_the_report_and_keeps_its_evidence(
    xenia, client, admin_client, django_user_model, mailoutbox
):
    report, deal = reverse("torv_blocks_consent_report"), reverse("torv_blocks_deal_with_consents")
    ended, running = xenia.consents.get(), Consent(person=xenia, scope=Scope.PHONE, given_on=date(2026, 1, 1))
    running.expires_on = timezone.localdate() + timedelta(days=10)
    running.save()
    ended.withdrawn_on = timezone.localdate()
    ended.save()
    listed = admin_client.get(report).content.decode()
    assert f'value="{ended.pk}"' in listed
    assert f'value="{running.pk}"' not in listed
    assert "2 consents have ended" in admin_client.get(reverse("wagtailadmin_home")).content.decode()
    reader = django_user_model.objects.create_user("reader")
    seeing = ["access_admin", "view_consent", "view_privateperson"]
    reader.user_permissions.add(*Permission.objects.filter(codename__in=seeing))
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert deal not in client.get(report).content.decode()
    client.post(deal, {"consent": ended.pk})
    assert Consent.objects.waiting().get() == ended
    assert admin_client.get(deal).status_code == 405
    answer = admin_client.post(deal, {"consent": [ended.pk, running.pk, "x"]}, follow=True).content.decode()
    assert "1 consent is dealt with" in answer
    assert list(to_do()) == [running]
    assert NAME in admin_client.get(report, {"state": "dealt-with"}).content.decode()
    assert "1 consent has ended" in admin_client.get(reverse("wagtailadmin_home")).content.decode()
    ended.refresh_from_db()
    assert ended.evidence is not None
    ended.withdrawn_on = None
    ended.save()
    assert ended.dealt_with_on is None
