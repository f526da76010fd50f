"""The windows in which editors look something up by its words."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from cms_blocks.models import ContactPerson, Topic
from tests.cms_blocks import factories


@pytest.mark.parametrize("words", ["offen dialog", 'dialog "offen', "DIALOG"])
def test_a_topic_is_found_by_words_in_any_order_and_quotation_marks_do_no_harm(home, admin_client, words):
    Topic.objects.create(pref_label="Offener Dialog", slug="offener-dialog", locale=home.locale)
    Topic.objects.create(pref_label="Trauer", slug="trauer", locale=home.locale)
    address = reverse("wagtailsnippetchoosers_torv_blocks_topic:choose_results")
    response = admin_client.get(address, {"q": words})
    assert response.status_code == 200
    page = response.content.decode()
    assert "Trauer" not in page
    assert ("Offener Dialog" in page) == ('"' not in words)


def test_a_contact_person_is_found_by_the_department(home, admin_client):
    ContactPerson.objects.create(
        name="Ida Sturm", phone="+4586123456", department="Havnekontoret", locale=home.locale
    )
    address = reverse("wagtailsnippetchoosers_torv_blocks_contactperson:choose_results")
    assert "Ida Sturm" in admin_client.get(address, {"q": "havne"}).content.decode()
    assert "Ida Sturm" not in admin_client.get(address, {"q": "skole"}).content.decode()


def test_buttons_speak_the_language_of_whoever_reads_the_form():
    with translation.override("da"):
        widget = Topic.snippet_viewset.chooser_viewset.widget_class()
        assert widget.choose_one_text == "Vælg emne"
    with translation.override("de"):
        assert "Thema auswählen" in widget.render("topic", None, {"id": "id_topic"})


def test_a_topic_is_offered_once_in_the_words_of_whoever_reads_the_form(home, admin_user, admin_client):
    UserProfile.objects.create(user=admin_user, preferred_language="de")
    grief = factories.topic("Sorg", "da", alt_labels="tab")
    german = factories.translated(grief, "de", pref_label="Trauer")
    factories.topic("Fritid", "da")
    address = reverse("wagtailsnippetchoosers_torv_blocks_topic:choose_results")
    for words in ("", "trau", "sorg", "tab"):
        page = admin_client.get(address, {"q": words}).content.decode()
        assert page.count("Trauer") == 1
        assert ("Fritid" in page) == (not words)
        assert f"/chosen/{grief.pk}/" in page
        assert f"/chosen/{german.pk}/" not in page
    chosen = reverse("wagtailsnippetchoosers_torv_blocks_topic:chosen", args=(grief.pk,))
    assert admin_client.get(chosen).json()["result"]["string"] == "Trauer"


def test_the_form_of_a_topic_shows_and_takes_source_rows(home, admin_user, admin_client):
    UserProfile.objects.create(user=admin_user, preferred_language="de")
    violence = factories.topic("Vold", "da", is_sensitive=True)
    german = factories.translated(violence, "de", pref_label="Gewalt")
    below = factories.topic("Vold i hjemmet", "da", broader=violence)
    address = reverse("wagtailsnippets_torv_blocks_topic:edit", args=(below.pk,))
    assert "Gewalt" in admin_client.get(address).content.decode()
    sent = {"pref_label": "Vold i hjemmet", "slug": below.slug, "broader": german.pk}
    refused = admin_client.post(address, sent)
    assert "broader" in refused.context["form"].errors
    assert admin_client.post(address, {**sent, "broader": violence.pk}).status_code == 302
    assert Topic.objects.get(pk=below.pk).broader == violence
