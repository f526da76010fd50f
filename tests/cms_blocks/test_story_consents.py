"""Quotes and stories of private persons: shown under a consent alone, and gone at once with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Locale, Page, Revision

from cms_blocks import story_consents
from cms_blocks.blocks import QuoteBlock
from cms_blocks.erasure import erase, export
from cms_blocks.models import Consent, PrivatePerson
from cms_blocks.pages import models
from cms_blocks.plain_text import stream_text
from cms_blocks.traces import Words
from tests.cms_blocks import articles, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SAID = "Jeg fik min tro på mig selv igen."


@pytest.fixture
def xenia(home):
    return PrivatePerson.objects.create(name="Xenia Qvistgård")


def agree(person, scope, days=100):
    today = timezone.localdate()
    return Consent.objects.create(
        person=person,
        scope=scope,
        given_on=today - timedelta(days=10),
        expires_on=today + timedelta(days=days),
    )


def block(person):
    return ("quote", {"text": SAID, "attribution": "En kvinde, 44", "person": person})


def read(client, page):
    answer = client.get(page.url)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def story_of(home, *persons, **fields):
    page = articles.story(home, **{"has_consent": False, **fields})
    page.story_persons = [models.StoryPagePerson(person=person) for person in persons]
    return page


def test_a_quote_of_a_private_person_is_shown_while_she_agrees(home, client, xenia):
    page = factories.below(home, slug="om", body=[block(xenia.pk), block(None)])
    assert read(client, page).count(SAID) == 1
    consent = agree(xenia, "quote")
    assert read(client, page).count(SAID) == 2
    Consent.objects.filter(pk=consent.pk).update(expires_on=timezone.localdate())
    assert read(client, page).count(SAID) == 1
    assert QuoteBlock().get_api_representation(page.body[0].value) is None


def test_a_private_person_s_words_are_never_searched(home, xenia):
    agree(xenia, "quote")
    page = factories.below(home, slug="om", body=[block(xenia.pk)])
    assert stream_text(page.body) == ""
    assert page.body[0].block.get_searchable_content(page.body[0].value) == []
    story = articles.story(home)
    story.quotes = [
        models.StoryPageQuote(locale=story.locale, text=SAID, attribution="En kvinde", person=xenia)
    ]
    assert SAID not in story.plain_text


def test_a_person_named_later_is_asked_for_in_every_language_at_once(home, client, xenia):
    page = factories.below(home, slug="om", body=[block(None)])
    german = page.copy_for_translation(Locale.objects.get_or_create(language_code="de")[0], copy_parents=True)
    german.save_revision().publish()
    assert SAID in read(client, german)
    page.body = [{**page.body.raw_data[0], "value": {**page.body.raw_data[0]["value"], "person": xenia.pk}}]
    page.save_revision().publish()
    german.refresh_from_db()
    assert SAID not in read(client, german)
    assert SAID not in stream_text(german.body)
    german.body[0].value["person"] = None
    german.save_revision().publish()
    assert SAID not in read(client, german)


def test_a_page_with_an_alias_is_published(home, client, xenia):
    page = factories.below(home, slug="om", body=[block(xenia.pk)])
    page.create_alias(update_slug="ogsaa-om")
    page.save_revision().publish()
    assert SAID not in client.get(f"{home.url}ogsaa-om/").content.decode()


def test_the_form_says_beside_the_person_why_a_quote_is_not_shown(xenia):
    quote = QuoteBlock()
    value = quote.to_python(block(xenia.pk)[1])
    with pytest.raises(StructBlockValidationError) as caught:
        quote.clean(value)
    assert caught.value.block_errors["person"].messages == [
        f"Person {xenia.pk} has not agreed to be quoted, or no longer does."
    ]
    assert quote.clean_deferred(value)["person"] == xenia.pk
    agree(xenia, "quote")
    assert quote.clean(value)["person"] == xenia.pk


def test_many_quotes_take_one_question(home, xenia, rf, django_assert_num_queries):
    agree(xenia, "quote")
    page = factories.below(home, slug="om", body=[block(xenia.pk)] * 5)
    with django_assert_num_queries(1):
        html = page.body.stream_block.render(page.body, {"page": page})
    assert html.count(SAID) == 5


def test_the_editor_of_a_page_sees_a_number_and_no_name(home, admin_client, xenia):
    page = factories.below(home, slug="om", body=[block(xenia.pk)])
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f"Person {xenia.pk} (hidden)" in html
    assert "Xenia" not in html


def test_a_story_is_public_while_everybody_in_it_agrees(home, client, xenia):
    bo = PrivatePerson.objects.create(name="Bo")
    page = story_of(home, xenia, bo)
    agree(xenia, "story")
    with pytest.raises(ValidationError) as caught:
        page.save_revision().publish()
    assert list(caught.value.message_dict) == ["story_persons"]
    agree(bo, "story")
    page = articles.published(page)
    assert "Huset ved havnen" in read(client, page)
    Consent.objects.filter(person=bo).update(expires_on=timezone.localdate())
    assert read(client, page) == 404
    assert not story_consents.agreed(Page.objects.filter(pk=page.pk)).exists()


def test_a_story_that_has_lapsed_is_taken_down_in_every_language_and_its_writer_told(
    home, client, xenia, admin_user, mailoutbox, django_capture_on_commit_callbacks
):
    factories.home("de", "Marktplatz")
    agree(xenia, "story", days=1)
    page = story_of(home, xenia)
    page.owner = admin_user
    page = articles.published(page)
    german = page.copy_for_translation(Locale.objects.get(language_code="de"), copy_parents=True)
    german.story_persons.all().delete()  # as where the person was named after the page was translated
    german.has_consent = True
    german.save_revision().publish()
    Consent.objects.update(expires_on=timezone.localdate())
    assert read(client, german) == 404
    with django_capture_on_commit_callbacks(execute=True):
        call_command("torv_tick", verbosity=0)
        call_command("torv_tick", verbosity=0)
    assert not Page.objects.filter(translation_key=page.translation_key, live=True).exists()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    [told] = [mail for mail in mailoutbox if address in mail.body]
    assert told.to == [admin_user.email]
    assert "Xenia" not in "".join(mail.body for mail in mailoutbox)


def test_a_withdrawal_takes_a_story_down_in_the_same_request(home, xenia, admin_client):
    consent = agree(xenia, "story")
    page = articles.published(story_of(home, xenia))
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    page.refresh_from_db()
    assert not page.live
    first_page = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Stories that are not shown" in first_page
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in first_page
    gaps = models.StoryPage.objects.get(pk=page.pk).all_gaps()
    assert str(gaps["story_persons"]) == f"Person {xenia.pk} has not agreed to this story, or no longer does."


def test_erasing_somebody_takes_the_story_and_the_words_away(home, client, xenia):
    agree(xenia, "story"), agree(xenia, "quote")
    page = story_of(home, xenia)
    page.quotes = [models.StoryPageQuote(locale=page.locale, text=SAID, attribution="X", person=xenia)]
    page = articles.published(page)
    plain = factories.below(home, slug="om", body=[block(xenia.pk)])
    plain.save_revision().publish()
    words = Words.of(xenia)
    assert SAID in str(export(xenia, Words.of(xenia)))
    erase(xenia, words)
    page.refresh_from_db()
    assert not page.live
    assert SAID not in str(list(Revision.objects.values_list("content", flat=True)))
    assert SAID not in read(client, models.StandardPage.objects.get(pk=plain.pk))
    assert SAID not in str(models.StandardPage.objects.get(pk=plain.pk).body.raw_data[0])
