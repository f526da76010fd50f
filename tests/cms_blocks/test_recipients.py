"""Mail to the staff: one each, in their language, and with an address that a host's setting cannot break."""

from smtplib import SMTPException
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import override_settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.models import UserProfile

from cms_blocks.models import PrivatePerson
from cms_blocks.recipients import admin_address, admin_language, readers, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def keepers(django_user_model):
    for name in ("anna", "bodil"):
        user = django_user_model.objects.create_user(name, email=f"{name}@torvkoebing.example")
        user.user_permissions.add(Permission.objects.get(codename="change_privateperson"))
    UserProfile.objects.create(user=user, preferred_language="de")
    django_user_model.objects.create_user("nobody", email="nobody@torvkoebing.example")
    return readers(PrivatePerson, "change")


def test_an_address_has_one_slash_and_needs_no_setting():
    with override_settings(WAGTAILADMIN_BASE_URL="https://torv.example/"):
        assert admin_address("/admin/") == "https://torv.example/admin/"
        assert admin_address(None) == "https://torv.example"
    with override_settings():
        del settings.WAGTAILADMIN_BASE_URL
        assert admin_address("/admin/") == "/admin/"


def test_each_reader_gets_a_mail_in_their_language_and_sees_no_other(keepers, mailoutbox):
    for user in keepers:
        assert tell(user, gettext_lazy("Consents have ended"), (_("Consents") for _nr in (1,)))
    mails = {mail.to[0].partition("@")[0]: mail for mail in mailoutbox}
    assert sorted(mails) == ["anna", "bodil"]
    assert [len(mail.to) for mail in mailoutbox] == [1, 1]
    assert mails["bodil"].body == "Einwilligungen"
    assert mails["anna"].body == "Samtykker"
    assert mails["anna"].subject != mails["bodil"].subject


def test_a_mail_that_fails_keeps_no_other_from_being_sent(keepers, mailoutbox, caplog):
    send = "cms_blocks.recipients.send_mail"
    with mock.patch(send, side_effect=SMTPException("refused")):
        assert [tell(user, "x", ["y"]) for user in keepers] == [False, False]
    assert "anna@" not in caplog.records[0].getMessage()


def test_who_may_change_is_asked_in_one_query(keepers, django_assert_num_queries):
    readers(PrivatePerson, "change")  # the kinds of content are known from now on
    with django_assert_num_queries(1):
        languages = [admin_language(user) for user in readers(PrivatePerson, "change")]
    assert sorted(languages) == ["da", "de"]
