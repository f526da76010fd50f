"""What protects forms that anybody may send, without a login and without a cookie."""

import time
from datetime import timedelta

import pytest
from django import forms
from django.core import signing
from django.core.cache import cache
from django.http import QueryDict
from django.test import RequestFactory, override_settings
from django.utils import timezone

from cms_blocks import checks_forms
from cms_blocks.private_words import private_in
from cms_blocks.public_forms import SALT, PublicForm, network

pytestmark = pytest.mark.usefixtures("english")

HOST = "http://testserver"


class WordForm(PublicForm):
    purpose = "word"
    public_fields = ("text",)
    text = forms.CharField()


def stamp(purpose="word", age=timedelta(minutes=1)):
    """As a page that was opened that long ago carries it."""
    with pytest.MonkeyPatch.context() as patch:
        then = (timezone.now() - age).timestamp()
        patch.setattr(time, "time", lambda: then)
        return signing.TimestampSigner(salt=SALT).sign(purpose)


def sent(text="Hej", headers=None, address="10.1.2.3", **values):
    data = QueryDict(mutable=True)
    data.update({"text": text, "stamp": stamp(), **values})
    headers = {"Origin": HOST} if headers is None else headers
    request = RequestFactory().post("/", headers=headers, REMOTE_ADDR=address)
    return WordForm(data, request=request)


def faults(form):
    return " ".join(message for messages in form.errors.values() for message in messages)


def test_what_a_person_sends_from_the_page_is_accepted():
    assert sent().is_valid()


@pytest.mark.parametrize(
    "headers",
    [{"Referer": f"{HOST}/da/"}, {"Sec-Fetch-Site": "same-origin"}],
)
def test_browsers_that_say_it_otherwise_are_accepted(headers):
    assert sent(headers=headers).is_valid()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example", "Referer": f"{HOST}/"},
        {"Origin": "http://["},
        {"Referer": "https://elsewhere.example/"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_comes_from_another_site_is_refused(headers):
    assert "from our page" in faults(sent(headers=headers))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "open for a long time"),
        ("made-up:abc:def", "open for a long time"),
        (lambda: stamp(age=timedelta(days=2)), "open for a long time"),
        (lambda: stamp(age=timedelta()), "very fast"),
        (lambda: stamp("another"), "from our page"),
    ],
    ids=["none", "made up", "old", "fast", "of another form"],
)
def test_a_stamp_that_is_missing_old_or_too_new_is_refused_and_renewed(value, words):
    value = value() if callable(value) else value
    form = sent(stamp=value)
    assert words in faults(form)
    assert form["text"].value() == "Hej", "nothing typed is lost"
    fresh = form["stamp"].value()
    assert signing.TimestampSigner(salt=SALT).unsign(fresh, max_age=60) == "word"


def test_what_fills_in_the_hidden_field_is_refused():
    """Nobody can empty a field that they do not see, so what a browser filled in does not stay there."""
    form = sent(homepage="https://buy.example")
    assert "Leave this field empty" in faults(form)
    assert form["homepage"].value() == ""


class ReachForm(PublicForm):
    purpose = "reach"
    email = forms.EmailField()
    when = forms.ChoiceField()
    agreed = forms.BooleanField()


def test_every_field_looks_as_the_others_and_a_browser_may_fill_in_the_address():
    form = ReachForm(request=RequestFactory().get("/"))
    looks = {field.name: field.field.widget.attrs["class"] for field in form.asked_fields}
    assert looks == {"email": "form-input", "when": "form-select", "agreed": "form-checkbox"}
    assert 'autocomplete="email"' in str(form["email"])


def test_the_limit_counts_by_address_and_keeps_no_address(caplog):
    with override_settings(TORV_BLOCKS={"FORM_LIMIT": 2}):
        assert [sent().is_valid() for _ in range(3)] == [True, True, False]
        assert sent(address="10.1.2.4").is_valid()
        assert "in an hour" in faults(sent())
    assert not [key for key in cache._cache if "10.1.2" in key]  # type: ignore[attr-defined]


def test_a_form_with_faults_does_not_count():
    with override_settings(TORV_BLOCKS={"FORM_LIMIT": 1}):
        assert not sent(text="").is_valid()
        assert sent().is_valid()


def test_an_address_behind_a_proxy_is_the_last_that_the_proxy_wrote():
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 5.6.7.8")
    assert network(request) == "10.0.0.1"
    with override_settings(TORV_BLOCKS={"FORM_ADDRESS_HEADER": "HTTP_X_FORWARDED_FOR"}):
        assert network(request) == "5.6.7.8"


def test_ipv4_that_a_proxy_writes_as_ipv6_is_told_apart():
    first, second = (RequestFactory().get("/", REMOTE_ADDR=f"::ffff:192.0.2.{n}") for n in (1, 2))
    assert (network(first), network(second)) == ("192.0.2.1", "192.0.2.2")


def test_addresses_of_one_ipv6_network_share_the_limit():
    first, second = (RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}") for n in (1, 2))
    assert network(first) == network(second) == "2001:db8:1:2::/64"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring 22 33 44 55", ["a phone number"]),
        ("Ring +49 (30) 1234567", ["a phone number"]),
        ("Mit nummer er 010203-1234", ["a CPR number"]),
        ("Mit nummer er 010203 \u2013 1234", ["a CPR number"]),
        ("Mit nummer er 010203\u20111234", ["a CPR number"]),
        ("skriv til a.b@c.example", ["an e-mail address"]),
        (
            "0102031234, 22334455, x@y.example",
            ["a CPR number", "a phone number", "an e-mail address"],
        ),
        ("Siden 2009, den 12.03.2026 kl. 10.30, 24 mennesker og 10.000 kr.", []),
        ("2024 2025 og 2026", []),
    ],
)
def test_private_words_are_seen(text, found):
    assert [str(one) for one in private_in(text)] == found


def test_private_words_are_asked_about_once():
    form = sent(text="Ring 22334455")
    assert "a phone number" in faults(form)
    assert form.asks_if_sure
    assert sent(text="Ring 22334455", sure="on").is_valid()


def test_wrong_settings_are_named():
    wrong = {"FORM_CACHE": "nowhere", "FORM_LIMIT": 0, "THEME_NAMES_KEPT_DAYS": 0}
    with override_settings(TORV_BLOCKS=wrong):
        ids = [message.id for message in checks_forms.check_form_settings(None)]
    assert ids == ["torv_blocks.E040", "torv_blocks.E041", "torv_blocks.E041"]
    assert checks_forms.check_form_settings(None) == []


def test_a_cache_of_one_process_is_named_before_deployment():
    (message,) = checks_forms.check_form_cache_is_shared(None)
    assert message.id == "torv_blocks.W042"
    shared = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "x"}}
    with override_settings(CACHES=shared):
        assert checks_forms.check_form_cache_is_shared(None) == []


BEHIND_A_PROXY = {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}


@pytest.mark.parametrize(
    ("header", "proxy", "ids"),
    [
        ("", {}, []),
        ("", BEHIND_A_PROXY, ["torv_blocks.W043"]),
        ("X-Forwarded-For", {}, ["torv_blocks.W043"]),
        ("X-Forwarded-For", BEHIND_A_PROXY, ["torv_blocks.W043"]),
        ("HTTP_X_FORWARDED_FOR", BEHIND_A_PROXY, []),
        ("REMOTE_ADDR", BEHIND_A_PROXY, []),
    ],
)
def test_a_proxy_that_would_be_the_only_sender_is_named_before_deployment(header, proxy, ids):
    with override_settings(TORV_BLOCKS={"FORM_ADDRESS_HEADER": header}, **proxy):
        found = checks_forms.check_sender(None)
    assert [message.id for message in found] == ids
    assert all("HTTP_X_FORWARDED_FOR" in message.hint for message in found)
