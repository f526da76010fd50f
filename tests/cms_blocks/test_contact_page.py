"""A citizen writes to the municipality: what is kept, what is mailed, what is refused, what is deleted."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import PageViewRestriction

from cms_blocks import chores
from cms_blocks.pages import models
from tests.cms_blocks import articles
from tests.cms_blocks.test_public_forms import stamp

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}


@pytest.fixture
def page(home):
    return articles.published(articles.contact(home))


def send(client, page, **values):
    data = {
        "stamp": stamp("contact"),
        "dit_navn": "Ulla",
        "din_mail": "ulla@post.example",
        "din_tekst": "Hvornår har I åbent?",
        **values,
    }
    return client.post(f"/forms/contact/{page.pk}/", data, headers=HERE)


def test_a_message_is_kept_mailed_and_thanked_for_without_a_cookie(page, client):
    answer = client.get(page.url)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert f'action="/forms/contact/{page.pk}/#torv-form-errors"' in answer.content.decode()
    answer = send(client, page)
    assert answer.status_code == 302
    assert not answer.cookies
    kept = FormSubmission.objects.get()
    assert kept.form_data == {
        "dit_navn": "Ulla",
        "din_mail": "ulla@post.example",
        "din_tekst": "Hvornår har I åbent?",
    }
    [sent] = mail.outbox
    assert (sent.to, sent.reply_to) == (["post@torvkoebing.example"], ["ulla@post.example"])
    assert "Hvornår har I åbent?" in sent.body
    html = client.get(answer["Location"].split("#")[0]).content.decode()
    assert "Tak, vi svarer." in html
    assert 'id="sent"' in html


def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(page, client):
    html = send(client, page, dit_navn="", din_mail="ulla").content.decode()
    assert html.count("form-error-message") == 2
    assert 'id="torv-form-errors" role="alert" tabindex="-1"' in html, "the address leads to what is wrong"
    assert "Hvornår har I åbent?" in html
    assert 'lang="da"' in html
    assert not FormSubmission.objects.exists()


def test_a_cpr_number_is_asked_about_once(page, client):
    text = "Mit nummer er 010203-1234."
    html = send(client, page, din_tekst=text).content.decode()
    assert "CPR" in html
    assert text in html
    assert 'name="sure"' in html
    assert not FormSubmission.objects.exists()
    assert send(client, page, din_tekst=text, sure="on").status_code == 302


@pytest.mark.parametrize("fault", [{"homepage": "https://spam.example"}, {"stamp": "x"}])
def test_programs_are_refused(page, client, fault):
    assert send(client, page, **fault).status_code == 200
    assert not FormSubmission.objects.exists()


def test_only_a_public_contact_page_receives(page, home, client):
    assert client.post(f"/forms/contact/{home.pk}/", follow=True).status_code == 404
    assert client.get(f"/forms/contact/{page.pk}/").status_code == 405
    page.unpublish()
    send(client, page)
    assert not FormSubmission.objects.exists()


def test_who_may_read_a_page_behind_a_login_may_write(page, client, admin_client):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    send(client, page)
    assert not FormSubmission.objects.exists()
    assert send(admin_client, page).status_code == 302
    assert FormSubmission.objects.exists()


@override_settings(EMAIL_BACKEND="tests.cms_blocks.test_contact_page.no_such_backend")
def test_a_mail_server_that_is_away_loses_nothing(page, client):
    assert send(client, page).status_code == 302
    assert FormSubmission.objects.count() == 1


def test_messages_are_deleted_after_the_days_that_the_page_names(page, client):
    with override_settings(TORV_BLOCKS={"CONTACT_MESSAGES_KEPT_DAYS": 7}):
        assert " 7 " in client.get(page.url).content.decode()
        for age in (6, 8):
            row = FormSubmission.objects.create(page=page, form_data={"age": age})
            FormSubmission.objects.filter(pk=row.pk).update(submit_time=timezone.now() - timedelta(days=age))
        chores.nightly()
    assert FormSubmission.objects.get().form_data == {"age": 6}


@pytest.mark.usefixtures("english")
def test_a_field_may_not_take_a_word_of_the_protection():
    field = models.ContactPageField(label="Stamp", field_type="singleline")
    with pytest.raises(Exception, match="taken"):
        field.clean()
